import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphHash } from '../../src/store/graph-hash.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { restoreStore } from '../../src/store/sqlite/restore-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { engines, shape } from '../support/engines.js'
import { code, refusal } from '../support/thrown.js'

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-backup-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newPath = (): string => {
  files += 1
  return join(folder, `${files}.sqlite`)
}

/** A store of so many batches of ten places. */
const storeOf = async (batches: number, path = newPath()): Promise<SqliteStore> => {
  const store = new SqliteStore(shape, { path })
  await store.prepare()
  const writer = await store.writer()
  for (let batch = 0; batch < batches; batch += 1) {
    const insertNodes = Array.from({ length: 10 }, (_, i) => ({
      type: 'Place',
      id: `place:${batch}-${i}`,
      values: { name: 'A', nameFolded: 'a', names: [] },
      sourceSet: 1,
    }))
    await writer.write({ ...NO_CHANGES, insertNodes }, { at: '2026-01-01T12:00:00.000Z', version: batch + 1 })
  }
  await writer.close()
  return store
}
const hashAt = async (path: string): Promise<string> => {
  const store = new SqliteStore(shape, { path })
  try {
    await store.prepare({ make: false })
    expect(await store.check()).toEqual([])
    return await graphHash(store, shape)
  } finally {
    await store.close()
  }
}
const placesIn = async (store: SqliteStore): Promise<number> => (await store.sizes()).nodes.get('Place') ?? 0
const placesOf = async (path: string): Promise<number> => {
  const store = new SqliteStore(shape, { path })
  const places = await placesIn(store)
  await store.close()
  return places
}
const beside = (path: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith(`${basename(path)}.`) && !/\.(lock|seal)$/.test(name))

describe('a backup', () => {
  it('that is made while others write is of one moment, and the store restored from it says just that', async () => {
    const path = newPath()
    const served = await storeOf(0, path)
    const script = fileURLToPath(new URL('write-forever.ts', import.meta.url))
    const writer: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let written = -1
    createInterface({ input: writer.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      written = Number(line)
    })
    await expect.poll(() => written).toBeGreaterThan(20)
    const backup = `${path}.backup`
    const before = written
    const copy = await served.copyTo(backup, { sealed: true })
    const after = written
    await expect.poll(() => written).toBeGreaterThan(after + 5)
    const locked = (await refusal(restoreStore(backup, path))) as Error
    expect(locked.message).toBe(
      `Another process is writing to "${path}". Nothing was changed; wait until it is done and run again.`,
    )
    writer.kill('SIGKILL')
    await once(writer, 'exit')

    expect(copy.sha256).toBe(createHash('sha256').update(readFileSync(backup)).digest('hex'))
    expect(copy.bytes).toBe(statSync(backup).size)
    const batches = (await placesOf(backup)) / 10
    expect(batches).toBeGreaterThan(before)
    expect(batches).toBeLessThanOrEqual(after + 2)
    const alike = await storeOf(batches)
    const hash = await graphHash(alike, shape)
    await alike.close()

    // What was killed leaves a log behind, which must not be taken for the restored file's.
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    const lost = await placesIn(served)
    expect(lost).toBeGreaterThan(batches * 10)
    const { before: kept, unverified } = await restoreStore(backup, path)
    expect(unverified).toBeNull()
    await expect.poll(() => placesIn(served)).toBe(batches * 10)
    expect(await hashAt(path)).toBe(hash)
    expect(await placesOf(kept as string)).toBe(lost)
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(copy.sha256)

    // A server that reads it keeps nobody from writing to it.
    const more = await served.writer()
    const insertNodes = [
      { type: 'Place', id: 'place:more', values: { name: 'B', nameFolded: 'b', names: [] }, sourceSet: 1 },
    ]
    await more.write({ ...NO_CHANGES, insertNodes }, { at: '2026-01-02T12:00:00.000Z', version: 9 })
    await more.close()
    expect(await placesIn(served)).toBe(batches * 10 + 1)
    await served.close()
  })

  it('takes no file away, and leaves nothing where it cannot be made', async () => {
    const store = await storeOf(1)
    const [taken, nowhere] = [newPath(), join(folder, 'nowhere', 'backup.sqlite')]
    writeFileSync(taken, 'A letter.')
    expect(code(await refusal(store.copyTo(taken)))).toBe('BAD_OUTPUT')
    expect(readFileSync(taken, 'utf8')).toBe('A letter.')
    const error = (await refusal(store.copyTo(nowhere))) as Error
    expect(error.message).toMatch(/^The copy cannot be written to ".*" \(.*\)\. Choose another path for it\.$/)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    await store.close()
  })

  it('is made of a store of an older layout as it is', async () => {
    const path = newPath()
    await (await storeOf(1, path)).close()
    const database = new Database(path)
    database.exec("UPDATE rapporteur SET value = 'older' WHERE name = 'fingerprint'")
    database.close()
    const store = new SqliteStore(shape, { path })
    await store.copyTo(`${path}.backup`)
    await store.close()
    const copy = new Database(`${path}.backup`)
    expect(copy.prepare("SELECT value FROM rapporteur WHERE name = 'fingerprint'").get()).toMatchObject({
      value: 'older',
    })
    copy.close()
  })

  it.each(engines.filter(({ name }) => name === 'Neo4j'))(
    'is not made of a $name, which says what to use',
    async ({ empty }) => {
      const graph = await empty()
      const error = (await refusal(graph.store.copyTo(newPath()))) as Error
      expect([code(error), error.message]).toEqual(['NOT_A_FILE', expect.stringContaining('neo4j-admin database dump')])
      await graph.close()
    },
  )
})

