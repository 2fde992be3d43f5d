import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadImporter } from '../../src/import/registry.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url))
const isThere = existsSync(CASES)
if (!isThere && process.env['CI']) throw new Error(`The small inputs are not at ${CASES}; CI needs them.`)
if (!isThere) console.warn(`NOT TESTED: the small inputs are not at ${CASES}.`)

type Steps = readonly (readonly [importer: string, path: string])[]

/** Imports these paths one after the other into an empty store; gives the reports. */
const imported = async (graph: Graph, steps: Steps) => {
  const reports = []
  for (const [name, path] of steps) {
    const importer = await loadImporter(name, shape)
    if (!importer) throw new Error(`There is no importer "${name}".`)
    reports.push(
      ...(await runImports({ store: graph.store, shape, importer, path: join(CASES, path), now: () => NOW })),
    )
  }
  return reports
}

/** What a question is answered after these imports. */
interface Case {
  readonly steps: Steps
  readonly ask: string
  readonly data: unknown
}

const MAIN = '{ voteEvents(first: 100) { nodes { id isMain description } } }'
const AMENDMENT_KEPT =
  '{ voteEvent(id: "ep-vote:999001") { on { __typename id } } conflicts { totalCount } amendment(id: "ep-doc:B11-0001/2031#am-1") { voteEvents { nodes { id } } tabledBy { nodes { id } } } }'
const KEPT = {
  voteEvent: { on: { __typename: 'Amendment', id: 'ep-doc:B11-0001/2031#am-1' } },
  conflicts: { totalCount: 0 },
  amendment: {
    voteEvents: { nodes: [{ id: 'ep-vote:999001' }] },
    tabledBy: { nodes: [{ id: 'ep-group:ECR' }, { id: 'ep-group:PFE' }] },
  },
}

