import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { FieldNode, OperationDefinitionNode } from 'graphql'
import { parse } from 'graphql'
import Database from 'libsql'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { GraphRecord } from '../../src/model/records.js'
import { planQuery } from '../../src/query/plan-query.js'
import { PlanValues } from '../../src/query/plan-values.js'
import { listMark, writeCursor } from '../../src/store/cursor.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { NO_CHANGES } from '../../src/store/graph-store.js'
import { Loader } from '../../src/store/load.js'
import type { Plan } from '../../src/store/plan.js'
import { printSql } from '../../src/store/sqlite/print-sql.js'
import { ReadConnections } from '../../src/store/sqlite/read-connections.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { sqliteValue } from '../../src/store/sqlite/sqlite-value.js'
import { translateError } from '../../src/store/sqlite/translate-error.js'
import { boundValue } from '../../src/store/values.js'
import { schema, shape } from '../support/engines.js'
import { code, refusal } from '../support/thrown.js'

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newPath = (): string => {
  files += 1
  return join(folder, `${files}.sqlite`)
}

const citations = [{ source: 'source:kaztag-2022-01-21' }]
/** Synthetic, beside the seed: a vote against the group's majority in its ballot, and a response to a demand. */
const AGAINST: readonly GraphRecord[] = [
  { type: 'Person', id: 'person:synthetic', values: { name: 'Synthetic' }, citations },
  {
    link: 'Vote',
    from: 'person:synthetic',
    to: 'ep-vote:139038',
    values: { option: 'AGAINST', group: 'ep-group:EPP' },
    citations,
  },
  { link: 'Response', from: 'ta:P9_TA(2022)0012#demand-1', to: 'event:synthetic', values: {}, citations },
  {
    type: 'Event',
    id: 'event:synthetic',
    values: { name: 'Synthetic', type: 'CONSULT', coding: 'BY_HAND' },
    citations,
  },
]

/** A prepared store, closed again. */
const prepared = async (): Promise<string> => {
  const path = newPath()
  const store = new SqliteStore(shape, { path })
  await store.prepare()
  await store.close()
  return path
}
const change = (path: string, ...statements: readonly string[]): void => {
  const database = new Database(path)
  for (const sql of statements) database.exec(sql)
  database.close()
}
/** What preparing says about a file, which it must leave as it was. */
const refused = async (path: string) => {
  const store = new SqliteStore(shape, { path })
  const error = await refusal(store.prepare())
  await store.close()
  return { code: code(error), message: (error as Error).message }
}

