import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, printExamined } from '../../src/doctor/examine.js'
import { prepareStore } from '../../src/import/prepare-store.js'
import { makeKey } from '../../src/serve/known-keys.js'
import { listen } from '../../src/serve/listen.js'
import type { StoreSettings } from '../../src/settings.js'
import { openStore } from '../../src/store/open-store.js'
import { schema, shape } from '../support/engines.js'

let folder: string
let seeded: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapporteur-doctor-'))
  seeded = join(folder, 'seeded', 'graph.sqlite')
  await mkdir(join(folder, 'seeded'))
  const store = await openStore({ engine: 'SQLite', path: seeded }, shape)
  await prepareStore(store, shape, { seed: true })
  await store.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const open = (settings: StoreSettings) => openStore(settings, shape, { readOnly: true })
const look = (environment: Readonly<Record<string, string>>) =>
  examine(
    { open, schema: () => schema },
    { RAPPORTEUR_PORT: '0', RAPPORTEUR_LINKS: join(folder, 'links'), ...environment },
  )
const sentences = async (environment: Readonly<Record<string, string>>, level: string): Promise<readonly string[]> =>
  (await look(environment)).findings.filter((each) => each.level === level).map(({ sentence }) => sentence)

/** Every file of a folder with its content. */
const contents = async (path: string): Promise<Readonly<Record<string, string>>> => {
  const names = await readdir(path)
  const hashes = names.map(async (name) => {
    const hash = createHash('sha256').update(await readFile(join(path, name)))
    return [name, hash.digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(hashes))
}

describe('the doctor', () => {
  it('finds nothing wrong with a store of this program, and changes nothing in its folder', async () => {
    const before = await contents(join(folder, 'seeded'))
    const { findings, settings } = await look({ RAPPORTEUR_STORE: seeded })
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
    const told = findings.map(({ sentence }) => sentence).join('\n')
    expect(told).toMatch(/The store is SQLite at ".*graph\.sqlite", [\d,]+ (MB|kB)\./)
    expect(told).toMatch(/The graph has version \d+, and last changed at \S+; sources in it: 1\./)
    expect(told).toContain('Its layout is that of this program.')
    expect(told).toMatch(/are free on the disk of/)
    expect(told).toMatch(/It would be served at http:\/\/127\.0\.0\.1:0\/graphql; the port is free\./)
    expect(settings).toContainEqual({ name: 'RAPPORTEUR_STORE', value: seeded, from: 'environment' })
    expect(settings).toContainEqual({ name: 'RAPPORTEUR_HOST', value: '127.0.0.1', from: 'default' })
    expect(await contents(join(folder, 'seeded'))).toEqual(before)
    expect(await readdir(folder)).toEqual(['seeded'])
  })

  it('looks at the keys and the documents with a name', async () => {
    const keys = join(folder, 'keys.txt')
    const documents = join(folder, 'documents')
    await mkdir(documents)
    await writeFile(keys, `${makeKey('newsroom').line}\n`)
    const asking = { RAPPORTEUR_KEYS: keys, RAPPORTEUR_DOCUMENTS: documents, RAPPORTEUR_STORE: seeded }
    expect(await sentences(asking, 'warning')).toContainEqual(expect.stringContaining('has no documents with a name'))
    await writeFile(join(documents, 'ballot.graphql'), '{ graph { version } }')
    const good = await sentences({ ...asking, RAPPORTEUR_DOCUMENTS_ONLY: 'on' }, 'ok')
    expect(good).toContain(`Keys in "${keys}": 1.`)
    expect(good).toContain(`Documents with a name in "${documents}": 1, and nothing else may be asked.`)
    await writeFile(keys, 'newsroom\n')
    await writeFile(join(documents, 'ballot.graphql'), '{ nothing }')
    expect(await sentences(asking, 'error')).toEqual([
      expect.stringMatching(/^Line 1 of ".*keys\.txt" is no key\./),
      expect.stringMatching(/ballot\.graphql:1" cannot be asked: Cannot query field "nothing"/),
    ])
    await writeFile(keys, '# none yet\n')
    await rm(documents, { recursive: true })
    expect(await sentences(asking, 'warning')).toContainEqual(expect.stringContaining('has no key'))
    expect(await sentences(asking, 'error')).toEqual([expect.stringContaining('cannot be read')])
    await rm(keys)
  })

  it('looks at a store that is open, and that is written to', async () => {
    const store = await openStore({ engine: 'SQLite', path: seeded }, shape)
    const writer = await store.writer()
    try {
      const errors = await sentences({ RAPPORTEUR_STORE: seeded }, 'error')
      expect(errors).toEqual([])
    } finally {
      await writer.close()
      await store.close()
    }
  })

  it('makes no store where there is none, and says whether one can be made', async () => {
    const path = join(folder, 'none', 'graph.sqlite')
    expect(await sentences({ RAPPORTEUR_STORE: path }, 'warning')).toContain(
      `There is no store at "${path}" yet; "rapporteur serve" and "rapporteur import" make one.`,
    )
    expect(await readdir(folder)).not.toContain('none')
  })

  it.each([
    ['a text', 'This is no store.', /is not an SQLite file/],
    ['a cut file', null, /is not a readable SQLite file \(it is cut off/],
  ])('refuses %s in place of a store with a sentence', async (_, content, sentence) => {
    const path = join(await mkdtemp(join(folder, 'wrong-')), 'graph.sqlite')
    await writeFile(path, content ?? (await readFile(seeded)).subarray(0, 8192))
    expect(await sentences({ RAPPORTEUR_STORE: path }, 'error')).toEqual([expect.stringMatching(sentence)])
  })

  it('tells what lies beside the store that the store does not need', async () => {
    const left = join(folder, 'seeded', 'graph.sqlite.restoring')
    await writeFile(left, '')
    expect(await sentences({ RAPPORTEUR_STORE: seeded }, 'warning')).toContainEqual(
      expect.stringContaining(`"${left}"`),
    )
    await rm(left)
  })

  it('tells a wrong setting, one that is none, and no secret', async () => {
    const environment = {
      RAPPORTEUR_STORE: 'bolt://127.0.0.1:1',
      RAPPORTEUR_NEO4J_USER: 'reader',
      RAPPORTEUR_NEO4J_PASSWORD: 'Zanzibar',
      RAPPORTEUR_REPLICA_KEY: 'Zanzibar-and-16-characters',
      RAPPORTEUR_STATEMENT_TIMEOUT: 'soon',
      RAPPORTEUR_HOTS: 'example.org',
    }
    const examined = await look(environment)
    expect(examined.findings).toContainEqual({
      about: 'settings',
      level: 'error',
      sentence: expect.stringContaining('RAPPORTEUR_STATEMENT_TIMEOUT is "soon"'),
    })
    expect(examined.findings).toContainEqual({
      about: 'settings',
      level: 'warning',
      sentence: expect.stringContaining('RAPPORTEUR_HOTS is set, and is no setting'),
    })
    expect(JSON.stringify(examined)).not.toContain('Zanzibar')
    expect(printExamined(examined)).toMatch(/^ {2}RAPPORTEUR_NEO4J_PASSWORD +\(not shown\) \(environment\)$/m)
  })

  it('tells that a Neo4j does not answer', async () => {
    const [error] = await sentences({ RAPPORTEUR_STORE: 'bolt://127.0.0.1:1' }, 'error')
    expect(error).toContain('bolt://127.0.0.1:1')
  })

  it('tells a port in use from one where the program itself answers', async () => {
    const other = createServer((_, response) => void response.end('Something else.\n'))
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const own = await listen((_, response) => void response.end('The server is running.\n'), '127.0.0.1', 0)
    try {
      const at = (used: number) => ({ RAPPORTEUR_STORE: seeded, RAPPORTEUR_PORT: String(used) })
      expect(await sentences(at(port), 'error')).toEqual([
        `Port ${port} of 127.0.0.1 is in use by another program. Stop it, or choose another with RAPPORTEUR_PORT.`,
      ])
      expect(await sentences(at(own.port), 'ok')).toContain(
        `A server of this program answers at http://127.0.0.1:${own.port}/graphql already.`,
      )
    } finally {
      await own.stop(0)
      other.close()
    }
  })

  it('warns of what the whole network can reach, and of what goes over it in the clear', async () => {
    const environment = { RAPPORTEUR_STORE: seeded, RAPPORTEUR_HOST: '0.0.0.0', RAPPORTEUR_METRICS: '0.0.0.0:9464' }
    const warnings = (await sentences(environment, 'warning')).join('\n')
    expect(warnings).toContain('It listens on "0.0.0.0", without encryption')
    expect(warnings).toContain('Metrics are served on port 9464 of 0.0.0.0, to whoever reaches that')
  })

  // Whoever may do everything may also write to what is for reading only.
  it.skipIf(process.getuid?.() === 0)('tells that a folder may not be written to', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed)
    await chmod(closed, 0o500)
    const environment = { RAPPORTEUR_STORE: join(closed, 'graph.sqlite'), RAPPORTEUR_LINKS: join(closed, 'links') }
    expect(await sentences(environment, 'error')).toEqual([expect.stringContaining('no store can be made')])
    expect((await sentences(environment, 'warning')).join('\n')).toContain('no short link can be made')
    await rm(closed, { recursive: true })
  })
})
