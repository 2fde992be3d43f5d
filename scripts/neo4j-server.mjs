// Runs a Neo4j Community server from its published jars, for tests and trials on machines without Docker.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import envPaths from 'env-paths'
import neo4j from 'neo4j-driver'

const run = promisify(execFile)
const pom = fileURLToPath(new URL('neo4j-pom.xml', import.meta.url))
const folders = envPaths('rapporteur', { suffix: '' })
const startLimit = 120_000
const stopLimit = 30_000
const deadly = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** Where `npm run neo4j` keeps its graph unless told otherwise. */
export const defaultHome = join(folders.data, 'neo4j')

/**
 * Starts a server on 127.0.0.1 and resolves once it answers a query.
 *
 * @param {object} [options]
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {string} [options.home] keeps the data; without it they are in a temporary folder that `stop` deletes
 * @param {string} [options.password] of the user `neo4j`, for a new home; without it anybody may connect
 * @param {number} [options.heapMegabytes]
 * @param {string} [options.settings] further lines for `neo4j.conf`
 * @param {(sentence: string) => void} [options.onProgress]
 * @returns {Promise<{ uri: string, pid: number, stop: () => Promise<void>, stopped: Promise<string> }>} `stopped` resolves with the
 *   server's last words when it ends by itself or by `stop`
 * @throws {Error} a sentence that says what is missing or went wrong
 */
export const startNeo4j = async (options = {}) => {
  const { password, heapMegabytes = 512, settings = '', onProgress = () => {} } = options
  const java = await findJava()
  const jars = await ensureJars(onProgress)
  const port = await reservePort(options.port ?? 0)
  const uri = `bolt://127.0.0.1:${port}`
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'rapporteur-neo4j-')))
  await mkdir(join(home, 'conf'), { recursive: true })
  await writeFile(join(home, 'conf', 'neo4j.conf'), `${configuration(port, password !== undefined)}${settings}\n`)

  onProgress(`Starting Neo4j on ${uri}.`)
  const server = spawn(java, serverArguments(home, jars, heapMegabytes), { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4000)
    })
  }
  const removeHome = () => options.home ?? rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  const forget = atExit(() => {
    server.kill('SIGKILL')
    removeHome()
  })
  const stopped = once(server, 'close').then(() => output.trim())
  const stop = async () => {
    server.kill('SIGTERM')
    const force = setTimeout(() => server.kill('SIGKILL'), stopLimit)
    await stopped
    clearTimeout(force)
    forget()
    removeHome()
  }

  try {
    await Promise.race([
      untilReady(uri, password, () => server.exitCode === null && server.signalCode === null),
      stopped.then(async () => {
        throw new Error(`Neo4j ended before it was ready. Its last words:\n${output || (await lastLog(home))}`)
      }),
    ])
  } catch (error) {
    await stop()
    throw error
  }
  return { uri, pid: server.pid ?? 0, stop, stopped }
}

/**
 * Loads the files of `rapporteur export --format neo4j-import` into the database of a home whose server does not run.
 *
 * @param {object} options
 * @param {string} options.home as `startNeo4j` is given it afterwards
 * @param {string} options.files the exported folder
 * @param {number} [options.heapMegabytes]
 * @param {(sentence: string) => void} [options.onProgress]
 * @returns {Promise<string>} what the tool printed
 * @throws {Error} the tool's last words
 */
export const importIntoNeo4j = async ({ home, files, heapMegabytes = 512, onProgress = () => {} }) => {
  const java = await findJava()
  const jars = await ensureJars(onProgress)
  const conf = join(home, 'conf')
  await mkdir(conf, { recursive: true })
  await writeFile(join(conf, 'neo4j.conf'), configuration(0, false))
  onProgress(`Loading ${files} into ${home}.`)
  const tool = [...jvmArguments(jars, heapMegabytes), 'org.neo4j.cli.AdminTool']
  const command = [
    'database',
    'import',
    'full',
    '@import.args',
    `--report-file=${join(home, 'import.report')}`,
    'neo4j',
  ]
  const env = { ...process.env, NEO4J_HOME: home, NEO4J_CONF: conf }
  const loading = run(java, [...tool, ...command], { cwd: files, env, maxBuffer: 64 * 1024 * 1024 })
  const forget = atExit(() => loading.child.kill('SIGKILL'))
  try {
    return (await loading).stdout
  } catch (cause) {
    const { stdout, stderr } = /** @type {{ stdout?: string, stderr?: string }} */ (cause)
    throw new Error(`Neo4j could not load ${files}.\n${`${stdout}${stderr}`.trim().slice(-2000)}`, { cause })
  } finally {
    forget()
  }
}

/**
 * Has a process that ends without `stop` leave neither a child nor a folder behind. Returns what takes this back.
 *
 * @param {() => void} cleanUp
 */
const atExit = (cleanUp) => {
  process.once('exit', cleanUp)
  for (const signal of deadly) process.once(signal, dieOf)
  return () => {
    process.off('exit', cleanUp)
    for (const signal of deadly) process.off(signal, dieOf)
  }
}

/** Lets a signal that nobody else handles end the process through `exit`. @param {NodeJS.Signals} signal */
const dieOf = (signal) => {
  if (process.listenerCount(signal) === 0) process.exit(1)
}

/** @param {number} port @param {boolean} authenticated */
const configuration = (port, authenticated) => `# Written anew at each start.
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:${port}
server.bolt.advertised_address=127.0.0.1:${port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=${authenticated}
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
# Without this each stop waits ten seconds for late connections.
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
db.tx_log.preallocate=false
db.tx_log.rotation.size=32m
db.tx_log.rotation.retention_policy=1 files
`

