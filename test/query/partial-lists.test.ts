import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphRecord } from '../../src/model/records.js'
import { engines, type Graph } from '../support/engines.js'

const citations = [{ source: 'synthetic:source' }]
const node = (type: string, id: string, values: Readonly<Record<string, unknown>>) =>
  ({ type, id: `synthetic:${id}`, values, citations }) as GraphRecord
const link = (name: string, from: string, to: string, values: Readonly<Record<string, unknown>> = {}) =>
  ({ link: name, from: `synthetic:${from}`, to: `synthetic:${to}`, values, citations }) as GraphRecord

/** Synthetic: a ballot whose votes are all there, one of which the gate found that some are missing, and one without any. */
const RECORDS: readonly GraphRecord[] = [
  node('Source', 'source', { kind: 'DATA_SET', title: 'Synthetic' }),
  node('Person', 'a', { name: 'A' }),
  node('Person', 'b', { name: 'B' }),
  ...['whole', 'partial', 'none'].map((id) => node('VoteEvent', id, { title: id })),
  link('Vote', 'a', 'whole', { option: 'FOR' }),
  link('Vote', 'b', 'whole', { option: 'FOR' }),
  link('Vote', 'a', 'partial', { option: 'FOR' }),
  node('Issue', 'issue', { rule: 'MEMBERS_SUM_TO_TALLIES', message: 'The votes do not sum to the tally.' }),
  link('IssueAbout', 'issue', 'partial'),
  node('Issue', 'other', { rule: 'RESULT_AGREES_WITH_COUNTS', message: 'The outcome does not agree.' }),
  link('IssueAbout', 'other', 'whole'),
]

describe.each(engines)('lists that are not whole, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.empty()
    await graph.load(RECORDS)
  }, 120_000)
  afterAll(() => graph.close())

  it.each([
    ['there is such a vote, which is enough', '{ some: { id: { eq: "synthetic:a" } } }', ['partial', 'whole'], 1],
    ['there may be one among the missing', '{ some: { id: { eq: "synthetic:b" } } }', ['whole'], 2],
    ['there may be others than these', '{ every: { link: { option: { eq: FOR } } } }', ['whole'], 2],
    ['one that is there is enough against it', '{ every: { id: { eq: "synthetic:b" } } }', [], 1],
    ['there may be one after all', '{ none: { link: { option: { eq: AGAINST } } } }', ['whole'], 2],
    ['how many there are is not known', '{ count: { eq: 1 } }', [], 2],
    ['how many there are is known', '{ count: { gte: 2 } }', ['whole'], 2],
  ])('%s', async (_, votes, ids, undecided) => {
    const { data, errors } = await graph.ask(
      `{ voteEvents(where: { votes: ${votes} }, orderBy: [ID_ASC]) { undecidedCount nodes { id } } }`,
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      voteEvents: { undecidedCount: undecided, nodes: ids.map((id) => ({ id: `synthetic:${id}` })) },
    })
  })

  it('say so by what the gate found of their record', async () => {
    const { data } = await graph.ask(
      '{ voteEvents(where: { issues: { some: { rule: { eq: MEMBERS_SUM_TO_TALLIES } } } }) { nodes { id issues { nodes { rule message } } } } }',
    )
    expect(data).toEqual({
      voteEvents: {
        nodes: [
          {
            id: 'synthetic:partial',
            issues: { nodes: [{ rule: 'MEMBERS_SUM_TO_TALLIES', message: 'The votes do not sum to the tally.' }] },
          },
        ],
      },
    })
  })
})
