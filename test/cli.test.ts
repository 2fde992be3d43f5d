import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CLI = join(ROOT, 'bin', 'rapporteur.cjs')
let folder: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  // What is tested is what a user runs; building again what has not changed is quick.
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: ROOT, shell: process.platform === 'win32' })
  folder = await mkdtemp(join(tmpdir(), 'rapporteur-cli-'))
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

/** Starts the command as a process of its own, with an empty environment but for what is given. */
const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}, program = CLI): Run => {
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_DATA_HOME: folder,
      RAPPORTEUR_STORE: ':memory:',
      RAPPORTEUR_LOG: 'text',
      ...environment,
    },
  })
  running.add(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return { code: code as number | null, out, err }
  })
  return { child, out: () => out, err: () => err, ended }
}

const run = (args: readonly string[], environment?: Readonly<Record<string, string>>) => start(args, environment).ended

/** Starts a server and waits for the address that it prints. */
const startServer = async (args: readonly string[] = [], environment?: Readonly<Record<string, string>>) => {
  const server = start(['serve', '--port', '0', ...args], environment)
  await expect.poll(server.out, { timeout: 20_000 }).toContain('Ctrl-C stops it.')
  return { ...server, url: /http:\S+/.exec(server.out())?.[0] ?? '' }
}

/** Starts a command on a store in memory, and ends it with SIGTERM while the store is being made. */
const whileStoreIsMade = async (args: readonly string[]): Promise<Run & { readonly temporary: string }> => {
  for (;;) {
    const temporary = await mkdtemp(join(folder, 'tmp-'))
    const command = start(args, { TMPDIR: temporary })
    const { child } = command
    const hasBegun = async () => child.exitCode !== null || (await readdir(temporary)).length > 0
    await expect.poll(hasBegun, { interval: 5 }).toBe(true)
    child.kill('SIGTERM')
    // On a busy machine it may have been too late.
    await command.ended
    if (command.out() === '') return { ...command, temporary }
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Begins a question, and returns when the server has it under way: what comes after the colon is to follow. */
const beginAsking = async (url: string) => {
  const headers = { 'content-type': 'application/json', expect: '100-continue' }
  const request = httpRequest(url, { method: 'POST', headers })
  const answer = new Promise<string>((resolve) => {
    request.on('error', () => resolve('cut off'))
    request.on('response', (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve(body)).on('error', () => resolve('cut off'))
    })
  })
  request.flushHeaders()
  await once(request, 'continue')
  request.write('{"query":')
  return { request, answer }
}

const ask = async (url: string, query: string): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return response.json()
}

