import { documentId, epMemberId, epVoteId } from '../../model/ids.js'
import { type Citation, type GraphRecord, isDay, type Values } from '../../model/records.js'
import { localTimeReader } from '../read/local-time.js'
import { link, node } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { ballotWords, isMainBallot } from './ballot-words.js'
import { groupIdOf, idAttribute, motionRecord, PARLIAMENT, wholeAttribute } from './minutes.js'
import type { KnownElement, KnownElements } from './unknown-xml.js'
import { childrenOf, textOf, type XmlElement } from './xml.js'

/** How the minutes call the options of a vote: `Result.For`, `Intentions.Result.For`. */
const OPTIONS = { For: 'FOR', Against: 'AGAINST', Abstention: 'ABSTENTION' } as const
type Written = keyof typeof OPTIONS
const WRITTEN = Object.keys(OPTIONS) as readonly Written[]
const COLUMNS = { For: 'tallyFor', Against: 'tallyAgainst', Abstention: 'tallyAbstention' } as const
const MEMBER = ['PoliticalGroup.Member.Name', 'Member.Name']

const brusselsTime = localTimeReader('Europe/Brussels')

/** A roll call: its own records, and what its members' rows need. */
export interface RollCall {
  readonly id: string
  readonly date: string
  /** The text it is on, if it names one; the record is given once in an edition. */
  readonly motion: { readonly id: string; readonly record: GraphRecord } | null
  readonly records: readonly GraphRecord[]
}

/** What a roll call needs to know of the document it stands in. */
export interface BallotContext {
  /** The document's name, without `source:`. */
  readonly name: string
  /** The day of the sitting. */
  readonly day: string
  /** The title of a dossier, by the number in `DlvId`. */
  readonly titleOf: (number: string) => string | undefined
  readonly citations: readonly Citation[]
  /** The language of the document, as a BCP 47 tag; null where it does not tell. */
  readonly language: string | null
}

/** Reads a `RollCallVote.Result`. @throws BadCell */
export const rollCall = (element: XmlElement, { name, day, titleOf, citations, language }: BallotContext): RollCall => {
  const id = ballotIdOf(element, name)
  const [text, stamp] = withoutStamp(textOf(one(element, 'RollCallVote.Description.Text')))
  const { date, time } = momentOf(element, stamp, day)
  const words = ballotWords(text)
  const { reference, title, description } = words
  const { values, missing } = tallyOf(element)
  const ballot = node(
    'VoteEvent',
    id,
    {
      title: titleOf(element.attributes['DlvId'] ?? '') ?? title,
      description,
      date,
      time,
      isMain: isMainBallot(words),
      isRollCall: true,
      method: 'ROLL_CALL',
      ...values,
    },
    citations,
    ['isMain', ...(missing ? Object.keys(values) : [])],
    language === null ? undefined : { title: language, description: language },
  )
  const motion = reference ? { id: documentId(reference), record: motionRecord(reference, citations) } : null
  const records: GraphRecord[] = [ballot, link('HeldIn', id, PARLIAMENT, citations)]
  if (motion) records.push(link('BallotOn', id, motion.id, citations))
  return { id, date, motion, records }
}

/** The number that others use; where the minutes give none, the ballot's number in its document. @throws BadCell */
export const ballotIdOf = (element: XmlElement, document: string): string =>
  element.attributes['Identifier']?.trim() || !element.attributes['Number']?.trim()
    ? epVoteId(idAttribute(element, 'Identifier'))
    : `${document}:${idAttribute(element, 'Number')}`

/** In older lists the moment stands at the end of the description: `… 15/07/2019 17:09:37.000`, `… 17.4.2014 12:03:05`. */
const withoutStamp = (text: string): readonly [string, string | null] => {
  const found = /^(.*?)\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)$/s.exec(text)
  if (!found) return [text, null]
  const [, before = '', day = '', month = '', year, time] = found
  return [before, `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${time}`]
}

/**
 * When a ballot was taken. Lists of earlier terms write some dates as year, day, month: the day of the sitting tells. A
 * list without a date is of that day.
 */
const momentOf = (
  { attributes }: XmlElement,
  stamp: string | null,
  sitting: string,
): { readonly date: string; readonly time: string | null } => {
  const written = inSitting(attributes['Date']?.trim() ?? '', sitting)
  const day = written.slice(0, 10) || stamp?.slice(0, 10) || sitting
  const moment = written.length > 10 ? written : stamp
  const local = moment === null ? null : brusselsTime(moment)
  if (!isDay(day) || (moment !== null && !local))
    throw new BadCell(`The ballot is of "${moment ?? written}", which is not a day and time that exist in Brussels.`)
  if (local && local.day !== day)
    throw new BadCell(`The attribute "Date" is "${written}", and the description ends with "${stamp}".`)
  return { date: day, time: local?.moment ?? null }
}

/** A date with day and month exchanged, where just that is the day of the sitting. */
const inSitting = (written: string, sitting: string): string =>
  written.replace(/^(\d{4})-(\d{2})-(\d{2})/, (as, year: string, day: string, month: string) =>
    `${year}-${month}-${day}` === sitting ? sitting : as,
  )

/** The numbers as published. An element that is missing is no 0: then the total is not known either. */
const tallyOf = (element: XmlElement): { readonly values: Values; readonly missing: boolean } => {
  const values: Record<string, number> = {}
  for (const written of WRITTEN) {
    const result = one(element, `Result.${written}`)
    const number = result && wholeAttribute(result, 'Number')
    if (typeof number === 'number') values[COLUMNS[written]] = number
  }
  const numbers = Object.values(values)
  const missing = numbers.length < WRITTEN.length
  return { values: missing ? values : { ...values, tallyVoting: numbers.reduce((a, b) => a + b, 0) }, missing }
}

