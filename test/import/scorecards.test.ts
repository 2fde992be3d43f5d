import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordsImporter } from '../../src/import/records/records.js'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { fixture } from '../support/read-europarl.js'
import { recordsFolder } from '../support/records-folder.js'

describe.each(engines)('scorecards, on $name', (engine) => {
  let graph: Graph
  const load = async (path: string) => {
    const [report] = await runImports({
      store: graph.store,
      shape,
      importer: recordsImporter(shape),
      path,
      now: () => NOW,
    })
    return report as NonNullable<typeof report>
  }
  const ask = async (question: string) => (await graph.ask(question)).data
  beforeEach(async () => {
    graph = await engine.empty()
    await load(fixture('records/synthetic-parliament'))
  }, 60_000)
  afterEach(() => graph.close())

  it('say which option of which ballot their authors hold right, with which weight, and who says so', async () => {
    expect(await load(fixture('records/synthetic-scorecards'))).toMatchObject({ outcome: 'loaded', problems: [] })
    expect(
      await ask(`{ scorecard(id: "scorecard:synthetic-bees-1") {
        title versionName description url publishedOn absences abstentions
        authors { nodes { __typename name } }
        ballots(orderBy: [LINK_WEIGHT_DESC]) { edges { option weight note node { id } } }
        sources { nodes { title publisher { name } } }
      } }`),
    ).toEqual({
      scorecard: {
        title: 'Bee Scorecard',
        versionName: '1',
        description: 'Ballots of the Synthetic Diet on bees.',
        url: 'https://bees.example/scorecard',
        publishedOn: '2031-07-01',
        absences: null,
        abstentions: null,
        authors: { nodes: [{ __typename: 'Organization', name: 'Synthetic Beekeepers' }] },
        ballots: {
          edges: [
            { option: 'FOR', weight: 2, note: 'The bill as a whole', node: { id: 'diet-vote:12/7' } },
            { option: 'AGAINST', weight: null, note: null, node: { id: 'diet-vote:12/8' } },
          ],
        },
        sources: {
          nodes: [{ title: 'Bee Scorecard of the Synthetic Diet', publisher: { name: 'Synthetic Beekeepers' } }],
        },
      },
    })
  })

  it('are one record a version, found from their ballots, their authors and their title', async () => {
    await load(fixture('records/synthetic-scorecards'))
    const both = [{ versionName: '1' }, { versionName: '2' }]
    expect(
      await ask(`{
        scorecards { nodes { id } }
        latest: scorecards(where: { publishedOn: { gt: "2031-08-01" } }) { nodes { absences abstentions authors { totalCount } } }
        voteEvent(id: "diet-vote:12/7") { scorecards { edges { option weight node { versionName } } } }
        organization(id: "org:synthetic-beekeepers") { scorecards { nodes { versionName } } }
        person(id: "person:ada-example") { scorecards { nodes { versionName } } }
        search(text: "bee scorecard", types: [Scorecard]) { field node { ... on Scorecard { versionName } } }
        timeline(of: "scorecard:synthetic-bees-2") { rows { date what sentence } }
      }`),
    ).toEqual({
      scorecards: { nodes: [{ id: 'scorecard:synthetic-bees-1' }, { id: 'scorecard:synthetic-bees-2' }] },
      latest: { nodes: [{ absences: 'DISAGREEMENT', abstentions: 'HALF', authors: { totalCount: 2 } }] },
      voteEvent: {
        scorecards: {
          edges: [
            { option: 'FOR', weight: 2, node: { versionName: '1' } },
            { option: 'FOR', weight: 0.5, node: { versionName: '2' } },
          ],
        },
      },
      organization: { scorecards: { nodes: both } },
      person: { scorecards: { nodes: [{ versionName: '2' }] } },
      search: both.map((node) => ({ field: 'title', node })),
      timeline: {
        rows: [
          {
            date: '2031-06-03',
            what: 'VoteEvent.date',
            sentence: 'Bee Scorecard has a position on Bees Bill, second reading, on 2031-06-03',
          },
          { date: '2031-09-01', what: 'Scorecard.publishedOn', sentence: 'Bee Scorecard: published on 2031-09-01' },
        ],
      },
    })
  })

  /** A file with one scorecard of these keys. */
  const scorecard = (keys: string) =>
    recordsFolder(
      'one-scorecard',
      `
sources: [source:synthetic-journal]
Scorecard:
  - id: scorecard:synthetic
    title: Synthetic
${keys.replaceAll(/^/gm, '    ')}
`,
    )
  const AUTHOR = 'authors: [org:diet/greens]\n'

  it.each([
    ['an unknown ballot', `${AUTHOR}ballots: [{ to: diet-vote:0, option: FOR }]`, '"diet-vote:0" is neither among'],
    [
      'two lines for one ballot',
      `${AUTHOR}ballots:\n  - { to: diet-vote:12/7, option: FOR }\n  - { to: diet-vote:12/7, option: AGAINST }`,
      '"ballots" gives the link to "diet-vote:12/7" that stands already in line 8; keep one of them',
    ],
    [
      'a weight of 0',
      `${AUTHOR}ballots: [{ to: diet-vote:12/7, option: FOR, weight: 0 }]`,
      '"ballots.weight" is 0, and must be greater than 0.',
    ],
    [
      'a negative weight',
      `${AUTHOR}ballots: [{ to: diet-vote:12/7, option: FOR, weight: -1.5 }]`,
      '"ballots.weight" is -1.5, and must be greater than 0.',
    ],
    [
      'absence as an option',
      `${AUTHOR}ballots: [{ to: diet-vote:12/7, option: DID_NOT_VOTE }]`,
      '"ballots.option" is "DID_NOT_VOTE"; it must be one of FOR, AGAINST, ABSTENTION.',
    ],
    ['no option', `${AUTHOR}ballots: [{ to: diet-vote:12/7 }]`, 'Item 1 of "ballots" lacks "option".'],
    ['no author', 'ballots: [{ to: diet-vote:12/7, option: FOR }]', 'The record lacks "authors".'],
    ['no ballots', 'authors: [org:diet/greens]', 'The record lacks "ballots".'],
    ['an unknown way to count', `${AUTHOR}absences: NEVER\nballots: [{ to: diet-vote:12/7, option: FOR }]`, 'LEFT_OUT'],
  ])('are refused with a sentence: %s', async (_, keys, sentence) => {
    const { problems } = await load(scorecard(keys))
    expect(problems.map(({ reason }) => reason).join('\n')).toContain(sentence)
    expect(await ask('{ scorecards { totalCount } }')).toEqual({ scorecards: { totalCount: 0 } })
  })

  it('are left out as a whole where one of their ballots is, in YAML and in JSON Lines', async () => {
    const badBallot = `VoteEvent: [{ id: diet-vote:0, date: never }]`
    const path = scorecard(`${AUTHOR}ballots: [{ to: diet-vote:12/7, option: FOR }, { to: diet-vote:0, option: FOR }]`)
    appendFileSync(join(path, 'records.yaml'), badBallot)
    const line = (id: string, to: string) => ({
      Scorecard: {
        id,
        title: id,
        authors: ['org:diet/greens'],
        ballots: ['diet-vote:12/7', to].map((ballot) => ({ to: ballot, option: 'FOR' })),
      },
    })
    const lines = [
      { sources: ['source:synthetic-journal'] },
      { VoteEvent: { id: 'diet-vote:1', date: 'never' } },
      line('scorecard:bad-ballot', 'diet-vote:1'),
      line('scorecard:no-ballot', 'diet-vote:2'),
      line('scorecard:a-person', 'person:bo-example'),
      { VoteEvent: { id: 'diet-vote:3' } },
      line('scorecard:whole', 'diet-vote:3'),
    ]
    writeFileSync(join(path, 'more.jsonl'), lines.map((each) => JSON.stringify(each)).join('\n'))
    const { problems } = await load(path)
    expect(problems.map(({ file, line: at }) => `${file}:${at}`)).toEqual([
      'records.yaml:8',
      'more.jsonl:2',
      'more.jsonl:4',
      'more.jsonl:5',
    ])
    expect(await ask('{ scorecards { nodes { id ballots { totalCount } authors { totalCount } } } }')).toEqual({
      scorecards: { nodes: [{ id: 'scorecard:whole', ballots: { totalCount: 2 }, authors: { totalCount: 1 } }] },
    })
  })

  it('are corrected by a newer edition of their file, which takes back what it no longer says', async () => {
    const ballots = (option: string) => `${AUTHOR}ballots: [{ to: diet-vote:12/7, option: ${option}, weight: 3 }]`
    const both = `${ballots('FOR').slice(0, -1)}, { to: diet-vote:12/8, option: AGAINST }]`
    const shown = '{ scorecard(id: "scorecard:synthetic") { ballots { edges { option weight node { id } } } } }'
    await load(scorecard(both))
    await load(scorecard(ballots('ABSTENTION')))
    expect(await ask(shown)).toEqual({
      scorecard: { ballots: { edges: [{ option: 'ABSTENTION', weight: 3, node: { id: 'diet-vote:12/7' } }] } },
    })
    await removeSource({ store: graph.store, shape, source: 'records:one-scorecard', now: () => NOW })
    expect(await ask(`{ scorecards { totalCount } node(id: "scorecard:synthetic") { __typename } }`)).toEqual({
      scorecards: { totalCount: 0 },
      node: { __typename: 'Tombstone' },
    })
  })
})
