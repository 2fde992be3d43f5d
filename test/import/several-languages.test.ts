import { describe, expect, it } from 'vitest'
import { loadImporter } from '../../src/import/registry.js'
import { runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { recordsFolder } from '../support/records-folder.js'

const rollCalls = (title: string, description: string, language = '') => `<?xml version="1.0" encoding="UTF-8"?>
<PV.RollCallVoteResults EP.Reference="P9_PV(2023)05-09" Sitting.Date="2023-05-09"${language && ` Document.Language="${language}"`}>
<RollCallVote.Result Identifier="993001" DlvId="7" Date="2023-05-09 12:00:00">
<RollCallVote.Description.Text>B9-0001/2023 – ${description}</RollCallVote.Description.Text>
<Result.For Number="0"/><Result.Against Number="0"/><Result.Abstention Number="0"/></RollCallVote.Result>
<VoteTitles><VoteTitle DlvId="7">${title}</VoteTitle></VoteTitles></PV.RollCallVoteResults>
`
const desk = (title: string, description: string) => `sources: [source:desk]
Source: [{ id: source:desk, kind: DATA_SET, title: Synthetic desk }]
VoteEvent: [{ id: "ep-vote:993001", title: ${JSON.stringify(title)}, description: ${JSON.stringify(description)}, date: 2023-05-09 }]
`
const results = `<?xml version="1.0" encoding="UTF-8"?>
<file language="EN"><sitting date="2031-02-03"><votes>
<vote listIndex="0" type="RESOLUTION"><title>Bees</title><label>Motion for a resolution: B11-0001/2031</label><votings>
<voting type="AMENDMENT" votingId="999001" listIndex="0" result="REJECTED" resultType="ROLL_CALL" numberFavor="1"
 numberAgainst="2" numberAbstention="0" votersCount="3" voteTimestamp="2031-02-03T12:00:00.000+01:00"><title/>
<label>B11-0001/2031 – § 1 – Am 1</label><amendmentSubject>§ 1</amendmentSubject><amendmentNumber>1</amendmentNumber>
<amendmentAuthor>ECR</amendmentAuthor></voting></votings></vote></votes></sitting></file>
`
const onAmendment = `<?xml version="1.0" encoding="UTF-8"?>
<PV.RollCallVoteResults Sitting.Date="2031-02-03" EP.Reference="P11_PV(2031)02-03">
<RollCallVote.Result Identifier="999001" Date="2031-02-03 12:00:00">
<RollCallVote.Description.Text>B11-0001/2031 – § 1 – Am 1</RollCallVote.Description.Text>
<Result.For Number="1"/><Result.Against Number="2"/><Result.Abstention Number="0"/>
</RollCallVote.Result></PV.RollCallVoteResults>
`

describe.each(engines)('what sources say of a ballot, on $name', ({ empty }) => {
  let graph: Graph
  const load = async (name: string, file: string, text: string) => {
    const importer = await loadImporter(name, shape)
    if (!importer) throw new Error(`There is no importer "${name}".`)
    await runImports({ store: graph.store, shape, importer, path: recordsFolder(name, text, file), now: () => NOW })
  }
  const both = async (a: () => Promise<void>, b: () => Promise<void>, query: string) => {
    const answers: unknown[] = []
    const hashes: string[] = []
    for (const order of [
      [a, b],
      [b, a],
    ]) {
      graph = await empty()
      for (const step of order) await step()
      answers.push((await graph.ask(query)).data)
      hashes.push(await graphHash(graph.store, shape))
      await graph.close()
    }
    expect(answers[1]).toEqual(answers[0])
    expect(hashes[1]).toBe(hashes[0])
    return answers[0]
  }
  const SAID = `{ conflicts { nodes { field } }
    voteEvent(id: "ep-vote:993001") { title titles { text language } description descriptions { text language } } }`

  it.each([
    ['by its words', 'Recital A/1', 'Considérant A/1', '', 'Recital A/1', { text: 'Considérant A/1', language: 'fr' }],
    ['by the list', 'Erwägung A/1', 'Recital A/1', 'DE', 'Recital A/1', { text: 'Erwägung A/1', language: 'de' }],
    ['either way', 'Visa 4', 'Citation and 4', 'FR', 'Citation and 4', { text: 'Visa 4', language: 'fr' }],
  ])(
    'is kept in each language, and English is shown: told %s',
    async (_by, listed, written, language, shown, other) => {
      const data = await both(
        () => load('europarl-rollcalls', 'x.xml', rollCalls('Budget 2022 – the ‘Green’ Council', listed, language)),
        () => load('records', 'd.yaml', desk('Budget 2022 - the “Green” Council', written)),
        SAID,
      )
      expect(data).toMatchObject({ conflicts: { nodes: [] }, voteEvent: { description: shown, descriptions: [other] } })
    },
  )

  it('is a conflict where the words of one language differ, or the numbers of two', async () => {
    for (const [listed, written] of [
      ['Recital A/1', 'Recital B/1'],
      ['Recital A/1', 'Considérant A/2'],
      ['Am 12', 'Am 1/2'],
    ] as const) {
      const data = await both(
        () => load('europarl-rollcalls', 'x.xml', rollCalls('Bees', listed)),
        () => load('records', 'd.yaml', desk('Bees', written)),
        SAID,
      )
      expect(data).toMatchObject({ conflicts: { nodes: [{ field: 'description' }] } })
    }
  })

  it('is one title with a word more, in another order, and two where a word or number differs', async () => {
    const conflicts = async (listed: string, written: string) => {
      const data = await both(
        () => load('europarl-rollcalls', 'x.xml', rollCalls(listed, 'Am 1')),
        () => load('records', 'd.yaml', desk(written, 'Am 1')),
        SAID,
      )
      return (data as { conflicts: { nodes: readonly { field: string }[] } }).conflicts.nodes
    }
    expect(await conflicts('The situation of bees', 'Situation of bees (Bee Act)')).toEqual([{ field: 'title' }])
    expect(await conflicts('The situation of bees', 'Situation of bees')).toEqual([])
    expect(await conflicts('Bees « and » wasps(recast)', 'Bees "and" wasps (recast).')).toEqual([])
    expect(await conflicts('Budget 2022', 'Budget 2022 amendment 3')).toEqual([{ field: 'title' }])
    const long = 'Requirements for the keeping of bees – amending directive'
    expect(await conflicts(long, 'Amending Directive 2011/85/EU on requirements for the keeping of bees')).toEqual([])
    expect(await conflicts(long, 'Requirements for the keeping of wasps – amending directive')).toEqual([
      { field: 'title' },
    ])
  })

  it('is on the amendment where one says so, and another names its text', async () => {
    const data = await both(
      () => load('europarl-rollcalls', 'x.xml', onAmendment),
      () => load('europarl-results', 'vot.xml', results),
      `{ conflicts { nodes { field } } voteEvent(id: "ep-vote:999001") { on { id } }
         amendment(id: "ep-doc:B11-0001/2031#am-1") { voteEvents { nodes { id } } } }`,
    )
    expect(data).toEqual({
      conflicts: { nodes: [] },
      voteEvent: { on: { id: 'ep-doc:B11-0001/2031#am-1' } },
      amendment: { voteEvents: { nodes: [{ id: 'ep-vote:999001' }] } },
    })
  })
})
