import { describe, expect, it } from 'vitest'
import { TableBuilder } from '../../../src/analysis/table/table-builder.js'
import { ones } from '../../../src/analysis/vote-table.js'
import { votesIn } from '../../../src/analysis/votes-in.js'

const OPTIONS = ['FOR', 'AGAINST', 'ABSTENTION', 'DID_NOT_VOTE']
const MEMBERS = ['ann', 'bob', 'cyd']

/** Synthetic ballots of a body, on as many days. */
const heldIn = (body: string, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const id = `${body}-${String(i).padStart(5, '0')}`
    return { id, date: null, body, result: 'ADOPTED', for: null, against: null, abstention: null }
  })

/** What each member votes in a ballot; in every fifth the last one has no vote, and groups change at the 40th. */
const votesOf = (i: number) =>
  MEMBERS.slice(0, i % 5 === 0 ? 2 : 3).map((member, m) => ({
    member,
    option: OPTIONS[(i * 7 + m) % 4] as string,
    group: i < 40 ? 'red' : null,
  }))

/** A table takes votes as numbers, which it gives itself. */
const addVotes = (builder: TableBuilder, ballot: string, votes: ReturnType<typeof votesOf>): void => {
  const numbers = votes.flatMap(({ member, option, group }) =>
    [member, option, group, null].map((value, i) => builder.numberings[i]?.(value) as number),
  )
  builder.addVotes(ballot, numbers)
}

/** A chunk has 1,024 slots, a word of it 32. */
describe.each([0, 1, 31, 32, 33, 1023, 1024, 1025, 2048, 2049])('a table of %i ballots of one body', (count) => {
  const all = [heldIn('a', count), heldIn('b', 33)].flat()
  // In no order: a table has its own.
  const builder = new TableBuilder([...all].reverse(), ['a-00003'])
  const votes = new Map(all.map(({ id }) => [id, votesOf(Number(id.slice(2)))]))
  for (const [ballot, of] of votes) addVotes(builder, ballot, of)
  const { bits, names, votes: total } = builder.build(7)
  const taken = [...names.ballots.keys()].filter((slot) => names.ballots[slot] !== '')

  it('has each ballot once, in the order of bodies and ids', () => {
    expect(taken.map((slot) => names.ballots[slot])).toEqual(all.map(({ id }) => id))
    expect(bits.taken.reduce((sum, word) => sum + ones(word), 0)).toBe(count + 33)
    expect(taken.every((slot) => (((bits.taken[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1)).toBe(true)
  })

  it('has no chunk of two bodies, nor of more than 1,024 ballots', () => {
    expect(names.bodies).toEqual([...Array.from({ length: Math.ceil(count / 1024) }, () => 'a'), 'b'])
    expect(bits.chunks.map(({ words }) => words)).toEqual([
      ...Array.from({ length: Math.ceil(count / 1024) }, (_, i) => Math.ceil(Math.min(1024, count - i * 1024) / 32)),
      2,
    ])
    for (const slot of taken) {
      const chunk = bits.chunks.findIndex(({ word, words }) => slot >>> 5 >= word && slot >>> 5 < word + words)
      expect(names.bodies[chunk]).toBe((names.ballots[slot] as string)[0])
    }
  })

  it('gives all votes back as they were', () => {
    expect(total).toBe([...votes.values()].reduce((sum, of) => sum + of.length, 0))
    for (const slot of taken) {
      const found = votesIn(bits, slot, false).map(({ member, option, group, country }) => {
        expect(country).toBe(-1)
        return { member: names.members[member], option, group: names.groups[group] ?? null }
      })
      const byMember = (a: { member?: string | undefined }, b: { member?: string | undefined }) =>
        (a.member ?? '') < (b.member ?? '') ? -1 : 1
      expect(found.sort(byMember)).toEqual(votes.get(names.ballots[slot] as string))
    }
  })

  it('takes a list for whole unless it is said that it is not', () => {
    const whole = taken.filter((slot) => (((bits.whole[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1)
    expect(taken.length - whole.length).toBe(count > 3 ? 1 : 0)
  })
})

describe('a table of totals', () => {
  const totals = (published: readonly [number | null, number | null, number | null], isPartial = false) => {
    const [yes, no, abstention] = published
    const row = { id: 'x', date: null, body: null, result: null, for: yes, against: no, abstention }
    const builder = new TableBuilder([row], isPartial ? ['x'] : [])
    const options = ['FOR', 'FOR', 'ABSTENTION']
    addVotes(
      builder,
      'x',
      MEMBERS.map((member, i) => ({ member, option: options[i] as string, group: null })),
    )
    return [...builder.build(1).bits.totals.subarray(0, 3)]
  }

  it('has what was published, else the sums of all members’ votes, else nothing', () => {
    expect(totals([9, 8, 7])).toEqual([9, 8, 7])
    expect(totals([9, null, 7])).toEqual([2, 0, 1])
    expect(totals([9, null, 7], true)).toEqual([9, -1, 7])
  })

  it('keeps votes for and against as published where abstentions were not', () => {
    expect(totals([9, 8, null]).slice(0, 2)).toEqual([9, 8])
  })
})
