import { describe, expect, it } from 'vitest'
import { anchorFit } from '../../src/analysis/positions/anchor-fit.js'
import { fitProbit } from '../../src/analysis/positions/fit-probit.js'
import { packVotes, type VoteMatrix } from '../../src/analysis/positions/pack-votes.js'
import { placeMembers } from '../../src/analysis/positions/place-members.js'
import { MOST_CELLS, type Position, type Positions } from '../../src/analysis/positions/positions.js'
import { RapporteurError } from '../../src/errors.js'
import { type DrawnVotes, drawnVotes } from '../support/drawn-votes.js'
import { randomFrom } from '../support/random.js'
import { hasVotesFor, readVotesFor } from '../support/real-votes-for.js'
import { thrown } from '../support/thrown.js'

const anchor = (member: number) => ({ member, name: `Member ${member}` })

/** The members a sixth from each end of the true order. */
const anchorsOf = ({ first }: DrawnVotes) => {
  const order = Array.from(first.keys()).sort((one, other) => (first[one] as number) - (first[other] as number))
  const at = (share: number): number => order[Math.floor(share * order.length)] as number
  return { low: anchor(at(1 / 6)), high: anchor(at(5 / 6)) }
}

/** The true positions as measured from the same two members. */
const truthOf = (votes: DrawnVotes, dimensions: 1 | 2) => {
  const none = new Float64Array(0)
  const model = { ...votes, asks: none, dividesFirst: none, dividesSecond: none }
  const { low, high } = anchorsOf(votes)
  const anchors = { low: low.member, high: high.member }
  return anchorFit(model, new Float64Array(3 * votes.members), dimensions, anchors)
}

const valuesOf = ({ members }: Positions, dimension: number): number[] =>
  members.map(({ positions }) => positions?.[dimension]?.value ?? Number.NaN)

const correlation = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  const [a, b] = [Array.from(one), Array.from(other)]
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (p: readonly number[], pMean: number, q: readonly number[], qMean: number) =>
    p.reduce((sum, value, i) => sum + (value - pMean) * ((q[i] as number) - qMean), 0)
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
}

/** How many of the true positions lie within their intervals; the anchors have none. */
const shareWithin = ({ members }: Positions, truth: Float64Array, dimension: number): number => {
  const within = members.flatMap(({ positions }, i) => {
    const { low, high } = positions?.[dimension] ?? { low: 0, high: 0 }
    return low === high ? [] : [low <= (truth[i] as number) && (truth[i] as number) <= high ? 1 : 0]
  })
  return within.reduce((sum: number, one) => sum + one, 0) / within.length
}

describe('positions from synthetic votes', () => {
  it('finds the positions in one dimension that the votes were drawn from', () => {
    const votes = drawnVotes(200, 600)
    const positions = placeMembers({ ...votes, dimensions: 1, ...anchorsOf(votes) })
    const truth = truthOf(votes, 1)
    expect(positions).toMatchObject({ placed: 200, converged: true, above: null })
    expect(correlation(valuesOf(positions, 0), truth.first)).toBeGreaterThan(0.99)
    expect(shareWithin(positions, truth.first, 0)).toBeGreaterThan(0.85)
  })

  it('finds them in two dimensions, the second on the side of the member named for it', () => {
    const votes = drawnVotes(200, 800, { dimensions: 2 })
    const truth = truthOf(votes, 2)
    for (const above of [
      truth.second.indexOf(Math.max(...truth.second)),
      truth.second.indexOf(Math.min(...truth.second)),
    ]) {
      const positions = placeMembers({ ...votes, dimensions: 2, ...anchorsOf(votes), above: anchor(above) })
      const side = Math.sign(truth.second[above] as number)
      expect(positions.above).toBe(above)
      expect(correlation(valuesOf(positions, 0), truth.first)).toBeGreaterThan(0.98)
      expect(side * correlation(valuesOf(positions, 1), truth.second)).toBeGreaterThan(0.98)
    }
  })
})

