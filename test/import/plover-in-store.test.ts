import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plover } from '../../src/import/plover/plover.js'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { fileWith } from '../support/read-source.js'

const FILES = ['polecat-2022.txt', 'icews-events-2022.tab', '20220120.export.CSV', '20220120120000.export.CSV']
const fileOf = (name: string) => fileURLToPath(new URL(`../fixtures/plover/${name}`, import.meta.url))

describe.each(engines)('coded events beside the seed, on $name', (engine) => {
  let graph: Graph
  const read = (name: string, again = false) =>
    runImports({ store: graph.store, shape, importer: plover, path: fileOf(name), again, now: () => NOW })
  beforeAll(async () => {
    graph = await engine.seeded()
    for (const name of FILES) await read(name)
  }, 300_000)
  afterAll(() => graph.close())

  it('are told as coded by machine, with who did what to whom, where, when and after which file', async () => {
    const { data, statements } = await graph.ask(`{
      event(id: "icews:90000001/2022-01-05") {
        name type coding summary
        date { edtf }
        places { nodes { id } }
        participants { edges { role node { id name ... on Organization { kind jurisdiction { id } } } } }
        sources { edges { locator node { id cites { nodes { id } } } } }
      }
    }`)
    expect(data).toEqual({
      event: {
        name: 'Police (Kazakhstan) – coerce – Protester (Kazakhstan)',
        type: 'COERCE',
        coding: 'BY_MACHINE',
        summary: 'Coded by machine from a news report as CAMEO 173: Arrest, detain, or charge with legal action.',
        date: { edtf: '2022-01-05' },
        places: { nodes: [{ id: 'iso:KZ' }] },
        participants: {
          edges: [
            {
              role: 'ACTOR',
              node: {
                id: 'plover:police-kazakhstan/KZ',
                name: 'Police (Kazakhstan)',
                kind: 'CODED_ACTOR',
                jurisdiction: { id: 'iso:KZ' },
              },
            },
            {
              role: 'RECIPIENT',
              node: {
                id: 'plover:protester-kazakhstan/KZ',
                name: 'Protester (Kazakhstan)',
                kind: 'CODED_ACTOR',
                jurisdiction: { id: 'iso:KZ' },
              },
            },
          ],
        },
        sources: {
          edges: [
            { locator: null, node: { id: 'source:icews-events-2022', cites: { nodes: [{ id: 'source:icews' }] } } },
          ],
        },
      },
    })
    expect(statements).toHaveLength(1)
  })

  it('are listed apart from what a person recorded', async () => {
    const { data } = await graph.ask(`{
      coded: events(where: { coding: { eq: BY_MACHINE } }) { totalCount nodes { id } }
      arrests: events(where: { coding: { eq: BY_MACHINE }, type: { eq: COERCE } }) { nodes { id } }
      byHand: events(where: { coding: { eq: BY_HAND } }) { nodes { id } }
    }`)
    expect(data).toEqual({
      coded: {
        totalCount: 10,
        nodes: [
          { id: 'polecat:syn0002_1' },
          { id: 'icews:90000002/2022-01-06' },
          { id: 'gdelt:990000002' },
          { id: 'gdelt:990000001' },
          { id: 'gdelt:990000011' },
          { id: 'icews:90000001/2022-01-05' },
          { id: 'gdelt:990000003' },
          { id: 'polecat:syn0001_1' },
          { id: 'icews:90000001/2022-01-06' },
          { id: 'polecat:syn0001_2' },
        ],
      },
      arrests: {
        nodes: [
          { id: 'gdelt:990000001' },
          { id: 'gdelt:990000011' },
          { id: 'icews:90000001/2022-01-05' },
          { id: 'polecat:syn0001_1' },
        ],
      },
      byHand: { nodes: [{ id: 'event:kazakhstan-protests-2022' }] },
    })
  })

  it('stand with their actors and places, which several files share', async () => {
    const { data } = await graph.ask(`{
      organization(id: "plover:KAZCOP") {
        name
        events(where: { link: { role: { eq: "ACTOR" } } }) { nodes { id coding } }
        sources { nodes { id } }
      }
      coded: organizations(where: { kind: { eq: CODED_ACTOR } }) { totalCount }
      place(id: "iso:KZ") { name }
      node(id: "gdelt:990000011") { sources { nodes { id title } } }
    }`)
    expect(data).toEqual({
      organization: {
        name: 'Police (Kazakhstan)',
        events: {
          nodes: [
            { id: 'gdelt:990000001', coding: 'BY_MACHINE' },
            { id: 'gdelt:990000011', coding: 'BY_MACHINE' },
          ],
        },
        sources: { nodes: [{ id: 'source:gdelt-events' }] },
      },
      coded: { totalCount: 14 },
      place: { name: 'Kazakhstan' },
      node: {
        sources: {
          nodes: [
            {
              id: 'source:gdelt-events-20220120120000',
              title: 'GDELT Event Database: 20220120120000.export.CSV',
            },
          ],
        },
      },
    })
  })

  it('are as they were after a second import', async () => {
    const before = await graph.store.count()
    expect(await read('20220120.export.CSV')).toMatchObject([{ outcome: 'unchanged' }])
    expect(await read('20220120.export.CSV', true)).toMatchObject([{ counts: { inserted: 0, updated: 0 } }])
    expect(await graph.store.count()).toEqual(before)
  })

  it('leave a bad row as an issue, even one cut in the middle of a character', async () => {
    const [header = '', row = ''] = readFileSync(fileOf('icews-events-2022.tab'), 'utf8').split('\n')
    const bad = row.replace('2022-01-05', `${'x'.repeat(59)}\u{1f600}`)
    const path = fileWith('bad.tab', [header, row, bad].join('\n'))
    await runImports({ store: graph.store, shape, importer: plover, path, now: () => NOW })
    const { data } = await graph.ask('{ issues(where: { rule: { eq: BAD_ROW } }) { nodes { message locator } } }')
    const message = `The column "Event Date" is "${'x'.repeat(59)}\ufffd…", which is not a day such as 2022-01-20.`
    expect(data).toEqual({ issues: { nodes: [{ message, locator: 'bad.tab, line 3' }] } })
  })

  it('go with the file that gave them, and the actors of other files stay', async () => {
    await removeSource({ store: graph.store, shape, source: 'source:gdelt-events-20220120', now: () => NOW })
    const { data } = await graph.ask(`{
      taken: node(id: "gdelt:990000001") { __typename }
      file: node(id: "source:gdelt-events-20220120") { __typename }
      alone: node(id: "plover:REB") { __typename }
      organization(id: "plover:KAZCOP") { events { nodes { id } } sources { nodes { id } } }
      source(id: "source:gdelt-events") { id }
    }`)
    expect(data).toEqual({
      taken: { __typename: 'Tombstone' },
      file: { __typename: 'Tombstone' },
      alone: { __typename: 'Tombstone' },
      organization: {
        events: { nodes: [{ id: 'gdelt:990000011' }] },
        sources: { nodes: [{ id: 'source:gdelt-events' }] },
      },
      source: { id: 'source:gdelt-events' },
    })
  })
})
