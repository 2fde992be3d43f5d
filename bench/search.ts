import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { prepareStore } from '../src/import/prepare-store.js'
import type { GraphRecord } from '../src/model/records.js'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { search } from '../src/search/search.js'
import { Vocabulary } from '../src/search/vocabulary.js'
import type { GraphStore } from '../src/store/graph-store.js'
import { Loader } from '../src/store/load.js'
import { Neo4jStore } from '../src/store/neo4j/neo4j-store.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'
import { type Random, randomFrom } from '../test/support/random.js'
import { benchFolder } from './bench-data.js'
import { emptyNeo4j } from './empty-neo4j.js'
import { figuresOf } from './measure.js'

/**
 * Measures search over names that are synthetic: given and family names of the export's members, recombined. Milliseconds
 * in process, and what the program takes more in memory than before the first search.
 *
 *     npm run bench:search -- [--names 100000,1000000] [--neo4j]
 */
const { values } = parseArgs({
  options: { names: { type: 'string', default: '100000,1000000' }, neo4j: { type: 'boolean', default: false } },
})
const SEARCHES = 1000
const WARM_UP = 300

const shape = readGraphShape(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'))
const MEMBERS = new URL('../../shared/data/howtheyvote/members.csv.gz', import.meta.url)
const rows = parse(gunzipSync(await readFile(MEMBERS)), { columns: true, bom: true }) as readonly Record<
  string,
  string
>[]
const distinct = (column: string) => [...new Set(rows.map((row) => row[column] ?? ''))].filter((name) => name !== '')
const [given, family] = [distinct('first_name'), distinct('last_name')]

/** The name of the person with this number; no two have the same. */
const nameOf = (i: number): string =>
  `${given[i % given.length]} ${family[Math.floor(i / given.length) % family.length]}${i < given.length * family.length ? '' : ` ${family[i % family.length]}`}`

const citations = [{ source: 'source:synthetic' }]
const personOf = (i: number): GraphRecord => ({
  type: 'Person',
  id: `synthetic:${i}`,
  values: { name: nameOf(i) },
  citations,
})

const fill = async (store: GraphStore, count: number): Promise<number> => {
  await prepareStore(store, shape, { seed: false })
  const loader = await Loader.open({ store, shape, now: () => new Date() })
  const start = performance.now()
  const source = { type: 'Source', id: 'source:synthetic', values: { kind: 'DATA_SET', title: 'Synthetic' }, citations }
  await loader.add([source])
  for (let i = 0; i < count; i += 5000)
    await loader.add(Array.from({ length: Math.min(5000, count - i) }, (_, j) => personOf(i + j)))
  await loader.finish()
  await loader.close()
  return (performance.now() - start) / 1000
}

const misspelt = (name: string, errors: number, random: Random): string => {
  let text = name
  for (let i = 0; i < errors; i++) {
    const at = 1 + random.below(text.length - 1)
    const letter = String.fromCharCode(97 + random.below(26))
    const kinds = [text.slice(0, at) + letter + text.slice(at), text.slice(0, at) + letter + text.slice(at + 1)]
    text = kinds[random.below(kinds.length)] as string
  }
  return text
}

/** What is searched, by kind. */
const KINDS: Readonly<Record<string, (name: string, random: Random) => string>> = {
  'a whole name': (name) => name,
  'a family name': (name) => name.slice(name.indexOf(' ') + 1),
  'a given name': (name) => name.slice(0, name.indexOf(' ')),
  'the beginning of a family name': (name) => name.slice(name.indexOf(' ') + 1).slice(0, 4),
  'a name with one error': (name, random) => misspelt(name, 1, random),
  'a name with two errors': (name, random) => misspelt(name, 2, random),
  'two words that no name has': (_, random) => misspelt('xqzwv jkhgf', 2, random),
}

const megabytes = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().rss / 1e6
}

const measure = async (store: GraphStore, count: number): Promise<void> => {
  const random = randomFrom(7)
  // What is there before: connections that have read something.
  for (let i = 0; i < 100; i++) await store.sizes()
  const before = megabytes()
  const times = new Map(Object.keys(KINDS).map((kind) => [kind, [] as number[]]))
  let found = 0
  for (let i = -WARM_UP; i < SEARCHES; i++) {
    for (const [kind, write] of Object.entries(KINDS)) {
      const text = write(nameOf(random.below(count)), random)
      const start = performance.now()
      const hits = await search(store, shape, { text })
      if (i >= 0) times.get(kind)?.push(performance.now() - start)
      if (i >= 0 && hits.length > 0) found += 1
    }
  }
  const added = megabytes() - before
  const line = (what: string, each: readonly number[]) => {
    const { median, p95 } = figuresOf(each)
    console.log(
      `| ${store.engine} | ${count.toLocaleString('en')} | ${what} | ${median.toFixed(1)} | ${p95.toFixed(1)} |`,
    )
  }
  for (const [kind, each] of times) line(kind, each)
  line('all of these', [...times.values()].flat())
  console.error(`${found} found something; ${added.toFixed(0)} MB more than before the first search.`)
}

/** A vocabulary of words that are all different, which recombined names do not have. */
const measureVocabulary = async (count: number): Promise<void> => {
  const random = randomFrom(11)
  const words = new Set<string>()
  const letters = 'aaabcdeeeefghiiijklmnoooprrsstttuvz'
  while (words.size < count)
    words.add(Array.from({ length: 4 + random.below(9) }, () => letters.charAt(random.below(letters.length))).join(''))
  // As bytes and back, so that it is one text and not the parts of it.
  const text = Buffer.from([...words].join(' ')).toString()
  words.clear()
  const start = performance.now()
  const vocabulary = await Vocabulary.read(text)
  const read = performance.now() - start
  const { ends, letters: bits, sounds } = vocabulary
  const added = (text.length + ends.byteLength + bits.byteLength + sounds.byteLength) / 1e6
  const times: number[] = []
  for (let i = 0; i < 100; i++) {
    const word = Array.from({ length: 5 + random.below(7) }, () => letters.charAt(random.below(letters.length))).join(
      '',
    )
    const begun = performance.now()
    vocabulary.spellings(word)
    times.push(performance.now() - begun)
  }
  const { median, p95 } = figuresOf(times)
  console.log(
    `A vocabulary of ${count.toLocaleString('en')} words: read in ${read.toFixed(0)} ms, ${added.toFixed(0)} MB; the spellings of a word in ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)}.`,
  )
}

await mkdir(benchFolder, { recursive: true })
const counts = values.names.split(',').map(Number)
console.log('| engine | names | what is searched | median, ms | p95, ms |\n|---|---|---|---|---|')
for (const count of counts) {
  const path = join(benchFolder, `search-${count}.sqlite`)
  const isNew = !existsSync(path)
  const store = new SqliteStore(shape, { path })
  if (isNew) console.error(`${count} names written in ${(await fill(store, count)).toFixed(1)} s.`)
  else await store.prepare()
  console.error(`${((await stat(path)).size / 1e6).toFixed(0)} MB.`)
  await measure(store, count)
  await store.close()
}
if (values.neo4j) {
  const home = join(benchFolder, 'search-neo4j')
  const server = await startNeo4j({ home, heapMegabytes: 1024, onProgress: console.error })
  try {
    for (const count of counts) {
      await emptyNeo4j(server.uri)
      const store = new Neo4jStore(shape, { uri: server.uri, slowness: 20 })
      console.error(`${count} names written in ${(await fill(store, count)).toFixed(1)} s.`)
      await measure(store, count)
      await store.close()
    }
  } finally {
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
}
for (const count of counts) await measureVocabulary(count)
