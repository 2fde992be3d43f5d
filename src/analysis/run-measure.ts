import { type CountedFigure, CountingSink, type Fraction } from './counting-sink.js'
import { type MeasureAsk, REASONS, type Reason, type Sink } from './measures/measure.js'
import { type MeasureName, measureOf } from './measures/measures.js'
import type { Period } from './selection.js'
import { ones, type VoteBits } from './vote-table.js'

/** A question to one measure. */
export interface FiguresAsk {
  readonly measure: MeasureName
  readonly ask: MeasureAsk
  readonly periods: readonly Period[]
  /** Figures of fewer ballots have no value. */
  readonly atLeast: number
  readonly order: 'HIGHEST_FIRST' | 'LOWEST_FIRST'
  /** What is given even where there is nothing of it. */
  readonly always: readonly number[]
  readonly first: number
  readonly skip: number
  /** Whether it is told which ballots count. */
  readonly trace: boolean
}

/** A figure, in numbers. */
export interface FigureRow extends Fraction {
  readonly key: number
  /** The place of its period. */
  readonly period: number
  /** Of how many ballots members' votes were counted, and of how many the published tallies. */
  readonly fromMembers: number
  readonly fromTallies: number
  /** As meant; null where nobody corrected a vote in these ballots. */
  readonly meant: Fraction | null
  /** By word: the ballots that count, and those that count for it; null for the latter where each counts with a number. */
  readonly counted?: Uint32Array
  readonly hits?: Uint32Array | null
}

export interface FiguresFound {
  readonly rows: readonly FigureRow[]
  /** Row after row, by the order of `REASONS`: how many ballots do not count; one array passes faster between threads. */
  readonly excluded: Int32Array
  readonly rowCount: number
}

/** Works a measure out, period by period. */
export const runMeasure = (bits: VoteBits, asked: FiguresAsk): FiguresFound => {
  const rows: FigureRow[] = []
  const excluded: number[] = []
  let rowCount = 0
  asked.periods.forEach((period, i) => {
    const figures = new PeriodFigures(bits, asked, period, i)
    rows.push(...figures.rows(asked.skip - rowCount, asked.skip + asked.first - rowCount, excluded))
    rowCount += figures.count
  })
  return { rows: asked.trace ? traced(bits, asked, rows) : rows, excluded: Int32Array.from(excluded), rowCount }
}

/** What a measure makes of one period. */
class PeriodFigures {
  readonly #sink: CountingSink
  /** As meant; null where nobody corrected a vote. */
  readonly #meant: CountingSink | null
  readonly #base: ReturnType<ReturnType<typeof measureOf>['base']>
  readonly #rest: Reason | null

  constructor(
    readonly bits: VoteBits,
    readonly asked: FiguresAsk,
    readonly period: Period,
    readonly place: number,
  ) {
    const { ask, always } = asked
    const { segments } = period
    const measure = measureOf(asked.measure)
    this.#base = measure.base(ask)
    this.#rest = measure.rest(ask)
    // Where votes or days are counted, it takes more to know of how many ballots they are.
    const marks = this.#base === 'tallies' ? 'ALL' : this.#rest ? null : 'COUNTED'
    this.#sink = new CountingSink(bits, marks)
    for (const key of always) this.#sink.touch(key)
    measure.run({ bits, segments, ask, meant: false }, this.#sink)
    const isCorrected = segments.some(({ from, mask }) =>
      mask.some((ballots, w) => (ballots & (bits.corrected[from + w] as number)) !== 0),
    )
    this.#meant = isCorrected ? new CountingSink(bits, null) : null
    for (const key of always) this.#meant?.touch(key)
    if (this.#meant) measure.run({ bits, segments, ask, meant: true }, this.#meant)
  }

  get count(): number {
    return this.#sink.keys.length
  }

  /** The rows from one place in the order asked to before another; adds what is excluded of each. */
  rows(from: number, to: number, excluded: number[]): readonly FigureRow[] {
    if (to <= 0 || from >= this.count) return []
    const sums = new CommonSums(this.bits, this.period.segments)
    return this.#ranked(to)
      .slice(Math.max(0, from), to)
      .map((figure) => this.#row(this.#sink.figure(figure), sums, excluded))
  }

  /** At least the first so many figures, in the order asked. */
  #ranked(most: number): readonly number[] {
    const { order, atLeast } = this.asked
    const { keys } = this.#sink
    const sign = order === 'HIGHEST_FIRST' ? -1 : 1
    const ranks = Float64Array.from(keys, (_, i) => {
      const [numerator, denominator] = this.#sink.fraction(i)
      return denominator > 0 && denominator >= atLeast ? (sign * numerator) / denominator : Number.POSITIVE_INFINITY
    })
    // Of very many, only those are compared one by one that may be among the first.
    const last = most < keys.length ? (ranks.slice().sort()[most - 1] as number) : Number.POSITIVE_INFINITY
    const places: number[] = []
    for (let i = 0; i < ranks.length; i += 1) if ((ranks[i] as number) <= last) places.push(i)
    const difference = (a: number, b: number): number => {
      const [one, other] = [ranks[a] as number, ranks[b] as number]
      return one === other ? (keys[a] as number) - (keys[b] as number) : one - other
    }
    return places.sort(difference)
  }

  /** Of how many of these ballots the totals are sums of members' votes. */
  #summedIn(ballots: Uint32Array | null): number {
    return ballots?.reduce((sum, word, w) => sum + ones(word & (this.bits.summed[w] as number)), 0) ?? 0
  }

  #row(figure: CountedFigure, sums: CommonSums, all: number[]): FigureRow {
    const { key, numerator, denominator, ballots, fromMembers, seen } = figure
    const excluded = [...figure.excluded]
    if (this.#base === 'tallies') sums.addUnseen(excluded, seen)
    if (this.#base === 'members') {
      const accounted = excluded.reduce((sum, each) => sum + each, ballots > 0 ? ballots : denominator)
      add(excluded, 'NO_VOTES', sums.withoutVotes)
      add(excluded, 'PARTIAL_LIST', sums.partial)
      if (this.#rest) add(excluded, this.#rest, sums.whole - accounted)
    }
    all.push(...excluded)
    const isOfTallies = this.#base === 'tallies'
    const counted = this.#rest ? ballots || denominator : fromMembers
    return {
      key,
      period: this.place,
      numerator,
      denominator,
      fromMembers: isOfTallies ? fromMembers : this.#base === 'members' ? counted : this.#summedIn(seen),
      fromTallies: isOfTallies ? denominator - fromMembers : 0,
      meant: this.#meant?.fractionOf(key) ?? null,
    }
  }
}

const add = (excluded: number[], reason: Reason, ballots: number): void => {
  const place = REASONS.indexOf(reason)
  excluded[place] = (excluded[place] as number) + ballots
}

/** Of the ballots of a period, how many have which votes. */
class CommonSums {
  whole = 0
  partial = 0
  withoutVotes = 0

  constructor(
    readonly bits: VoteBits,
    readonly segments: Period['segments'],
  ) {
    this.#each(null, (whole, partial, without) => {
      this.whole += whole
      this.partial += partial
      this.withoutVotes += without
    })
  }