const ANSWERS: Readonly<Record<string, Case>> = {
  'final-vote': {
    steps: [
      ['europarl-rollcalls', 'final-vote/rcv'],
      ['records', 'final-vote/records'],
    ],
    ask: '{ resolution(reference: "P9_TA(2020)0900") { finalVote { description tally { for against } } } }',
    data: { resolution: { finalVote: { description: 'Résolution', tally: { for: 4, against: 1 } } } },
  },
  'final-vote, glued': {
    steps: [['europarl-rollcalls', 'final-vote/glued.xml']],
    ask: MAIN,
    data: {
      voteEvents: {
        nodes: [
          { id: 'ep-vote:61004', isMain: true, description: 'Proposition de resolution' },
          { id: 'ep-vote:61003', isMain: false, description: 'Procédure d’approbation' },
          { id: 'ep-vote:61002', isMain: null, description: 'Proposition de décision du Conseil' },
          { id: 'ep-vote:61001', isMain: true, description: 'Proposition de décision' },
          { id: 'ep-vote:61000', isMain: true, description: 'Commission proposal' },
        ],
      },
    },
  },
  'rapporteur-names': {
    steps: [['europarl-rollcalls', 'rapporteur-names/rcv.xml']],
    ask: MAIN,
    data: {
      voteEvents: {
        nodes: [
          { id: 'ep-vote:60001', isMain: true, description: 'Commission proposal' },
          { id: 'ep-vote:60000', isMain: true, description: 'Commission proposal' },
        ],
      },
    },
  },
  'other-motions': {
    steps: [['europarl-results', 'other-motions/vot.xml']],
    ask: '{ motion(reference: "B11-0003/2031") { id voteEvents { nodes { result } } } }',
    data: { motion: { id: 'ep-doc:B11-0003/2031', voteEvents: { nodes: [{ result: 'LAPSED' }] } } },
  },
  'amendment-kept': {
    steps: [
      ['europarl-rollcalls', 'amendment-kept/rcv.xml'],
      ['europarl-results', 'amendment-kept/vot.xml'],
    ],
    ask: AMENDMENT_KEPT,
    data: KEPT,
  },
  'amendment-kept, the other way round': {
    steps: [
      ['europarl-results', 'amendment-kept/vot.xml'],
      ['europarl-rollcalls', 'amendment-kept/rcv.xml'],
    ],
    ask: AMENDMENT_KEPT,
    data: KEPT,
  },
  'authors-on-lines': {
    steps: [['europarl-results', 'authors-on-lines/vot.xml']],
    ask: '{ amendment(id: "ep-doc:B11-0001/2031#am-1=2=") { tabledBy { nodes { id } } } }',
    data: { amendment: { tabledBy: { nodes: [{ id: 'ep-group:ECR' }, { id: 'ep-group:PFE' }] } } },
  },
  languages: {
    steps: [
      ['europarl-rollcalls', 'languages/rcv'],
      ['records', 'languages/desk'],
    ],
    ask: '{ conflicts { totalCount } voteEvent(id: "ep-vote:993001") { description } }',
    data: { conflicts: { totalCount: 0 }, voteEvent: { description: 'Recital A/1' } },
  },
  'undated-ballots': {
    steps: [['popolo', 'undated-ballots/pop.json']],
    ask: '{ voteEvents { nodes { date tally { for against } votes { edges { option date node { name } } } } } }',
    data: {
      voteEvents: {
        nodes: [
          {
            date: null,
            tally: { for: 1, against: null },
            votes: { edges: [{ option: 'FOR', date: null, node: { name: 'Ada Example' } }] },
          },
        ],
      },
    },
  },
  'ballots-without-id': {
    steps: [['popolo', 'ballots-without-id/senate.json']],
    ask: '{ voteEvents { totalCount nodes { date } } }',
    data: {
      voteEvents: {
        totalCount: 5,
        nodes: ['2025-03-22', '2025-03-21', '2025-03-20', '2025-03-20', '2025-03-20'].map((date) => ({ date })),
      },
    },
  },
  'popolo-array': {
    steps: [['popolo', 'popolo-array/persons.json']],
    ask: '{ persons { nodes { name } } }',
    data: { persons: { nodes: [{ name: 'Ada Example' }, { name: 'Bo Example' }] } },
  },
  'on-both-sides, Popolo': {
    steps: [['popolo', 'on-both-sides/house.json']],
    ask: '{ voteEvents { nodes { votes { nodes { name } } } } }',
    data: { voteEvents: { nodes: [{ votes: { nodes: [{ name: 'Ann Alpha' }] } }] } },
  },
  'on-both-sides, roll calls': {
    steps: [['europarl-rollcalls', 'on-both-sides/rcv.xml']],
    ask: '{ voteEvents { nodes { votes { nodes { name } } } } }',
    data: { voteEvents: { nodes: [{ votes: { nodes: [{ name: 'Alpha' }, { name: 'Gamma' }] } }] } },
  },
  'members-without-persid': {
    steps: [['europarl-rollcalls', 'members-without-persid/without-persid.xml']],
    ask: '{ issues { nodes { rule record { id } } } }',
    data: { issues: { nodes: [{ rule: 'MEMBERS_SUM_TO_TALLIES', record: { id: 'ep-vote:999001' } }] } },
  },
  'members-without-persid, with it': {
    steps: [['europarl-rollcalls', 'members-without-persid/with-persid.xml']],
    ask: '{ issues { nodes { rule record { id } } } }',
    data: { issues: { nodes: [{ rule: 'MEMBERS_SUM_TO_TALLIES', record: { id: 'ep-vote:999001' } }] } },
  },
  'same-row-twice, a table': {
    steps: [['plover', 'same-row-twice/events.2021.20220623.tab']],
    ask: '{ events { totalCount } issues { totalCount } }',
    data: { events: { totalCount: 40 }, issues: { totalCount: 0 } },
  },
  'same-row-twice, roll calls': {
    steps: [['europarl-rollcalls', 'same-row-twice/roll-calls']],
    ask: '{ voteEvents { nodes { id } } issues { totalCount } }',
    data: { voteEvents: { nodes: [{ id: 'ep-vote:991002' }, { id: 'ep-vote:991001' }] }, issues: { totalCount: 0 } },
  },
  'country-names': {
    steps: [['plover', 'country-names/events.2018.tab']],
    ask: '{ places { nodes { id } } }',
    data: { places: { nodes: [{ id: 'iso:MD' }, { id: 'iso:MK' }] } },
  },
  'old-roll-calls': {
    steps: [['europarl-rollcalls', 'old-roll-calls']],
    ask: '{ a: voteEvent(id: "ep-vote:41001") { date isMain } b: voteEvent(id: "ep-vote:41003") { date } c: voteEvent(id: "ep-pv-7-2014-04-17-rcv:1") { title } d: voteEvent(id: "ep-vote:51000") { votes { nodes { id } } } e: voteEvent(id: "ep-vote:999001") { date } }',
    data: {
      a: { date: '2014-04-17', isMain: true },
      b: { date: '2014-04-17' },
      c: { title: 'Ordre du jour: demande PPE' },
      d: { votes: { nodes: [{ id: 'ep-mep:900001' }] } },
      e: { date: '2031-02-03' },
    },
  },
  'open-data-now': {
    steps: [['europarl-opendata', 'open-data-now/od2.json']],
    ask: '{ motion(reference: "B11-0009/2031") { tabledBy { nodes { id } } dossier { id } subjects { nodes { id } } } }',
    data: {
      motion: {
        tabledBy: { nodes: [{ id: 'ep-group:ECR' }] },
        dossier: { id: 'ep-proc:2031/0007' },
        subjects: { nodes: [{ id: 'eurovoc:c_0000abcd' }] },
      },
    },
  },
  'numbers-in-a-table': {
    steps: [['europarl-texts', 'numbers-in-a-table/B-11-2031-0001_EN.html']],
    ask: '{ motion(reference: "B11-0001/2031") { paragraphs { totalCount } } }',
    data: { motion: { paragraphs: { totalCount: 3 } } },
  },
  'old-motion-page': {
    steps: [['europarl-texts', 'old-motion-page/b-11-2031-0002-en.html']],
    ask: '{ motion(reference: "B11-0002/2031") { tabledBy { nodes { id } } } joint: motion(reference: "RC-B11-0001/2031") { replaces { nodes { id } } } }',
    data: {
      motion: { tabledBy: { nodes: [{ id: 'ep-group:GREEN_EFA' }] } },
      joint: { replaces: { nodes: [{ id: 'ep-doc:B11-0002/2031' }] } },
    },
  },
  'plover-records': {
    steps: [['plover', 'plover-records/gsr.json']],
    ask: '{ events { totalCount nodes { date { edtf } } } }',
    data: { events: { totalCount: 1, nodes: [{ date: { edtf: '2000-01-01' } }] } },
  },
  'members-directory': {
    steps: [['europarl-members', 'members-directory/directory.xml']],
    ask: '{ person(id: "ep-mep:999101") { name } }',
    data: { person: { name: 'Ada EXAMPLE' } },
  },
}

