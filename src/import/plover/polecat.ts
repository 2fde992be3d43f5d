import { clip } from '../read/clip.js'
import { BadCell, type Cells, textCell } from '../read/read-cells.js'
import { type CodedCountry, countryOfAlpha3, countryOfName } from './coded-countries.js'
import {
  type CodedActor,
  type CodedEvent,
  checkCoordinates,
  codedActor,
  eventDay,
  filled,
  inWords,
  isEmptyWord,
  namedActor,
  type TellNoCountry,
} from './coded-events.js'
import type { Columns } from './coded-rows.js'
import { eventType } from './event-type.js'

const READ = [
  'Event ID',
  'Event Date',
  'Event Type',
  'Event Mode',
  'Contexts',
  'Actor Name',
  'Actor Country',
  'Primary Actor Sector',
  'Actor Name Raw',
  'Recipient Name',
  'Recipient Country',
  'Primary Recipient Sector',
  'Recipient Name Raw',
  'Country',
  'Latitude',
  'Longitude',
] as const

/** The columns of POLECAT; `docs/sources/plover.md` says what becomes of each. */
export const POLECAT_COLUMNS: Columns<(typeof READ)[number]> = {
  read: READ,
  leftOut: [
    'Intensity',
    'Event Intensity',
    'Quad Code',
    'Actor COW',
    'Actor Sectors',
    'Actor Title',
    'Wikipedia Actor ID',
    'Recipient COW',
    'Recipient Sectors',
    'Recipient Title',
    'Wikipedia Recipient ID',
    'Placename',
    'City',
    'District',
    'Province',
    'GeoNames ID',
    'Raw Placename',
    'Feature Type',
    'Source',
    'Publication Date',
    'Headline',
    'Story People',
    'Story Organizations',
    'Story Locations',
    'Language',
    'Version',
  ],
}

type PolecatCells = Cells<(typeof READ)[number]>

/** Reads a row of POLECAT. @throws BadCell */
export const polecatEvent = (cells: PolecatCells, tellNoCountry: TellNoCountry): CodedEvent => {
  const number = textCell(cells, 'Event ID')
  if (!/^[\w.:-]{1,120}$/.test(number))
    throw new BadCell(
      `The column "Event ID" is "${clip(number)}", which is not an id of letters, digits, hyphens and underscores.`,
    )
  const day = eventDay(cells, 'Event Date')
  const written = textCell(cells, 'Event Type').toUpperCase()
  const type = eventType('Event Type', written)
  checkCoordinates(cells, 'Latitude', 'Longitude')
  const [actors, shownActors] = sideOf(cells, 'Actor', tellNoCountry)
  const [recipients, shownRecipients] = sideOf(cells, 'Recipient', tellNoCountry)
  const countries = partsOf(cells.Country).map((name) => countryOf('Country', name, tellNoCountry))
  return {
    id: `polecat:${number}`,
    type,
    words: written,
    coding: 'BY_MACHINE',
    summary: summaryOf(written, cells),
    day,
    actors,
    recipients,
    sides: [shownActors, shownRecipients],
    countries: countries.filter((country) => country !== null),
  }
}

const summaryOf = (type: string, cells: PolecatCells): string => {
  const [mode, contexts] = [filled(cells, 'Event Mode'), clip(partsOf(cells.Contexts).join(', '), 300)]
  const details = [
    mode === null ? '' : `, mode ${clip(mode, 100)}`,
    contexts === '' ? '' : `, contexts ${contexts}`,
    inWords([cells['Actor Name Raw'], cells['Recipient Name Raw']]),
  ]
  return `Coded by machine from a news report as PLOVER ${type}${details.join('')}.`
}

/** A cell may hold several values, in the order of those of its neighbours; `None` holds the place of one that is missing. */
const placesOf = (cell: string): readonly (string | null)[] => {
  const parts = cell.split(';').map((part) => part.trim())
  const read = parts.map((part) => (part === '' || isEmptyWord(part) ? null : part))
  return read.length === 1 && read[0] === null ? [] : read
}

const partsOf = (cell: string): readonly string[] => placesOf(cell).filter((part) => part !== null)

const countryOf = (column: string, written: string, tellNoCountry: TellNoCountry): CodedCountry | null => {
  const country = countryOfAlpha3(written) ?? countryOfName(written)
  if (!country) tellNoCountry(column, written)
  return country
}

/** The actors of a side, and how the row names them. A side without a name is an actor by its country and sector, or none. */
const sideOf = (
  cells: PolecatCells,
  side: 'Actor' | 'Recipient',
  tellNoCountry: TellNoCountry,
): readonly [readonly CodedActor[], readonly string[]] => {
  const names = placesOf(cells[`${side} Name`])
  const countries = placesOf(cells[`${side} Country`])
  const sectors = placesOf(cells[`Primary ${side} Sector`])
  const many = names.length || Math.max(countries.length, sectors.length)
  const actors: CodedActor[] = []
  for (let index = 0; index < many; index++) {
    const [name, written, sector] = [names[index], valueAt(countries, index, many), valueAt(sectors, index, many)]
    const country = written === null ? null : countryOf(`${side} Country`, written, tellNoCountry)
    if (name) actors.push(namedActor(name, country))
    else if (country && sector && /^[A-Z]{3}$/.test(sector))
      actors.push(codedActor(`${country.alpha3}${sector}`, country, [sector]))
  }
  return [actors, actors.length > 0 ? actors.map(({ name }) => name) : partsOf(cells[`${side} Name Raw`])]
}

/** The value that belongs to the one of several at a place; where there are not as many, nothing tells which it is. */
const valueAt = (values: readonly (string | null)[], index: number, many: number): string | null =>
  (values.length === many ? values[index] : null) ?? null
