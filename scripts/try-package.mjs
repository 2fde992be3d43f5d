// Tries the package as a user gets it: packs it, installs it in an empty folder, starts it, asks it, stops it; installs it
// again by the lock file, without scripts and what is for development; runs it with npx; and builds a clone without scripts.
// `node scripts/try-package.mjs 20 24` does so on these versions of Node, which npx fetches; without any, on this one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const temporary = await mkdtemp(join(tmpdir(), 'rapporteur-package-'))

/**
 * Starts a command; `ended` gives what it printed, and fails where it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {string} path where programs are looked for first
 */
const start = (command, args, cwd, path = '') => {
  const env = { ...process.env, PATH: [path, process.env['PATH']].filter(Boolean).join(delimiter) }
  const child = spawn(command, args, { cwd, env: { ...env, RAPPORTEUR_STORE: ':memory:' }, detached: true })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`"${command} ${args.join(' ')}" ended with ${code}:\n${out}${err}`)
    return out.trim()
  })
  return { child, out: () => out, ended }
}

/** @param {Parameters<typeof start>} asked */
const run = (...asked) => start(...asked).ended

/** @param {boolean} holds @param {string} sentence */
const expect = (holds, sentence) => {
  if (!holds) throw new Error(sentence)
}

/** The folder of a Node of this version. @param {string} version */
const folderOf = async (version) =>
  join(await run('npx', ['--yes', '-p', `node@${version}`, 'node', '-p', 'process.execPath'], temporary), '..')

/** @param {string} tarball @param {string} node the folder of the Node to use; empty for the one there is */
const tryOn = async (tarball, node) => {
  const folder = await mkdtemp(join(temporary, 'user-'))
  await writeFile(join(folder, 'package.json'), '{"private":true}')
  const version = await run('node', ['--version'], folder, node)
  // A package that does not allow this Node is an error, and not only a warning.
  await run('npm', ['install', '--engine-strict', '--no-audit', '--no-fund', tarball], folder, node)
  const program = join(folder, 'node_modules', '.bin', 'rapporteur')
  expect(/Usage: rapporteur/.test(await run(program, ['--help'], folder, node)), 'The help is missing.')
  expect(/^"""\nRapporteur/.test(await run(program, ['schema'], folder, node)), 'The served schema is missing.')
  const library = "import('rapporteur').then(({ readGraphShape }) => console.log(typeof readGraphShape))"
  expect((await run('node', ['-e', library], folder, node)) === 'function', 'The library cannot be imported.')
  await askServer(program, [], folder, node)
  const agent = start(program, ['mcp'], folder, node)
  const params = { name: 'vote', arguments: { id: 'ep-vote:139038' } }
  agent.child.stdin.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })}\n`)
  expect((await agent.ended).includes('for 589, against 35, abstention 47'), 'An agent is not answered.')
  console.log(`The package installs, starts and answers on Node ${version}.`)
  await rm(join(folder, 'node_modules'), { recursive: true })
  await run('npm', ['ci', '--ignore-scripts', '--omit=dev', '--engine-strict', '--no-audit', '--no-fund'], folder, node)
  await askServer(program, [], folder, node)
  console.log('Installed by its lock file, without scripts and without what is for development, it answers.')
  const empty = await mkdtemp(join(temporary, 'npx-'))
  await askServer('npx', ['--yes', '--package', tarball, 'rapporteur'], empty, node)
  console.log('From an empty folder, with npx, it answers.')
}

/**
 * Starts a server, asks it for the votes for a resolution, and stops it.
 * @param {string} command @param {readonly string[]} args before those of the program @param {string} folder @param {string} node
 */
const askServer = async (command, args, folder, node) => {
  const serving = start(command, [...args, 'serve', '--port', '0'], folder, node)
  const failed = serving.ended.then(() => Promise.reject(new Error('The server ended by itself.')))
  failed.catch(() => undefined)
  while (!serving.out().includes('Ctrl-C')) await Promise.race([sleep(50), failed])
  const url = /http:\S+/.exec(serving.out())?.[0] ?? ''
  const query = encodeURIComponent('{ voteEvent(id: "ep-vote:139038") { tally { for } } }')
  const answer = await (await fetch(`${url}?query=${query}`, { headers: { accept: 'application/json' } })).text()
  expect(answer === '{"data":{"voteEvent":{"tally":{"for":589}}}}', `The answer is ${answer}`)
  // As Ctrl-C does, which tells npx and what it started.
  process.kill(-Number(serving.child.pid), 'SIGINT')
  await (command === 'npx' ? serving.ended.catch(() => undefined) : serving.ended)
}

/** Builds what is committed without running a script of any package, and asks it. */
const tryClone = async () => {
  const clone = join(temporary, 'clone')
  await run('git', ['clone', '--quiet', '--depth=1', `file://${root}`, clone], temporary)
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], clone)
  await run('npm', ['run', 'build'], clone)
  await askServer('node', ['bin/rapporteur.cjs'], clone, '')
  console.log('A clone that is installed without scripts builds and answers.')
}

/** @param {string} tarball */
const tellWhatIsIn = async (tarball) => {
  const listed = (await run('tar', ['-tzf', tarball], temporary)).split('\n')
  expect(listed.includes('package/sbom.cdx.json'), 'The package has no bill of materials.')
  const foreign = listed.filter((path) => /^package\/(src|test|bench|scripts|\.)/.test(path))
  expect(foreign.length === 0, `The package has ${foreign.join(', ')}`)
  const megabytes = ((await readFile(tarball)).length / 1e6).toFixed(1)
  console.log(`The package is ${megabytes} MB with ${listed.length} files.`)
}

try {
  await run('npm', ['pack', '--pack-destination', temporary], root)
  const tarball = (await readdir(temporary)).find((name) => name.endsWith('.tgz'))
  await tellWhatIsIn(join(temporary, String(tarball)))
  const versions = process.argv.slice(2)
  const nodes = versions.length > 0 ? await Promise.all(versions.map(folderOf)) : ['']
  for (const node of nodes) await tryOn(join(temporary, String(tarball)), node)
  await tryClone()
} finally {
  await rm(temporary, { recursive: true, force: true })
}