describe.skipIf(!isThere).each(engines)('small inputs that went wrong, on $name', (engine) => {
  it.each(Object.entries(ANSWERS))('%s', async (_, { steps, ask, data }) => {
    const graph = await engine.empty()
    await imported(graph, steps)
    const answer = await graph.ask(ask)
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual(data)
    await graph.close()
  })

  it('ends-before-it-begins: no stay ends before it begins without an issue', async () => {
    const graph = await engine.empty()
    await imported(graph, [['records', 'ends-before-it-begins/records.yaml']])
    await imported(graph, [['followthemoney', 'ends-before-it-begins/stays.ftm.json']])
    const { data } = await graph.ask('{ issues { nodes { rule } } }')
    const { nodes } = (data as { readonly issues: { readonly nodes: readonly { readonly rule: string }[] } }).issues
    expect(nodes.length).toBeGreaterThanOrEqual(3)
    await graph.close()
  })

  it('other-voice-changes: an import that changes what a source says moves the version', async () => {
    const graph = await engine.empty()
    const version = async () => (await graph.store.state()).version
    await imported(graph, [['records', 'other-voice-changes/r0']])
    const [first] = await imported(graph, [['records', 'other-voice-changes/r1/notes']])
    const before = await version()
    const [second] = await imported(graph, [['records', 'other-voice-changes/r2/notes']])
    expect([first?.outcome, second?.outcome]).toEqual(['loaded', 'loaded'])
    expect(await version()).toBeGreaterThan(before)
    const { data } = await graph.ask(`{ changes(since: ${before}) { nodes { id } } }`)
    expect(JSON.stringify(data)).toContain('person:ada')
    await graph.close()
  })
})
