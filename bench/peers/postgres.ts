import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvRow } from '../../src/export/csv-row.js'
import type { PeerTable } from './peer-tables.js'

export interface Postgres {
  /** A connection string, by the server's own socket. */
  readonly address: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts a PostgreSQL of its own in a folder, on a socket there, and fills it unless that is done. */
export const startPostgres = async (folder: string, tables: () => Promise<readonly PeerTable[]>): Promise<Postgres> => {
  const programs = findPrograms()
  const user = serverUser()
  const data = join(folder, 'data')
  const filled = join(folder, 'filled')
  if (!existsSync(filled)) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if ('uid' in user) chownSync(folder, user.uid, user.gid)
  if (!existsSync(data))
    execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C'], user)
  const settings = Object.entries(SETTINGS).flatMap(([name, set]) => ['-c', `${name}=${set}`])
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, ...settings], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4000)
  })
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null) return
    // A fast shutdown, which does not wait for clients.
    server.kill('SIGINT')
    await once(server, 'exit')
  }
  const psql = (...args: string[]) =>
    spawn(
      join(programs, 'psql'),
      ['-h', folder, '-U', 'bench', '-d', 'postgres', '-qX', ...['-v', 'ON_ERROR_STOP=1'], ...args],
      {
        stdio: ['pipe', 'ignore', 'inherit'],
      },
    )
  try {
    for (
      let attempt = 0;
      !existsSync(join(folder, '.s.PGSQL.5432.lock')) || (await exitOf(psql('-c', 'SELECT 1'))) !== 0;
      attempt += 1
    ) {
      if (attempt === 100 || server.exitCode !== null) throw new Error(`PostgreSQL does not answer:\n${said}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    if (!existsSync(filled)) {
      await run(psql('-c', SCHEMA))
      for (const table of await tables()) {
        const copy = psql('-c', `COPY ${table.name} (${table.columns.join(', ')}) FROM STDIN (FORMAT csv)`)
        await Promise.all([pipeline(Readable.from(linesOf(table)), copy.stdin), run(copy)])
      }
      for (const statement of [INDEXES, 'VACUUM ANALYZE']) await run(psql('-c', statement))
      writeFileSync(filled, '')
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { address: `postgres://bench@/postgres?host=${encodeURIComponent(folder)}`, pid: server.pid ?? 0, stop }
}

/** What somebody sets who runs it on a machine with memory to spare; the rest is as it comes. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  work_mem: '64MB',
  maintenance_work_mem: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
} as const

const TALLY = 'votes_for int, votes_against int, abstentions int'
const BALLOT = 'vote_event_id text NOT NULL REFERENCES vote_event'

const SCHEMA = `
  CREATE EXTENSION pg_trgm WITH SCHEMA pg_catalog;
  CREATE TABLE place (id text PRIMARY KEY, name text NOT NULL);
  CREATE TABLE organization (id text PRIMARY KEY, name text NOT NULL, short_name text);
  CREATE TABLE topic (id text PRIMARY KEY, name text NOT NULL);
  CREATE TABLE member (id text PRIMARY KEY, name text NOT NULL, sort_key text NOT NULL);
  CREATE TABLE vote_event (id text PRIMARY KEY, title text, title_folded text, date date, moment timestamptz,
    is_main boolean, result text, ${TALLY});
  CREATE TABLE vote_event_place (${BALLOT}, place_id text NOT NULL REFERENCES place, PRIMARY KEY (vote_event_id, place_id));
  CREATE TABLE vote_event_topic (${BALLOT}, topic_id text NOT NULL REFERENCES topic, PRIMARY KEY (vote_event_id, topic_id));
  CREATE TABLE vote_count (id text PRIMARY KEY, ${BALLOT}, organization_id text REFERENCES organization, majority text, ${TALLY});
  CREATE TABLE member_vote (${BALLOT}, member_id text NOT NULL REFERENCES member, option text NOT NULL,
    group_id text REFERENCES organization, country_id text REFERENCES place, moment timestamptz,
    one int NOT NULL GENERATED ALWAYS AS (1) STORED,
    PRIMARY KEY (vote_event_id, member_id));`

const INDEXES = `
  CREATE INDEX ON vote_event (moment DESC, id);
  CREATE INDEX ON vote_event (is_main, moment DESC, id);
  CREATE INDEX ON vote_event (date);
  CREATE INDEX ON vote_event (votes_for);
  CREATE INDEX ON vote_event USING gin (title_folded gin_trgm_ops);
  CREATE INDEX ON vote_event_place (place_id, vote_event_id);
  CREATE INDEX ON vote_event_topic (topic_id, vote_event_id);
  CREATE INDEX ON vote_count (vote_event_id);
  CREATE INDEX ON vote_count (organization_id, majority, vote_event_id);
  CREATE INDEX ON member_vote (member_id, moment DESC, vote_event_id);`

async function* linesOf(table: PeerTable): AsyncIterable<string> {
  let lines = ''
  for await (const row of table.rows()) {
    lines += csvRow(row.map((cell) => (cell === null ? null : String(cell))))
    if (lines.length < 65_536) continue
    yield lines
    lines = ''
  }
  yield lines
}

/** PostgreSQL does not run as root; there it runs as the user that its packages make. */
const serverUser = (): { readonly uid: number; readonly gid: number } | Record<string, never> => {
  if (process.getuid?.() !== 0) return {}
  const idOf = (kind: string) => Number(execFileSync('id', [kind, 'postgres']).toString())
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** The folder of the newest version installed; Debian's packages keep the server out of the path. */
const findPrograms = (): string => {
  const versions = '/usr/lib/postgresql'
  if (!existsSync(versions)) return dirname(execFileSync('which', ['postgres']).toString().trim())
  const [newest] = readdirSync(versions).sort((a, b) => Number(b) - Number(a))
  return join(versions, newest ?? '', 'bin')
}

type Child = ReturnType<typeof spawn>

const exitOf = async (child: Child): Promise<number | null> => ((await once(child, 'exit')) as [number | null])[0]

const run = async (child: Child): Promise<void> => {
  const code = await exitOf(child)
  if (code !== 0) throw new Error(`psql ended with ${code}.`)
}
