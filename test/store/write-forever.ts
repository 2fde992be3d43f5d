import { readFileSync } from 'node:fs'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'

/** Writes batches of ten places to the store at the path given, and prints the number of each once it is on disk. */
const shape = readGraphShape(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const store = new SqliteStore(shape, { path: process.argv[2] as string })
const writer = await store.writer()
const { Place: places = 0 } = await store.count()
for (let batch = places / 10; ; batch += 1) {
  const insertNodes = Array.from({ length: 10 }, (_, i) => ({
    type: 'Place',
    id: `place:${batch}-${i}`,
    values: { name: 'A', nameFolded: 'a', names: [] },
    sourceSet: 1,
  }))
  await writer.write({ ...NO_CHANGES, insertNodes }, { at: '2026-01-01T12:00:00.000Z', version: 1 })
  process.stdout.write(`${batch}\n`)
  await new Promise((resolve) => setImmediate(resolve))
}
