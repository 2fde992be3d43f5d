import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { HOSTILE_DOCUMENTS } from '../../test/support/hostile-documents.js'
import { clientOf } from '../http-client.js'
import { fillWithSynthetic } from '../random-graph.js'
import { serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'

/** Milliseconds for each document, and MB that the server may have more after all. */
const [MOST_MILLISECONDS, MOST_MEGABYTES] = [100, 50]

const shape = readGraphShape(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))

/** How often each is asked, new each time; the least of its times leaves out what the machine did beside it. */
const TIMES = 3

/** What is not refused is within every limit and is answered; its time counts as that of the others. */
const ask = async (url: string) => {
  const client = clientOf(url, 1)
  const times: { readonly name: string; readonly milliseconds: number }[] = []
  let [refused, answered] = [0, 0]
  for (const { name, query } of HOSTILE_DOCUMENTS) {
    let [milliseconds, answer] = [Number.POSITIVE_INFINITY, '']
    for (let i = 0; i < TIMES; i += 1) {
      const begun = performance.now()
      answer = (await client.ask(`${query} #${i}`)).toString()
      milliseconds = Math.min(milliseconds, performance.now() - begun)
    }
    times.push({ name, milliseconds })
    if (answer.startsWith('{"errors"')) refused += 1
    else answered += 1
  }
  client.close()
  return { times, refused, answered }
}

const megabytesOf = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** What a document costs before it is refused. */
export const proofs: readonly Proof[] = [
  {
    row: 'Big and deep documents',
    promise: `each of ${HOSTILE_DOCUMENTS.length} documents that cost more than they look is refused, or answered within the limits, in ${MOST_MILLISECONDS} ms; the server takes less than ${MOST_MEGABYTES} MB more`,
    async measure() {
      const folder = await mkdtemp(join(tmpdir(), 'rapporteur-documents-'))
      const path = join(folder, 'graph.sqlite')
      const store = new SqliteStore(shape, { path })
      await fillWithSynthetic(store, shape, { isNew: true })
      await store.close()
      const server = await serveProgram(path)
      try {
        const client = clientOf(server.url, 1)
        for (let i = 0; i < 500; i += 1) await client.ask(`{ person(id: "x${i}") { id name } }`)
        client.close()
        const before = await megabytesOf(server.pid)
        const { times, refused, answered } = await ask(server.url)
        const more = (await megabytesOf(server.pid)) - before
        const [longest] = times.toSorted((a, b) => b.milliseconds - a.milliseconds)
        const { name = '', milliseconds = 0 } = longest ?? {}
        const figure = `${refused} refused, ${answered} answered; longest ${milliseconds.toFixed(0)} ms (${name}); ${more.toFixed(0)} MB more`
        return { figure, holds: milliseconds < MOST_MILLISECONDS && more < MOST_MEGABYTES }
      } finally {
        await server.stop()
        await rm(folder, { recursive: true })
      }
    },
  },
]
