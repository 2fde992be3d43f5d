import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../src/known-settings.js'
import { readSettings } from '../src/settings.js'

const read = (environment: Readonly<Record<string, string>>) => readSettings({}, environment)
const refusal = (environment: Readonly<Record<string, string>>): unknown => {
  try {
    return read(environment)
  } catch (error) {
    return error
  }
}

describe('settings', () => {
  it('have a default each', () => {
    const { store, ...others } = read({})
    expect(others).toEqual({
      host: '127.0.0.1',
      port: 4000,
      statementTimeout: 5000,
      questionTimeout: 10_000,
      allowance: { perSecond: 0, burst: 0 },
      keys: null,
      bodyLimit: 262_144,
      links: expect.stringMatching(/rapporteur(\/|\\Data\\)links$/),
      agents: { graphql: true, origins: [] },
      documents: { folder: null, only: false },
      front: { proxies: [], hosts: [], connections: null, inFlight: 64, waitingBytes: 32_000_000 },
      keptAnswers: 0,
      stopTimeout: 10_000,
      log: { level: 'info', format: 'auto', requests: 'auto', addresses: 'short' },
      metrics: null,
      traces: null,
      replica: { give: false, key: null, follow: null, every: 30_000 },
    })
    expect(store).toMatchObject({
      engine: 'SQLite',
      path: expect.stringMatching(/rapporteur(\/|\\Data\\)rapporteur\.sqlite$/),
    })
  })

  it('are frozen', () => {
    const settings = read({})
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.store)).toBe(true)
  })

  it('prefer the command line to the environment, and count an empty variable as none', () => {
    expect(readSettings({ RAPPORTEUR_PORT: '1' }, { RAPPORTEUR_PORT: '2', PORT: '3' }).port).toBe(1)
    expect(read({ PORT: '', RAPPORTEUR_HOST: '', RAPPORTEUR_STORE: '' })).toEqual(read({}))
  })

  it('take the port of the surroundings where none is set for Rapporteur, and never their HOST', () => {
    expect(read({ PORT: '8080' }).port).toBe(8080)
    expect(read({ PORT: '8080', RAPPORTEUR_PORT: '9090' }).port).toBe(9090)
    // Conda sets it to the machine's kind.
    expect(read({ HOST: 'x86_64-conda-linux-gnu' }).host).toBe('127.0.0.1')
    expect(read({ HOST: '0.0.0.0', RAPPORTEUR_HOST: '::1' }).host).toBe('::1')
  })

  it('give each client of other machines an end of what it may ask, unless told otherwise', () => {
    expect(read({ RAPPORTEUR_HOST: '0.0.0.0' }).allowance).toEqual({ perSecond: 250, burst: 10_000 })
    expect(read({ RAPPORTEUR_HOST: 'localhost' }).allowance.perSecond).toBe(0)
    expect(read({ RAPPORTEUR_PROXIES: 'loopback' }).allowance.perSecond).toBe(250)
    const set = { RAPPORTEUR_POINTS_PER_SECOND: '10', RAPPORTEUR_POINTS_SAVED: '50' }
    expect(read(set).allowance).toEqual({ perSecond: 10, burst: 50 })
    expect(read({ RAPPORTEUR_HOST: '0.0.0.0', RAPPORTEUR_POINTS_PER_SECOND: '0' }).allowance.perSecond).toBe(0)
  })

  it.each([
    [':memory:', { engine: 'SQLite', path: ':memory:' }],
    ['data/graph.sqlite', { engine: 'SQLite', path: resolve('data/graph.sqlite') }],
    ['./localhost:7687', { engine: 'SQLite', path: resolve('localhost:7687') }],
    ['./bolt:localhost', { engine: 'SQLite', path: resolve('bolt:localhost') }],
    ['/data/12:30.sqlite', { engine: 'SQLite', path: resolve('/data/12:30.sqlite') }],
    ['C:\\data\\graph.sqlite', { engine: 'SQLite', path: resolve('C:\\data\\graph.sqlite') }],
    ['neo4j://localhost:7687', { engine: 'Neo4j', uri: 'neo4j://localhost:7687' }],
    ['bolt+ssc://10.0.0.1', { engine: 'Neo4j', uri: 'bolt+ssc://10.0.0.1' }],
  ])('keep the store at %s', (text, store) => {
    expect(read({ RAPPORTEUR_STORE: text }).store).toEqual(store)
  })

  it('say what agents may do, and whose pages may ask as such', () => {
    const environment = { RAPPORTEUR_AGENT_GRAPHQL: 'off', RAPPORTEUR_AGENT_ORIGINS: 'a.example, B.example' }
    expect(read(environment).agents).toEqual({ graphql: false, origins: ['a.example', 'b.example'] })
  })

  it('say which proxies are believed, and by which names the server is called', () => {
    const environment = {
      RAPPORTEUR_PROXIES: 'loopback, 203.0.113.7,10.0.0.0/8, 2001:db8::/32, ::1',
      RAPPORTEUR_HOSTS: 'Graph.example, 192.0.2.1, [::2]',
    }
    expect(read(environment).front).toMatchObject({
      proxies: ['127.0.0.0/8', '::1/128', '203.0.113.7/32', '10.0.0.0/8', '2001:db8::/32', '::1/128'],
      hosts: ['graph.example', '192.0.2.1', '[::2]'],
    })
  })

  it('ask a Neo4j with the user, password and database given', () => {
    const environment = {
      RAPPORTEUR_STORE: 'neo4j+s://graph.example',
      RAPPORTEUR_NEO4J_USER: 'reader',
      RAPPORTEUR_NEO4J_PASSWORD: 'secret',
      RAPPORTEUR_NEO4J_DATABASE: 'events',
    }
    const store = {
      engine: 'Neo4j',
      uri: 'neo4j+s://graph.example',
      user: 'reader',
      password: 'secret',
      database: 'events',
    }
    expect(read(environment).store).toEqual(store)
  })

  it.each([
    [{ PORT: 'http' }, 'PORT is "http", which is not a whole number from 0 to 65535.'],
    [{ RAPPORTEUR_PORT: 'http' }, 'RAPPORTEUR_PORT is "http", which is not a whole number from 0 to 65535.'],
    [{ PORT: '65536' }, 'PORT is "65536"'],
    [{ PORT: '-1' }, 'PORT is "-1"'],
    [{ PORT: '1e3' }, 'PORT is "1e3"'],
    [{ RAPPORTEUR_STATEMENT_TIMEOUT: '0' }, 'RAPPORTEUR_STATEMENT_TIMEOUT is "0"'],
    [{ RAPPORTEUR_BODY_LIMIT: '2 MB' }, 'RAPPORTEUR_BODY_LIMIT is "2 MB"'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is "localhost:4318", which is no'],
    [{ RAPPORTEUR_METRICS: 'on' }, 'RAPPORTEUR_METRICS is "on", which is neither off nor a port, such as 9464'],
    [{ RAPPORTEUR_LOG: 'xml' }, 'RAPPORTEUR_LOG is "xml", which is none of json, text.'],
    [{ RAPPORTEUR_AGENT_GRAPHQL: 'no' }, 'RAPPORTEUR_AGENT_GRAPHQL is "no", which is neither on nor off.'],
    [
      { RAPPORTEUR_AGENT_ORIGINS: 'a.example, https://b.example' },
      'RAPPORTEUR_AGENT_ORIGINS has "https://b.example", which is not the name of a host, such as tools.example.org.',
    ],
    [
      { RAPPORTEUR_PROXIES: 'loopback, 10.0.0.0/33' },
      'RAPPORTEUR_PROXIES has "10.0.0.0/33", which is neither an address nor a network, such as 10.0.0.0/8, nor one of loopback, linklocal, uniquelocal.',
    ],
    [{ RAPPORTEUR_PROXIES: '10.0.0.0/8/8' }, 'RAPPORTEUR_PROXIES has "10.0.0.0/8/8"'],
    [{ RAPPORTEUR_PROXIES: '::/' }, 'RAPPORTEUR_PROXIES has "::/"'],
    [{ RAPPORTEUR_HOSTS: 'graph.example:80' }, 'RAPPORTEUR_HOSTS has "graph.example:80", which is not the name'],
    [
      { RAPPORTEUR_STORE: 'postgres://me:pw@localhost' },
      'RAPPORTEUR_STORE is "postgres://…@localhost", which is neither',
    ],
    [
      { RAPPORTEUR_STORE: 'localhost:7687' },
      'RAPPORTEUR_STORE is "localhost:7687", which is neither a path nor the address of a Neo4j; write a Neo4j like neo4j://localhost:7687 or bolt://localhost:7687, and a file of this name like "./localhost:7687". Nothing was started; correct it and run again.',
    ],
    [{ RAPPORTEUR_STORE: '10.0.0.1:7687/movies' }, 'RAPPORTEUR_STORE is "10.0.0.1:7687/movies", which is neither'],
    [{ RAPPORTEUR_STORE: '[::1]:7687' }, 'RAPPORTEUR_STORE is "[::1]:7687", which is neither'],
    [{ RAPPORTEUR_STORE: 'bolt:localhost' }, 'and a file of this name like "./bolt:localhost"'],
    [{ RAPPORTEUR_STORE: 'neo4j:localhost' }, 'RAPPORTEUR_STORE is "neo4j:localhost", which is neither'],
    [{ RAPPORTEUR_STORE: 'neo4j+s:/localhost' }, 'RAPPORTEUR_STORE is "neo4j+s:/localhost", which is neither'],
    [{ RAPPORTEUR_STORE: 'http://localhost:7474' }, 'RAPPORTEUR_STORE is "http://localhost:7474", which is neither'],
    [{ RAPPORTEUR_STORE: 'file:graph.sqlite' }, 'RAPPORTEUR_STORE is "file:graph.sqlite", which is neither'],
    [{ RAPPORTEUR_STORE: 'me:pw@localhost:7687' }, 'RAPPORTEUR_STORE is "…@localhost:7687", which is neither'],
    [{ RAPPORTEUR_STORE: 'neo4j://' }, 'RAPPORTEUR_STORE is "neo4j://", which names no server'],
    [{ RAPPORTEUR_STORE: 'neo4j://me:pw@localhost' }, 'RAPPORTEUR_STORE has a user or password in its address'],
    [
      { RAPPORTEUR_STORE: 'neo4j://x', RAPPORTEUR_NEO4J_PASSWORD: 'pw' },
      'RAPPORTEUR_NEO4J_PASSWORD is set and RAPPORTEUR_NEO4J_USER is not',
    ],
  ])('refuse %j with a sentence', (environment, sentence) => {
    const error = refusal(environment)
    expect(error).toMatchObject({ code: 'BAD_SETTING', message: expect.stringContaining(sentence) })
    expect(String(error)).not.toMatch(/\bpw\b/)
  })

  it('are all in the table of docs/operating.md, and nothing else is', () => {
    const text = readFileSync(new URL('../docs/operating.md', import.meta.url), 'utf8')
    const table = /## Settings[\s\S]*?\|---\|---\|---\|\n((\|.*\n)+)/.exec(text)?.[1] ?? ''
    const rows = SETTINGS.map(({ name, fallback, meaning }) => `| \`${name}\` | ${fallback} | ${meaning} |\n`)
    expect(table).toBe(rows.join(''))
  })
})
