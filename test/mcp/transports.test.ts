import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { Serving } from '../../src/serve/serve.js'
import { openStore } from '../../src/store/open-store.js'
import { serveOnFreePort, shape } from '../serve/fake-store.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COMMAND = [fileURLToPath(new URL('../../bin/rapporteur.cjs', import.meta.url)), 'mcp']
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', RAPPORTEUR_STORE: ':memory:', RAPPORTEUR_LINKS: 'off' }

/** Revisions of the protocol: the newest, and the one before it, which begins with a handshake. */
const revisions = ['auto', 'legacy'] as const

const connect = async (mode: (typeof revisions)[number], transport: Parameters<Client['connect']>[0]) => {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  await client.connect(transport)
  return client
}

interface Answer {
  readonly result: {
    readonly structuredContent: { readonly link: string }
    readonly content: readonly { readonly text: string }[]
  }
}

/** What the SDK's own client, which checks what is answered, gets. */
const expectAnswers = async (client: Client): Promise<void> => {
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toContain('vote')
  const { structuredContent, content, isError } = await client.callTool({
    name: 'vote',
    arguments: { id: 'ep-vote:139038' },
  })
  expect(isError).toBeFalsy()
  expect(structuredContent).toMatchObject({
    data: { voteEvent: { title: 'Situation in Kazakhstan', tally: { for: 589, against: 35, abstention: 47 } } },
    reason: null,
  })
  expect(content).toMatchObject([{ type: 'text', text: expect.stringContaining('for 589, against 35, abstention 47') }])
  await expect(client.callTool({ name: 'no-such-tool', arguments: {} })).rejects.toThrow(
    'There is no tool "no-such-tool"',
  )
  await client.close()
}

describe('over standard input and output', () => {
  beforeAll(async () => {
    await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: ROOT, shell: process.platform === 'win32' })
  })

  it.each(revisions)('answers the client of the SDK (%s)', async (mode) => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: COMMAND,
      env: ENVIRONMENT,
      stderr: 'ignore',
    })
    await expectAnswers(await connect(mode, transport))
  })

  it('writes nothing but messages, answers what was asked, and ends when the input does', async () => {
    const child = spawn(process.execPath, COMMAND, { env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'ignore'] })
    const ended = once(child, 'close')
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }
    const asked = { name: 'find', arguments: { text: 'Borell' } }
    const messages = [
      { id: 1, method: 'initialize', params: hello },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: asked },
    ]
    child.stdin.end(messages.map((each) => `${JSON.stringify({ jsonrpc: '2.0', ...each })}\n`).join(''))
    const lines = (await text(child.stdout)).trimEnd().split('\n')
    expect(await ended).toEqual([0, null])
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2])
    expect(lines[1]).toContain('person:josep-borrell')
  })

  it('ends with a sentence where the store cannot be had', async () => {
    const env = { ...ENVIRONMENT, RAPPORTEUR_STORE: 'bolt://127.0.0.1:9' }
    const child = spawn(process.execPath, COMMAND, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/Neo4j/)
  })
})

