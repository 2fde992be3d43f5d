import { clip } from '../read/clip.js'
import { BadCell, type Cells } from '../read/read-cells.js'
import { cameoEvent } from './cameo.js'
import { countryOfAlpha3, countryOfFips } from './coded-countries.js'
import {
  type CodedActor,
  type CodedEvent,
  checkCoordinates,
  codedActor,
  eventDay,
  filled,
  inWords,
  isEmptyWord,
  type TellNoCountry,
} from './coded-events.js'
import type { Columns } from './coded-rows.js'

const actorNames = (actor: string): readonly string[] =>
  'Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code'
    .split(' ')
    .map((name) => `${actor}${name}`)
const placeNames = (place: string, more: readonly string[]): readonly string[] =>
  ['Type', 'FullName', 'CountryCode', 'ADM1Code', ...more, 'Lat', 'Long', 'FeatureID'].map(
    (name) => `${place}Geo_${name}`,
  )
const names = (more: readonly string[], last: readonly string[]): readonly string[] => [
  'GLOBALEVENTID',
  'SQLDATE',
  'MonthYear',
  'Year',
  'FractionDate',
  ...actorNames('Actor1'),
  ...actorNames('Actor2'),
  ...['IsRootEvent', 'EventCode', 'EventBaseCode', 'EventRootCode', 'QuadClass', 'GoldsteinScale'],
  ...['NumMentions', 'NumSources', 'NumArticles', 'AvgTone'],
  ...['Actor1', 'Actor2', 'Action'].flatMap((place) => placeNames(place, more)),
  'DATEADDED',
  ...last,
]

const [BEFORE_2013, SINCE_2013, VERSION_2] = [
  names([], []),
  names([], ['SOURCEURL']),
  names(['ADM2Code'], ['SOURCEURL']),
] as const

/** The columns of the exports of GDELT, which have no header, by how many there are: 1.0 until March 2013, 1.0 since, 2.0. */
export const GDELT_EXPORTS: ReadonlyMap<number, readonly string[]> = new Map(
  [BEFORE_2013, SINCE_2013, VERSION_2].map((each) => [each.length, each]),
)

const READ = [
  'GLOBALEVENTID',
  'SQLDATE',
  'Actor1Code',
  'Actor1Name',
  'Actor1CountryCode',
  'Actor1KnownGroupCode',
  'Actor1EthnicCode',
  'Actor1Religion1Code',
  'Actor1Religion2Code',
  'Actor1Type1Code',
  'Actor1Type2Code',
  'Actor1Type3Code',
  'Actor2Code',
  'Actor2Name',
  'Actor2CountryCode',
  'Actor2KnownGroupCode',
  'Actor2EthnicCode',
  'Actor2Religion1Code',
  'Actor2Religion2Code',
  'Actor2Type1Code',
  'Actor2Type2Code',
  'Actor2Type3Code',
  'EventCode',
  'EventRootCode',
  'ActionGeo_CountryCode',
  'ActionGeo_Lat',
  'ActionGeo_Long',
  'SOURCEURL',
] as const

type Column = (typeof READ)[number]

/** Without these an event is none, or nobody's. */
const NEEDED: readonly Column[] = ['GLOBALEVENTID', 'SQLDATE', 'Actor1Code', 'Actor2Code', 'EventCode']

/** The columns of GDELT; `docs/sources/plover.md` says what becomes of each. */
export const GDELT_COLUMNS: Columns<Column> = {
  read: READ,
  leftOut: VERSION_2.filter((name) => !(READ as readonly string[]).includes(name)),
  optional: READ.filter((column) => !NEEDED.includes(column)),
  // As the manual of 2.0 has it.
  alsoCalled: { Day: 'SQLDATE' },
}

type GdeltCells = Cells<Column>

/** Characters of an address that are kept. */
const LONGEST_ADDRESS = 1500

/** Reads a row of an export of GDELT. @throws BadCell */
export const gdeltEvent = (cells: GdeltCells, tellNoCountry: TellNoCountry): CodedEvent => {
  const number = cells.GLOBALEVENTID.trim()
  if (!/^\d{1,18}$/.test(number))
    throw new BadCell(`The column "GLOBALEVENTID" is "${clip(number)}", which is not a whole number.`)
  const day = eventDay(cells, 'SQLDATE')
  const code = cells.EventCode.trim()
  const coded = cameoEvent(code)
  if (!coded)
    throw new BadCell(
      `The column "EventCode" is "${clip(code)}", which is not a code of CAMEO; one has two to four digits with its leading zero.`,
    )
  // A code that lost its leading zero may be another one: 020 would be 20, of the root 2.
  const root = filled(cells, 'EventRootCode')
  if (root !== null && root !== code.slice(0, 2))
    throw new BadCell(`The code "${code}" does not begin with its root, "${clip(root)}".`)
  checkCoordinates(cells, 'ActionGeo_Lat', 'ActionGeo_Long')
  const actor = actorOf(cells, 'Actor1', tellNoCountry)
  const recipient = actorOf(cells, 'Actor2', tellNoCountry)
  const fips = filled(cells, 'ActionGeo_CountryCode')
  const country = fips === null ? null : countryOfFips(fips)
  if (fips !== null && !country) tellNoCountry('ActionGeo_CountryCode', fips)
  const address = clip(filled(cells, 'SOURCEURL') ?? '', LONGEST_ADDRESS)
  return {
    id: `gdelt:${number}`,
    type: coded.type,
    words: coded.words,
    coding: 'BY_MACHINE',
    summary: `Coded by machine from a news report as CAMEO ${code} (${coded.words})${inWords([cells.Actor1Name, cells.Actor2Name])}${address ? `: ${address}` : '.'}`,
    day,
    actors: actor ? [actor] : [],
    recipients: recipient ? [recipient] : [],
    sides: [sideOf(cells.Actor1Name, actor), sideOf(cells.Actor2Name, recipient)],
    countries: country ? [country] : [],
  }
}

/** How a side is shown: after its code, or in the words of the report where all of the code is unknown. */
const sideOf = (written: string, actor: CodedActor | null): readonly string[] => {
  const words = isEmptyWord(written.trim()) ? '' : written.trim()
  const shown = actor && (words === '' || /\p{Ll}/u.test(actor.name)) ? actor.name : words
  return shown === '' ? [] : [shown]
}

const actorOf = (cells: GdeltCells, actor: 'Actor1' | 'Actor2', tellNoCountry: TellNoCountry): CodedActor | null => {
  const code = filled(cells, `${actor}Code`)
  if (code === null) return null
  if (!/^[A-Za-z0-9]{2,60}$/.test(code))
    throw new BadCell(`The column "${actor}Code" is "${clip(code)}", which is not a code of letters and digits.`)
  const written = filled(cells, `${actor}CountryCode`)
  const country = written === null ? null : countryOfAlpha3(written)
  if (written !== null && !country) tellNoCountry(`${actor}CountryCode`, written)
  const parts = [
    cells[`${actor}Type1Code`],
    cells[`${actor}Type2Code`],
    cells[`${actor}Type3Code`],
    cells[`${actor}KnownGroupCode`],
    cells[`${actor}EthnicCode`],
    cells[`${actor}Religion1Code`],
    cells[`${actor}Religion2Code`],
    ...(written !== null && !country ? [written] : []),
  ]
  const roles = parts.map((part) => part.trim()).filter((part) => part !== '' && !isEmptyWord(part))
  return codedActor(code.toUpperCase(), country, roles)
}
