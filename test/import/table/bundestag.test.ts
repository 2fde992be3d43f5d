import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../../src/import/import-report.js'
import { removeSource } from '../../../src/import/remove-source.js'
import { runImports } from '../../../src/import/run-import.js'
import { graphHash } from '../../../src/store/graph-hash.js'
import { engines, type Graph, NOW, shape } from '../../support/engines.js'
import { folderWith, table } from '../../support/table-folder.js'

const MAPPING = fileURLToPath(new URL('../../../examples/bundestag/mapping.yaml', import.meta.url))
const TABLES = fileURLToPath(new URL('../../../../shared/data/bundestag', import.meta.url))
const isThere = existsSync(TABLES)
if (!isThere && process.env['CI'])
  throw new Error(`The roll calls of the Bundestag are not at ${TABLES}; CI needs them.`)
if (!isThere) console.warn(`NOT TESTED: the roll calls of the Bundestag, which are not at ${TABLES}.`)

const load = async (graph: Graph, tables: string): Promise<ImportReport> => {
  const [report] = await runImports({
    store: graph.store,
    shape,
    importer: table,
    path: MAPPING,
    places: [tables],
    now: () => NOW,
  })
  return report as ImportReport
}

/** Synthetic tables with the columns that the example expects. */
const SYNTHETIC = {
  'polls.csv':
    'poll_id,poll_title,poll_date,poll_first_committee\n1,Bienen,2019-05-01,Ausschuss für Bienen\n2,Bäume,2020-05-01,\n',
  'mandates.csv': `mandate_id,politician_id,politician,start_date,end_date,constituency_name,party,fraction_names,fraction_starts,fraction_ends
11,101,Ada Example,,,1 - Nirgendwo,SPD,SPD,,
12,102,Bo Example,,,,fraktionslos,fraktionslos seit 01.01.2020,2020-01-01,
13,103,Cy Example,2020-01-01,,,FDP,FDP seit 01.01.2020,2020-01-01,
`,
  'votes.csv': 'poll_id,mandate_id,vote\n1,11,yes\n1,12,no\n1,99,abstain\n2,11,no_show\n2,12,no\n2,13,yes\n',
}

describe.each(engines)('the example mapping of the Bundestag, with synthetic tables, on $name', (engine) => {
  it('gives each vote the group of its day, and loses none', async () => {
    const graph = await engine.empty()
    const tables = folderWith(SYNTHETIC)
    const report = await load(graph, tables)
    expect(report).toMatchObject({ outcome: 'loaded', problems: [], issues: { MEMBER_IS_LISTED: 1 } })
    const { data } = await graph.ask(`{
      organization(id: "org:bundestag") { names { text language } parts { totalCount } }
      voteEvents { nodes { id title organization { id } subjects { nodes { id } }
        votes { edges { option group { shortName } node { name issues { nodes { rule } } } } } } }
    }`)
    const vote = (name: string, option: string, shortName: string | null, ...rules: readonly string[]) => ({
      option,
      group: shortName && { shortName },
      node: { name, issues: { nodes: rules.map((rule) => ({ rule })) } },
    })
    expect(data).toMatchObject({
      organization: { parts: { totalCount: 7 } },
      voteEvents: {
        nodes: [
          {
            id: 'bundestag-vote:2',
            title: 'Bäume',
            organization: { id: 'org:bundestag' },
            subjects: { nodes: [] },
            votes: {
              edges: [
                vote('Ada Example', 'DID_NOT_VOTE', 'SPD'),
                vote('Bo Example', 'AGAINST', null),
                vote('Cy Example', 'FOR', 'FDP'),
              ],
            },
          },
          {
            subjects: { nodes: [{ id: 'bundestag-committee:Ausschuss-für-Bienen' }] },
            votes: {
              edges: [
                vote('Ada Example', 'FOR', 'SPD'),
                vote('Bo Example', 'AGAINST', null),
                vote('Mandat 99', 'ABSTENTION', null, 'MEMBER_IS_LISTED'),
              ],
            },
          },
        ],
      },
    })
    expect((await load(graph, tables)).outcome).toBe('unchanged')
    await removeSource({ store: graph.store, shape, source: 'source:abgeordnetenwatch-bundestag-19', now: () => NOW })
    expect(await graph.store.count()).toMatchObject({ VoteEvent: 0, Person: 0, Organization: 0, Issue: 0 })
    await graph.close()
  })
})

/** The hash of the graph, which is the same on every engine. */
let hash = ''

describe.skipIf(!isThere).each(engines)('the roll calls of the Bundestag, on $name', (engine) => {
  let graph: Graph
  let report: ImportReport
  beforeAll(async () => {
    graph = await engine.empty()
    report = await load(graph, TABLES)
  }, 300_000)
  afterAll(() => graph.close())

  it('are all there, with what is not known of them said', async () => {
    expect(report).toMatchObject({
      outcome: 'loaded',
      problems: [],
      issues: { MEMBER_IS_LISTED: 39 },
      notes: [
        'mandates.csv.gz: the columns "constituency_name", "party" were left out, since the mapping does not name them.',
        'Votes without a group, since the memberships do not tell one of that day: 5,432.',
      ],
    })
    expect(await graph.store.count()).toMatchObject({
      VoteEvent: 176,
      Person: 708 + 39,
      Vote: 124_536,
      Membership: 708 + 698,
    })
  })

  it('hold the counts of each option, from which participation follows', async () => {
    const { data } = await graph.ask('{ voteStats { totalCount rows { by { option } count } } }')
    const { totalCount, rows } = (data as { voteStats: { totalCount: number; rows: readonly OptionRow[] } }).voteStats
    expect(totalCount).toBe(124_536)
    const counts = Object.fromEntries(rows.map(({ by, count }) => [by.option, count]))
    expect(counts).toEqual({ FOR: 58_130, AGAINST: 48_638, DID_NOT_VOTE: 13_030, ABSTENTION: 4_738 })
    expect((1 - (counts['DID_NOT_VOTE'] ?? 0) / totalCount).toFixed(4)).toBe('0.8954')
  })

  it('hold the votes of each group by the memberships of the day', async () => {
    const { data } = await graph.ask('{ voteStats { rows { by { group { shortName } } count } } }')
    const { rows } = (data as { voteStats: { rows: readonly GroupRow[] } }).voteStats
    expect(Object.fromEntries(rows.map(({ by, count }) => [String(by.group.shortName), count]))).toEqual({
      'CDU/CSU': 41_426,
      SPD: 25_656,
      AfD: 14_755,
      FDP: 13_477,
      'Die Linke': 11_806,
      Grüne: 11_183,
      // Of no group (801), before the only membership that is told (955), and of members without one (4,477).
      null: 801 + 955 + 4_477,
    })
  })

  it('give one hash on both engines', async () => {
    const found = await graphHash(graph.store, shape)
    hash ||= found
    expect(found).toBe(hash)
  })
})

interface OptionRow {
  readonly by: { readonly option: string }
  readonly count: number
}

interface GroupRow {
  readonly by: { readonly group: { readonly shortName: string | null } }
  readonly count: number
}
