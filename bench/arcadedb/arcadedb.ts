import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { benchFolder } from '../bench-data.js'

const run = promisify(execFile)
const PASSWORD = 'only-on-this-machine'
const OTHER_SERVERS = join(import.meta.dirname, '../../docs/operating/other-servers.md')

/** An ArcadeDB that runs on this machine. */
export interface ArcadeDb {
  readonly uri: string
  readonly user: string
  readonly password: string
  readonly database: string
  stop(): Promise<void>
}

/** Starts an ArcadeDB whose databases are in a folder; a new one gets the index that the documentation says to make by hand. */
export const startArcadeDb = async (folder: string): Promise<ArcadeDb> => {
  const python = await pythonOf()
  const sql = /```sql\n(.*?)```/s.exec(await readFile(OTHER_SERVERS, 'utf8'))?.[1] ?? ''
  const statements = sql.split(';').flatMap((each) => each.trim() || [])
  if (statements.length === 0) throw new Error(`${OTHER_SERVERS} has no SQL.`)
  await mkdir(folder, { recursive: true })
  const server = spawn(python, [join(import.meta.dirname, 'serve.py'), folder, PASSWORD, ...statements], {
    // It writes its log into the folder where it is started.
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-5000)
  })
  const exited = once(server, 'exit')
  const failed = exited.then(() => Promise.reject(new Error(`ArcadeDB ended by itself:\n${said}`)))
  failed.catch(() => undefined)
  const [line] = (await Promise.race([once(createInterface(server.stdout), 'line'), failed])) as [string]
  return {
    uri: `bolt://127.0.0.1:${line.replace('ready ', '')}`,
    user: 'root',
    password: PASSWORD,
    database: 'rapporteur',
    async stop() {
      server.stdin.end()
      await exited
    },
  }
}

/** A Python that has ArcadeDB, with its own Java; made once. */
const pythonOf = async (): Promise<string> => {
  const environment = join(benchFolder, 'arcadedb-venv')
  const python = join(environment, 'bin', 'python')
  if (existsSync(join(environment, 'whole'))) return python
  await mkdir(benchFolder, { recursive: true })
  await run('python3', ['-m', 'venv', '--clear', environment])
  await run(python, ['-m', 'pip', 'install', '--quiet', '-r', join(import.meta.dirname, 'requirements.txt')])
  await mkdir(join(environment, 'whole'))
  return python
}