describe('what positions say of themselves', () => {
  const votes = drawnVotes(60, 200, { seed: 3 })
  const asked = { ...votes, dimensions: 1 as const, ...anchorsOf(votes) }

  it('are the same for the same votes, and whatever order the members come in', () => {
    const positions = placeMembers(asked)
    expect(placeMembers(asked)).toEqual(positions)

    const last = votes.members - 1
    const turned = votes.votes.slice()
    for (let i = 0; i <= last; i++)
      turned.set(votes.votes.subarray(i * votes.ballots, (i + 1) * votes.ballots), (last - i) * votes.ballots)
    const { low, high } = asked
    const other = placeMembers({
      ...asked,
      votes: turned,
      low: anchor(last - low.member),
      high: anchor(last - high.member),
    })
    valuesOf(other, 0)
      .reverse()
      .forEach((value, i) => {
        expect(value).toBeCloseTo(valuesOf(positions, 0)[i] as number, 2)
      })
  })

  it('put the anchors at -1 and 1, exactly', () => {
    const { members } = placeMembers(asked)
    expect(members[asked.low.member]?.positions).toEqual([{ value: -1, low: -1, high: -1 }])
    expect(members[asked.high.member]?.positions).toEqual([{ value: 1, low: 1, high: 1 }])
  })

  it('count the votes, those in a minority and the reduction in error', () => {
    const positions = placeMembers({ ...asked, leastMinority: 0 })
    const columns = Array.from({ length: votes.ballots }, (_, j) =>
      Array.from({ length: votes.members }, (_, i) => votes.votes[i * votes.ballots + j] as number),
    )
    const count = (column: readonly number[], vote: number) => column.filter((each) => each === vote).length
    const smaller = columns.map((column) => Math.min(count(column, 1), count(column, -1)))
    const used = columns.filter((_, j) => (smaller[j] as number) > 0)
    const minority = smaller.reduce((sum, one) => sum + one, 0)
    const cast = used.reduce((sum, column) => sum + count(column, 1) + count(column, -1), 0)
    expect(positions).toMatchObject({ ballots: used.length, votes: cast, minority })
    expect(positions.classified).toBe(positions.correct / cast)
    expect(positions.apre).toBe(1 - (cast - positions.correct) / minority)
    expect(positions.classified).toBeGreaterThan(0.75)
  })

  it('say why a member has none', () => {
    const changed = votes.votes.slice()
    const [seldom, never] = Array.from(votes.first.keys()).filter(
      (i) => i !== asked.low.member && i !== asked.high.member,
    ) as [number, number]
    changed.fill(0, never * votes.ballots, (never + 1) * votes.ballots)
    changed.fill(0, seldom * votes.ballots, (seldom + 1) * votes.ballots)
    changed[seldom * votes.ballots + 7] = 1
    const { members, placed } = placeMembers({ ...asked, votes: changed })
    expect(placed).toBe(58)
    expect(members[never]).toEqual({
      votes: 0,
      positions: null,
      why: 'No vote for or against in the ballots that positions are made from.',
    })
    expect(members[seldom]).toEqual({
      votes: 1,
      positions: null,
      why: '1 vote for or against in the ballots that positions are made from; 20 are needed.',
    })
  })

  it('are not given to members whom no ballot ties to the anchors', () => {
    const apart = votes.votes.slice()
    const strangers = Array.from(votes.first.keys())
      .filter((i) => i !== asked.low.member && i !== asked.high.member)
      .slice(0, 15)
    for (let i = 0; i < votes.members; i++) {
      const row = i * votes.ballots
      if (strangers.includes(i)) apart.fill(0, row, row + 140)
      else apart.fill(0, row + 140, row + votes.ballots)
    }
    const { members, placed } = placeMembers({ ...asked, votes: apart })
    expect(placed).toBe(45)
    for (const stranger of strangers)
      expect(members[stranger]).toMatchObject({
        positions: null,
        why: `No ballot ties these votes to those of ${asked.low.name}.`,
      })
    const alone = apart.map((vote, cell) => (strangers.includes(Math.floor(cell / votes.ballots)) ? 0 : vote))
    expect(valuesOf(placeMembers({ ...asked, votes: alone }), 0)).toEqual(
      members.map(({ positions }) => positions?.[0]?.value ?? Number.NaN),
    )
  })

  it('are where a step of the textbook EM algorithm would leave them', () => {
    const packed = packVotes(votes, { leastMinority: 0, leastVotes: 20 })
    const { first, asks, dividesFirst, converged } = fitProbit(packed, 1, { tolerance: 1e-7, mostIterations: 500 })
    expect(converged).toBe(true)
    const [n, m] = [packed.members.length, packed.ballots.length]
    for (let i = 0; i < n; i++) {
      // Prior mean 0 and precision 1; the expected leaning given the vote, less what the ballot asks, on how it divides.
      let [sum, precision] = [0, 1]
      for (let j = 0; j < m; j++) {
        const vote = packed.byMember[i * m + j] as number
        if (vote === 0) continue
        const divides = dividesFirst[j] as number
        const mean = (asks[j] as number) + divides * (first[i] as number)
        sum += divides * (mean + vote * inverseMills(vote * mean) - (asks[j] as number))
        precision += divides * divides
      }
      expect(sum / precision).toBeCloseTo(first[i] as number, 5)
    }
  })
})

