import { type Kind, type MeasureAsk, REASONS } from '../../analysis/measures/measure.js'
import { type MeasureName, measureOf } from '../../analysis/measures/measures.js'
import type { FigureRow, FiguresAsk, Fraction } from '../../analysis/run-measure.js'
import { type BallotsAsked, type Every, type Selection, selectBallots } from '../../analysis/selection.js'
import { quickThread, slowThread } from '../../analysis/threads.js'
import { ones, type VoteNames, type VoteTable, WORD } from '../../analysis/vote-table.js'
import { isNonAttached } from '../../model/ids.js'
import type { Reading } from '../../store/values.js'
import { type Composer, type Composing, type Given, numberIn, textIn, wordsIn } from '../composed/composer.js'
import { typeOf } from '../composed/type-of.js'
import { wholeNumber } from '../composed/whole-number.js'
import { placeIn, placesIn, seatsIn, votersOf } from './voters.js'
import { whyNone, whyNoValue } from './why-no-value.js'

/** A field that gives figures of a measure. */
export interface FiguresField {
  readonly measure: MeasureName
  /** The argument that chooses among what the measure makes, if any. */
  readonly variant?: string
  /** Of what figures are, where no argument `by` says so. */
  readonly by?: Kind
  /** What the argument \`of\` names, where it is an id. */
  readonly of?: 'members' | 'groups'
}

const ID: Reading = { how: 'id' }
const DEFAULT_FIRST = 100
const MAX_FIRST = 1000
/** What reading and counting votes costs beside what the answer gives: no more than the largest statement. */
const PRICE = 300_000

/** Puts figures of a measure together. */
export const composeFigures = (field: FiguresField): Composer => ({
  readings: {
    of: ID,
    body: ID,
    groups: { how: 'idList' },
    'voters.group': ID,
    'voters.country': ID,
    'voters.memberOf': ID,
  },
  filters: { where: 'VoteEvent', 'voters.where': 'Person' },
  atMost(given) {
    wholeNumber('atLeast', given('atLeast'), 1, [0, Number.MAX_SAFE_INTEGER])
    wholeNumber('skip', given('skip'), 0, [0, Number.MAX_SAFE_INTEGER])
    return wholeNumber('first', given('first'), DEFAULT_FIRST, [1, MAX_FIRST])
  },
  price: () => PRICE,
  compose: (given, composing) => compose(field, given, composing),
  words: () => `works out ${field.measure} from the votes in memory`,
})

const compose = async (field: FiguresField, given: Given, composing: Composing): Promise<unknown> => {
  const of = field.of ? textIn(given, 'of') : null
  const named = [of, textIn(given, 'voters.group'), textIn(given, 'voters.country'), textIn(given, 'voters.memberOf')]
  for (const id of named) if (id !== null && (await typeOf(id, composing)) === null) return null
  const where = await composing.ids('where')
  const table = await composing.votes.of(where && [...where.known, ...where.undecided], composing.options)
  const asked = ballotsIn(given)
  const selection = selectBallots(table, { ...asked, ids: where?.known ?? null })
  const open = where && selectBallots(table, { ...asked, ids: where.undecided })
  const { voters, undecided } = await votersOf(table, given, composing)
  const ask = await askIn(field, given, { table, composing, voters, of })
  const { rows, rowCount } = await run(field, given, composing, { table, selection, ask })
  const ballotCount = selection.periods.reduce((sum, period) => sum + ballotsOf(period), 0)
  const formula = measureOf(field.measure).formula(ask)
  const answer = {
    table,
    selection,
    open,
    ask,
    formula,
    measure: field.measure,
    atLeast: numberIn(given, 'atLeast', 1),
  }
  return {
    rows: rows.map((row) => figureOf(row, answer)),
    rowCount,
    ballotCount,
    undecidedCount: open ? open.periods.reduce((sum, period) => sum + ballotsOf(period), 0) : 0,
    undatedCount: selection.undated + (open?.undated ?? 0),
    undecidedVoterCount: undecided,
    formula,
    dataVersion: table.version,
    why: rowCount > 0 ? null : whyNone(ballotCount),
  }
}

const ballotsIn = (given: Given): Omit<BallotsAsked, 'ids'> => ({
  from: textIn(given, 'from'),
  to: textIn(given, 'to'),
  body: textIn(given, 'body'),
  every: textIn(given, 'every') as Every | null,
})

interface Asking {
  readonly table: VoteTable
  readonly composing: Composing
  readonly voters: MeasureAsk['voters']
  readonly of: string | null
}

const askIn = async (
  field: FiguresField,
  given: Given,
  { table, composing, voters, of }: Asking,
): Promise<MeasureAsk> => {
  const places = placesIn(table)
  const by = (textIn(given, 'by')?.toLowerCase() as Kind | undefined) ?? field.by ?? 'all'
  const groups = wordsIn(given, 'groups')?.map((id) => placeIn(places.groups, id) as number) ?? null
  // Loyalty knows no group of those who belong to none.
  const unattached = table.names.groups.flatMap((id, place) => (isNonAttached(id) ? [place] : []))
  return {
    voters,
    by,
    of: field.of ? placeIn(places[field.of], of) : null,
    groups: field.measure === 'loyalty' ? unattached : groups,
    variant: field.variant ? (textIn(given, field.variant) ?? '') : '',
    share: numberIn(given, 'margin', 0),
    width: Math.max(table.names.members.length, table.names.groups.length, table.names.countries.length, 1),
    seats: field.measure === 'participation' ? await seatsIn(table, composing) : null,
    days: field.measure === 'participation' ? places.days : null,
  }
}

