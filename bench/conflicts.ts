/**
 * Imports all the published data into a new store and lists the conflicts in it by kind of record or link and field, with
 * how many there are and three of each: `npx tsx bench/conflicts.ts [HOW MANY OF EACH]`.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareStore } from '../src/import/prepare-store.js'
import { loadImporter } from '../src/import/registry.js'
import { runImports } from '../src/import/run-import.js'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import type { GraphStore } from '../src/store/graph-store.js'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.js'

const DATA = join(import.meta.dirname, '../../shared/data')
const FILES = [
  ['howtheyvote', 'howtheyvote'],
  ['europarl-rollcalls', 'europarl/rollcalls'],
  ['europarl-rollcalls', 'europarl/rollcalls-whole'],
  ['europarl-results', 'europarl/results'],
  ['europarl-members', 'europarl/meps_term8_en.csv.gz'],
  ['europarl-members', 'europarl/meps_term9_en.csv.gz'],
  ['europarl-opendata', 'europarl/opendata'],
  ['europarl-opendata', 'europarl/meetings_2022.ttl.gz'],
  ['europarl-texts', 'europarl/texts'],
] as const
const most = Number(process.argv[2] ?? 3)
const shape = readGraphShape(await readFile(join(import.meta.dirname, '../schema.graphql'), 'utf8'))

/** What the store knows of its conflicts, each as a line, by kind. */
const conflictsOf = async (store: GraphStore): Promise<ReadonlyMap<string, readonly string[]>> => {
  const types = new Map<string, string>()
  for (const { name, own } of shape.nodes.values())
    if (!own) for await (const { id } of store.scanNodes(name)) types.set(id, name)
  const about = new Map<string, string>()
  for await (const { from, to } of store.scanLinks('ConflictAbout')) about.set(from, to)
  const statements = new Map<string, string>()
  for await (const { id, values } of store.scanNodes('Statement'))
    statements.set(id, `${values['isShown'] ? '+' : '-'} ${String(values['value'])}`)
  const sides = new Map<string, string[]>()
  for await (const { from, to } of store.scanLinks('StatementOf'))
    sides.set(to, [...(sides.get(to) ?? []), statements.get(from) ?? ''])
  const kinds = new Map<string, string[]>()
  for await (const { id, values } of store.scanNodes('Conflict')) {
    const record = about.get(id) ?? ''
    const kind = `${String(values['link'] ?? types.get(record))}.${String(values['field'])}`
    const line = [record, ...(sides.get(id) ?? []).sort()].join('\n      ')
    kinds.set(kind, [...(kinds.get(kind) ?? []), line])
  }
  return kinds
}

const folder = await mkdtemp(join(tmpdir(), 'rapporteur-conflicts-'))
const store = new SqliteStore(shape, { path: join(folder, 'store.sqlite') })
try {
  await prepareStore(store, shape, { seed: true })
  for (const [name, path] of FILES) {
    const importer = await loadImporter(name, shape)
    if (!importer) throw new Error(`There is no importer "${name}".`)
    await runImports({ store, shape, importer, path: join(DATA, path) })
  }
  const kinds = [...(await conflictsOf(store))].sort(([, a], [, b]) => b.length - a.length)
  console.log(`${kinds.reduce((sum, [, lines]) => sum + lines.length, 0)} conflicts`)
  for (const [kind, lines] of kinds) {
    console.log(`\n${lines.length} of ${kind}`)
    for (const line of lines.toSorted().slice(0, most)) console.log(`  ${line}`)
  }
} finally {
  await store.close()
  await rm(folder, { recursive: true })
}