const one = (element: XmlElement, name: string): XmlElement | undefined => {
  const [first, second] = childrenOf(element, name)
  if (second) throw new BadCell(`The element "${name}" stands twice: on line ${first?.line} and ${second.line}.`)
  return first
}

/** A member as a roll call names one. */
export interface NamedMember {
  readonly element: XmlElement
  readonly option: string
  /** The group at that moment, as written; null where the member stands in none. */
  readonly group: string | null
}

/** The positions of a roll call, in the order of the file. */
export const positionsOf = (element: XmlElement): readonly NamedMember[] =>
  WRITTEN.flatMap((written) =>
    childrenOf(element, `Result.${written}`).flatMap((result) => [
      ...childrenOf(result, ...MEMBER).map((member) => ({ element: member, option: OPTIONS[written], group: null })),
      ...childrenOf(result, 'Result.PoliticalGroup.List').flatMap((list) =>
        childrenOf(list, ...MEMBER).map((member) => ({
          element: member,
          option: OPTIONS[written],
          group: list.attributes['Identifier']?.trim() || null,
        })),
      ),
    ]),
  )

/** What members said later that they had meant. */
export const intentionsOf = (element: XmlElement): readonly NamedMember[] =>
  childrenOf(element, 'Intentions').flatMap((intentions) =>
    WRITTEN.flatMap((written) =>
      childrenOf(intentions, `Intentions.Result.${written}`).flatMap((result) =>
        childrenOf(result, ...MEMBER).map((member) => ({ element: member, option: OPTIONS[written], group: null })),
      ),
    ),
  )

const resultsOf = (prefix: string): readonly string[] => WRITTEN.map((written) => `${prefix}Result.${written}`)
const each = (names: readonly string[], known: KnownElement): KnownElements =>
  Object.fromEntries(names.map((name) => [name, known]))

/** The elements of the minutes that this importer reads, or leaves out on purpose. */
export const KNOWN: KnownElements = {
  'PV.RollCallVoteResults': {
    attributes: ['Sitting.Identifier', 'Sitting.Date', 'EP.Reference', 'EP.Number', 'Document.Language'],
    elements: [
      'RollCallVoteResults.Titles',
      'RollCallVoteResults.PleaseNote',
      'RollCallVote.Result',
      'VoteTitles',
      'Glossary',
    ],
  },
  VoteTitles: { elements: ['VoteTitle'] },
  VoteTitle: { attributes: ['DlvId'] },
  'RollCallVote.Result': {
    attributes: ['Identifier', 'DlvId', 'Date', 'Number'],
    elements: ['RollCallVote.Description.Text', ...resultsOf(''), 'Intentions'],
  },
  ...each(resultsOf(''), { attributes: ['Number'], elements: ['Result.PoliticalGroup.List', ...MEMBER] }),
  'Result.PoliticalGroup.List': { attributes: ['Identifier'], elements: MEMBER },
  Intentions: { attributes: ['Code'], elements: resultsOf('Intentions.') },
  ...each(resultsOf('Intentions.'), { attributes: ['Number'], elements: MEMBER }),
  ...each(MEMBER, { attributes: ['MepId', 'PersId'] }),
}

/** The link of a member's position. @throws BadCell */
export const voteLink = (
  person: string,
  { option, group }: NamedMember,
  { id, date }: RollCall,
  citations: readonly Citation[],
): GraphRecord => link('Vote', person, id, citations, { option, group: group && groupIdOf(group), date })

/** The link of a correction, or of an intention of a member who did not vote. */
export const correctionLink = (
  person: string,
  { option }: NamedMember,
  hasVoted: boolean,
  { id }: RollCall,
  citations: readonly Citation[],
): GraphRecord => link('Correction', person, id, citations, { option, kind: hasVoted ? 'CORRECTION' : 'INTENTION' })

/** A member, by the name in the list, which is the family name alone and often without accents. */
export const memberRecord = (person: string, name: string, citations: readonly Citation[]): GraphRecord =>
  node('Person', person, { name, sortName: name }, citations, ['name', 'sortName'])

/**
 * Which person a list means. `PersId` is the member's id; `MepId` is another number, which tells a person only where the
 * same edition names one with both numbers and the same name.
 */
export class Members {
  readonly #persons = new Map<string, Set<string>>()

  see(element: XmlElement): void {
    const [person, number] = [personNumber(element), element.attributes['MepId']?.trim()]
    if (!person || !number || !/^\d{1,9}$/.test(person)) return
    const key = `${number} ${textOf(element)}`
    this.#persons.set(key, (this.#persons.get(key) ?? new Set()).add(String(Number(person))))
  }

  /** The person's id; null where only a `MepId` is given that tells nobody. @throws BadCell */
  idOf(element: XmlElement): string | null {
    const name = textOf(element)
    if (name === '') throw new BadCell(`The element "${element.name}" has no name.`)
    if (personNumber(element)) return epMemberId(idAttribute(element, 'PersId'))
    const number = element.attributes['MepId']?.trim()
    if (!number && element.attributes['PersId']?.trim()) return null
    if (!number) throw new BadCell(`The member "${name}" has neither a "PersId" nor a "MepId".`)
    const [person, other] = this.#persons.get(`${number} ${name}`) ?? []
    return person && !other ? epMemberId(person) : null
  }
}

/** The member's id as written; undefined where there is none, which older lists write as UNKNOWN. */
const personNumber = ({ attributes }: XmlElement): string | undefined => {
  const written = attributes['PersId']?.trim()
  return written && written.toUpperCase() !== 'UNKNOWN' ? written : undefined
}