interface Running {
  readonly table: VoteTable
  readonly selection: Selection
  readonly ask: MeasureAsk
}

const run = (field: FiguresField, given: Given, composing: Composing, { table, selection, ask }: Running) => {
  const asked: FiguresAsk = {
    measure: field.measure,
    ask,
    periods: selection.periods,
    atLeast: numberIn(given, 'atLeast', 1),
    order: textIn(given, 'order') === 'LOWEST_FIRST' ? 'LOWEST_FIRST' : 'HIGHEST_FIRST',
    always: alwaysOf(field, ask),
    first: numberIn(given, 'first', DEFAULT_FIRST),
    skip: numberIn(given, 'skip', 0),
    trace: composing.asks('rows', 'voteEvents'),
  }
  // Each member with each takes seconds.
  const isLong = field.measure === 'memberAgreement' && ask.of === null
  return (isLong ? slowThread : quickThread).run('figures', { bits: table.bits, asked })
}

/** Of what there is a figure even where nothing counts: of the one group, or of all together. */
const alwaysOf = (field: FiguresField, { by, voters }: MeasureAsk): readonly number[] => {
  if (field.of) return []
  if (by === 'all') return [0]
  return by === 'group' && voters.group !== null && voters.group >= 0 ? [voters.group] : []
}

const ballotsOf = ({ segments }: Selection['periods'][number]): number =>
  segments.reduce((sum, { mask }) => mask.reduce((all, word) => all + ones(word), sum), 0)

interface Answer extends Running {
  readonly open: Selection | null
  readonly formula: string
  readonly measure: MeasureName
  readonly atLeast: number
}

/** A figure with the names of the schema. */
const figureOf = (row: FigureRow, answer: Answer): unknown => {
  const { table, selection, open, ask, formula, measure, atLeast } = answer
  const { of, with: other } = namesOf(row.key, measure, ask, table.names)
  const period = selection.periods[row.period]?.name ?? ''
  const excluded = REASONS.map((reason, i) => ({ reason, count: row.excluded[i] as number }))
  const undecided = open?.periods.find(({ name }) => name === period)
  const all = excluded.map(({ reason, count }) => {
    if (reason === 'FILTER_NOT_KNOWN') return { reason, count: undecided ? ballotsOf(undecided) : 0 }
    return { reason, count: reason === 'DATE_NOT_KNOWN' ? selection.undated : count }
  })
  const value = valueIn(row, atLeast)
  return {
    of,
    with: other,
    period: period === '' ? null : period,
    value,
    why: value === null ? whyNoValue(row, atLeast, all) : null,
    numerator: row.numerator,
    denominator: row.denominator,
    excluded: all.filter(({ count }) => count > 0),
    asMeant: row.meant && { ...row.meant, value: valueIn(row.meant, atLeast) },
    fromMembers: row.fromMembers,
    fromTallies: row.fromTallies,
    formula,
    dataVersion: table.version,
    voteEvents: (given: Given) => ballotsBehind(row, table.names, given),
  }
}

const valueIn = ({ numerator, denominator }: Fraction, atLeast: number): number | null =>
  denominator > 0 && denominator >= atLeast ? numerator / denominator : null

const namesOf = (key: number, measure: MeasureName, ask: MeasureAsk, names: VoteNames) => {
  const { of, with: other } = measureOf(measure)
  const [kind, second] = [of(ask), other(ask)]
  const nameIn = (of: Kind, place: number): string | null => (of === 'all' ? null : (names[NAMES[of]][place] ?? null))
  if (second === null) return { of: nameIn(kind, key), with: null }
  return { of: nameIn(kind, Math.floor(key / ask.width)), with: nameIn(second, key % ask.width) }
}

const NAMES = { member: 'members', group: 'groups', country: 'countries' } as const

/** The ids of the ballots that count, or of a part of them, the latest first. */
const ballotsBehind = ({ counted, hits }: FigureRow, { ballots, days }: VoteNames, given: Given): readonly string[] => {
  const part = textIn(given, 'part') ?? 'ALL'
  const first = numberIn(given, 'first', 20)
  const skip = wholeNumber('skip', given.get('skip'), 0, [0, Number.MAX_SAFE_INTEGER])
  const slots: number[] = []
  counted?.forEach((all, word) => {
    // Of a mean, each ballot counts for it.
    const hit = hits ? (hits[word] as number) : all
    for (
      let left = part === 'ALL' ? all : part === 'IN_NUMERATOR' ? all & hit : all & ~hit;
      left !== 0;
      left &= left - 1
    )
      slots.push(word * WORD + 31 - Math.clz32(left & -left))
  })
  const key = (slot: number): string => days[slot] ?? ''
  slots.sort((a, b) => (key(a) === key(b) ? compareIds(ballots[a], ballots[b]) : key(a) < key(b) ? 1 : -1))
  return slots.slice(skip, skip + first).map((slot) => ballots[slot] as string)
}

const compareIds = (a = '', b = ''): number => (a < b ? -1 : 1)
