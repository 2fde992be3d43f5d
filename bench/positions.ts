import { anchorFit } from '../src/analysis/positions/anchor-fit.js'
import { placeMembers } from '../src/analysis/positions/place-members.js'
import { type DrawnVotes, drawnVotes } from '../test/support/drawn-votes.js'
import { multipleCorrelation } from './multiple-correlation.js'

/**
 * Measures positions on synthetic votes, drawn from the model with known positions: how near they come, how often the true
 * position lies within its interval, and what a run takes.
 *
 *     npm run bench:positions
 */
const BETWEEN = [
  [0.1, 0.9],
  [0.2, 0.8],
  [0.15, 0.75],
] as const

/** The members at two shares of the true order. */
const anchorsAt = ({ first }: DrawnVotes, [low, high]: readonly [number, number]) => {
  const order = [...first.keys()].sort((one, other) => (first[one] ?? 0) - (first[other] ?? 0))
  const at = (share: number) => ({ member: order[Math.floor(share * order.length)] ?? 0, name: `Member at ${share}` })
  return { low: at(low), high: at(high) }
}

const truthOf = (votes: DrawnVotes, dimensions: 1 | 2, low: number, high: number) => {
  const none = new Float64Array(0)
  const model = { ...votes, asks: none, dividesFirst: none, dividesSecond: none }
  return anchorFit(model, new Float64Array(3 * votes.members), dimensions, { low, high })
}

console.log(
  '| members | ballots | dimensions | runs | \\|r\\| with the truth | within the interval | seconds | iterations |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const [members, ballots, dimensions, draws] of [
  [30, 100, 1, 100],
  [50, 400, 1, 60],
  [100, 600, 1, 60],
  [200, 400, 1, 30],
  [700, 2000, 1, 6],
  [700, 15_000, 1, 1],
  [720, 27_000, 1, 1],
  [50, 400, 2, 60],
  [100, 600, 2, 60],
  [200, 400, 2, 30],
  [700, 2000, 2, 6],
  [700, 15_000, 2, 1],
  [720, 27_000, 2, 1],
] as const) {
  const within = Array.from({ length: dimensions }, () => 0)
  let [asked, runs, seconds, iterations] = [0, 0, 0, 0]
  const lowest = Array.from({ length: dimensions }, () => 1)
  for (let seed = 1; seed <= draws; seed++) {
    const votes = drawnVotes(members, ballots, { dimensions, seed })
    for (const between of draws === 1 ? BETWEEN.slice(0, 1) : BETWEEN) {
      const anchors = anchorsAt(votes, between)
      const start = performance.now()
      const found = placeMembers({ ...votes, dimensions, ...anchors })
      seconds += (performance.now() - start) / 1000
      iterations += found.iterations
      runs++
      const truth = truthOf(votes, dimensions, anchors.low.member, anchors.high.member)
      const side = found.above === null ? 1 : Math.sign(truth.second[found.above] ?? 1)
      const trueOf = (i: number, k: number): number =>
        k === 0 ? (truth.first[i] ?? Number.NaN) : side * (truth.second[i] ?? Number.NaN)
      const placed = found.members.flatMap(({ positions }, i) =>
        positions === null || i === anchors.low.member || i === anchors.high.member ? [] : [{ positions, i }],
      )
      asked += placed.length
      for (let k = 0; k < dimensions; k++) {
        const values = placed.map(({ positions }) => [positions[k]?.value ?? Number.NaN])
        const truths = placed.map(({ i }) => trueOf(i, k))
        lowest[k] = Math.min(lowest[k] ?? 1, multipleCorrelation(values, truths))
        within[k] =
          (within[k] ?? 0) +
          placed.filter(({ positions, i }) => {
            const { low = 0, high = 0 } = positions[k] ?? {}
            return low <= trueOf(i, k) && trueOf(i, k) <= high
          }).length
      }
    }
  }
  const cells = [
    members,
    ballots,
    dimensions,
    runs,
    lowest.map((r) => r.toFixed(4)).join(', '),
    within.map((count) => (count / asked).toFixed(3)).join(', '),
    (seconds / runs).toFixed(2),
    (iterations / runs).toFixed(0),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
