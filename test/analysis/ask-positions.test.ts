import { expect, it } from 'vitest'
import { askPositions } from '../../src/analysis/positions/ask-positions.js'
import { selectBallots } from '../../src/analysis/selection.js'
import { TableBuilder } from '../../src/analysis/table/table-builder.js'
import { drawnVotes } from '../support/drawn-votes.js'

it('positions are measured on all votes of the anchors, and of others on those of the days on which they are asked', () => {
  const [members, ballots] = [30, 320]
  const drawn = drawnVotes(members, ballots)
  const rows = Array.from({ length: ballots }, (_, i) => ({
    id: `b-${String(i).padStart(3, '0')}`,
    date: null,
    body: 'body',
    result: null,
    for: null,
    against: null,
    abstention: null,
  }))
  const builder = new TableBuilder(rows, [])
  const name = (member: number) => `m-${member}`
  rows.forEach(({ id }, ballot) => {
    const votes = Array.from({ length: members }, (_, member) => member).flatMap((member) => {
      const option = ['AGAINST', '', 'FOR'][(drawn.votes[member * ballots + ballot] as number) + 1]
      const values = option ? [name(member), option, 'group', null] : []
      return values.map((value, i) => builder.numberings[i]?.(value) as number)
    })
    builder.addVotes(id, votes)
  })
  const table = builder.build(1)
  const places = new Map(table.names.members.map((id, place) => [id, place]))
  const order = Array.from(drawn.first.keys()).sort((a, b) => (drawn.first[a] as number) - (drawn.first[b] as number))
  const anchors = [order[4] as number, order.at(-5) as number]
  const [low, high] = anchors.map((member) => places.get(name(member)) as number) as [number, number]
  // In the first half of the ballots, a word for each 32.
  const asked = new Uint32Array(ballots / 32).map((_, word) => (word < ballots / 64 ? 0xffff_ffff : 0))
  const during = new Map([...places.values()].map((place) => [place, asked]))
  const { periods } = selectBallots(table, { ids: null, from: null, to: null, body: null, every: null })
  const votesOf = (voters: Parameters<typeof askPositions>[1]['voters']): ReadonlyMap<number, number> => {
    const found = askPositions(table.bits, {
      segments: periods.flatMap(({ segments }) => segments),
      voters,
      isMeant: false,
      dimensions: 1,
      low: { member: low, name: 'low' },
      high: { member: high, name: 'high' },
      above: undefined,
      leastVotes: 20,
    })
    return new Map(found.members.map(({ votes }, i) => [found.places[i] as number, votes]))
  }
  const everybody = { group: null, country: null, members: null, during: null }
  const [whole, half] = [votesOf(everybody), votesOf({ ...everybody, during })]
  // Ballots in which nearly all agree are not used, so that fewer votes may count than were cast.
  const castInHalf = (member: number) =>
    drawn.votes
      .subarray(member * ballots, member * ballots + ballots / 2)
      .reduce((sum, vote) => sum + Math.abs(vote), 0)
  for (let member = 0; member < members; member += 1) {
    const [all, some] = [whole, half].map((votes) => votes.get(places.get(name(member)) as number) as number)
    expect(all).toBeGreaterThan(castInHalf(member))
    if (anchors.includes(member)) expect(some).toBeGreaterThan(castInHalf(member))
    else expect(some).toBeLessThanOrEqual(castInHalf(member))
  }
})
