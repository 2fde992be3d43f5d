import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { Serving } from '../../src/serve/serve.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { sealFile } from '../../src/store/sqlite/seal-file.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { askVote, serveOnFreePort } from '../serve/fake-store.js'
import { shape } from '../support/engines.js'
import { code, refusal } from '../support/thrown.js'

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-seal-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

const stamp = { at: '2026-01-01T12:00:00.000Z', version: 2 }
const places = (from: number, to: number) => ({
  ...NO_CHANGES,
  insertNodes: Array.from({ length: to - from }, (_, i) => ({
    type: 'Place',
    id: `place:${from + i}`,
    // Some are too long for one page.
    values: { name: `Place ${'x'.repeat(i % 500 === 0 ? 9000 : 40)}`, nameFolded: `place ${from + i}`, names: [] },
    sourceSet: 1,
  })),
})

/** Where a file and what lies beside it can be done as one likes. */
let made = 0
const newPath = (): string => {
  made += 1
  const path = join(folder, String(made), 'graph.sqlite')
  mkdirSync(dirname(path))
  return path
}
const copyOf = (path: string): string => {
  const copy = newPath()
  cpSync(dirname(path), dirname(copy), { recursive: true })
  return copy
}
const verified = async (path: string): Promise<string | null> => {
  const store = new SqliteStore(shape, { path })
  try {
    return await store.verify()
  } catch (error) {
    return String(code(error))
  } finally {
    await store.close()
  }
}
const write = async (path: string, from: number, to: number): Promise<void> => {
  const store = new SqliteStore(shape, { path })
  const writer = await store.writer()
  try {
    await writer.write(places(from, to), stamp)
  } finally {
    await writer.close()
    await store.close()
  }
}
const ask = <Row>(path: string, sql: string): readonly Row[] => {
  const database = new Database(path)
  const rows = database.prepare(sql).all() as Row[]
  database.close()
  return rows
}

/** A store with the seed, many places, and pages that are free. */
let sealed = ''
beforeAll(async () => {
  sealed = newPath()
  const store = new SqliteStore(shape, { path: sealed })
  await prepareStore(store, shape, { seed: true })
  const writer = await store.writer()
  await writer.write(places(0, 6000), stamp)
  const deleteNodes = Array.from({ length: 2000 }, (_, i) => ({ type: 'Place', id: `place:${4000 + i}` }))
  await writer.write({ ...NO_CHANGES, deleteNodes }, stamp)
  await writer.close()
  await store.close()
}, 60_000)