describe('over HTTP', () => {
  const links = mkdtempSync(join(tmpdir(), 'links-'))
  let serving: Serving
  let url: URL
  beforeAll(async () => {
    const open = async () => {
      const store = await openStore({ engine: 'SQLite', path: ':memory:' }, shape)
      await prepareStore(store, shape, { seed: true })
      return store
    }
    serving = await serveOnFreePort({
      open,
      links,
      bodyLimit: 5000,
      agents: { graphql: true, origins: ['tools.example.org'] },
    })
    url = new URL('/mcp', serving.url)
  })
  afterAll(async () => {
    await serving.stop(1000)
    rmSync(links, { recursive: true })
  })

  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify({ jsonrpc: '2.0', id: 1, ...Object(body) }),
    })
  const call = (name: string, args: object) => ({ method: 'tools/call', params: { name, arguments: args } })

  it.each(revisions)('answers the client of the SDK (%s)', async (mode) => {
    await expectAnswers(await connect(mode, new StreamableHTTPClientTransport(url)))
  })

  it('answers in JSON, without a session, and links to itself', async () => {
    const response = await post(call('vote', { id: 'ep-vote:139038' }))
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('mcp-session-id')).toBeNull()
    const { result } = (await response.json()) as Answer
    const { link } = result.structuredContent
    expect(link).toMatch(new RegExp(`^${url.origin}/q/[\\w-]{22}\\?variables=`))
    const again = await fetch(link, { headers: { accept: 'application/json' } })
    expect(await again.json()).toMatchObject({ data: { voteEvent: { id: 'ep-vote:139038' } } })
    expect(result.content[0]?.text).toContain(`\nLink: ${link}`)
  })

  it('links to a document that is not stored by the whole of it', async () => {
    const response = await post(call('graphql', { query: '{ persons(first: 1) { totalCount nodes { name } } }' }))
    const { result } = (await response.json()) as Answer
    const { link } = result.structuredContent
    expect(link).toMatch(new RegExp(`^${url.origin}/graphql\\?query=`))
    expect(await (await fetch(link, { headers: { accept: 'application/json' } })).json()).toMatchObject({
      data: { persons: { totalCount: 1 } },
    })
  })

  it('says that the store does not answer, where it does not', async () => {
    const open = async () => {
      throw new RapporteurError('UNAVAILABLE', 'The store at bolt://secret does not answer.')
    }
    const waiting = await serveOnFreePort({ open })
    const client = await connect('auto', new StreamableHTTPClientTransport(new URL('/mcp', waiting.url)))
    const { isError, structuredContent } = await client.callTool({ name: 'find', arguments: { text: 'Borrell' } })
    expect([isError, structuredContent]).toMatchObject([true, { data: null, reason: { code: 'UNAVAILABLE' } }])
    expect(JSON.stringify(structuredContent)).not.toContain('secret')
    await client.close()
    await waiting.stop(1000)
  })

  it('has the schema in short as a resource', async () => {
    const client = await connect('auto', new StreamableHTTPClientTransport(url))
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toEqual(['rapporteur://schema'])
    const { contents } = await client.readResource({ uri: 'rapporteur://schema' })
    expect(contents).toMatchObject([{ text: expect.stringContaining('VoteEvent: title: String') }])
    await expect(client.readResource({ uri: 'rapporteur://other' })).rejects.toThrow('There is no resource')
    await client.close()
  })

  it.each(['GET', 'DELETE', 'PUT'])('refuses %s with 405', async (method) => {
    const response = await fetch(url, { method, headers: { accept: 'text/event-stream' } })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('refuses TRACE, which fetch cannot ask, with 405', async () => {
    const asked = request(url, { method: 'TRACE' }).end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    expect(response.resume().statusCode).toBe(405)
  })

  it.each([
    ['a page of another host', 'https://evil.example', 403],
    ['a page without an origin', 'null', 403],
    ['a page of this machine', 'http://localhost:5173', 200],
    ['a page that the settings name', 'https://tools.example.org', 200],
  ])('asked by %s', async (_, origin, status) => {
    expect((await post(call('find', { text: 'Borrell' }), { origin })).status).toBe(status)
  })

  it('refuses several messages at once, whose questions would take the turns of others', async () => {
    const response = await post(
      JSON.stringify([1, 2].map((id) => ({ jsonrpc: '2.0', id, ...call('find', { text: 'x' }) }))),
    )
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: -32600 } }])
  })

  it('answers what is nested beyond reason with a sentence', async () => {
    const deep = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`)
    const response = await post(call('find', { text: deep }))
    expect(await response.json()).toMatchObject({ result: { isError: true } })
  })

  it('refuses what is too large, no JSON, or sent as a form', async () => {
    const large = call('find', { text: 'x'.repeat(6000) })
    expect((await post(large)).status).toBe(413)
    expect((await post('{"jsonrpc"')).status).toBe(400)
    expect((await post(`${'['.repeat(2000)}${']'.repeat(2000)}`)).status).toBe(400)
    expect((await post(call('find', { text: 'x' }), { 'content-type': 'text/plain' })).status).toBe(415)
  })
})