describe('a restore', () => {
  let backup: string
  beforeAll(async () => {
    const store = await storeOf(300)
    backup = newPath()
    await store.copyTo(backup)
    await store.close()
  })
  const spoilt = (spoil: (path: string) => void): string => {
    const path = newPath()
    copyFileSync(backup, path)
    spoil(path)
    return path
  }

  it.each([
    ['is not there', 'STORE_MISSING', () => newPath()],
    ['is a folder', 'STORE_MISSING', () => folder],
    ['is empty', 'STORE_FOREIGN', () => spoilt((path) => truncateSync(path, 0))],
    ['is a letter', 'STORE_FOREIGN', () => spoilt((path) => writeFileSync(path, 'Dear Sir or Madam,\n'.repeat(2000)))],
    ['is cut', 'STORE_FOREIGN', () => spoilt((path) => truncateSync(path, 100_000))],
    [
      'has a page of zeros',
      'STORE_FOREIGN',
      () => spoilt((path) => writeFileSync(path, readFileSync(path).fill(0, 40_960, 45_056))),
    ],
    [
      'is of another program',
      'STORE_FOREIGN',
      () =>
        spoilt((path) => {
          const other = new Database(path)
          other.exec('PRAGMA application_id = 7')
          other.close()
        }),
    ],
    [
      'is of a later version',
      'STORE_NEWER',
      () =>
        spoilt((path) => {
          const other = new Database(path)
          other.exec('PRAGMA user_version = 99')
          other.close()
        }),
    ],
    ['has a log beside it', 'STORE_FOREIGN', () => spoilt((path) => writeFileSync(`${path}-wal`, 'changes'))],
  ])('refuses a file that %s, and changes nothing', async (_what, expected, file) => {
    const path = newPath()
    await (await storeOf(2, path)).close()
    const error = (await refusal(restoreStore(file(), path))) as Error
    expect([code(error), error.message]).toEqual([expected, expect.stringContaining('Nothing was changed')])
    expect(await placesOf(path)).toBe(20)
    expect(beside(path)).toEqual([])
  })

  it('refuses a backup in which one letter has changed', async () => {
    const store = await storeOf(50)
    const sealed = newPath()
    await store.copyTo(sealed, { sealed: true })
    await store.close()
    const bytes = readFileSync(sealed)
    const letter = bytes.indexOf('place:7-')
    bytes.write('q', letter)
    writeFileSync(sealed, bytes)
    const path = newPath()
    const error = (await refusal(restoreStore(sealed, path))) as Error
    expect([code(error), error.message]).toEqual([
      'STORE_DAMAGED',
      expect.stringMatching(/ differs\..*restore from another file\.$/),
    ])
    expect(existsSync(path)).toBe(false)
    bytes.write('p', letter)
    writeFileSync(sealed, bytes)
    await restoreStore(sealed, path)
    const restored = new SqliteStore(shape, { path })
    expect(await restored.verify()).toBeNull()
    await restored.close()
  })

  it('takes the place of a store that is damaged, with all that was beside it', async () => {
    const path = newPath()
    writeFileSync(path, 'noise '.repeat(10_000))
    writeFileSync(`${path}-wal`, 'what is left of the last changes')
    const { before } = await restoreStore(backup, path, new Date('2026-01-02T03:04:05.678Z'))
    expect(before).toBe(`${path}.before-2026-01-02T03-04-05Z`)
    expect(readFileSync(`${before}-wal`, 'utf8')).toBe('what is left of the last changes')
    expect(existsSync(`${path}-wal`)).toBe(false)
    expect(await placesOf(path)).toBe(3000)
  })

  it('makes a store where there is none, and refuses the store itself', async () => {
    const path = join(folder, 'new', 'graph.sqlite')
    expect((await restoreStore(backup, path)).before).toBeNull()
    expect(await placesOf(path)).toBe(3000)
    expect(code(await refusal(restoreStore(path, path)))).toBe('BAD_INPUT')
  })
})
