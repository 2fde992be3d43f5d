import type { Fraction } from '../../analysis/counting-sink.js'
import type { Kind, MeasureAsk } from '../../analysis/measures/measure.js'
import { REASONS } from '../../analysis/measures/measure.js'
import { type MeasureName, measureOf } from '../../analysis/measures/measures.js'
import type { FigureRow, FiguresAsk } from '../../analysis/run-measure.js'
import { quickThread, slowThread } from '../../analysis/threads.js'
import { slotsOf, type VoteNames } from '../../analysis/vote-table.js'
import { type Composing, type Given, numberIn, textIn } from '../composed/composer.js'
import { wholeNumber } from '../composed/whole-number.js'
import { type AskedBallots, ballotsIn } from './asked-ballots.js'
import { whyNone, whyNoValue } from './why-no-value.js'

export const DEFAULT_FIRST = 100

/** A question to a measure. */
export interface FiguresQuestion {
  readonly measure: MeasureName
  readonly ask: MeasureAsk
  readonly asked: AskedBallots
  /** Of how many persons it is not known whether their votes were asked. */
  readonly undecidedVoters: number
  /** Of what there is a figure even where nothing counts, by key. */
  readonly always: readonly number[]
  /** The group of which there is a figure though no vote of it may be known. */
  readonly group?: string | null
  /** Whether it takes seconds. */
  readonly isLong?: boolean
}

/** Works figures out, and gives them with the names of the schema. */
export const answerFigures = async (
  question: FiguresQuestion,
  given: Given,
  composing: Composing,
): Promise<unknown> => {
  const { measure, ask, asked, undecidedVoters, always, isLong = false } = question
  const { table, selection, ballotCount, undecidedCount, undatedCount } = asked
  const atLeast = numberIn(given, 'atLeast', 1)
  const job: FiguresAsk = {
    measure,
    ask,
    periods: selection.periods,
    atLeast,
    order: textIn(given, 'order') === 'LOWEST_FIRST' ? 'LOWEST_FIRST' : 'HIGHEST_FIRST',
    always,
    first: numberIn(given, 'first', DEFAULT_FIRST),
    skip: numberIn(given, 'skip', 0),
    trace: composing.asks('rows', 'voteEvents'),
  }
  const thread = isLong ? slowThread : quickThread
  const { rows, excluded, rowCount } = await thread.run('figures', { bits: table.bits, asked: job }, composing.options)
  const formula = measureOf(measure).formula(ask)
  const answer: Answer = { ...question, formula, atLeast }
  return {
    rows: rows.map((row, i) => figureOf(row, excluded.subarray(i * REASONS.length), answer)),
    rowCount,
    ballotCount,
    undecidedCount,
    undatedCount,
    undecidedVoterCount: undecidedVoters,
    formula,
    dataVersion: table.version,
    why: rowCount > 0 ? null : whyNone(asked, measureOf(measure).with(ask) !== null),
  }
}

interface Answer extends FiguresQuestion {
  readonly formula: string
  readonly atLeast: number
}

/** A figure with the names of the schema; what few ask of it is put together when it is asked. */
const figureOf = (row: FigureRow, counts: Int32Array, answer: Answer): unknown => {
  const { asked, ask, measure, formula, atLeast } = answer
  const { table, selection } = asked
  const { of, with: other, groups } = namesOf(row.key, answer)
  const period = selection.periods[row.period]?.name ?? ''
  const value = valueIn(row, atLeast)
  // Of several members, each ballot is told of each.
  const areVotes = measure === 'participation' && ask.by !== 'member'
  return {
    of,
    with: other,
    groups,
    period: period === '' ? null : period,
    value,
    get why() {
      return value === null
        ? whyNoValue(row, atLeast, excludedIn(period, counts, asked), areVotes ? 'votes' : 'ballots')
        : null
    },
    numerator: row.numerator,
    denominator: row.denominator,
    get excluded() {
      return excludedIn(period, counts, asked).filter(({ count }) => count > 0)
    },
    asMeant: row.meant && { ...row.meant, value: valueIn(row.meant, atLeast) },
    fromMembers: row.fromMembers,
    fromTallies: row.fromTallies,
    formula,
    dataVersion: table.version,
    voteEvents: (given: Given) => ballotsBehind(row, table.names, given),
  }
}

/** The ballots of a period that do not count, by why. */
const excludedIn = (period: string, counts: Int32Array, { open, undatedCount }: AskedBallots) =>
  REASONS.map((reason, i) => {
    const count = counts[i] as number
    if (reason === 'DATE_NOT_KNOWN') return { reason, count: count + undatedCount }
    if (reason !== 'FILTER_NOT_KNOWN') return { reason, count }
    const undecided = open?.periods.find(({ name }) => name === period)
    return { reason, count: undecided ? ballotsIn({ periods: [undecided] }) : 0 }
  })

const valueIn = ({ numerator, denominator }: Fraction, atLeast: number): number | null =>
  denominator > 0 && denominator >= atLeast ? numerator / denominator : null

const namesOf = (key: number, { measure, ask, group, asked }: Answer): Named => {
  const { names } = asked.table
  const { of, with: other } = measureOf(measure)
  const [kind, second] = [of(ask), other(ask)]
  if (kind === 'groups') {
    const isIn = (_: number, i: number) => Math.floor(key / 2 ** i) % 2 === 1
    return {
      of: null,
      with: null,
      groups: (ask.groups ?? []).filter(isIn).map((place) => names.groups[place] as string),
    }
  }
  const nameIn = (of: Kind, place: number): string | null =>
    of === 'all' || of === 'groups' ? null : (names[NAMES[of]][place] ?? group ?? null)
  if (second === null) return { of: nameIn(kind, key), with: null, groups: [] }
  return { of: nameIn(kind, Math.floor(key / ask.width)), with: nameIn(second, key % ask.width), groups: [] }
}

/** The ids of what a figure is of. */
interface Named {
  readonly of: string | null
  readonly with: string | null
  readonly groups: readonly string[]
}

const NAMES = { member: 'members', group: 'groups', country: 'countries' } as const

/** The ids of the ballots that count, or of a part of them, the latest first. */
const ballotsBehind = ({ counted, hits }: FigureRow, { ballots, days }: VoteNames, given: Given): readonly string[] => {
  const part = textIn(given, 'part') ?? 'ALL'
  const first = numberIn(given, 'first', 20)
  const skip = wholeNumber('skip', given.get('skip'), 0, [0, Number.MAX_SAFE_INTEGER])
  const slots = [...(counted ?? [])].flatMap((all, word) => {
    // Of a mean, each ballot counts for it.
    const hit = hits ? (hits[word] as number) : all
    return slotsOf(word, part === 'ALL' ? all : part === 'IN_NUMERATOR' ? all & hit : all & ~hit)
  })
  const key = (slot: number): string => days[slot] ?? ''
  slots.sort((a, b) => (key(a) === key(b) ? compareIds(ballots[a], ballots[b]) : key(a) < key(b) ? 1 : -1))
  return slots.slice(skip, skip + first).map((slot) => ballots[slot] as string)
}

const compareIds = (a = '', b = ''): number => (a < b ? -1 : 1)
