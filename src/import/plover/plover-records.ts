import { clip } from '../read/clip.js'
import { BadCell, type Cells, textCell } from '../read/read-cells.js'
import { roleWords } from './cameo.js'
import { countryOfAlpha3 } from './coded-countries.js'
import {
  type CodedActor,
  type CodedEvent,
  codedActor,
  eventDay,
  filled,
  inWords,
  isEmptyWord,
  type TellNoCountry,
} from './coded-events.js'
import type { Columns } from './coded-rows.js'
import { eventType } from './event-type.js'

const READ = ['id', 'date', 'source', 'target', 'event', 'eventText', 'mode', 'context', 'text'] as const
type Column = (typeof READ)[number]

/** The keys of a record in PLOVER, such as its gold standard records; `docs/sources/plover.md` says what becomes of each. */
export const PLOVER_COLUMNS: Columns<Column> = {
  read: READ,
  optional: ['source', 'target', 'eventText', 'mode', 'context', 'text'],
  whole: ['source', 'target'],
  leftOut: ['textInfo', 'language', 'publication', 'coder', 'version', 'dateCoded', 'comment', 'eventLoc'],
}

/** Reads a record in PLOVER. @throws BadCell */
export const ploverEvent = (cells: Cells<Column>, tellNoCountry: TellNoCountry): CodedEvent => {
  const id = textCell(cells, 'id')
  if (!/^[\w.:-]{1,120}$/.test(id))
    throw new BadCell(`The key "id" is "${clip(id)}", which is not an id of letters, digits, hyphens and underscores.`)
  const day = eventDay(cells, 'date')
  const written = textCell(cells, 'event').toUpperCase()
  const [actors, recipients] = [sideOf(cells, 'source', tellNoCountry), sideOf(cells, 'target', tellNoCountry)]
  return {
    id: `plover-record:${id}`,
    type: eventType('event', written),
    words: written,
    coding: null,
    summary: summaryOf(written, cells),
    day,
    actors,
    recipients,
    sides: [actors.map(({ name }) => name), recipients.map(({ name }) => name)],
    countries: [],
  }
}

const summaryOf = (type: string, cells: Cells<Column>): string => {
  const [mode, context, text] = [filled(cells, 'mode'), filled(cells, 'context'), filled(cells, 'text')]
  const details = [
    mode === null ? '' : `, mode ${clip(mode, 100)}`,
    context === null ? '' : `, contexts ${clip(context.replaceAll(';', ','), 300)}`,
    inWords([cells.eventText]),
  ]
  return `Coded as PLOVER ${type}${details.join('')}${text === null ? '.' : `: "${clip(text, 300)}"`}`
}

/** The actors of a side: a code, an object with a `code` and a `sector`, or a list of them. */
const sideOf = (
  cells: Cells<Column>,
  side: 'source' | 'target',
  tellNoCountry: TellNoCountry,
): readonly CodedActor[] => {
  const written = cells[side] === '' ? [] : jsonOrCodes(cells[side])
  const all: readonly unknown[] = Array.isArray(written) ? written : [written]
  return all.flatMap((each) => {
    const code = codeOf(side, each)
    if (code === '' || isEmptyWord(code)) return []
    if (!/^[A-Za-z0-9]{2,60}$/.test(code))
      throw new BadCell(`The key "${side}" has "${clip(code)}", which is not a code of letters and digits.`)
    const upper = code.toUpperCase()
    const parts = upper.match(/.{1,3}/g) ?? []
    const country = countryOfAlpha3(parts[0] ?? '')
    if (!country && parts.length > 1 && roleWords(parts[0] ?? '') === parts[0]) tellNoCountry(side, parts[0] ?? '')
    return [codedActor(upper, country, country ? parts.slice(1) : parts)]
  })
}

/** A table has the code as it is, and JSON whatever it has there. */
const jsonOrCodes = (cell: string): unknown => {
  try {
    return JSON.parse(cell)
  } catch {
    return cell.split(';').map((each) => each.trim())
  }
}

const codeOf = (side: string, value: unknown): string => {
  const object =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : { code: value }
  const { code, sector } = object
  const parts = [code, ...(Array.isArray(sector) ? (sector as readonly unknown[]) : [sector])].map((part) => part ?? '')
  const wrong = parts.find((part) => typeof part !== 'string')
  if (wrong !== undefined)
    throw new BadCell(`The key "${side}" has ${clip(JSON.stringify(value))}, which is not a code of an actor.`)
  return parts.map((part) => String(part).trim()).join('')
}