/** @param {string} home @param {string} jars @param {number} heapMegabytes */
const serverArguments = (home, jars, heapMegabytes) => [
  ...jvmArguments(jars, heapMegabytes),
  'org.neo4j.server.CommunityEntryPoint',
  ...[`--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`],
]

/** @param {string} jars @param {number} heapMegabytes */
const jvmArguments = (jars, heapMegabytes) => [
  `-Xmx${heapMegabytes}m`,
  // Neo4j 5 uses these closed parts of the JDK.
  ...['nio', 'io'].map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '-Dfile.encoding=UTF-8',
  ...['-cp', join(jars, '*')],
]

const findJava = async () => {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
  const install = 'Install Java 17, for example with "apt-get install openjdk-17-jre-headless".'
  const { stderr } = await run(java, ['-version']).catch((cause) => {
    throw new Error(`Neo4j needs Java 17, and "${java}" does not run. ${install}`, { cause })
  })
  const version = /version "(\d+)/.exec(stderr)?.[1]
  if (Number(version) < 17) throw new Error(`Neo4j needs Java 17, and "${java}" is version ${version}. ${install}`)
  return java
}

/**
 * The folder of the jars, downloaded once: into a folder of this process that gets the final name when it is whole, so
 * neither a killed download nor a second process can spoil it.
 *
 * @param {(sentence: string) => void} onProgress
 */
const ensureJars = async (onProgress) => {
  const version = /<neo4j\.version>(.+?)</.exec(await readFile(pom, 'utf8'))?.[1]
  const jars = join(folders.cache, `neo4j-${version}`)
  if (existsSync(jars)) return jars
  await mkdir(folders.cache, { recursive: true })
  await removeAbandonedDownloads()
  const partial = await mkdtemp(join(folders.cache, 'partial-'))
  const removePartial = () => rmSync(partial, { recursive: true, force: true, maxRetries: 5 })
  let forget = atExit(removePartial)
  try {
    onProgress(`Downloading Neo4j ${version} (120 MB, once) to ${jars}.`)
    const maven = run(
      'mvn',
      [
        ...['-q', '-B', '-f', pom, 'dependency:copy-dependencies'],
        // Two runs of Maven at once may harm a repository that they share.
        ...[`-Dmaven.repo.local=${join(partial, 'repository')}`, `-DoutputDirectory=${join(partial, 'jars')}`],
      ],
      { shell: process.platform === 'win32' },
    )
    forget()
    forget = atExit(() => {
      maven.child.kill('SIGKILL')
      removePartial()
    })
    await maven
    await rename(join(partial, 'jars'), jars).catch((error) => {
      // Another process was faster; its jars are as good.
      if (!existsSync(jars)) throw error
    })
    return jars
  } catch (cause) {
    const { code, stdout } = /** @type {{ code?: unknown, stdout?: string }} */ (cause)
    throw new Error(
      code === 'ENOENT'
        ? 'The Neo4j server is downloaded with Maven, and "mvn" does not run. Install it, for example with "apt-get install maven".'
        : `Maven could not download Neo4j ${version}.\n${stdout || cause}`,
      { cause },
    )
  } finally {
    forget()
    removePartial()
  }
}

/** Deletes what killed downloads left, once they are too old to be still running. */
const removeAbandonedDownloads = async () => {
  for (const name of await readdir(folders.cache)) {
    const path = join(folders.cache, name)
    if (name.startsWith('partial-') && Date.now() - (await stat(path)).mtimeMs > 3_600_000) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

/** @param {number} port @returns {Promise<number>} the same, or a free one for 0 */
const reservePort = async (port) => {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening').catch((cause) => {
    throw new Error(`Port ${port} of 127.0.0.1 cannot be used (${cause.code}). Choose another.`, { cause })
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return address && typeof address === 'object' ? address.port : port
}

/** @param {string} uri @param {string | undefined} password @param {() => boolean} isRunning */
const untilReady = async (uri, password, isRunning) => {
  const deadline = Date.now() + startLimit
  for (;;) {
    try {
      return password === undefined ? await ask(uri, 'neo4j', 'RETURN 1') : await ensurePassword(uri, password)
    } catch (cause) {
      // The end of the server, which is awaited beside this, has the better reason.
      if (!isRunning()) return new Promise(() => {})
      if (Date.now() > deadline) {
        throw new Error(`Neo4j did not answer on ${uri} within ${startLimit / 1000} seconds.`, { cause })
      }
      await sleep(100)
    }
  }
}

/** Gives a new server its password in place of the one it is born with. @param {string} uri @param {string} password */
const ensurePassword = async (uri, password) => {
  const change = `ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password`
  await ask(uri, 'system', change, { password }, 'neo4j').catch(() => {})
  await ask(uri, 'neo4j', 'RETURN 1', {}, password)
}

/** @param {string} uri @param {string} database @param {string} query @param {object} [values] @param {string} [password] */
const ask = async (uri, database, query, values = {}, password = '') => {
  const driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', password), { maxTransactionRetryTime: 0 })
  try {
    await driver.executeQuery(query, values, { database })
  } finally {
    await driver.close()
  }
}

/** The end of the server's log without stack traces. @param {string} home */
const lastLog = async (home) => {
  const log = await readFile(join(home, 'logs', 'neo4j.log'), 'utf8').catch(() => '')
  const lines = log.split('\n').filter((line) => !/^\s+(at |\.\.\.)/.test(line))
  return lines.slice(-8).join('\n').trim()
}