/** φ(t) / Φ(t), by adding up slices of the distribution. */
const inverseMills = (t: number): number => {
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const [from, slices] = [-12, 4000]
  const width = (t - from) / slices
  let area = 0
  for (let i = 0; i < slices; i++) area += density(from + (i + 0.5) * width) * width
  return density(t) / area
}

/** Synthetic votes of kinds that the model does not draw: chance, parties, a scale, those who never agree, nearly nobody. */
const oddVotes = (seed: number): VoteMatrix => {
  const random = randomFrom(seed)
  const [members, ballots, kind, parties] = [
    10 + random.below(30),
    20 + random.below(80),
    random.below(4),
    2 + random.below(3),
  ]
  const [missing, dissent] = [random.next() ** 4, random.pick([0, 0, 0.05, 0.3])]
  const sides = Array.from({ length: ballots }, () => Array.from({ length: parties }, () => random.chance(0.5)))
  const isFor = (i: number, j: number): boolean => {
    if (kind === 0) return random.chance(0.5)
    if (kind === 1) return i % ballots === j
    if (kind === 2) return i > j % members
    return sides[j]?.[i % parties] as boolean
  }
  const votes = Int8Array.from({ length: members * ballots }, (_, cell) => {
    if (random.chance(missing)) return 0
    return isFor(Math.floor(cell / ballots), cell % ballots) !== random.chance(dissent) ? 1 : -1
  })
  return { members, ballots, votes }
}

it('whatever the votes are, positions are numbers within their intervals, or refused with a sentence', () => {
  const outcomes = { placed: 0, refused: 0 }
  for (let seed = 0; seed < 120; seed++) {
    const votes = oddVotes(seed)
    const dimensions = seed % 2 === 0 ? 1 : 2
    const asked = {
      ...votes,
      dimensions,
      low: anchor(0),
      high: anchor(votes.members - 1),
      leastMinority: 0,
      leastVotes: 5,
    } as const
    try {
      const { members, placed, classified, apre } = placeMembers(asked)
      outcomes.placed++
      expect(classified).toBeGreaterThanOrEqual(0.5)
      expect(apre).toBeLessThanOrEqual(1)
      expect(members.filter(({ positions }) => positions !== null)).toHaveLength(placed)
      for (const { positions, why } of members) {
        expect(positions === null).toBe(why !== null)
        for (const { value, low, high } of positions ?? [])
          expect(Number.isFinite(low) && Number.isFinite(high) && low <= value && value <= high).toBe(true)
      }
    } catch (error) {
      if (!(error instanceof RapporteurError)) throw error
      outcomes.refused++
      expect(error.message).toMatch(/^[A-Z].*\. Nobody was placed; [^N]*\.$/)
      expect(error.message).not.toContain('NaN')
    }
  }
  expect(Math.min(outcomes.placed, outcomes.refused)).toBeGreaterThan(20)
})

