import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expectRun, runProgram } from '../run-program.js'
import { type Served, serveProgram } from '../serve-program.js'
import type { Proof } from './proof.js'
import { type Watched, watchAnswers } from './watch-answers.js'

/** Milliseconds within which an error must be told. */
const IN_TIME = 3500
const QUESTION = '{ node(id: "place:which") { ... on Place { name } } }'
const named = (name: string): string => JSON.stringify({ node: { name } })

/** Two stores that can be told apart by the name of a place. */
const makeStores = async (folder: string): Promise<{ readonly a: string; readonly b: string }> => {
  const make = async (name: string): Promise<string> => {
    const store = join(folder, `${name}.sqlite`)
    await importPlace(folder, store, name)
    return store
  }
  return { a: await make('A'), b: await make('B') }
}

const importPlace = async (folder: string, store: string, name: string): Promise<void> => {
  const records = join(folder, 'places.jsonl')
  const source =
    '{"Source": {"id": "source:synthetic", "title": "Synthetic", "kind": "PUBLICATION", "sources": ["source:synthetic"]}}\n'
  await writeFile(
    records,
    `${source}{"Place": {"id": "place:which", "name": "${name}", "sources": ["source:synthetic"]}}\n`,
  )
  await expectRun(['import', 'records', records], { store })
}

const copyStore = async (from: string, to: string): Promise<void> => {
  await copyFile(`${from}.seal`, `${to}.seal`)
  await copyFile(from, to)
}

interface Scene {
  readonly folder: string
  readonly path: string
  readonly a: string
  readonly b: string
  readonly served: Served
  readonly watched: Watched
}

/** Serves a store named A, does something to it, and reports what was seen from outside. */
const onServedFile =
  (act: (scene: Scene) => Promise<string>, failures: readonly string[] = ['UNAVAILABLE']): Proof['measure'] =>
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
    const { a, b } = await makeStores(folder)
    const path = join(folder, 'graph.sqlite')
    await copyStore(a, path)
    const served = await serveProgram(path)
    try {
      const watched = watchAnswers(served.url, QUESTION)
      await watched.until(named('A'))
      const seen = await act({ folder, path, a, b, served, watched })
      const { question, livez, readyz, answers } = await watched.stop()
      const others = [...answers].filter((each) => ![named('A'), named('B'), ...failures].includes(each))
      return {
        figure: `${seen}; slowest question ${question.toFixed(0)} ms, /readyz ${readyz.toFixed(0)} ms, /livez ${livez.toFixed(0)} ms; ${others.length} other answers${others.length > 0 ? `: ${others.join(', ')}` : ''}`,
        holds: question < IN_TIME && readyz < IN_TIME && livez < 1000 && others.length === 0,
      }
    } finally {
      await served.stop()
      await rm(folder, { recursive: true })
    }
  }

/** Spoils the file of a served store, and puts it back. */
const spoiled = (spoil: (scene: Scene) => Promise<void>) =>
  onServedFile(async (scene) => {
    const { path, a, watched } = scene
    await spoil(scene)
    const told = await watched.until('UNAVAILABLE')
    await wait(300)
    if (watched.last.ready !== 503) throw new Error(`/readyz was ${watched.last.ready}.`)
    if (watched.last.readySentence.includes(path)) throw new Error('/readyz tells strangers where the file is.')
    await copyStore(a, path)
    const mended = await watched.until(named('A'))
    return `told after ${told.toFixed(1)} s, answered again ${mended.toFixed(1)} s after it was put back`
  })

const flipLetter = async ({ path }: Scene): Promise<void> => {
  const bytes = readFileSync(path)
  bytes[bytes.length - 9000] = (bytes.at(-9000) as number) ^ 1
  await writeFile(path, bytes)
}