  /** Adds the ballots that were not seen, by why not. */
  addUnseen(excluded: number[], seen: Uint32Array | null): void {
    this.#each(seen, (whole, partial, without) => {
      add(excluded, 'NOT_PRESENT', whole)
      add(excluded, 'PARTIAL_LIST', partial)
      add(excluded, 'NO_VOTES', without)
    })
  }

  #each(seen: Uint32Array | null, tell: (whole: number, partial: number, without: number) => void): void {
    for (const { from, to, mask } of this.segments) {
      for (let word = from; word < to; word += 1) {
        const left = (mask[word - from] as number) & ~(seen ? (seen[word] as number) : 0)
        if (left === 0) continue
        const [whole, voted] = [this.bits.whole[word] as number, this.bits.voted[word] as number]
        tell(ones(left & whole), ones(left & voted & ~whole), ones(left & ~voted))
      }
    }
  }
}

/** Says of rows which ballots count. */
const traced = (
  bits: VoteBits,
  { measure, ask, periods }: FiguresAsk,
  rows: readonly FigureRow[],
): readonly FigureRow[] =>
  periods.flatMap(({ segments }, period) => {
    const own = rows.filter((row) => row.period === period)
    if (own.length === 0) return []
    const sink = new TracingSink(bits, new Set(own.map(({ key }) => key)))
    measureOf(measure).run({ bits, segments, ask, meant: false }, sink)
    return own.map((row) => ({ ...row, ...sink.of(row.key) }))
  })

/** Remembers the ballots of some keys. */
class TracingSink implements Sink {
  readonly #found = new Map<number, { readonly counted: Uint32Array; hits: Uint32Array | null }>()

  constructor(bits: VoteBits, keys: ReadonlySet<number>) {
    for (const key of keys)
      this.#found.set(key, { counted: new Uint32Array(bits.words), hits: new Uint32Array(bits.words) })
  }

  of(key: number) {
    return this.#found.get(key)
  }

  count(key: number, word: number, counted: number, hits: number): void {
    const of = this.#found.get(key)
    if (!of) return
    of.counted[word] = (of.counted[word] as number) | counted
    if (of.hits) of.hits[word] = (of.hits[word] as number) | hits
  }

  value(key: number, slot: number, _value: number, _most?: number, isHit: boolean | null = null): void {
    const of = this.#found.get(key)
    if (!of) return
    const [word, bit] = [slot >>> 5, 1 << (slot & 31)]
    of.counted[word] = (of.counted[word] as number) | bit
    if (isHit === null) of.hits = null
    else if (of.hits && isHit) of.hits[word] = (of.hits[word] as number) | bit
  }

  exclude(): void {}

  touch(): void {}
}