describe('what is left out', () => {
  const matrix = (...rows: readonly string[]): VoteMatrix => ({
    members: rows.length,
    ballots: (rows[0] as string).length,
    votes: Int8Array.from(rows.join(''), (vote) => ({ '+': 1, '-': -1 })[vote] ?? 0),
  })

  it('is a ballot with too few in the minority, a member with too few votes, a ballot on which the others agree', () => {
    // The first ballot is unanimous, the second has one of six against, the last only the member against who seldom votes.
    const whole = matrix('++++-+', '++-+-+', '+++-++', '++-+-+', '++..++', '+-...-')
    const packed = packVotes(whole, { leastMinority: 0.166, leastVotes: 3 })
    expect(Array.from(packed.members)).toEqual([0, 1, 2, 3])
    expect(Array.from(packed.ballots)).toEqual([2, 3, 4])
    expect(packed).toMatchObject({ lopsided: 1, unanimous: 2 })
    expect(Array.from(packed.votesOf)).toEqual([3, 3, 3, 3, 1, 0])
    expect(Array.from(packed.byMember)).toEqual([1, 1, -1, -1, 1, -1, 1, -1, 1, -1, 1, -1])
    expect(Array.from(packed.byBallot)).toEqual([1, -1, 1, -1, 1, 1, -1, 1, -1, -1, 1, -1])
  })

  it('is a ballot with one in forty against, unless fewer are asked for', () => {
    const one = Array.from({ length: 41 }, (_, i) => (i === 0 ? '-' : '+') + (i % 2 ? '-' : '+'))
    expect(packVotes(matrix(...one), { leastMinority: 0.025, leastVotes: 1 })).toMatchObject({ lopsided: 1 })
    expect(packVotes(matrix(...one), { leastMinority: 0.02, leastVotes: 1 })).toMatchObject({ lopsided: 0 })
  })
})

