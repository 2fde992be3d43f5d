import { describe, expect, it } from 'vitest'
import { engines } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { exportedFrom } from './exported.js'

type Member = Readonly<Record<string, unknown>> & { readonly id: string }

describe.each(engines)('an export as Popolo, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)
  const list = async (name: string): Promise<readonly Member[]> =>
    (JSON.parse(await read('popolo', 'popolo.json')) as Record<string, readonly Member[]>)[name] ?? []

  it('gives the ballot on the resolution on Kazakhstan with its counts, motion, body and sources', async () => {
    const ballot = (await list('vote_events')).find(({ id }) => id === 'ep-vote:139038')
    expect(ballot).toMatchObject({
      motion_id: 'ep-doc:RC-B9-0065/2022',
      organization_id: 'org:european-parliament',
      start_date: '2022-01-20',
      result: 'pass',
      votes: [],
    })
    const counts = (ballot?.['counts'] ?? []) as readonly unknown[]
    expect(counts.slice(0, 3)).toEqual([
      { option: 'yes', value: 589 },
      { option: 'no', value: 35 },
      { option: 'abstain', value: 47 },
    ])
    expect(ballot?.['sources']).toContainEqual({ url: expect.any(String), note: expect.any(String) })
    expect((await list('motions')).map(({ id }) => id)).toContain('ep-doc:RC-B9-0065/2022')
  })

  it('gives every vote in its ballot, in the order of voters, with option and group', async () => {
    const { data } = await made.graph.ask(
      '{ voteEvents(first: 30) { nodes { id votes(first: 100) { edges { option group { id } node { id } } } } } }',
    )
    const asked = (data as { voteEvents: { nodes: { id: string; votes: { edges: VoteEdge[] } }[] } }).voteEvents.nodes
    const written = new Map((await list('vote_events')).map((ballot) => [ballot.id, ballot['votes']]))
    const options: Record<string, string> = {
      FOR: 'yes',
      AGAINST: 'no',
      ABSTENTION: 'abstain',
      DID_NOT_VOTE: 'not voting',
    }
    let votes = 0
    for (const {
      id,
      votes: { edges },
    } of asked) {
      const expected = edges
        .map(({ option, group, node }) => ({
          voter_id: node.id,
          option: options[option],
          ...(group && { group_id: group.id }),
        }))
        .sort((a, b) => (a.voter_id < b.voter_id ? -1 : 1))
      expect(written.get(id), id).toEqual(expected)
      votes += expected.length
    }
    expect(votes).toBe((await made.graph.store.count())['Vote'])
  })

  it('gives the tallies of groups, and says of those of countries that they are left out', async () => {
    const { records, leftOut } = JSON.parse(await read('popolo', 'manifest.json'))
    let ofGroups = 0
    for await (const { values } of made.graph.store.scanNodes('VoteCount')) ofGroups += values['by'] === 'GROUP' ? 1 : 0
    expect(records.VoteCount).toBeLessThanOrEqual(ofGroups)
    expect(records.VoteCount + leftOut.VoteCount).toBe((await made.graph.store.count())['VoteCount'])
    for (const type of ['Resolution', 'Demand', 'Claim', 'Represents']) expect(leftOut[type]).toBeGreaterThan(0)
  })

  it('makes a membership of an organization and of a post alike', async () => {
    const memberships = await list('memberships')
    const counts = await made.graph.store.count()
    expect(memberships).toHaveLength((counts['Membership'] ?? 0) + (counts['Holding'] ?? 0))
    expect(new Set(memberships.map(({ id }) => id)).size).toBe(memberships.length)
    expect(memberships.find((each) => each['person_id'] === 'person:josep-borrell')).toMatchObject({
      post_id: 'office:vp-hr',
    })
    const persons = new Set((await list('persons')).map(({ id }) => id))
    expect(memberships.filter((each) => !persons.has(String(each['person_id'])))).toEqual([])
  })

  it('gives back every hostile name', async () => {
    const persons = (await list('persons')).filter(({ id }) => id.startsWith('hostile:"'))
    expect(persons.map((each) => each['name']).sort()).toEqual([...HOSTILE].sort())
    expect(persons.map((each) => (each['other_names'] as { name: string }[])[0]?.name).sort()).toEqual(
      [...HOSTILE].sort(),
    )
  })
})

interface VoteEdge {
  readonly option: string
  readonly group: { readonly id: string } | null
  readonly node: { readonly id: string }
}
