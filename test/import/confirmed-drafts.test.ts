import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { europarlTexts } from '../../src/import/europarl/europarl-texts.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { removeSource } from '../../src/import/remove-source.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { recordsFolder } from '../support/records-folder.js'

const PAGE = fileURLToPath(new URL('../fixtures/europarl-texts/ta-9-2031-0007-en.html', import.meta.url))

describe.each(engines)('draft demands, on $name', ({ empty }) => {
  let graph: Graph
  const run = { shape, now: () => NOW, maxProblems: { rows: 0 } }
  afterEach(() => graph.close())

  it('are confirmed, corrected and retracted by what a person says of them, without a conflict', async () => {
    graph = await empty()
    await runImports({ ...run, store: graph.store, importer: europarlTexts, path: PAGE })
    const ask = async (question: string) => (await graph.ask(question)).data
    const { demands } = (await ask('{ demands(where: { status: { eq: DRAFT } }) { nodes { id text position } } }')) as {
      demands: { nodes: { id: string; text: string; position: number }[] }
    }
    const [draft] = demands.nodes
    if (!draft) throw new Error('The page has no draft.')
    const said = (status: string) => `
sources: [source:desk-review]
Source: [{ id: source:desk-review, kind: DATA_SET, title: Synthetic review }]
Demand: [{ id: "${draft.id}", text: What was read there, action: SANCTION, position: 1, status: ${status} }]
`
    const shown = `{ demand(id: "${draft.id}") { text action status } conflicts { totalCount } }`
    const before = await ask(shown)
    for (const status of ['CONFIRMED', 'RETRACTED']) {
      await runImports({
        ...run,
        store: graph.store,
        importer: recordsImporter(shape),
        path: recordsFolder('review', said(status)),
      })
      expect(await ask(shown)).toEqual({
        demand: { text: 'What was read there', action: 'SANCTION', status },
        conflicts: { totalCount: 0 },
      })
    }
    expect(await ask('{ demands(where: { status: { eq: DRAFT } }) { totalCount } }')).toEqual({
      demands: { totalCount: demands.nodes.length - 1 },
    })
    await removeSource({ store: graph.store, shape, source: 'records:review', now: () => NOW })
    expect(await ask(shown)).toEqual(before)
  })
})
