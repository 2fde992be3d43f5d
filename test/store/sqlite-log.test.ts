import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { shape } from '../support/engines.js'

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

const batch = (from: number, to: number) => ({
  ...NO_CHANGES,
  insertNodes: Array.from({ length: to - from }, (_, i) => ({
    type: 'Place',
    id: `place:${from + i}`,
    values: { name: `Place ${from + i}`, nameFolded: `place ${from + i}`, names: [] },
    sourceSet: 1,
  })),
})

describe('a log of SQLite’s of which power that failed kept a part', () => {
  it('gives the batches before, or also the last, wherever it ends, and never a part of one', async () => {
    const path = join(folder, 'graph.sqlite')
    const store = new SqliteStore(shape, { path })
    await store.prepare()
    const writer = await store.writer()
    await writer.write(batch(0, 30), { at: '2026-01-01T12:00:00.000Z', version: 1 })
    const start = readFileSync(`${path}-wal`).length
    await writer.write(batch(30, 60), { at: '2026-01-01T12:00:01.000Z', version: 2 })
    const log = readFileSync(`${path}-wal`)
    expect(log.length).toBeGreaterThan(start)
    /** How many places there are, where the log ends so early, and what is wrong with the file. */
    const left = async (length: number) => {
      const copy = join(folder, `${length}.sqlite`)
      copyFileSync(path, copy)
      writeFileSync(`${copy}-wal`, log.subarray(0, length))
      const opened = new SqliteStore(shape, { path: copy })
      await opened.verify()
      await opened.prepare({ make: false })
      const [{ Place }, wrong] = [await opened.count(), await opened.check()]
      await opened.close()
      return { Place, wrong }
    }
    const ends = new Set<number>()
    for (let end = start; end < log.length; end += 4120) for (const of of [0, 30, 2000]) ends.add(end + of)
    for (let back = 0; back <= 30; back += 3) ends.add(log.length - back)
    const found = new Map<number | undefined, number>()
    for (const end of ends) {
      const { Place, wrong } = await left(end)
      expect(wrong).toEqual([])
      found.set(Place, (found.get(Place) ?? 0) + 1)
    }
    expect([...found.keys()].sort()).toEqual([30, 60])
    expect(found.get(30)).toBeGreaterThan(30)
    await writer.close()
    await store.close()
  }, 60_000)
})
