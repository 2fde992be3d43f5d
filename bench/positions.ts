import { anchorFit } from '../src/analysis/positions/anchor-fit.js'
import { placeMembers } from '../src/analysis/positions/place-members.js'
import { type DrawnVotes, drawnVotes } from '../test/support/drawn-votes.js'
import { hasVotesFor, readVotesFor } from '../test/support/real-votes-for.js'
import { multipleCorrelation } from './multiple-correlation.js'

/**
 * Measures positions on synthetic votes, drawn from the model with known positions: how near they come, how often the true
 * position lies within its interval, and what a run takes. Then on real votes FOR of a parliament's term, where the order
 * of groups is known: a test of the method (`readVotesFor` says how they are read).
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
  '| members | ballots | dimensions | runs | \\|r\\| with the truth | within the interval | seconds of processor | iterations |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const [members, ballots, dimensions, draws] of [
  [30, 100, 1, 100],
  [50, 400, 1, 60],
  [100, 600, 1, 60],
  [200, 400, 1, 30],
  [700, 2000, 1, 10],
  [700, 15_000, 1, 3],
  [720, 27_000, 1, 1],
  [50, 400, 2, 60],
  [100, 600, 2, 60],
  [200, 400, 2, 30],
  [700, 2000, 2, 10],
  [700, 15_000, 2, 3],
  [720, 27_000, 2, 1],
] as const) {
  const within = Array.from({ length: dimensions }, () => 0)
  let [asked, runs, seconds, iterations] = [0, 0, 0, 0]
  const lowest = Array.from({ length: dimensions }, () => 1)
  for (let seed = 1; seed <= draws; seed++) {
    const votes = drawnVotes(members, ballots, { dimensions, seed })
    for (const between of draws === 1 ? BETWEEN.slice(0, 1) : BETWEEN) {
      const anchors = anchorsAt(votes, between)
      const start = process.cpuUsage()
      const found = placeMembers({ ...votes, dimensions, ...anchors })
      seconds += process.cpuUsage(start).user / 1e6
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

if (hasVotesFor) {
  const { matrix, members, groupOf } = readVotesFor()
  const named = (id: string) => ({ member: members.indexOf(id), name: id })
  console.log('\n| dimensions | from | to | classified | APRE | iterations | means of groups on the first |')
  console.log('|---|---|---|---|---|---|---|')
  // Chairs of groups in the 9th term.
  const pairs = [
    ['96648', '96796'],
    ['96734', '4465'],
    ['103381', '124780'],
    ['190517', '96796'],
  ] as const
  for (const dimensions of [1, 2] as const)
    for (const [low, high] of pairs) {
      const found = placeMembers({ ...matrix, dimensions, low: named(low), high: named(high) })
      const means = [...new Set(groupOf.values())].map((group) => {
        const values = found.members.flatMap(({ positions }, i) =>
          groupOf.get(members[i] ?? '') === group ? (positions?.[0]?.value ?? []) : [],
        )
        return { group, mean: values.reduce((sum, value) => sum + value, 0) / values.length }
      })
      const order = means.toSorted((one, other) => one.mean - other.mean)
      const text = order.map(({ group, mean }) => `${group} ${mean.toFixed(2)}`).join(', ')
      const ofGroup = (id: string) => groupOf.get(id) ?? ''
      console.log(
        `| ${dimensions} | ${ofGroup(low)} ${low} | ${ofGroup(high)} ${high} | ${found.classified.toFixed(4)} | ${found.apre.toFixed(4)} | ${found.iterations} | ${text} |`,
      )
    }
}