/** Runs a script with SQLite in a process of its own; returns once it has written something, and gives what ends it. */
const withSqlite = async (script: string, path: string): Promise<() => Promise<void>> => {
  const libsql = createRequire(import.meta.url).resolve('libsql')
  const child = spawn(
    process.execPath,
    ['-e', `const d = new (require('${libsql}'))(process.argv[1], { timeout: 5000 }); ${script}`, path],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

const killedStarts = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapporteur-faults-'))
  const path = join(folder, 'graph.sqlite')
  try {
    const started = performance.now()
    await expectRun(['check'], { store: join(folder, 'other.sqlite') }, [1])
    const most = (performance.now() - started) * 4
    for (let kill = 0; kill < 10; kill += 1) {
      const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
      const child = spawn(process.execPath, [cli, 'serve', '--port', '0'], {
        env: { ...process.env, RAPPORTEUR_STORE: path },
        stdio: 'ignore',
      })
      await wait(100 + (most * kill) / 9)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const served = await serveProgram(path)
    await served.stop()
    const { code, output } = await runProgram(['check'], { store: path })
    return {
      figure: `10 kills within ${(most / 1000).toFixed(1)} s of the start; then check: ${code}, ${output.includes('has no seal') ? 'no seal' : 'sealed'}`,
      holds: code === 0,
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const proofs: readonly Proof[] = [
  {
    row: 'SQLite file deleted',
    promise: 'errors within 3.5 s, nothing made in its place, well again by itself when it is put back',
    measure: onServedFile(async ({ path, watched }) => {
      await rename(path, `${path}.away`)
      const told = await watched.until('UNAVAILABLE')
      await wait(500)
      if (existsSync(path)) throw new Error('Something was made in its place.')
      await rename(`${path}.away`, path)
      const mended = await watched.until(named('A'))
      return `told after ${told.toFixed(1)} s, answered again after ${mended.toFixed(1)} s`
    }),
  },
  {
    row: 'SQLite file replaced',
    promise: 'by mv: no failed question, the new store within 3.5 s',
    measure: onServedFile(async ({ path, b, watched }) => {
      const copy = `${path}.new`
      await copyStore(b, copy)
      await rename(`${copy}.seal`, `${path}.seal`)
      await rename(copy, path)
      return `the new store after ${(await watched.until(named('B'))).toFixed(1)} s`
    }, []),
  },
  {
    row: 'SQLite file overwritten',
    promise: 'in place: the new store within 3.5 s, no wrong answer',
    measure: onServedFile(async ({ path, b, watched }) => {
      await copyStore(b, path)
      return `the new store after ${(await watched.until(named('B'))).toFixed(1)} s`
    }),
  },
  { row: 'SQLite file damaged', promise: 'one letter: refused within 3.5 s', measure: spoiled(flipLetter) },
  { row: 'SQLite file cut', promise: 'refused within 3.5 s', measure: spoiled(({ path }) => truncate(path, 50_000)) },
  {
    row: 'SQLite file foreign',
    promise: 'a text: refused within 3.5 s',
    measure: spoiled(({ path }) => writeFile(path, 'Dear Sir or Madam,\n'.repeat(20_000))),
  },
  {
    row: 'SQLite file locked',
    promise: 'another program in the midst of writing for 6 s: every question is answered',
    measure: onServedFile(async ({ path, watched }) => {
      const end = await withSqlite(
        "d.exec('BEGIN IMMEDIATE'); console.log('locked'); setInterval(() => {}, 1000)",
        path,
      )
      await wait(6000)
      await end()
      return `answered again after ${(await watched.until(named('A'))).toFixed(1)} s`
    }, []),
  },
  {
    row: 'SQLite file written',
    promise:
      'an import and its kill in another process, two servers on the file: no failed question, both have the new answer',
    measure: onServedFile(async ({ folder, path, watched }) => {
      const second = await serveProgram(path)
      const other = watchAnswers(second.url, QUESTION)
      try {
        await runProgram(['import', 'records', join(folder, 'places.jsonl'), '--again'], {
          store: path,
          kill: { after: '', milliseconds: 1200 },
        })
        await importPlace(folder, path, 'B')
        const [first, then] = await Promise.all([watched.until(named('B')), other.until(named('B'))])
        const { answers } = await other.stop()
        return `both after ${Math.max(first, then).toFixed(1)} s, ${[...answers].filter((each) => !each.startsWith('{')).length} failures on the second`
      } finally {
        await second.stop()
      }
    }, []),
  },
  {
    row: 'SQLite file killed in init',
    promise: 'kill -9 while a store is made, 10 times: the next start completes it',
    measure: killedStarts,
  },
]
