import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formats } from '../../src/export/formats.js'
import { bulkFiles } from '../../src/store/neo4j/import-files.js'
import { engines, NOW, shape } from '../support/engines.js'
import { exportAs, exportedFrom } from './exported.js'

const names = [...formats({ neo4j: bulkFiles }).keys()]
/** The hashes of the files of each format, of the engine that came first. */
const hashes = new Map<string, string>()

describe.each(engines)('every format, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)

  it.each(names)('%s says how many of each type are in it and how many are not', async (format) => {
    const report = await exportAs(format, made.graph.store, join(made.folder, format))
    const manifest = JSON.parse(await read(format, 'manifest.json'))
    const counts = await made.graph.store.count()
    const told: Record<string, number> = {}
    for (const part of [manifest.records, manifest.links, manifest.leftOut])
      for (const [type, rows] of Object.entries(part as Record<string, number>)) told[type] = (told[type] ?? 0) + rows
    expect(told).toEqual(Object.fromEntries(Object.entries(counts).filter(([, rows]) => rows > 0)))
    const sum = (rows: Record<string, number>) => Object.values(rows).reduce((total, each) => total + each, 0)
    expect(report).toMatchObject({ records: sum(manifest.records), links: sum(manifest.links) })
    expect(report.leftOut).toEqual(manifest.leftOut)
    expect(manifest).toMatchObject({ format, exportedAt: NOW.toISOString() })
    expect(manifest.dataVersion).toBe((await made.graph.store.state()).version)
  })

  it.each(names)('%s has the hash of each file', async (format) => {
    const folder = join(made.folder, format)
    const sums = (await read(format, 'SHA256SUMS')).trimEnd().split('\n')
    for (const line of sums) {
      const [hash, path] = line.split('  ') as [string, string]
      expect(
        createHash('sha256')
          .update(await readFile(join(folder, path)))
          .digest('hex'),
        path,
      ).toBe(hash)
    }
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())
    expect(sums).toHaveLength(files.length - 1)
  })

  it.each(names.filter((name) => name !== 'neo4j-import'))('%s is the same on every engine', async (format) => {
    const sums = await read(format, 'SHA256SUMS')
    expect(sums).toBe(hashes.get(format) ?? sums)
    hashes.set(format, sums)
  })
})

it('knows every type of the schema by a name that no other has', () => {
  const types = [...shape.nodes.keys(), ...shape.links.keys()]
  expect(new Set(types.map((type) => type.toLowerCase())).size).toBe(types.length)
})