describe('one letter that is changed in a file is found', () => {
  const verifiedWith = async (path: string, bytes: Buffer, at: number): Promise<string | null> => {
    const before = bytes[at] as number
    bytes[at] = before ^ 1
    writeFileSync(path, bytes)
    bytes[at] = before
    return verified(path)
  }

  it('in pages of every kind: of tables, indexes, the search, long values, and in free ones', async () => {
    const path = copyOf(sealed)
    const pages = ask<{ pageno: number; kind: string }>(
      path,
      "SELECT pageno, name || ' ' || pagetype AS kind FROM dbstat",
    )
    const [{ page_count: all = 0 } = {}] = ask<{ page_count: number }>(path, 'PRAGMA page_count')
    const kinds = new Map<string, number>(pages.map(({ kind, pageno }) => [kind, pageno]))
    const used = new Set(pages.map(({ pageno }) => pageno))
    const free = Array.from({ length: all }, (_, i) => i + 1).filter((page) => !used.has(page))
    for (const page of free.slice(0, 3)) kinds.set(`free ${page}`, page)
    const wanted = [
      'place leaf',
      'place internal',
      'place overflow',
      'sqlite_autoindex_node_1 leaf',
      'sqlite_autoindex_node_1 internal',
      'search_key_data leaf',
      'sqlite_schema leaf',
    ]
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(wanted))
    expect(free.length).toBeGreaterThan(3)
    const bytes = readFileSync(path)
    const missed: string[] = []
    for (const [kind, page] of kinds) {
      const at = (page - 1) * 4096 + ((page * 997) % 4096)
      if ((await verifiedWith(path, bytes, at)) !== 'STORE_DAMAGED') missed.push(`${kind}, byte ${at}`)
    }
    expect(missed).toEqual([])
  }, 60_000)

  it('in the head of the file, and in what the file notes of its seal', async () => {
    const path = copyOf(sealed)
    const bytes = readFileSync(path)
    const [{ value = '' } = {}] = ask<{ value: string }>(path, "SELECT value FROM rapporteur WHERE name = 'sealed'")
    const id = bytes.indexOf(`sealed${value}`)
    expect(id).toBeGreaterThan(0)
    const places = [...Array(100).keys(), ...Array.from(`sealed${value}`, (_, i) => id + i)]
    const missed: number[] = []
    for (const at of places) if ((await verifiedWith(path, bytes, at)) !== 'STORE_DAMAGED') missed.push(at)
    expect(missed).toEqual([])
  }, 60_000)

  it('and told where it is, also to whoever wants to write, who writes nothing', async () => {
    const path = copyOf(sealed)
    const bytes = readFileSync(path)
    bytes[70_000] = (bytes[70_000] as number) ^ 32
    writeFileSync(path, bytes)
    const error = await refusal(write(path, 9000, 9001))
    expect([code(error), (error as Error).message]).toEqual([
      'STORE_DAMAGED',
      `"${path}" is not as it was when it was last written: something between byte 65,536 and byte 131,071 differs. The disk has damaged it, or another program has written to it. Nothing was changed; restore it from a backup, or import anew into another file. If it is known to be right, delete "${path}.seal".`,
    ])
    expect(readFileSync(path).equals(bytes)).toBe(true)
    rmSync(`${path}.seal`)
    await write(path, 9000, 9001)
    expect(await verified(path)).toBeNull()
  })
})

describe('a file that is as it was written is never called damaged', () => {
  it('when it is copied or moved with its seal', async () => {
    const path = copyOf(sealed)
    expect(await verified(path)).toBeNull()
    const moved = newPath()
    renameSync(path, moved)
    expect(await verified(moved)).toBe(
      `"${moved}" has no seal (it was moved without it, or whoever wrote last could not finish it), so that only SQLite's own check was made; the next import that completes makes one.`,
    )
    renameSync(`${path}.seal`, `${moved}.seal`)
    expect(await verified(moved)).toBeNull()
  })

  it('when the seal beside it is of another file, of an earlier state, or spoilt itself', async () => {
    const path = copyOf(sealed)
    const before = readFileSync(`${path}.seal`)
    await write(path, 9000, 9010)
    expect(await verified(path)).toBeNull()
    writeFileSync(`${path}.seal`, before)
    expect(await verified(path)).toMatch(/^".*\.seal" is the seal of another file or of an earlier state, so that/)
    before[60] = (before[60] as number) ^ 1
    writeFileSync(`${path}.seal`, before)
    expect(await verified(path)).toMatch(/^".*\.seal" is no seal, or is damaged itself, so that/)
  })

  it('at whatever moment the process that writes is killed, even where the old seal comes back', async () => {
    const path = copyOf(sealed)
    const old = readFileSync(`${path}.seal`)
    const states: string[] = []
    let last = ''
    /** What a kill would leave now. */
    const keep = (): void => {
      // What other threads rename while it is looked at is seen at the next look.
      const ends = ['', '-wal', '.seal'].filter((end) => existsSync(`${path}${end}`))
      const contents = ends.map((end) => readFileSync(`${path}${end}`))
      const now = `${ends} ${contents.map((each) => crc32(each))}`
      if (now === last) return
      last = now
      const copy = newPath()
      for (const [i, end] of ends.entries()) writeFileSync(`${copy}${end}`, contents[i] as Buffer)
      states.push(copy)
    }
    const { exec, prepare } = Database.prototype
    vi.spyOn(Database.prototype, 'exec').mockImplementation(function (this: Database.Database, text: string) {
      keep()
      exec.call(this, text)
      keep()
      return this
    })
    vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, text: string) {
      keep()
      return prepare.call(this, text)
    })
    const looking = setInterval(keep, 0)
    await write(path, 9000, 9200)
    clearInterval(looking)
    keep()
    vi.restoreAllMocks()
    expect(states.length).toBeGreaterThan(4)
    for (const state of states) {
      expect(await verified(state)).not.toBe('STORE_DAMAGED')
      const revived = copyOf(state)
      if (!existsSync(`${revived}.seal`)) writeFileSync(`${revived}.seal`, old)
      expect(await verified(revived)).not.toBe('STORE_DAMAGED')
      await write(revived, 9500, 9501)
      expect(await verified(revived)).toBeNull()
    }
  }, 60_000)

  it('when no seal can be written; what is written is there', async () => {
    const path = copyOf(sealed)
    rmSync(`${path}.seal`)
    mkdirSync(`${path}.seal`)
    await write(path, 9000, 9001)
    expect(ask(path, "SELECT 1 FROM place WHERE id = 'place:9000'")).toHaveLength(1)
    expect(await verified(path)).toMatch(/^".*\.seal" is no seal, or is damaged itself, so that/)
  })

  it('when it is in memory, or is a whole copy that was sealed by itself', async () => {
    const memory = new SqliteStore(shape, { path: ':memory:' })
    await memory.prepare()
    expect(await memory.verify()).toBeNull()
    await memory.close()
    const copy = newPath()
    ask(sealed, `VACUUM INTO '${copy}'`)
    await sealFile(copy)
    expect(await verified(copy)).toBeNull()
    await write(copy, 9000, 9001)
    expect(await verified(copy)).toBeNull()
  })
})

