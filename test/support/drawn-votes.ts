import type { VoteMatrix } from '../../src/analysis/positions/pack-votes.js'
import { randomFrom } from './random.js'

export interface DrawnVotes extends VoteMatrix {
  /** The positions that the votes were drawn from, in the first and the second dimension. */
  readonly first: Float64Array
  readonly second: Float64Array
}

/**
 * Synthetic votes drawn from the model that positions are made by, so that the true positions are known: normal positions,
 * ballots that ask more or less and divide one way or the other, and a share of votes that nobody cast.
 */
export const drawnVotes = (
  members: number,
  ballots: number,
  {
    dimensions = 1,
    seed = 1,
    missing = 0.15,
  }: { readonly dimensions?: 1 | 2; readonly seed?: number; readonly missing?: number } = {},
): DrawnVotes => {
  const random = randomFrom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const second = new Float64Array(members)
  const first = Float64Array.from(second, normal)
  if (dimensions === 2)
    second.forEach((_, i) => {
      second[i] = normal()
    })
  const votes = new Int8Array(members * ballots)
  for (let j = 0; j < ballots; j++) {
    const asks = 0.8 * normal()
    const divides = 1.5 * normal()
    const dividesSecond = dimensions === 2 ? normal() : 0
    for (let i = 0; i < members; i++) {
      const leaning = asks + divides * (first[i] as number) + dividesSecond * (second[i] as number)
      const vote = leaning + normal() > 0 ? 1 : -1
      if (!random.chance(missing)) votes[i * ballots + j] = vote
    }
  }
  return { members, ballots, votes, first, second }
}