describe('a file that cannot be a store is refused, and left as it is', () => {
  it('a text file', async () => {
    const path = newPath()
    writeFileSync(path, 'minutes of the meeting\n')
    expect(await refused(path)).toEqual({
      code: 'STORE_FOREIGN',
      message: `"${path}" is not an SQLite file. Nothing was changed; choose another path for RAPPORTEUR_STORE.`,
    })
    expect(readFileSync(path, 'utf8')).toBe('minutes of the meeting\n')
  })

  it('a file that only begins like one', async () => {
    const path = newPath()
    writeFileSync(path, `SQLite format 3\u0000${'x'.repeat(5000)}`)
    expect((await refused(path)).code).toBe('STORE_FOREIGN')
  })

  it('an SQLite file of another program', async () => {
    const path = newPath()
    change(path, 'CREATE TABLE bookmark (url TEXT)', "INSERT INTO bookmark VALUES ('https://example.org')")
    const before = readFileSync(path)
    expect(await refused(path)).toEqual({
      code: 'STORE_FOREIGN',
      message: `"${path}" is an SQLite file of another program. Nothing was changed; choose another path for RAPPORTEUR_STORE.`,
    })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.each([100, 3000, 4096])('a store cut off after %d bytes', async (bytes) => {
    const path = await prepared()
    truncateSync(path, bytes)
    const { code: found, message } = await refused(path)
    expect(found).toBe('STORE_FOREIGN')
    expect(message).toMatch(
      /^".*" is not a readable SQLite file \(.*\)\. Nothing was changed; restore it from a backup, or/,
    )
  })

  it('a folder', async () => {
    const path = newPath()
    mkdirSync(path)
    const { code: found, message } = await refused(path)
    expect(found).toBe('STORE_ACCESS')
    expect(message).toMatch(
      /^".*" cannot be opened for reading and writing \(.*\)\. Choose another path for RAPPORTEUR_STORE, or/,
    )
  })

  it('a path below a file', async () => {
    const path = await prepared()
    expect((await refused(join(path, 'graph.sqlite'))).code).toBe('STORE_ACCESS')
  })

  it.skipIf(process.platform === 'win32')('a link that leads nowhere', async () => {
    const path = newPath()
    symlinkSync(join(folder, 'gone', 'graph.sqlite'), path)
    const { code: found, message } = await refused(path)
    expect(found).toBe('STORE_ACCESS')
    expect(message).toMatch(/^".*" cannot be opened for reading and writing \(the file, or a folder or link/)
  })

  it.skipIf(process.platform === 'win32')('a path below a link that leads nowhere', async () => {
    const path = newPath()
    symlinkSync(join(folder, 'gone'), path)
    expect((await refused(join(path, 'graph.sqlite'))).code).toBe('STORE_ACCESS')
    expect((await refused(join(path, 'below', 'graph.sqlite'))).code).toBe('STORE_ACCESS')
  })

  // Root may read and write everything.
  it.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
    const path = await prepared()
    chmodSync(path, 0o000)
    expect((await refused(path)).code).toBe('STORE_ACCESS')
  })

  it('a store of a newer version', async () => {
    const path = await prepared()
    change(path, 'PRAGMA user_version = 3')
    expect(await refused(path)).toEqual({
      code: 'STORE_NEWER',
      message: `The store "${path}" has version 3, this program reads up to 2. Nothing was changed; update the program, or choose another store.`,
    })
  })
})

describe('a store of an older schema', () => {
  const outdated = "UPDATE rapporteur SET value = 'old' WHERE name = 'fingerprint'"

  it('gains the columns, tables, indexes and views that it lacks', async () => {
    const path = await prepared()
    change(
      path,
      'DROP VIEW issue_about_view',
      'DROP VIEW link',
      'DROP TABLE issue_about',
      'ALTER TABLE place DROP COLUMN iso_alpha3',
      'DROP INDEX place_by_name_folded_id',
      outdated,
    )
    const store = new SqliteStore(shape, { path })
    expect((await store.check()).length).toBeGreaterThan(3)
    expect(await store.prepare()).toEqual({ created: false })
    expect(await store.check()).toEqual([])
    await store.close()
  })

  it('gains an index that somebody has dropped', async () => {
    const path = await prepared()
    change(path, 'DROP INDEX place_by_name_folded_id')
    const store = new SqliteStore(shape, { path })
    expect(await store.check()).toEqual([
      `"place_by_name_folded_id" is missing from "${path}"; start the server or an import once to make it.`,
    ])
    expect(await store.prepare()).toEqual({ created: false })
    expect(await store.check()).toEqual([])
    await store.close()
  })

  it('gains its own table where that is gone', async () => {
    const path = await prepared()
    change(path, 'DROP TABLE rapporteur')
    const store = new SqliteStore(shape, { path })
    await store.prepare()
    expect(await store.check()).toEqual([])
    expect(await store.prepare()).toEqual({ created: false })
    await store.close()
  })

  it('gains columns that follow from others, and is filled at the next start', async () => {
    const path = newPath()
    const made = new SqliteStore(shape, { path })
    await prepareStore(made, shape, { seed: true })
    const loader = await Loader.open({ store: made, shape, now: () => new Date() })
    await loader.add(AGAINST)
    await loader.finish()
    await loader.close()
    const [hash, { version, changedAt }] = [await graphHash(made, shape), await made.state()]
    await made.close()
    change(
      path,
      // Its views name what goes; the next start makes them anew.
      'DROP VIEW vote_view',
      'DROP VIEW link',
      'ALTER TABLE vote DROP COLUMN against_group',
      'ALTER TABLE demand DROP COLUMN response_count',
      'ALTER TABLE vote_count DROP COLUMN majority',
      "DELETE FROM rapporteur WHERE name = 'derived by'",
      outdated,
    )
    const store = new SqliteStore(shape, { path })
    expect(await prepareStore(store, shape, { seed: true })).toEqual({ created: false, seed: null })
    expect(await store.check()).toEqual([])
    expect(await graphHash(store, shape)).toBe(hash)
    expect(await store.state()).toMatchObject({ version, changedAt })
    const votes: unknown[] = []
    for await (const { values } of store.scanLinks('Vote')) votes.push(values['againstGroup'])
    expect(votes).toContain(true)
    const counts: unknown[] = []
    for await (const { values } of store.scanNodes('Demand')) counts.push(values['responseCount'])
    expect(counts).toContain(1)
    await store.close()
  })

  it('is refused where a column is missing that every record must have', async () => {
    const path = await prepared()
    change(path, 'PRAGMA legacy_alter_table = ON', 'ALTER TABLE subject DROP COLUMN code', outdated)
    expect(await refused(path)).toEqual({
      code: 'STORE_MISMATCH',
      message: `The store "${path}" was made without "subject.code", which every record must now have. Nothing was changed; import anew into another file.`,
    })
    expect(await refused(path)).toMatchObject({ code: 'STORE_MISMATCH' })
  })
})

describe('a store in memory', () => {
  it('answers on several connections, and leaves nothing behind', async () => {
    const stores = () => readdirSync(tmpdir()).filter((name) => /^rapporteur-[A-Za-z0-9]{6}$/.test(name))
    const before = new Set(stores())
    const store = new SqliteStore(shape, { path: ':memory:' })
    const own = stores().filter((name) => !before.has(name))
    await store.prepare()
    await Promise.all(Array.from({ length: 8 }, () => store.ping()))
    expect(own.length).toBeGreaterThan(0)
    await store.close()
    expect(own.filter((name) => existsSync(join(tmpdir(), name))).length).toBeLessThan(own.length)
    expect(existsSync(':memory:') || existsSync(':memory:.lock')).toBe(false)
  })
})

describe('a question that waits for others', () => {
  /** Takes minutes, unless it is ended. */
  const SLOW = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000) SELECT max(i) FROM n'
  /** The code of a refusal, and whether it came soon. */
  const refusedSoon = async (asking: Promise<unknown>, within = 10_000) => {
    const start = performance.now()
    const found = code(await refusal(asking))
    return [found, performance.now() - start < within]
  }

  it('ends when its time is over, and when whoever asked it has gone; the others keep their turn', async () => {
    const readers = new ReadConnections(await prepared(), 1)
    const [first, fourth] = [new AbortController(), new AbortController()]
    const running = readers.get(SLOW, [], { signal: first.signal })
    const late = readers.get('SELECT 2', [], { timeout: 100 })
    const patient = readers.get('SELECT 3', [], { timeout: 20_000 })
    const gone = readers.get('SELECT 4', [], { signal: fourth.signal })
    expect(await refusedSoon(late)).toEqual(['TIMEOUT', true])
    fourth.abort()
    expect(await refusedSoon(gone)).toEqual(['CANCELLED', true])
    first.abort()
    expect(await refusedSoon(running)).toEqual(['CANCELLED', true])
    expect(await patient).toBe(3)
    // Whoever has left was given no connection: the one there is is free.
    expect(await readers.get('SELECT 5', [])).toBe(5)
    readers.close()
  })

  it('ends in its time where the connections are closed meanwhile', async () => {
    const readers = new ReadConnections(await prepared(), 2)
    const slow = refusedSoon(readers.get(SLOW, [], { timeout: 800 }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    readers.close()
    expect(await slow).toEqual(['TIMEOUT', true])
  })

  it('ends in time though a hundred came before it', async () => {
    const readers = new ReadConnections(await prepared(), 4)
    const slow = Array.from({ length: 100 }, () => refusedSoon(readers.get(SLOW, [], { timeout: 300 })))
    expect(new Set((await Promise.all(slow)).map(String))).toEqual(new Set(['TIMEOUT,true']))
    expect(await readers.get('SELECT 1', [], { timeout: 1000 })).toBe(1)
    readers.close()
  })

  it('is answered beside long ones, and so is whether the store answers', async () => {
    const readers = new ReadConnections(await prepared(), 4)
    const client = new AbortController()
    const request = {}
    let ended = 0
    const slow = Array.from({ length: 30 }, (_, i) =>
      refusal(readers.get(SLOW, [], { signal: client.signal, ...(i < 20 && { request }) })).finally(() => {
        ended += 1
      }),
    )
    for (let i = 0; i < 3; i += 1) {
      expect(await readers.get('SELECT 2', [])).toBe(2)
      await readers.ping()
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    expect(ended).toBe(0)
    client.abort()
    expect(new Set((await Promise.all(slow)).map(code))).toEqual(new Set(['CANCELLED']))
    readers.close()
  })

  it('is not kept waiting by a connection that could not be made ready; it is made ready later', async () => {
    const [path, whole] = [newPath(), readFileSync(await prepared())]
    writeFileSync(path, 'x'.repeat(whole.length))
    const readers = new ReadConnections(path, 1)
    const ask = () => readers.get('SELECT count(*) FROM place', [], { timeout: 2000 })
    const [one, two] = await Promise.all([refusal(ask()), refusal(ask())])
    expect([one, two, await refusal(ask())].map(String)).toEqual(Array(3).fill('SqliteError: file is not a database'))
    writeFileSync(path, whole)
    expect(await ask()).toBe(0)
    expect(await readers.get('PRAGMA query_only', [])).toBe(1)
    readers.close()
  })
})

describe('a process that writes', () => {
  const script = fileURLToPath(new URL('write-forever.ts', import.meta.url))
  /** Starts a process that writes batches of ten records and prints the number of each once it is on disk. */
  const start = (path: string): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = (child: ChildProcess) => createInterface({ input: child.stdout as NodeJS.ReadableStream })

  it('loses nothing that it acknowledged when it is killed, ten times, and leaves no half of a batch', async () => {
    const path = await prepared()
    let acknowledged = -1
    for (let kill = 0; kill < 10; kill += 1) {
      const child = start(path)
      let seen = 0
      for await (const line of lines(child)) {
        acknowledged = Number(line)
        seen += 1
        if (seen === 3 + kill) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')
      const store = new SqliteStore(shape, { path })
      expect(await store.prepare()).toEqual({ created: false })
      const { Place: places = 0 } = await store.count()
      expect(places % 10).toBe(0)
      // One more may have reached the disk and not been told.
      expect(places / 10 - 1).toBeGreaterThanOrEqual(acknowledged)
      expect(places / 10 - 1).toBeLessThanOrEqual(acknowledged + 1)
      acknowledged = places / 10 - 1
      expect(await store.check()).toEqual([])
      await store.close()
    }
  }, 60_000)

  it('keeps another out while it lives, and no longer', async () => {
    const path = await prepared()
    const child = start(path)
    await once(lines(child), 'line')
    const store = new SqliteStore(shape, { path })
    const error = await refusal(store.writer())
    expect([code(error), (error as Error).message]).toEqual([
      'STORE_LOCKED',
      `Another process is writing to "${path}". Nothing was changed; wait until it is done and run again.`,
    ])
    // Readers go on.
    expect(await store.prepare()).toEqual({ created: false })
    expect((await store.count())['Place']).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await (await store.writer()).close()
    await store.close()
  }, 30_000)
})

describe('a file that can no longer be written', () => {
  afterEach(() => vi.restoreAllMocks())
  const place = (id: string) => ({
    type: 'Place',
    id,
    values: { name: 'A'.repeat(9000), nameFolded: 'a', names: [] },
    sourceSet: 1,
  })
  const batch = (id: string) => ({ ...NO_CHANGES, insertNodes: [place(id)] })
  const stamp = { at: '2026-01-01T12:00:00.000Z', version: 1 }
  /** Has each transaction begin with a statement of the test's. */
  const beginWith = (sql: string): void => {
    const { exec } = Database.prototype
    vi.spyOn(Database.prototype, 'exec').mockImplementation(function (this: Database.Database, text: string) {
      exec.call(this, text)
      if (text === 'BEGIN IMMEDIATE') exec.call(this, sql)
      return this
    })
  }
  /** What writing a batch says, after which the session is closed; nothing of the batch may be there. */
  const failed = async (path: string) => {
    const store = new SqliteStore(shape, { path })
    const writer = await store.writer()
    const error = await refusal(writer.write(batch('place:a'), stamp))
    await writer.close()
    expect((await store.count())['Place']).toBe(0)
    await store.close()
    return { code: code(error), message: (error as Error).message }
  }
  // A file cannot have fewer pages than it has: it grows no more.
  const FULL = 'PRAGMA max_page_count = 1'

  it('is told so where the disk is full, and can be written again when there is room', async () => {
    const path = await prepared()
    beginWith(FULL)
    expect(await failed(path)).toEqual({
      code: 'UNAVAILABLE',
      message: `The disk that holds "${path}" is full. The last batch was not written; make room and run again.`,
    })
    vi.restoreAllMocks()
    const store = new SqliteStore(shape, { path })
    const writer = await store.writer()
    await writer.write(batch('place:a'), stamp)
    await writer.close()
    expect((await store.count())['Place']).toBe(1)
    expect(await store.check()).toEqual([])
    await store.close()
  })

  it('is told so while it is made', async () => {
    beginWith(FULL)
    expect((await refused(newPath())).code).toBe('UNAVAILABLE')
  })

  it('keeps its first error where it has rolled back of itself', async () => {
    const path = await prepared()
    change(path, "CREATE TRIGGER stop BEFORE INSERT ON place BEGIN SELECT RAISE(ROLLBACK, 'stopped by the test'); END")
    expect((await failed(path)).message).toBe('stopped by the test')
  })

  it('is told so where it is for reading only', async () => {
    const path = await prepared()
    beginWith('PRAGMA query_only = ON')
    const { code: found, message } = await failed(path)
    expect(found).toBe('STORE_ACCESS')
    expect(message).toMatch(/cannot be opened for reading and writing \(attempt to write a readonly database\)/)
  })

  /** A session that has left the indexes of a table for its end. */
  const withoutIndexes = async (store: SqliteStore) => {
    const writer = await store.writer()
    const ids = Array.from({ length: 2000 }, (_, i) => `place:${i}`)
    const insertLinks = ids.map((from) => ({
      link: 'PlacePart',
      from,
      to: 'place:0',
      key: '',
      sourceSet: 1,
      values: {},
    }))
    const insertNodes = ids.map((id) => ({ ...place(id), values: { name: 'A', nameFolded: 'a', names: [] } }))
    await writer.write({ ...NO_CHANGES, insertNodes, insertLinks }, stamp)
    expect(await store.check()).not.toEqual([])
    return writer
  }

  /** Whether the next start makes the indexes that are missing. */
  const completes = async (store: SqliteStore): Promise<void> => {
    vi.restoreAllMocks()
    expect(await store.prepare()).toEqual({ created: false })
    expect(await store.check()).toEqual([])
    expect((await store.count())['PlacePart']).toBe(2000)
    await store.close()
  }

  it('is told so when the indexes are made at the end; the next start makes them', async () => {
    const store = new SqliteStore(shape, { path: await prepared() })
    const writer = await withoutIndexes(store)
    beginWith(FULL)
    expect(code(await refusal(writer.close()))).toBe('UNAVAILABLE')
    await completes(store)
  })

  it('is not asked for the indexes once a batch has failed, so that the first error is the one told', async () => {
    const store = new SqliteStore(shape, { path: await prepared() })
    const writer = await withoutIndexes(store)
    beginWith(FULL)
    expect(code(await refusal(writer.write(batch('place:a'), stamp)))).toBe('UNAVAILABLE')
    await writer.close()
    await completes(store)
  })

  it('ends its session where the end of it cannot be brought into the file', async () => {
    const path = await prepared()
    const { prepare } = Database.prototype
    vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, text: string) {
      if (text.includes('wal_checkpoint')) throw new Database.SqliteError('attempt to write', 'SQLITE_READONLY')
      return prepare.call(this, text)
    })
    const store = new SqliteStore(shape, { path })
    const writer = await store.writer()
    await writer.write(batch('place:a'), stamp)
    await writer.close()
    await (await store.writer()).close()
    await store.close()
  })

  it.skipIf(process.platform === 'win32')('ends the writer with a sentence where it may grow no more', async () => {
    const path = await prepared()
    const script = fileURLToPath(new URL('write-forever.ts', import.meta.url))
    const command = `ulimit -f 3000; exec "${process.execPath}" --import tsx "${script}" "${path}"`
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    for await (const part of child.stderr as NodeJS.ReadableStream) told += part
    expect(told).toMatch(
      /RapporteurError: ".*" cannot be read or written \(disk I\/O error\)|The disk that holds ".*" is full/,
    )
    const store = new SqliteStore(shape, { path })
    expect(await store.prepare()).toEqual({ created: false })
    expect(((await store.count())['Place'] ?? 0) % 10).toBe(0)
    await store.close()
  })

  it.each([
    ['SQLITE_FULL', 'UNAVAILABLE'],
    ['ENOSPC', 'UNAVAILABLE'],
    ['SQLITE_IOERR', 'UNAVAILABLE'],
    ['SQLITE_IOERR_WRITE', 'UNAVAILABLE'],
    ['SQLITE_READONLY_DBMOVED', 'STORE_ACCESS'],
    ['SQLITE_CANTOPEN', 'STORE_ACCESS'],
    // A folder for reading only, of which libsql does not know the name.
    ['UNKNOWN_SQLITE_ERROR_1544', 'STORE_ACCESS'],
    ['UNKNOWN_SQLITE_ERROR_8458', 'UNAVAILABLE'],
    ['ELOOP', 'STORE_ACCESS'],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_LOCKED'],
  ])('is told by the code %s', (of, expected) => {
    const cause = Object.assign(new Error('It failed.'), { code: of })
    const error = translateError(cause, 'graph.sqlite')
    expect(error).toMatchObject({ code: expected, message: expect.stringContaining('graph.sqlite'), cause })
  })
})

describe('indexes', () => {
  const explained = (question: string): readonly string[] => {
    const operation = parse(question).definitions[0] as OperationDefinitionNode
    const field = operation.selectionSet.selections[0] as FieldNode
    const mapping = shape.root.get(field.name.value)
    if (!mapping) throw new Error(`"${field.name.value}" is not a root field.`)
    const request = { schema, fragments: {}, variables: {}, looked: { selections: 0 } }
    const { text, parameters } = printSql(
      planQuery(request, shape, new PlanValues(), mapping, [field]).plan as Plan,
      shape,
    )
    const database = new Database(file)
    const rows = database
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all(...parameters.map((value) => sqliteValue(boundValue(value)))) as {
      detail: string
    }[]
    database.close()
    return rows
      .map(({ detail }) => detail)
      .filter(
        (detail) => /^(SEARCH|SCAN|USE TEMP)/.test(detail) && !/^SCAN ([pr]\d+|\d+ CONSTANT|CONSTANT ROW)/.test(detail),
      )
  }
  const file = newPath()
  it('are used by every shape of a question; where they give the order, nothing is sorted', async () => {
    const store = new SqliteStore(shape, { path: file })
    await store.prepare()
    await store.close()
    expect(explained('{ voteEvent(id: "ep-vote:1") { title tally { for } } }')).toMatchInlineSnapshot(`
      [
        "SEARCH t USING INDEX sqlite_autoindex_vote_event_1 (id=?)",
        "SEARCH m USING COVERING INDEX sqlite_autoindex_merge_1 (id=?)",
        "SEARCH i USING PRIMARY KEY (from_key=?)",
        "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)",
      ]
    `)
    expect(explained('{ resolution(reference: "P9_TA(2022)0012") { id } }')).toMatchInlineSnapshot(`
      [
        "SEARCH t USING INDEX resolution_by_reference (reference=?)",
        "USE TEMP B-TREE FOR ORDER BY",
      ]
    `)
    expect(explained('{ nodes(ids: ["a"]) { id } }')).toMatchInlineSnapshot(`
      [
        "SCAN j VIRTUAL TABLE INDEX 1:",
        "SEARCH t USING INDEX sqlite_autoindex_node_1 (id=?) LEFT-JOIN",
        "SEARCH m USING COVERING INDEX sqlite_autoindex_merge_1 (id=?)",
        "SEARCH i USING PRIMARY KEY (from_key=?)",
        "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)",
        "USE TEMP B-TREE FOR ORDER BY",
      ]
    `)
    expect(
      explained(
        '{ voteEvents(where: { isMain: { eq: true } }, first: 20) { nodes { id date } pageInfo { hasNextPage } } }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "SEARCH t USING INDEX vote_event_by_is_main_date_moment_id (is_main=?)",
        "SCAN (subquery-6)",
        "SCAN (subquery-5)",
      ]
    `)
    const { order = [] } = shape.nodes.get('VoteEvent') ?? {}
    const types = ['VoteEvent']
    const after = writeCursor(listMark({ kind: 'scan', types }, types, order), ['2022-01-20', 'a'])
    expect(explained(`{ voteEvents(after: "${after}") { nodes { id } } }`)).toMatchInlineSnapshot(`
      [
        "SEARCH t USING COVERING INDEX vote_event_by_date_moment_id (date_moment<?)",
      ]
    `)
    expect(explained('{ persons { nodes { id } } }')).toMatchInlineSnapshot(`
      [
        "SCAN t USING COVERING INDEX person_by_sort_name_folded_id",
      ]
    `)
    expect(
      explained('{ voteEvent(id: "v") { votes(first: 1000) { edges { option group { id } node { name } } } } }'),
    ).toMatchInlineSnapshot(`
      [
        "SEARCH t USING COVERING INDEX sqlite_autoindex_vote_event_1 (id=?)",
        "SEARCH m USING COVERING INDEX sqlite_autoindex_merge_1 (id=?)",
        "SEARCH i USING PRIMARY KEY (from_key=?)",
        "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH e USING PRIMARY KEY (to_key=?)",
        "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)",
        "USE TEMP B-TREE FOR ORDER BY",
        "SEARCH t4 USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
      ]
    `)
    expect(
      explained('{ person(id: "p") { votes(first: 50) { edges { option date node { id title } } } } }'),
    ).toMatchInlineSnapshot(`
      [
        "SEARCH t USING COVERING INDEX sqlite_autoindex_person_1 (id=?)",
        "SEARCH m USING COVERING INDEX sqlite_autoindex_merge_1 (id=?)",
        "SEARCH i USING PRIMARY KEY (from_key=?)",
        "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH e USING INDEX vote_by_from_date_to (from_key=?)",
        "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
      ]
    `)
    expect(
      explained('{ place(id: "p") { voteEvents(where: { isMain: { eq: true } }) { nodes { id } } } }'),
    ).toMatchInlineSnapshot(`
      [
        "SEARCH t USING COVERING INDEX sqlite_autoindex_place_1 (id=?)",
        "SEARCH m USING COVERING INDEX sqlite_autoindex_merge_1 (id=?)",
        "SEARCH i USING PRIMARY KEY (from_key=?)",
        "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH e USING COVERING INDEX about_by_to_from (to_key=?)",
        "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)",
        "USE TEMP B-TREE FOR ORDER BY",
      ]
    `)
    expect(explained('{ claim(id: "c") { sources { edges { locator node { id } } } } }')).toMatchInlineSnapshot(`
      [
        "SEARCH t USING COVERING INDEX sqlite_autoindex_claim_1 (id=?)",
        "SEARCH m USING COVERING INDEX sqlite_autoindex_merge_1 (id=?)",
        "SEARCH i USING PRIMARY KEY (from_key=?)",
        "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH n4 USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
        "SEARCH e USING PRIMARY KEY (number=?)",
        "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)",
        "USE TEMP B-TREE FOR ORDER BY",
      ]
    `)
  })
})
