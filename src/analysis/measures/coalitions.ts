import type { Segment } from '../selection.js'
import { ones } from '../vote-table.js'
import type { Measure, MeasureInput, Sink } from './measure.js'
import { outcomesIn } from './outcomes.js'
import { decided, type Pluralities, pluralitiesIn } from './pluralities.js'

/** How many sets of groups are told apart at most: the most frequent. */
const MOST_SETS = 1000

/** Which groups vote alike, and no others with them. The key is a set of groups: the sum of 2 to the power of each one's place in `ask.groups`. */
export const coalitions: Measure = {
  formula: ({ variant }) =>
    variant === 'WINNING'
      ? 'ballots whose outcome is the option that has most votes in each of these groups, and in no other / ballots in which it has, and the outcome is known'
      : 'ballots in which the same option has most votes in each of these groups, and in no other / ballots in which at least two groups have such an option',
  of: () => 'groups',
  with: () => null,
  base: () => 'tallies',
  rest: () => 'NOT_PRESENT',
  run(input, sink) {
    const found = input.segments.map((segment) => setsIn(input, segment))
    for (const key of mostFrequent(found)) for (const sets of found) tell(input, sets, key, sink)
  },
}

/** Of a segment: by set of groups, the ballots in which just these vote alike, by option. */
interface Sets {
  readonly segment: Segment
  readonly alike: ReadonlyMap<number, readonly [Uint32Array, Uint32Array, Uint32Array]>
  /** Ballots in which at least two groups have a tally, and in which at least two have an option with most votes. */
  readonly present: Uint32Array
  readonly decided: Uint32Array
}

const setsIn = ({ bits, ask, meant }: MeasureInput, segment: Segment): Sets => {
  const places = ask.groups ?? []
  const all = pluralitiesIn(bits, segment, meant)
  const groups = places.map((place) => all.get(place))
  const length = segment.to - segment.from
  const alike = new Map<number, readonly [Uint32Array, Uint32Array, Uint32Array]>()
  const [present, some] = [new Uint32Array(length), new Uint32Array(length)]
  for (let w = 0; w < length; w += 1) {
    present[w] = atLeastTwo(groups, (of) => of.present[w] as number)
    some[w] = atLeastTwo(groups, (of) => decided(of, w))
    for (let left = some[w] as number; left !== 0; left &= left - 1) {
      const bit = left & -left
      for (const option of [0, 1, 2] as const) {
        let [key, many] = [0, 0]
        groups.forEach((of, i) => {
          if (!of || ((of.most[option][w] as number) & bit) === 0) return
          key += 2 ** i
          many += 1
        })
        if (many < 2) continue
        const sets = alike.get(key) ?? [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)]
        alike.set(key, sets)
        sets[option][w] = (sets[option][w] as number) | bit
      }
    }
  }
  return { segment, alike, present, decided: some }
}

const atLeastTwo = (groups: readonly (Pluralities | undefined)[], of: (group: Pluralities) => number): number => {
  let [one, two] = [0, 0]
  for (const group of groups) {
    const ballots = group ? of(group) : 0
    two |= one & ballots
    one |= ballots
  }
  return two
}

const mostFrequent = (found: readonly Sets[]): readonly number[] => {
  const counts = new Map<number, number>()
  for (const { alike } of found)
    for (const [key, sets] of alike)
      counts.set(key, (counts.get(key) ?? 0) + sets.reduce((sum, set) => sum + count(set), 0))
  return [...counts]
    .sort(([a, many], [b, others]) => others - many || a - b)
    .slice(0, MOST_SETS)
    .map(([key]) => key)
}

const count = (words: Uint32Array): number => words.reduce((sum, word) => sum + ones(word), 0)

const tell = (
  { bits, ask }: MeasureInput,
  { segment, alike, present, decided: some }: Sets,
  key: number,
  sink: Sink,
): void => {
  const sets = alike.get(key)
  const outcomes = ask.variant === 'WINNING' ? outcomesIn(bits, segment) : null
  for (let word = segment.from; word < segment.to; word += 1) {
    const w = word - segment.from
    const [yes = 0, no = 0, abstained = 0] = sets?.map((set) => set[w] as number) ?? []
    const together = yes | no | abstained
    sink.exclude(key, 'NO_PLURALITY', word, (present[w] as number) & ~(some[w] as number))
    if (!outcomes) sink.count(key, word, some[w] as number, together)
    else {
      const [adopted, rejected] = [outcomes[0][w] as number, outcomes[1][w] as number]
      sink.count(key, word, together & (adopted | rejected), (yes & adopted) | (no & rejected))
      sink.exclude(key, 'OUTCOME_NOT_KNOWN', word, together & ~(adopted | rejected))
      sink.exclude(key, 'NOT_TOGETHER', word, (some[w] as number) & ~together)
    }
  }
}