describe('another program that wrote to a file', () => {
  const change = (path: string, sql: string): void => {
    const database = new Database(path)
    database.exec(sql)
    database.close()
  }

  it('is told of as what it may be', async () => {
    const path = copyOf(sealed)
    change(path, "UPDATE place SET name = 'Another' WHERE id = 'place:7'")
    expect(await verified(path)).toBe('STORE_DAMAGED')
  })

  it('also while what it wrote is in the log', async () => {
    const path = copyOf(sealed)
    const database = new Database(path)
    database.exec("UPDATE place SET name = 'Another' WHERE id = 'place:7'")
    expect(await verified(path)).toBe('STORE_DAMAGED')
    database.close()
  })

  it('is told apart where it has rewritten all of the file', async () => {
    const path = copyOf(sealed)
    change(path, 'VACUUM')
    expect(await verified(path)).toMatch(
      /^Another program has rewritten ".*" or changed its tables since it was sealed/,
    )
  })
})

describe('a damaged file', () => {
  let serving: Serving | undefined
  const opened: SqliteStore[] = []
  afterEach(async () => {
    await serving?.stop(1000)
    for (const store of opened.splice(0)) await store.close()
  })
  const serve = (path: string, log: (line: string) => void = () => undefined) =>
    serveOnFreePort({
      open: async () => {
        const store = new SqliteStore(shape, { path })
        opened.push(store)
        await store.verify()
        await prepareStore(store, shape, { seed: false })
        return store
      },
      log,
    })
  const spoil = (path: string): Buffer => {
    const bytes = readFileSync(path)
    const spoilt = Buffer.from(bytes)
    spoilt[spoilt.length - 5000] = (spoilt.at(-5000) as number) ^ 1
    writeFileSync(path, spoilt)
    return bytes
  }

  it('is not served', async () => {
    const path = copyOf(sealed)
    spoil(path)
    await expect(serve(path)).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
  })

  it('is no longer served when it becomes so, until it is mended', async () => {
    const path = copyOf(sealed)
    const logged: string[] = []
    serving = await serve(path, (line) => logged.push(line))
    const { url } = serving
    const statuses = async () => [(await fetch(new URL('/readyz', url))).status, (await askVote(url)).status]
    expect(await statuses()).toEqual([200, 200])
    const bytes = spoil(path)
    await expect.poll(statuses, { timeout: 3500 }).toEqual([503, 503])
    expect(logged.join('\n')).toContain(`"${path}" is not as it was when it was last written`)
    writeFileSync(path, bytes)
    await expect.poll(statuses, { timeout: 3500 }).toEqual([200, 200])
  })
})
