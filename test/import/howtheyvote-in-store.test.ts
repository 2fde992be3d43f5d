import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import type { ImportReport } from '../../src/import/import-report.js'
import { runImports } from '../../src/import/run-import.js'
import { differences, questions } from '../support/contract.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { REAL_EXPORT } from '../support/read-edition.js'

const isThere = existsSync(REAL_EXPORT)
if (!isThere && process.env.CI) throw new Error(`The export is not at ${REAL_EXPORT}; CI needs it.`)
if (!isThere) console.warn(`NOT TESTED: the export is not at ${REAL_EXPORT}.`)

/** What the seed and the export hold together: most of the seed's records are the export's too. */
const COUNTS = {
  VoteEvent: 21_576,
  Membership: 1_863,
  VoteCount: 16_706,
  /** Places of the export's votes, and what the seed's resolution and joint motion are about beside them. */
  About: 5_095 + 3,
  /** EuroVoc, OEIL, committees. */
  Filing: 63_028 + 40_346 + 15_132,
}

describe.skipIf(!isThere).each(engines)('the export of HowTheyVote beside the seed, on $name', (engine) => {
  let graph: Graph
  const read = async (again = false) => {
    const options = { store: graph.store, shape, importer: howtheyvote, path: REAL_EXPORT, again, now: () => NOW }
    const [report] = await runImports(options)
    return report as ImportReport
  }
  beforeAll(async () => {
    graph = await engine.seeded()
    await read()
  }, 600_000)
  afterAll(() => graph.close())

  it('has the published numbers of records and links', async () => {
    expect(await graph.store.count()).toMatchObject(COUNTS)
    const { data } = await graph.ask('{ voteEvents { totalCount } }')
    expect(data).toEqual({ voteEvents: { totalCount: 21_576 } })
    let members = 0
    for await (const { id } of graph.store.scanNodes('Person')) members += id.startsWith('ep-mep:') ? 1 : 0
    expect(members).toBe(1_268)
  })

  it.each(questions)('$name has the answer that it had before', async ({ query, answer }) => {
    const { data, errors } = await graph.ask(query)
    expect(errors).toBeUndefined()
    expect(differences(answer, data)).toEqual([])
  })

  it('meets the seed in the same records, which keep the sources of both', async () => {
    const { data } = await graph.ask('{ voteEvent(id: "ep-vote:139038") { sources { nodes { id } } } }')
    const nodes = [{ id: 'source:ep-procedure-2022-2505' }, { id: 'source:howtheyvote' }]
    expect(data).toEqual({ voteEvent: { sources: { nodes } } })
  })

  it('is as it was after a second import', async () => {
    const before = await graph.store.count()
    const { counts } = await read(true)
    expect(counts).toMatchObject({ inserted: 0, updated: 0 })
    expect(await graph.store.count()).toEqual(before)
    expect((await read()).outcome).toBe('unchanged')
  }, 600_000)
})
