import { foldText } from '../../model/fold.js'
import { placeId } from '../../model/ids.js'
import { type Citation, type GraphRecord, isDay } from '../../model/records.js'
import { clip } from '../read/clip.js'
import { link, node } from '../read/make-records.js'
import { BadCell, type Cells, optionalCell } from '../read/read-cells.js'
import { roleWords } from './cameo.js'
import type { CodedCountry } from './coded-countries.js'

/** Who acts, or is acted upon, as a machine coded it. */
export interface CodedActor {
  readonly id: string
  readonly name: string
  readonly country: CodedCountry | null
}

/** One row of a data set of coded events. */
export interface CodedEvent {
  readonly id: string
  /** The type in PLOVER; null where PLOVER has none. */
  readonly type: string | null
  /** What was done, in the words of the row's own codes; shown where there is no type. */
  readonly words: string
  /** Whether a machine coded it; null where the row does not tell who did. */
  readonly coding: 'BY_MACHINE' | null
  readonly summary: string
  readonly day: string
  readonly actors: readonly CodedActor[]
  readonly recipients: readonly CodedActor[]
  /** How the row names the two sides, for the name of the event. */
  readonly sides: readonly [actors: readonly string[], recipients: readonly string[]]
  readonly countries: readonly CodedCountry[]
}

/** Told of each code or name of a country that is not known. */
export type TellNoCountry = (column: string, code: string) => void

/** The longest name of an actor; what is longer is not a name. */
const LONGEST_NAME = 150
/** Names of one side that the name of an event shows, and the characters it shows of each. */
const SHOWN_NAMES = 3
const SHOWN_CHARACTERS = 100

/** An actor coded by name; namesakes of several countries are told apart by the country. @throws BadCell */
export const namedActor = (name: string, country: CodedCountry | null): CodedActor => {
  const slug = foldText(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  // Some letters are written out as many.
  if (slug === '' || name.length > LONGEST_NAME || slug.length > LONGEST_NAME)
    throw new BadCell(
      `The actor "${clip(name)}" has no letter, or more than ${LONGEST_NAME} characters, so it is not a name.`,
    )
  return { id: `plover:${slug}${country ? `/${country.alpha2}` : ''}`, name, country }
}

/**
 * An actor coded in CAMEO, such as KAZGOV, named after what the code says: "Government (Kazakhstan)".
 * @param parts the codes of roles, groups and religions that are in it
 */
export const codedActor = (code: string, country: CodedCountry | null, parts: readonly string[]): CodedActor => {
  const words = [...new Set(parts.map(roleWords))].join(', ')
  const name = country ? (words ? `${words} (${country.name})` : country.name) : words || code
  return { id: `plover:${code}`, name, country }
}

/** A day, written with hyphens or without. @throws BadCell */
export const eventDay = <Column extends string>(cells: Cells<Column>, column: Column): string => {
  const written = cells[column].trim()
  const day = written.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (!isDay(day))
    throw new BadCell(`The column "${column}" is "${clip(written)}", which is not a day such as 2022-01-20.`)
  return day
}

/** Checks coordinates, which the graph does not keep: where they cannot be, the cells of the row are shifted. @throws BadCell */
export const checkCoordinates = <Column extends string>(
  cells: Cells<Column>,
  latitude: Column,
  longitude: Column,
): void => {
  for (const [column, most] of [
    [latitude, 90],
    [longitude, 180],
  ] as const) {
    const written = filled(cells, column)
    if (written !== null && !(Math.abs(Number(written)) <= most))
      throw new BadCell(`The column "${column}" is "${clip(written)}", which is not a number from -${most} to ${most}.`)
  }
}

/** A cell, or null where it is empty or says so in the words of POLECAT and ICEWS. */
export const filled = <Column extends string>(cells: Cells<Column>, column: Column): string | null => {
  const value = optionalCell(cells, column)
  return value === null || isEmptyWord(value) ? null : value
}

/** Whether a cell says that it is empty; `NA` is what R writes for that, and "Na" may be a name. */
export const isEmptyWord = (value: string): boolean => value === 'NA' || /^(none|null|nan)$/i.test(value)

/** The end of a summary: the words of the report in which the two sides were recognised. */
export const inWords = (written: readonly string[]): string => {
  const words = written.map((each) => each.trim()).filter((each) => each !== '' && !isEmptyWord(each))
  return words.length === 0
    ? ''
    : `, in the words ${words.map((each) => `"${clip(each, SHOWN_CHARACTERS)}"`).join(' and ')}`
}

/** The records of an event: the event, where it happened and who took part. */
export const eventRecords = (event: CodedEvent, citations: readonly Citation[]): readonly GraphRecord[] => {
  const { id, type, summary, day, countries } = event
  const records: GraphRecord[] = [
    node(
      'Event',
      id,
      {
        type,
        name: nameOf(event),
        summary,
        coding: event.coding,
        dateEdtf: day,
        dateEarliest: day,
        dateLatest: day,
      },
      citations,
    ),
  ]
  for (const alpha2 of new Set(countries.map((country) => country.alpha2)))
    records.push(link('EventPlace', id, placeId(alpha2), citations))
  for (const [role, actors] of [
    ['ACTOR', event.actors],
    ['RECIPIENT', event.recipients],
  ] as const) {
    for (const actor of new Set(actors.map((each) => each.id)))
      records.push({ ...link('Participation', actor, id, citations, { role }), key: role })
  }
  return records
}

const nameOf = ({ sides: [actors, recipients], type, words }: CodedEvent): string =>
  [
    actors.length > 0 ? shown(actors) : 'unnamed',
    (type ?? words).toLowerCase(),
    ...(recipients.length > 0 ? [shown(recipients)] : []),
  ].join(' – ')

const shown = (names: readonly string[]): string => {
  const first = names
    .slice(0, SHOWN_NAMES)
    .map((name) => clip(name, SHOWN_CHARACTERS))
    .join(', ')
  return names.length > SHOWN_NAMES ? `${first} and ${names.length - SHOWN_NAMES} more` : first
}

/** The record of an actor, and of what it acts for. */
export const actorRecords = (
  { id, name, country }: CodedActor,
  citations: readonly Citation[],
): readonly GraphRecord[] => [
  node('Organization', id, { kind: 'CODED_ACTOR', name }, citations),
  ...(country ? [link('Jurisdiction', id, placeId(country.alpha2), citations)] : []),
]

/** The record of a country; its name is given in passing, since the data set has its code only. */
export const countryRecord = ({ alpha2, alpha3, name }: CodedCountry, citations: readonly Citation[]): GraphRecord =>
  node('Place', placeId(alpha2), { kind: 'COUNTRY', name, isoAlpha2: alpha2, isoAlpha3: alpha3 }, citations, ['name'])