describe('positions are refused', () => {
  const votes = drawnVotes(60, 200, { seed: 3 })
  const asked = { ...votes, dimensions: 1 as const, ...anchorsOf(votes) }
  const refused = (change: Partial<Parameters<typeof placeMembers>[0]>): string =>
    String(thrown(() => placeMembers({ ...asked, ...change })))
  const without = (member: number, from: number, to: number): Int8Array =>
    votes.votes.slice().fill(0, member * votes.ballots + from, member * votes.ballots + to)
  const { low, high } = asked

  it('from a member to themselves', () => {
    expect(refused({ high: low })).toBe(
      `RapporteurError: Both anchors are ${low.name}, but positions are measured from one member to another. Nobody was placed; name two.`,
    )
    expect(refused({ dimensions: 2, above: high })).toContain(
      `${high.name} is named for the second dimension and for the first, but`,
    )
  })

  it('from a member who never voted, or too seldom', () => {
    expect(refused({ votes: without(high.member, 0, 200) })).toContain(
      `${high.name} cast no vote for or against in these ballots, so others cannot be measured by them.`,
    )
    expect(refused({ votes: without(low.member, 10, 200) })).toMatch(
      new RegExp(
        `${low.name} cast \\d votes for or against in the ballots that positions are made from, and whoever others are measured by needs 20.`,
      ),
    )
  })

  it('between two who never voted in the same ballot', () => {
    const apart = without(low.member, 0, 100)
    apart.fill(0, high.member * 200 + 100, high.member * 200 + 200)
    expect(refused({ votes: apart })).toContain(
      `${low.name} and ${high.name} never voted for or against in the same ballot`,
    )
  })

  it('between two whom the votes do not tell apart', () => {
    const alike = votes.votes.slice()
    alike.copyWithin(high.member * 200, low.member * 200, (low.member + 1) * 200)
    expect(refused({ votes: alike })).toContain(`The votes place ${low.name} and ${high.name} too near to each other`)
  })

  it('in a second dimension where all ballots divide members along one line', () => {
    const twoParties = Int8Array.from({ length: 40 * 100 }, (_, cell) => (cell < 20 * 100 === cell % 2 > 0 ? 1 : -1))
    const parties = { members: 40, ballots: 100, votes: twoParties, low: anchor(0), high: anchor(39) }
    expect(placeMembers({ ...parties, dimensions: 1 }).classified).toBe(1)
    expect(String(thrown(() => placeMembers({ ...parties, dimensions: 2 })))).toBe(
      'RapporteurError: All these ballots divide the members along one line, so no second dimension can be told. Nobody was placed; ask for one.',
    )
  })

  it('with a third on the line, who could be on either side of it', () => {
    const flat = drawnVotes(60, 400, { dimensions: 2 })
    const anchors = anchorsOf(flat)
    const positions = placeMembers({ ...flat, dimensions: 2, ...anchors })
    const onLine = positions.members.findIndex(({ positions: placed }, i) => {
      const second = placed?.[1] as Position
      return i !== anchors.low.member && i !== anchors.high.member && second.low < 0 && second.high > 0
    })
    const refusal = thrown(() => placeMembers({ ...flat, dimensions: 2, ...anchors, above: anchor(onLine) }))
    expect(String(refusal)).toContain(`do not tell on which side of the first dimension Member ${onLine} stands`)
  })

  it('from too few members or ballots', () => {
    const few = drawnVotes(60, 15)
    const fewAsked = { ...few, dimensions: 1 as const, ...anchorsOf(few), leastVotes: 5, leastMinority: 0 }
    expect(String(thrown(() => placeMembers(fewAsked)))).toContain(
      'Positions in one dimension need at least 10 members with 5 votes each in at least 20 ballots whose minority is 0 of the votes or more; of 60 members and 15 ballots these are 60 and 15.',
    )
    const small = drawnVotes(9, 200)
    expect(String(thrown(() => placeMembers({ ...small, dimensions: 1, ...anchorsOf(small) })))).toMatch(
      /need at least 10 members .* of 9 members and 200 ballots these are 9 and \d+\./,
    )
  })

  it('from more cells than are taken, before one is read', () => {
    const ballots = MOST_CELLS / 60 + 1
    const refusal = thrown(() => placeMembers({ ...asked, ballots, votes: new Int8Array(0) }))
    expect(refusal).toMatchObject({ code: 'COST_LIMIT' })
  })
})

if (!hasVotesFor && process.env['CI']) throw new Error('The real votes are not in ../shared/data; CI needs them.')
if (!hasVotesFor) console.warn('NOT TESTED: positions from real votes, which are not in ../shared/data.')

describe.skipIf(!hasVotesFor)('positions from the real votes FOR of a whole term', () => {
  it('put the groups in order in two dimensions, from a Green to a member of ECR, and tell at least 0.88 of the votes', () => {
    const { members, groupOf, matrix } = readVotesFor()
    const named = (id: string) => ({ member: members.indexOf(id), name: id })
    // Co-chairs in the 9th term: Philippe Lamberts of the Greens, Ryszard Legutko of ECR.
    const positions = placeMembers({ ...matrix, dimensions: 2, low: named('96648'), high: named('96796') })
    const values = valuesOf(positions, 0)
    const mean = (group: string): number => {
      const own = values.filter((_, i) => groupOf.get(members[i] as string) === group)
      return own.reduce((sum, value) => sum + value, 0) / own.length
    }
    const order = ['GREEN_EFA', 'GUE_NGL', 'SD', 'RENEW', 'EPP'].map(mean)
    expect(order).toEqual(order.toSorted((one, other) => one - other))
    expect(Math.min(mean('ID'), mean('ECR'))).toBeGreaterThan(mean('EPP'))
    expect(positions.classified).toBeGreaterThan(0.88)
    expect(positions).toMatchObject({ placed: 656, converged: true })
  })
})
