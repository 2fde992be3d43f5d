import { existsSync, rmSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { emptyNeo4j } from './empty-neo4j.js'
import { expectRun, runProgram } from './run-program.js'
import { makeSmallExport } from './small-export.js'

/**
 * Kills imports at random moments and runs each to its end: the hash must be that of a run that nobody killed. Every
 * second import is that of a newer edition over an older one, so that what is taken back is killed, too. Two in three are
 * killed while batches are written.
 *
 *     tsx bench/kills.ts [--kills 100] [--neo4j-kills 20] [--ballots 4000]
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    'neo4j-kills': { type: 'string', default: '20' },
    ballots: { type: 'string', default: '4000' },
  },
})
/** Imports that nobody kills; the times of the last are taken. */
const UNDISTURBED = 3
const EXPORT = join(import.meta.dirname, '../../shared/data/howtheyvote')

interface Home {
  readonly name: string
  readonly address: string
  /** Makes the store as it is before the import that is killed: with the seed, or with the first edition, too. */
  reset(state: 'seed' | 'first'): Promise<void>
  close(): Promise<void>
}

const folder = await mkdtemp(join(tmpdir(), 'rapporteur-kills-'))
const editions = { first: join(folder, 'first'), second: join(folder, 'second') } as const
const ballots = Number(values.ballots)
await makeSmallExport(EXPORT, editions.first, { ballots })
await makeSmallExport(EXPORT, editions.second, { ballots, second: true })

const sqliteHome = async (): Promise<Home> => {
  const [seed, first, store] = ['seed', 'first', 'store'].map((name) => join(folder, `${name}.sqlite`)) as [
    string,
    string,
    string,
  ]
  await expectRun(['check'], { store: seed })
  await copyFile(seed, first)
  await expectRun(['import', 'howtheyvote', editions.first], { store: first })
  return {
    name: 'SQLite',
    address: store,
    async reset(state) {
      for (const end of ['', '-wal', '-shm', '.lock']) if (existsSync(`${store}${end}`)) rmSync(`${store}${end}`)
      await copyFile(state === 'seed' ? seed : first, store)
    },
    async close() {},
  }
}

const neo4jHome = async (): Promise<Home> => {
  const server = await startNeo4j({ heapMegabytes: 1024, onProgress: console.error })
  return {
    name: 'Neo4j',
    address: server.uri,
    async reset(state) {
      await emptyNeo4j(server.uri)
      await expectRun(['check'], { store: server.uri })
      if (state === 'first') await expectRun(['import', 'howtheyvote', editions.first], { store: server.uri })
    },
    close: () => server.stop(),
  }
}

const hashOf = async (store: string): Promise<string> => {
  const { output } = await expectRun(['check', '--hash'], { store })
  return /^Hash: ([0-9a-f]{32})$/m.exec(output)?.[1] ?? `no hash: ${output}`
}

const test = async (home: Home, kills: number): Promise<boolean> => {
  const scenarios = [
    { state: 'seed', path: editions.first },
    { state: 'first', path: editions.second },
  ] as const
  const expected: { hash: string; check: number; load: number }[] = []
  for (const { state, path } of scenarios) {
    let output = ''
    // A server that has just been started takes several times as long, and would have later kills come too late.
    for (let run = 0; run < UNDISTURBED; run += 1) {
      await home.reset(state)
      output = (await expectRun(['import', 'howtheyvote', path], { store: home.address })).output
    }
    const [, check = '1', load = '1'] = /checked in ([\d.]+) s, written in ([\d.]+) s/.exec(output) ?? []
    expected.push({ hash: await hashOf(home.address), check: Number(check), load: Number(load) })
    console.log(
      `${home.name}, ${state === 'seed' ? 'a first edition' : 'a newer edition'}: check ${check} s, load ${load} s.`,
    )
  }
  let [equal, written, early, late] = [0, 0, 0, 0]
  for (let i = 0; i < kills; i += 1) {
    const which = i % 2
    const { state, path } = scenarios[which] as (typeof scenarios)[number]
    const { hash, check, load } = expected[which] as (typeof expected)[number]
    await home.reset(state)
    const whileWriting = i % 3 !== 0
    const milliseconds = Math.random() * (whileWriting ? load : check) * 1000
    const killed = await runProgram(['import', 'howtheyvote', path], {
      store: home.address,
      kill: { after: whileWriting ? 'loading' : 'checking', milliseconds },
    })
    const { output } = await runProgram(['check'], { store: home.address })
    if (killed.code !== null) late += 1
    else if (/was cut off, or is under way/.test(output)) written += 1
    else early += 1
    await expectRun(['import', 'howtheyvote', path], { store: home.address }, [0, 3])
    const found = await hashOf(home.address)
    if (found === hash) equal += 1
    else console.log(`Kill ${i + 1}, after ${milliseconds.toFixed(0)} ms: ${found} and not ${hash}.`)
    if ((i + 1) % 10 === 0) console.log(`${home.name}: ${equal} of ${i + 1} hashes equal.`)
  }
  console.log(
    `${home.name}: ${kills} kills, ${equal} hashes equal to those of runs that nobody killed; ${written} left an edition half written, ${early} came before or after its writing, ${late} after the end of the run.`,
  )
  return equal === kills
}

let good = true
for (const [open, kills] of [
  [sqliteHome, Number(values.kills)],
  [neo4jHome, Number(values['neo4j-kills'])],
] as const) {
  if (kills === 0) continue
  const home = await open()
  try {
    good = (await test(home, kills)) && good
  } finally {
    await home.close()
  }
}
await rm(folder, { recursive: true })
process.exitCode = good ? 0 : 1
