import { readFileSync } from 'node:fs'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { type ServeOptions, type Serving, serve } from '../../src/serve/serve.js'
import type { AnswerOptions, Edition, GraphStore } from '../../src/store/graph-store.js'

/** The shape of the graph, from the repository's own schema. */
export const shape = readGraphShape(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))

/** What a store of a test does in place of a graph. */
export interface FakeStoreOptions {
  readonly answer?: (options: AnswerOptions) => Promise<string>
  readonly ping?: () => Promise<void>
  readonly editions?: readonly Edition[]
}

/** A store without a graph: it answers every plan with the same text, and remembers whether it was closed. */
export const fakeStore = ({
  answer,
  ping,
  editions = [],
}: FakeStoreOptions = {}): GraphStore & { readonly closed: boolean } => {
  let closed = false
  const unused = () => {
    throw new Error('This store only answers.')
  }
  return {
    engine: 'SQLite',
    location: ':memory:',
    prepare: async () => ({ created: false }),
    answer: async (_plan, options = {}) => ({
      json: (await answer?.(options)) ?? '{"id":"ep-vote:139038"}',
      statement: { text: '', parameters: [] },
    }),
    searchCandidates: async () => [],
    linksAround: async () => [],
    linkColumns: unused,
    searchWords: async () => '',
    writer: unused,
    scanNodes: unused,
    scanLinks: unused,
    count: async () => ({}),
    sizes: async () => ({ nodes: new Map(), links: new Map() }),
    derivedBy: async () => null,
    editions: async () => editions,
    sourceSets: async () => [],
    countSourceSets: async () => new Map(),
    usedSourceSets: unused,
    state: async () => ({ version: 0, changedAt: null }),
    check: async () => [],
    copyTo: unused,
    underWay: () => ({ running: 0, waiting: 0 }),
    verify: async () => null,
    ping: ping ?? (async () => undefined),
    close: async () => {
      closed = true
    },
    get closed() {
      return closed
    },
  }
}

/** Serves on a free port of this machine, and returns once the store has answered or has failed to; whoever calls it stops it. */
export const serveOnFreePort = async (
  options: Pick<ServeOptions, 'open'> & Partial<ServeOptions>,
): Promise<Serving> => {
  const serving = await listenOnFreePort(options)
  await serving.started
  return serving
}

/** Serves on a free port, and returns once it listens. */
export const listenOnFreePort = (options: Pick<ServeOptions, 'open'> & Partial<ServeOptions>): Promise<Serving> =>
  serve({
    shape,
    host: '127.0.0.1',
    port: 0,
    statementTimeout: 5000,
    bodyLimit: 262_144,
    agents: { graphql: true, origins: [] },
    front: { proxies: [], hosts: [], connections: null, inFlight: 64, waitingBytes: 32_000_000 },
    log: () => undefined,
    ...options,
  })

/** Asks for one ballot. */
export const askVote = (url: string, signal?: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: '{"query":"{ voteEvent(id: \\"ep-vote:139038\\") { id } }"}',
    ...(signal && { signal }),
  })
