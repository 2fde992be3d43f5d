import { clip } from '../read/clip.js'
import { BadCell, type Cells, textCell } from '../read/read-cells.js'
import { cameoEvent } from './cameo.js'
import { countryOfName } from './coded-countries.js'
import {
  type CodedActor,
  type CodedEvent,
  checkCoordinates,
  eventDay,
  filled,
  namedActor,
  type TellNoCountry,
} from './coded-events.js'
import type { Columns } from './coded-rows.js'

const READ = [
  'Event ID',
  'Event Date',
  'Source Name',
  'Source Country',
  'Event Text',
  'CAMEO Code',
  'Target Name',
  'Target Country',
  'Country',
  'Latitude',
  'Longitude',
] as const

/** The columns of ICEWS; `docs/sources/plover.md` says what becomes of each. */
export const ICEWS_COLUMNS: Columns<(typeof READ)[number]> = {
  read: READ,
  leftOut: [
    'Source Sectors',
    'Intensity',
    'Target Sectors',
    'Story ID',
    'Sentence Number',
    'Publisher',
    'City',
    'District',
    'Province',
  ],
}

type IcewsCells = Cells<(typeof READ)[number]>

/** Reads a row of ICEWS. Its ids are told apart by the day: alone, one in a hundred stands twice. @throws BadCell */
export const icewsEvent = (cells: IcewsCells, tellNoCountry: TellNoCountry): CodedEvent => {
  const number = textCell(cells, 'Event ID')
  if (!/^\d{1,18}$/.test(number))
    throw new BadCell(`The column "Event ID" is "${clip(number)}", which is not a whole number.`)
  const day = eventDay(cells, 'Event Date')
  const code = textCell(cells, 'CAMEO Code')
  const coded = cameoEvent(code)
  if (!coded)
    throw new BadCell(
      `The column "CAMEO Code" is "${clip(code)}", which is not a code of CAMEO; one has two to four digits with its leading zero.`,
    )
  checkCoordinates(cells, 'Latitude', 'Longitude')
  const countryOf = (column: 'Source Country' | 'Target Country' | 'Country') => {
    const name = filled(cells, column)
    const country = name === null ? null : countryOfName(name)
    if (name !== null && !country) tellNoCountry(column, name)
    return country
  }
  const actorOf = (side: 'Source' | 'Target'): readonly CodedActor[] => {
    const name = filled(cells, `${side} Name`)
    return name === null ? [] : [namedActor(name, countryOf(`${side} Country`))]
  }
  const [actors, recipients] = [actorOf('Source'), actorOf('Target')]
  const place = countryOf('Country')
  return {
    id: `icews:${number}/${day}`,
    type: coded.type,
    words: coded.words,
    coding: 'BY_MACHINE',
    summary: `Coded by machine from a news report as CAMEO ${code}: ${clip(filled(cells, 'Event Text') ?? coded.words, 200)}.`,
    day,
    actors,
    recipients,
    sides: [actors.map(({ name }) => name), recipients.map(({ name }) => name)],
    countries: place ? [place] : [],
  }
}
