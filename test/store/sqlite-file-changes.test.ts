import { execFile } from 'node:child_process'
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'libsql'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Column } from '../../src/model/graph-shape.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import type { Plan } from '../../src/store/plan.js'
import { FileWatch } from '../../src/store/sqlite/file-watch.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { constant } from '../../src/store/values.js'
import { shape } from '../support/engines.js'
import { code } from '../support/thrown.js'

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-changes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const opened: SqliteStore[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

/** Within which a change must have been seen. */
const LIMIT = { timeout: 3500, interval: 50 }
const stamp = { at: '2026-01-01T12:00:00.000Z', version: 1 }
const PLAN: Plan = {
  kind: 'one',
  find: { column: 'id', isId: true, value: constant('place:0') },
  shape: {
    types: ['Place'],
    slots: [
      { key: 'name', kind: 'column', of: 'node', column: shape.nodes.get('Place')?.columns.get('name') as Column },
    ],
  },
  layout: new Map([['Place', [{ as: 'name', value: { kind: 'value', slot: 'name' } }]]]),
}

let files = 0
/** A file with so many places, of which the first has the name given. */
const fileWith = async (name: string, places: number): Promise<string> => {
  files += 1
  const path = join(folder, `${files}.sqlite`)
  const store = new SqliteStore(shape, { path })
  await store.prepare()
  await write(store, name, 0, places)
  await store.close()
  return path
}
const write = async (store: SqliteStore, name: string, from: number, to: number): Promise<void> => {
  const writer = await store.writer()
  const insertNodes = Array.from({ length: to - from }, (_, i) => ({
    type: 'Place',
    id: `place:${from + i}`,
    values: { name: `${name}${from + i === 0 ? '' : i}`, nameFolded: name, names: [] },
    sourceSet: 1,
  }))
  await writer.write({ ...NO_CHANGES, insertNodes }, stamp)
  await writer.close()
}

/** A store at work on a file: what it says the first place is called, or the code of its error. */
const serving = async (path: string) => {
  const store = new SqliteStore(shape, { path })
  opened.push(store)
  await store.prepare({ make: false })
  const ask = () =>
    store.answer(PLAN).then(({ json }) => (JSON.parse(Buffer.from(json).toString()) as { name: string }).name, code)
  const ping = () => store.ping().then(() => 'ready', code)
  // Some connections are warm, and know pages of the file.
  expect(new Set(await Promise.all(Array.from({ length: 8 }, ask)))).toEqual(new Set(['A']))
  return { store, ask, ping }
}

describe('a file that is served', () => {
  it('and whose place another file takes is that file from then on', async () => {
    const [path, other] = [await fileWith('A', 3), await fileWith('B', 5000)]
    const { store, ask, ping } = await serving(path)
    renameSync(other, path)
    await expect.poll(ask, LIMIT).toBe('B')
    expect(await ping()).toBe('ready')
    expect((await store.count())['Place']).toBe(5000)
    expect(await store.check()).toEqual([])
  })

  it('and that is deleted is told of, and found again when it is put back', async () => {
    const path = await fileWith('A', 3)
    const { ask, ping } = await serving(path)
    renameSync(path, `${path}.away`)
    await expect.poll(ask, LIMIT).toBe('UNAVAILABLE')
    expect(await ping()).toBe('UNAVAILABLE')
    expect(() => statSync(path)).toThrow('ENOENT')
    renameSync(`${path}.away`, path)
    await expect.poll(ask, LIMIT).toBe('A')
    expect(await ping()).toBe('ready')
  })

  it.each([
    ['a larger', 5000, 3],
    ['a smaller', 3, 5000],
    ['a like', 50, 50],
  ])('and into which %s store is copied is that store from then on', async (_size, places, before) => {
    const [path, other] = [await fileWith('A', before), await fileWith('B', places)]
    const { store, ask, ping } = await serving(path)
    copyFileSync(other, path)
    await expect.poll(ask, LIMIT).toBe('B')
    expect(await ping()).toBe('ready')
    expect((await store.count())['Place']).toBe(places)
    expect(await store.check()).toEqual([])
  })

  it.each([
    ['is cut', 'STORE_FOREIGN', (path: string) => truncateSync(path, 100_000)],
    ['is emptied', 'STORE_MISSING', (path: string) => truncateSync(path, 0)],
    ['becomes a letter', 'STORE_FOREIGN', (path: string) => writeFileSync(path, 'Dear Sir or Madam,\n'.repeat(20_000))],
    [
      'becomes noise',
      'STORE_FOREIGN',
      (path: string) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, i) => (i < 16 ? byte : byte ^ (i % 251))),
        ),
    ],
    [
      'becomes the file of another program',
      'STORE_FOREIGN',
      (path: string) => {
        const other = new Database(`${path}.other`)
        other.exec('CREATE TABLE bookmark (url TEXT)')
        other.close()
        renameSync(`${path}.other`, path)
      },
    ],
  ])('and that %s is told of, and found again when it is restored', async (_how, refusal, spoil) => {
    const path = await fileWith('A', 3000)
    const { ask, ping } = await serving(path)
    copyFileSync(path, `${path}.backup`)
    spoil(path)
    await expect.poll(ping, LIMIT).toBe(refusal)
    expect(await ask()).toBe(refusal)
    copyFileSync(`${path}.backup`, path)
    await expect.poll(ask, LIMIT).toBe('A')
    expect(await ping()).toBe('ready')
  })

  it('is itself while others write to it, and has what they wrote', async () => {
    const path = await fileWith('A', 3)
    const { store, ask } = await serving(path)
    const watch = new FileWatch(path)
    const sights = new Set<string>()
    const looking = setInterval(() => sights.add(watch.look()), 20)
    const other = new SqliteStore(shape, { path })
    for (let i = 0; i < 12; i += 1) {
      await write(other, 'more', 3 + i * 2000, 3 + (i + 1) * 2000)
      expect(await ask()).toBe('A')
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    await other.close()
    await new Promise((resolve) => setTimeout(resolve, 600))
    clearInterval(looking)
    expect([...sights]).toEqual(['as it was'])
    expect((await store.count())['Place']).toBe(24_003)
  })

  it.skipIf(process.platform === 'win32')(
    'keeps what is read of it from being written over by another process',
    async () => {
      const path = await fileWith('A', 3000)
      const { store, ask } = await serving(path)
      const reader = new Database(path)
      reader.exec('BEGIN')
      const named = () => reader.prepare("SELECT count(*) AS n FROM place WHERE name LIKE 'A%'").get() as { n: number }
      expect(named().n).toBe(3000)
      const other = new Database(path)
      other.exec("UPDATE place SET name = 'C'")
      other.close()
      // Whatever looks at the files of the store must leave the locks that this process has on them.
      await new Promise((resolve) => setTimeout(resolve, 150))
      expect([await ask(), await store.ping()]).toEqual(['C', undefined])
      await store.copyTo(`${path}.copy`)
      const script = `const d = new (require('libsql'))(process.argv[1], { timeout: 100 })
      console.log(d.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get().busy); d.exec("UPDATE place SET name = 'D'")`
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, path])
      expect(stdout).toBe('1\n')
      expect(named().n).toBe(3000)
      reader.exec('COMMIT')
      reader.close()
    },
  )

  it('and to which somebody wrote is let go of whole when another takes its place', async () => {
    const [path, other] = [await fileWith('A', 3), await fileWith('B', 4000)]
    const { store, ask } = await serving(path)
    await write(store, 'more', 3, 3000)
    expect(await ask()).toBe('A')
    renameSync(other, path)
    await expect.poll(ask, LIMIT).toBe('B')
    expect((await store.count())['Place']).toBe(4000)
    expect(await store.check()).toEqual([])
  })

  it('keeps those who ask waiting for no longer than it takes', async () => {
    const [path, other] = [await fileWith('A', 3), await fileWith('B', 5000)]
    const { ask } = await serving(path)
    const names = new Set<string>()
    const asking = Array.from({ length: 10 }, async () => {
      for (let i = 0; i < 60; i += 1) {
        names.add(await ask())
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 150))
    renameSync(other, path)
    await Promise.all(asking)
    expect(names).toEqual(new Set(['A', 'B']))
  })
})
