import { beforeAll, describe, expect, it } from 'vitest'
import { recordsImporter } from '../../src/import/records/records.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, NOW, shape } from '../support/engines.js'
import { fixture } from '../support/read-europarl.js'

describe.each(engines)('a synthetic parliament written by hand, on $name', (engine) => {
  let graph: Awaited<ReturnType<typeof engine.empty>>
  beforeAll(async () => {
    graph = await engine.empty()
    const path = fixture('records/synthetic-parliament')
    const reports = await runImports({
      store: graph.store,
      shape,
      importer: recordsImporter(shape),
      path,
      now: () => NOW,
    })
    expect(reports).toMatchObject([{ outcome: 'loaded', problems: [], issues: {} }])
  }, 60_000)

  it('tells who tabled a bill, and in which role', async () => {
    const { data } = await graph.ask(`{
      motion(reference: "12/44") {
        tabledBy { edges { role node { name } } }
        sponsors: tabledBy(where: { link: { role: { eq: SPONSOR } } }) { nodes { name } }
      }
      person(id: "person:bo-example") {
        tabled { edges { role node { id } } }
        cosponsored: tabled(where: { link: { role: { eq: COSPONSOR } } }) { totalCount nodes { id } }
      }
    }`)
    expect(data).toEqual({
      motion: {
        tabledBy: {
          edges: [
            { role: null, node: { name: 'Committee on the Budget' } },
            { role: 'SPONSOR', node: { name: 'Ada Example' } },
            { role: 'COSPONSOR', node: { name: 'Bo Example' } },
          ],
        },
        sponsors: { nodes: [{ name: 'Ada Example' }] },
      },
      person: {
        tabled: {
          edges: [
            { role: 'COSPONSOR', node: { id: 'diet-doc:12/44' } },
            { role: 'SPONSOR', node: { id: 'diet-doc:12/44#am-1' } },
          ],
        },
        cosponsored: { totalCount: 1, nodes: [{ id: 'diet-doc:12/44' }] },
      },
    })
  })

  it('files texts under subjects of a scheme of its own', async () => {
    const { data } = await graph.ask(`{
      subjects(where: { schemeName: { eq: "Subjects of the Synthetic Diet" } }) {
        nodes { id scheme schemeName code name documents { nodes { id } } }
      }
      others: subjects(where: { scheme: { eq: OTHER } }) { totalCount }
      motion(reference: "12/44") { subjects(where: { link: { scheme: { eq: OTHER } } }) { edges { scheme node { name } } } }
    }`)
    expect(data).toEqual({
      subjects: {
        nodes: [
          {
            id: 'diet-subject:17.2',
            scheme: 'OTHER',
            schemeName: 'Subjects of the Synthetic Diet',
            code: '17.2',
            name: 'Beekeeping',
            documents: { nodes: [{ id: 'diet-doc:12/44' }] },
          },
        ],
      },
      others: { totalCount: 1 },
      motion: { subjects: { edges: [{ scheme: 'OTHER', node: { name: 'Beekeeping' } }] } },
    })
  })

  it('keeps a ballot whose day nobody tells, after those that have one', async () => {
    const { data } = await graph.ask(`{
      voteEvents { nodes { id date on { id } votes { edges { option date group { name } node { name } } } } }
    }`)
    const vote = (option: string, date: string | null, group: string, name: string) => ({
      option,
      date,
      group: { name: `Synthetic ${group}` },
      node: { name: `${name} Example` },
    })
    expect(data).toEqual({
      voteEvents: {
        nodes: [
          {
            id: 'diet-vote:12/7',
            date: '2031-06-03',
            on: { id: 'diet-doc:12/44' },
            votes: {
              edges: [vote('FOR', '2031-06-03', 'Greens', 'Ada'), vote('AGAINST', '2031-06-03', 'Blues', 'Bo')],
            },
          },
          {
            id: 'diet-vote:12/8',
            date: null,
            on: { id: 'diet-doc:12/44#am-1' },
            votes: { edges: [vote('AGAINST', null, 'Greens', 'Ada'), vote('FOR', null, 'Blues', 'Bo')] },
          },
        ],
      },
    })
  })
})
