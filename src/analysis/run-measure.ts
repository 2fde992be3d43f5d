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

/** How many of what. */
export interface Fraction {
  readonly numerator: number
  /** Null where it cannot be worked out. */
  readonly denominator: number
}

/** A figure, in numbers. */
export interface FigureRow extends Fraction {
  readonly key: number
  /** The place of its period. */
  readonly period: number
  /** By the order of `REASONS`: how many ballots do not count. */
  readonly excluded: readonly number[]
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
  readonly rowCount: number
}

/** Works a measure out, period by period. */
export const runMeasure = (bits: VoteBits, asked: FiguresAsk): FiguresFound => {
  const all = asked.periods.flatMap((period, i) => periodRows(bits, asked, period, i))
  const sign = asked.order === 'HIGHEST_FIRST' ? -1 : 1
  const isValued = ({ denominator }: FigureRow) => denominator > 0 && denominator >= asked.atLeast
  all.sort((a, b) => {
    if (a.period !== b.period) return a.period - b.period
    if (isValued(a) !== isValued(b)) return isValued(a) ? -1 : 1
    const difference = isValued(a) ? ratio(a) - ratio(b) : 0
    return difference !== 0 ? sign * difference : a.key - b.key
  })
  const rows = all.slice(asked.skip, asked.skip + asked.first)
  return { rows: asked.trace ? traced(bits, asked, rows) : rows, rowCount: all.length }
}

const ratio = ({ numerator, denominator }: Fraction): number => numerator / denominator

const periodRows = (
  bits: VoteBits,
  { measure: name, ask, always }: FiguresAsk,
  { segments }: Period,
  period: number,
) => {
  const measure = measureOf(name)
  const base = measure.base(ask)
  const sink = new CountingSink(bits, base === 'tallies')
  for (const key of always) sink.touch(key)
  measure.run({ bits, segments, ask, meant: false }, sink)
  const meant = new CountingSink(bits, false)
  const isCorrected = segments.some(({ from, mask }) =>
    mask.some((ballots, w) => (ballots & (bits.corrected[from + w] as number)) !== 0),
  )
  if (isCorrected) measure.run({ bits, segments, ask, meant: true }, meant)
  const sums = new CommonSums(bits, segments)
  const rest = measure.rest(ask)
  return [...sink.entries()].map(([key, entry]): FigureRow => {
    const excluded = [...entry.excluded]
    if (base === 'tallies') sums.addUnseen(excluded, entry.seen)
    if (base === 'members') {
      const counted = entry.ballots > 0 ? entry.ballots : entry.denominator
      const accounted = excluded.reduce((sum, each) => sum + each, counted)
      add(excluded, 'NO_VOTES', sums.withoutVotes)
      add(excluded, 'PARTIAL_LIST', sums.partial)
      if (rest) add(excluded, rest, sums.whole - accounted)
    }
    const { numerator, denominator, fromMembers } = entry
    const other = isCorrected ? meant.get(key) : null
    return {
      key,
      period,
      numerator,
      denominator,
      excluded,
      fromMembers: base === 'tallies' ? fromMembers : base === 'members' ? entry.ballots || denominator : 0,
      fromTallies: base === 'tallies' ? denominator - fromMembers : 0,
      meant: other && { numerator: other.numerator, denominator: other.denominator },
    }
  })
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

class Entry {
  numerator = 0
  denominator = 0
  fromMembers = 0
  /** Ballots that count with a number of their own. */
  ballots = 0
  readonly excluded = new Int32Array(REASONS.length)

  constructor(readonly seen: Uint32Array | null) {}
}

/** Counts for each key. */
class CountingSink implements Sink {
  readonly #entries = new Map<number, Entry>()
  #last = Number.NaN
  #entry = new Entry(null)

  constructor(
    readonly bits: VoteBits,
    readonly isSeen: boolean,
  ) {}

  entries(): IterableIterator<[number, Entry]> {
    return this.#entries.entries()
  }

  get(key: number): Entry | null {
    return this.#entries.get(key) ?? null
  }

  count(key: number, word: number, counted: number, hits: number): void {
    const entry = this.#of(key)
    entry.denominator += ones(counted)
    entry.numerator += ones(hits)
    if (!entry.seen) return
    entry.seen[word] = (entry.seen[word] as number) | counted
    entry.fromMembers += ones(counted & (this.bits.whole[word] as number))
  }

  value(key: number, slot: number, value: number, most = 1): void {
    const entry = this.#of(key)
    entry.denominator += most
    entry.ballots += 1
    entry.numerator += value
    if (!entry.seen) return
    const [word, bit] = [slot >>> 5, 1 << (slot & 31)]
    entry.seen[word] = (entry.seen[word] as number) | bit
    if ((this.bits.whole[word] as number) & bit) entry.fromMembers += 1
  }

  exclude(key: number, reason: Reason, word: number, ballots: number): void {
    if (ballots === 0) return
    const entry = this.#of(key)
    const place = REASONS.indexOf(reason)
    entry.excluded[place] = (entry.excluded[place] as number) + ones(ballots)
    if (entry.seen) entry.seen[word] = (entry.seen[word] as number) | ballots
  }

  touch(key: number): void {
    this.#of(key)
  }

  /** What a measure tells comes mostly key by key. */
  #of(key: number): Entry {
    if (key === this.#last) return this.#entry
    let entry = this.#entries.get(key)
    if (!entry) {
      entry = new Entry(this.isSeen ? new Uint32Array(this.bits.words) : null)
      this.#entries.set(key, entry)
    }
    this.#last = key
    this.#entry = entry
    return entry
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