describe('the command line', () => {
  it('explains itself with examples', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('Usage: rapporteur')
    for (const command of ['serve', 'import', 'check']) expect(out).toContain(`  ${command} `)
    expect(out).toContain('rapporteur import howtheyvote ./export')
  })

  it('shows a mapping to begin with, to who asks how tables are imported', async () => {
    const { code, out } = await run(['import', 'table', '--help'])
    expect(code).toBe(0)
    expect(out).toContain('rapporteur import table ./council/mapping.yaml')
    expect(out).toContain('  id: my-vote:{number} ')
    expect((await run(['import', '--help'])).out).not.toContain('my-vote')
  })

  it('imports tables by a mapping that lies elsewhere', async () => {
    const tables = await mkdtemp(join(folder, 'tables-'))
    await writeFile(join(tables, 'ballots.csv'), 'number,subject,day\n7,Bees,2031-06-03\n')
    await writeFile(join(tables, 'members.csv'), 'seat,name,group,from,until\n1,Ada Example,Greens,2030-01-01,\n')
    await writeFile(join(tables, 'votes.csv'), 'ballot,seat,vote\n7,1,aye\n')
    await writeFile(join(tables, 'notes.txt'), '')
    const mapping = join(ROOT, 'test', 'fixtures', 'table', 'mapping.yaml')
    const { code, out } = await run(['import', 'table', mapping, tables])
    expect(code).toBe(0)
    expect(out).toContain(': left out: notes.txt.')
    expect(out).toContain('Imported source:council: ')
  })

  it('tells its version', async () => {
    const { code, out } = await run(['--version'])
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
  })

  it.each([
    [[], 'Usage: rapporteur'],
    [['fly'], "unknown command 'fly'"],
    [['serve', '--nothing'], "unknown option '--nothing'"],
    [['serve', '--port', 'http'], 'A port is a whole number from 0 to 65535.'],
    [['import', 'howtheyvote'], "missing required argument 'path'"],
    [['import', 'nowhere', '.'], 'There is no source "nowhere".'],
    [['import', 'howtheyvote', '.', '--max-problems', 'few'], '"few"'],
    [['import', 'howtheyvote', '.', 'more'], 'The source "howtheyvote" is read from one path; "more" is one too many.'],
  ])('exits with 2 on %j and says why', async (args, sentence) => {
    const { code, out, err } = await run(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(sentence)
  })

  it.each([
    [
      ['serve'],
      { PORT: 'http' },
      'PORT is "http", which is not a whole number from 0 to 65535. Nothing was started; correct it and run again.\n',
    ],
    [['check'], { RAPPORTEUR_STORE: 'mysql://x' }, 'RAPPORTEUR_STORE is "mysql://x", which is neither'],
    [['check'], { RAPPORTEUR_STORE: 'neo4j://127.0.0.1:1' }, 'does not answer'],
    [['import', 'howtheyvote', '/nowhere/at/all'], {}, '/nowhere/at/all'],
  ])('exits with 1 on %j with %j and a sentence', async (args, environment, sentence) => {
    const { code, err } = await run(args, environment)
    expect(code).toBe(1)
    expect(err).toContain(sentence)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('exits with 1 and a sentence where the schema and its mapping disagree, and explains itself all the same', async () => {
    const copy = join(folder, 'copy')
    for (const name of ['bin', 'dist', 'package.json'])
      await cp(join(ROOT, name), join(copy, name), { recursive: true })
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const schema = await readFile(join(ROOT, 'schema.graphql'), 'utf8')
    await writeFile(join(copy, 'schema.graphql'), schema.replace('@edge(link: "DemandIn"', '@edge(link: "DemandOn"'))
    const program = join(copy, 'bin', 'rapporteur.cjs')
    for (const args of [['check'], ['import', '--help']]) {
      const { code, err } = await start(args, {}, program).ended
      expect(code).toBe(1)
      expect(err).toMatch(/^[^\n]*"DemandOn"[^\n]*\n$/)
    }
    expect(await start(['--help'], {}, program).ended).toMatchObject({ code: 0, err: '' })
  })

  it('says in a sentence that it has not been built, or that Node is too old for it', async () => {
    const copy = join(folder, 'unbuilt')
    await cp(join(ROOT, 'bin'), join(copy, 'bin'), { recursive: true })
    const manifest = await readFile(join(ROOT, 'package.json'), 'utf8')
    const program = join(copy, 'bin', 'rapporteur.cjs')
    await writeFile(join(copy, 'package.json'), manifest)
    const unbuilt = await start(['serve'], {}, program).ended
    expect(unbuilt).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^Rapporteur has not been built[^\n]*\n$/),
    })
    await writeFile(join(copy, 'package.json'), manifest.replace(/"node": ">=[\d.]+"/, '"node": ">=99.3"'))
    const old = await start(['serve'], {}, program).ended
    expect(old).toMatchObject({ code: 1, out: '' })
    expect(old.err).toMatch(/^Rapporteur needs Node 99\.3 or later, and this is Node \d+\.\d+\.\d+\.[^\n]*\n$/)
  })

  it.each(['serve', 'schema', 'import', 'remove', 'export', 'check'])(
    'explains %s with an example of it',
    async (command) => {
      const { code, out } = await run([command, '--help'])
      expect(code).toBe(0)
      expect(out).toContain(`\nExamples:\n  rapporteur ${command}`)
    },
  )

  it('prints the schema that is served, which the package has as well', async () => {
    const { code, out } = await run(['schema'])
    expect(code).toBe(0)
    expect(out).toMatch(/^"""\nRapporteur: /)
    expect(out).toMatch(/^type VoteEvent implements /m)
    expect(out).toMatch(/^scalar Date @specifiedBy\(url: "https/m)
    expect(out).not.toContain('@edge')
    const { exports } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
    expect(await readFile(join(ROOT, exports['./schema.graphql']), 'utf8')).toBe(out)
  })

  it('writes all of what it prints before it ends, however late the reader comes to it', async () => {
    // A pipe of the shell holds 64 kB, and no more is written until it is read.
    const late = spawn('sh', ['-c', '"$0" "$1" schema | (sleep 2; cat)', process.execPath, CLI])
    let out = ''
    late.stdout.on('data', (chunk) => {
      out += chunk
    })
    await once(late, 'close')
    expect(out).toBe(await readFile(join(ROOT, 'served.graphql'), 'utf8'))
  })

  it('exits with 1 and a sentence where the store is a link that leads nowhere', async () => {
    const path = join(folder, 'link.sqlite')
    await symlink(join(folder, 'no-folder', 'x.sqlite'), path)
    const { code, err } = await run(['check'], { RAPPORTEUR_STORE: path })
    expect(code).toBe(1)
    expect(err).toMatch(/^"[^"]*link\.sqlite" is a link to "[^"]*x\.sqlite", and there is no folder for that\. .*\n$/)
  })

  it('makes no store for an import of a path where nothing is', async () => {
    const path = join(folder, 'never-made.sqlite')
    const { code, err } = await run(['import', 'records', '/nowhere/at/all'], { RAPPORTEUR_STORE: path })
    expect([code, err]).toEqual([1, 'There is no file or folder "/nowhere/at/all". Nothing was loaded.\n'])
    await expect(stat(path)).rejects.toThrow('ENOENT')
  })

  it('exits with 1 on a store that is not a store, and leaves the file alone', async () => {
    const path = join(folder, 'letter.txt')
    await writeFile(path, 'Dear Sir or Madam, this is not a database at all.'.repeat(40))
    const before = await stat(path)
    const { code, err } = await run(['check'], { RAPPORTEUR_STORE: path })
    expect(code).toBe(1)
    expect(err).toContain(path)
    expect(err).not.toMatch(/^\s+at /m)
    expect((await stat(path)).size).toBe(before.size)
  })
})

describe('rapporteur check', () => {
  it('writes the report of an import that is refused, and says where it cannot write one before it reads', async () => {
    const path = join(folder, 'places.jsonl')
    const places = Array.from({ length: 12 }, (_, i) => `{"Place": {"id": "place:${i}", "sources": ["source:none"]}}`)
    await writeFile(path, `${places.join('\n')}\n`)
    const report = join(folder, 'report.json')
    const { code, err } = await run(['import', 'records', path, '--report', report])
    expect(code).toBe(1)
    expect(err).toContain('12 of 12 rows are bad')
    const told = JSON.parse(await readFile(report, 'utf8'))
    expect(told).toMatchObject([{ outcome: 'refused', counts: { inserted: 0 } }])
    expect(told[0].problems).toHaveLength(12)
    const nowhere = join(folder, 'nowhere', 'report.json')
    const refused = await run(['import', 'records', path, '--report', nowhere])
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/^The report cannot be written to ".*report\.json" \(ENOENT.*\)\. Choose another path/)
  })

  it('says that all agrees in a store with the seed', async () => {
    const { code, out, err } = await run(['check'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^ +1 {2}Resolution$/m)
    expect(out).toMatch(/^ +5 {2}VoteEvent$/m)
    expect(out).toMatch(/^ +9 {2}Demand$/m)
    expect(out).toContain('Schema, mapping and store agree.')
  })

  it('leaves nothing of a store in memory behind when a signal ends it', async () => {
    const { ended, temporary } = await whileStoreIsMade(['check'])
    expect((await ended).code).toBe(143)
    expect(await readdir(temporary)).toEqual([])
  })

  it('leaves a store in memory empty with --no-seed, and does not mind a PORT of another program', async () => {
    const { code, out } = await run(['check', '--no-seed'], { PORT: 'abc' })
    expect(code).toBe(0)
    expect(out).not.toContain('Resolution')
  })
})

describe('rapporteur import', () => {
  it('says at its end what to ask next, which the store answers', async () => {
    const store = join(folder, 'next.sqlite')
    const source = `{"Source": {"id": "source:synthetic", "title": "A synthetic source", "kind": "PUBLICATION", "sources": ["source:synthetic"]}}`
    const place = `{"Place": {"id": "place:synthetic", "name": "Synthetic Bay", "kind": "CITY", "sources": ["source:synthetic"]}}`
    const event = `{"Event": {"id": "event:synthetic", "name": "A \\"synthetic\\" event", "type": "PROTEST", "sources": ["source:synthetic"]}}`
    const path = join(folder, 'next.jsonl')
    await writeFile(path, `${source}\n${place}\n${event}\n`)
    expect((await run(['import', 'records', path, '--dry-run'], { RAPPORTEUR_STORE: store })).out).not.toContain('Ask')
    const { code, out } = await run(['import', 'records', path], { RAPPORTEUR_STORE: store })
    expect(code).toBe(0)
    expect(out).toMatch(/\nAsk about it: run "rapporteur serve", open .*\n {2}\{ event\(.*\}\n$/)
    const { url, child, ended } = await startServer([], { RAPPORTEUR_STORE: store })
    const asked = await ask(url, out.trimEnd().split('\n').at(-1) ?? '')
    const sources = { nodes: [{ title: 'A synthetic source' }] }
    expect(asked).toEqual({ data: { event: { id: 'event:synthetic', name: 'A "synthetic" event', sources } } })
    child.kill('SIGTERM')
    await ended
  })
})

describe('a store that is not there', () => {
  const noStore = (path: string) =>
    `There is no store at "${path}". Nothing was made; correct RAPPORTEUR_STORE, or make a store there with "rapporteur serve" or "rapporteur import".\n`

  it.each([
    ['check'],
    ['remove', 'source:howtheyvote'],
    ['export', '--format', 'neo4j-import', join(tmpdir(), 'rapporteur-never-made')],
  ])('is not made by %s, which says so', async (...args) => {
    const path = join(folder, 'mistyped', 'graph.sqlite')
    expect(await run(args, { RAPPORTEUR_STORE: path })).toEqual({ code: 1, out: '', err: noStore(path) })
    await expect(stat(join(folder, 'mistyped'))).rejects.toThrow('ENOENT')
    const empty = join(folder, 'empty.sqlite')
    await writeFile(empty, '')
    expect(await run(args, { RAPPORTEUR_STORE: empty })).toEqual({ code: 1, out: '', err: noStore(empty) })
    expect((await stat(empty)).size).toBe(0)
  })

  it('is made by import and serve, which say so once', async () => {
    const places = join(folder, 'one-place.jsonl')
    await writeFile(places, '{"Place": {"id": "place:a", "name": "A", "sources": ["source:a"]}}\n')
    const path = join(folder, 'new', 'graph.sqlite')
    const first = await run(['import', 'records', places, '--dry-run'], { RAPPORTEUR_STORE: path })
    expect(first.err).toContain(`Made a new store at "${path}" with the story of Kazakhstan 2022.\n`)
    const second = await run(['import', 'records', places, '--dry-run'], { RAPPORTEUR_STORE: path })
    expect(second.err).not.toContain('Made')
    const other = join(folder, 'new', 'other.sqlite')
    const { child, err, ended } = await startServer(['--no-seed'], { RAPPORTEUR_STORE: other })
    expect(err()).toBe(`Made a new store at "${other}".\n`)
    child.kill('SIGTERM')
    await ended
    expect((await run(['check'], { RAPPORTEUR_STORE: other })).out).toContain('Schema, mapping and store agree.')
  })
})

describe('the progress bar', () => {
  it('gives the terminal its cursor and its wrapping of lines back when a signal ends the process', async () => {
    const script = join(folder, 'bar.mjs')
    const { href } = pathToFileURL(join(ROOT, 'dist', 'import', 'progress.js'))
    const lines = [
      `import { showProgress } from '${href}'`,
      `showProgress(Object.assign(process.stdout, { isTTY: true })).start('loading', 100)`,
      `setInterval(() => {}, 1000)`,
    ]
    await writeFile(script, lines.join('\n'))
    const { child, out, ended } = start([], {}, script)
    await expect.poll(out).toContain('0%')
    const [hideCursor, noWrap, showCursor, wrap] = ['\x1B[?25l', '\x1B[?7l', '\x1B[?25h', '\x1B[?7h']
    for (const taken of [hideCursor, noWrap]) expect(out()).toContain(taken)
    child.kill('SIGINT')
    await ended
    expect(child.signalCode).toBe('SIGINT')
    for (const given of [showCursor, wrap]) expect(out()).toContain(given)
  })
})

describe('rapporteur serve', () => {
  it('prints where it answers and from what, answers, and stops cleanly on SIGTERM', async () => {
    const { child, url, out, ended } = await startServer()
    expect(out()).toMatch(
      /^Rapporteur answers at http:\/\/127\.0\.0\.1:\d+\/graphql .*\nThe store is SQLite at :memory:, with \d+ records\.\n/,
    )
    const query = '{ voteEvent(id: "ep-vote:139038") { tally { for against abstention } } }'
    expect(await ask(url, query)).toEqual({ data: { voteEvent: { tally: { for: 589, against: 35, abstention: 47 } } } })
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, err: expect.stringContaining('SIGTERM: stopping') })
  })

  it('loses no line of its log when it stops, and none when it crashes', async () => {
    const { child, url, ended } = await startServer([], { RAPPORTEUR_LOG: '' })
    for (let i = 0; i < 100; i += 1) await ask(url, '{ graph { version } }')
    child.kill('SIGTERM')
    const lines = (await ended).err.trimEnd().split('\n')
    const told = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    expect(told.filter(({ path }) => path === '/graphql')).toHaveLength(100)
    expect(told.at(-1)?.['msg']).toContain('SIGTERM: stopping')
    const crash = `import { openLog } from '${pathToFileURL(join(ROOT, 'dist', 'serve', 'log.js')).href}'
      const { log } = openLog({ level: 'info', format: 'json', requests: 'on', addresses: 'off' }, false)
      for (let i = 0; i < 10; i += 1) log('line ' + i)
      setTimeout(() => { throw new Error('gone') })`
    const crashed = await start(['--input-type=module', '--eval', crash], {}, '--no-warnings').ended
    expect(crashed.code).toBe(1)
    expect(crashed.err.match(/"msg":"line \d"/g)).toHaveLength(10)
  })

  it('is not held up, and ends, where whoever reads its log does not take it', async () => {
    const { child, url } = await startServer([], { RAPPORTEUR_LOG: '' })
    child.stderr?.pause()
    const headers = { 'content-type': 'application/json', 'x-request-id': 'x'.repeat(100) }
    const body = JSON.stringify({ query: '{ graph { version } }' })
    // More than what the system keeps for a reader.
    for (let i = 0; i < 2000; i += 1) {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) })
      await response.arrayBuffer()
    }
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(10_000) })
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    child.stderr?.resume()
  })

  it('keeps its store in the data folder of the user where nothing else is said', async () => {
    const { child, url, out, ended } = await startServer(['--no-seed'], { RAPPORTEUR_STORE: '' })
    expect(out()).toContain('rapporteur.sqlite, with 0 records.')
    expect(await ask(url, '{ voteEvents { totalCount } }')).toEqual({ data: { voteEvents: { totalCount: 0 } } })
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
  })

  it('lets what is under way finish when its terminal hangs up, however often', async () => {
    const { child, url, err, ended } = await startServer()
    const underWay = await beginAsking(url)
    child.kill('SIGHUP')
    await expect.poll(err).toContain('SIGHUP: stopping')
    child.kill('SIGHUP')
    underWay.request.end('"{ voteEvents { totalCount } }"}')
    expect(await underWay.answer).toBe('{"data":{"voteEvents":{"totalCount":5}}}')
    expect((await ended).code).toBe(0)
  })

  it('ends at once on a second signal', async () => {
    const { child, url, err, ended } = await startServer()
    const underWay = await beginAsking(url)
    child.kill('SIGTERM')
    await expect.poll(err).toContain('stopping')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(1)
    expect(err()).not.toContain('cut off')
    expect(await underWay.answer).toBe('cut off')
  })

  it('stops cleanly on SIGTERM also while its store is being made, and leaves nothing behind', async () => {
    const { ended, err, temporary } = await whileStoreIsMade(['serve', '--port', '0'])
    expect(await ended).toEqual({ code: 0, out: '', err: expect.stringContaining('SIGTERM: stopping') })
    expect(err()).not.toContain('cut off')
    expect(await readdir(temporary)).toEqual([])
  })

  it('goes on where nobody reads what it says', async () => {
    const port = await freePort()
    const { child, ended } = start(['serve', '--port', String(port)])
    child.stdout?.destroy()
    const ready = () => fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status)
    await expect.poll(() => ready().catch(() => 0), { timeout: 20_000 }).toBe(200)
    // What it says then goes nowhere.
    await new Promise((resolve) => setTimeout(resolve, 500))
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, out: '', err: expect.stringMatching(/^SIGTERM: stopping.*\n$/) })
  })

  it('exits with 1 and a sentence where the port is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve)
    })
    const { port } = other.address() as AddressInfo
    const { code, err } = await run(['serve', '--port', String(port)])
    other.close()
    expect(code).toBe(1)
    expect(err).toContain(`Port ${port} of 127.0.0.1 is in use by another program.`)
  })

  it('stays up while its Neo4j does not answer', async () => {
    const { child, url, out, ended } = await startServer([], { RAPPORTEUR_STORE: 'bolt://127.0.0.1:1' })
    expect(out()).toContain('The store, Neo4j, does not answer yet.')
    expect((await fetch(new URL('/livez', url))).status).toBe(200)
    expect((await fetch(new URL('/readyz', url))).status).toBe(503)
    expect(await ask(url, '{ voteEvents { totalCount } }')).toMatchObject({
      errors: [{ extensions: { code: 'UNAVAILABLE' } }],
    })
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })
})
