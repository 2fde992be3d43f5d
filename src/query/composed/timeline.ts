import type { GraphShape } from '../../model/graph-shape.js'
import { readCursor, writeCursor } from '../../store/cursor.js'
import type { GraphSizes } from '../../store/graph-store.js'
import { priceOf } from '../price.js'
import { readJson } from '../written-result.js'
import { type Composer, type Given, numberIn, textIn, wordsIn } from './composer.js'
import { fieldInWords, labelOf, sentenceOf } from './sentences.js'
import {
  type DatedPlace,
  datedPlaces,
  type TimelinePosition,
  type TimelineWindow,
  timelinePlan,
} from './timeline-plan.js'
import { typeOf } from './type-of.js'
import { wholeNumber } from './whole-number.js'

const DEFAULT_FIRST = 20
/** What the cursors of a timeline begin with. */
const MARK = 'time'

/** The price of the dearest timeline, reckoned once for each size of the graph: it makes a plan for each type. */
const prices = new WeakMap<GraphSizes, number>()

const dearest = (sizes: GraphSizes, shape: GraphShape): number => {
  const price = prices.get(sizes) ?? Math.max(...[...shape.nodes.keys()].map((type) => priceOfType(shape, type, sizes)))
  prices.set(sizes, price)
  return price
}

/** What is dated about a record, in order. */
export const composeTimeline: Composer = {
  readings: { of: { how: 'id' } },
  atMost: (given) => wholeNumber('first', given('first'), DEFAULT_FIRST, [1, 100]),
  price: dearest,
  async compose(given, composing) {
    const of = textIn(given, 'of') ?? ''
    const window = windowIn(given)
    const type = await typeOf(of, composing)
    if (!type) return null
    const { shape, store, options } = composing
    const places = datedPlaces(shape, type)
    const { json } = await store.answer(timelinePlan(shape, type, places, of, window), options)
    const record = readJson(json) as Answered | null
    return record && merge(record, type, places, window)
  },
  words: (given) => `puts together what is dated about ${JSON.stringify(textIn(given, 'of'))}, in order`,
}

const windowIn = (given: Given): TimelineWindow => {
  const after = textIn(given, 'after')
  return {
    from: textIn(given, 'from'),
    to: textIn(given, 'to'),
    types: wordsIn(given, 'types'),
    first: numberIn(given, 'first', DEFAULT_FIRST),
    after:
      after === null
        ? null
        : (readCursor(after, MARK, ['string', 'integer', 'string', 'string']) as unknown as TimelinePosition),
  }
}

const EVERYTHING: TimelineWindow = { from: null, to: null, types: null, first: 100, after: null }

const priceOfType = (shape: GraphShape, type: string, sizes: GraphSizes): number =>
  priceOf(timelinePlan(shape, type, datedPlaces(shape, type), '', EVERYTHING), sizes, shape)

type Answered = Readonly<Record<string, unknown>> & { readonly id: string }

/** A row of a place, as the plan gives it. */
interface Row {
  readonly node: Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string }
  readonly key?: string
  readonly edtf: string
  readonly earliest: string | null
  readonly latest: string | null
  readonly sources: Sources
}

interface Sources {
  readonly nodes: readonly { readonly id: string }[]
}

interface Placed {
  readonly at: TimelinePosition
  readonly facts: object
}

/** Merges the places' rows into one list in the order of days, and cuts it. */
const merge = (
  record: Answered,
  type: string,
  places: readonly DatedPlace[],
  { from, to, types, first, after }: TimelineWindow,
) => {
  const label = labelIn(record)
  const entries = places.flatMap((place, number): readonly Placed[] => {
    if (!place.hop) return ownEntry(record, label, place, number)
    const rows = (record[number] as { readonly rows: readonly Row[] } | undefined)?.rows ?? []
    return rows.map((row) => entryOf(row, label, place, number))
  })
  const isOwnAsked = types === null || types.includes(type)
  const asked = entries
    .filter(({ at, facts }) => {
      if (places[at[1]]?.hop) return true
      const { earliest, latest } = facts as { earliest: string | null; latest: string | null }
      return isOwnAsked && isWithin(earliest, latest, from, to) && (!after || compare(at, after) > 0)
    })
    .sort((a, b) => compare(a.at, b.at))
  const page = asked.slice(0, first)
  return {
    rows: page.map(({ facts }) => facts),
    pageInfo: {
      hasNextPage: asked.length > first,
      hasPreviousPage: after !== null,
      startCursor: cursorOf(page[0]),
      endCursor: cursorOf(page.at(-1)),
    },
  }
}

const cursorOf = (placed: Placed | undefined): string | null => (placed ? writeCursor(MARK, placed.at) : null)

const labelIn = (record: Answered): string => {
  const values = Object.entries(record).flatMap(([name, value]) =>
    name.startsWith('label:') ? [[name.slice('label:'.length), value]] : [],
  )
  return labelOf(Object.fromEntries(values), record.id)
}

const isWithin = (earliest: string | null, latest: string | null, from: string | null, to: string | null): boolean =>
  (to === null || earliest === null || earliest <= to) && (from === null || latest === null || latest >= from)

const compare = (a: TimelinePosition, b: TimelinePosition): number => {
  for (const i of [0, 1, 2, 3] as const) {
    if (a[i] < b[i]) return -1
    if (a[i] > b[i]) return 1
  }
  return 0
}

/** A day of the record's own. */
const ownEntry = (record: Answered, label: string, place: DatedPlace, number: number): readonly Placed[] => {
  const [edtf, earliest, latest] = ['edtf', 'earliest', 'latest'].map((part) => record[`${number}:${part}`]) as (
    | string
    | null
  )[]
  if (!edtf) return []
  const day = { edtf, earliest: earliest ?? null, latest: latest ?? null }
  const sentence = `${label}: ${fieldInWords(place.field)} ${edtf}`
  return [placed(day, place, number, { id: record.id, key: '', sentence, sources: record['sources'] as Sources })]
}

const entryOf = (row: Row, label: string, place: DatedPlace, number: number): Placed => {
  const { link, direction } = place.hop as NonNullable<DatedPlace['hop']>
  const other = labelOf(row.node, row.node.id)
  const [from, to] = direction === 'out' ? [label, other] : [other, label]
  const sentence = `${sentenceOf(link, from, to)}, ${fieldInWords(place.field)} ${row.edtf}`
  return placed(row, place, number, { id: row.node.id, key: row.key ?? '', sentence, sources: row.sources })
}

const placed = (
  { edtf, earliest, latest }: Pick<Row, 'edtf' | 'earliest' | 'latest'>,
  { what }: DatedPlace,
  number: number,
  {
    id,
    key,
    sentence,
    sources,
  }: { readonly id: string; readonly key: string; readonly sentence: string; readonly sources: Sources },
): Placed => ({
  at: [earliest ?? latest ?? '', number, id, key],
  facts: {
    date: edtf,
    earliest,
    latest,
    isVague: earliest === null || earliest !== latest,
    what,
    sentence,
    node: id,
    sources: sources.nodes.map((source) => source.id),
  },
})
