import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import { createServer, type Server } from '../../src/serve/server.js'
import { engines, type Graph, shape } from '../support/engines.js'
import { HOSTILE_DOCUMENTS } from '../support/hostile-documents.js'

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

describe.each(engines)('documents that cost more than they look, on $name', (engine) => {
  let graph: Graph
  let server: Server
  const logged: string[] = []
  beforeAll(async () => {
    graph = await engine.seeded()
    const schema = makeServedSchema(shape.served)
    const executor = createExecutor({ schema, shape, store: graph.store, timeout: 20_000 })
    const readiness = async () => ({ ready: true, sentence: '' })
    server = createServer({
      ask: new Ask({ schema, executor: () => executor }),
      readiness,
      log: (line) => logged.push(line),
    })
  }, 60_000)
  afterAll(() => graph.close())

  const ask = async (query: string): Promise<string> => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query }),
    })
    const { data, errors = [] } = JSON.parse(await response.text()) as Answer
    if (data) return `answered${errors.length > 0 ? `, with ${errors[0]?.message}` : ''}`
    expect(errors.length).toBeLessThanOrEqual(25)
    return [...new Set(errors.map(({ extensions }) => extensions?.code))].join(' ')
  }

  it('are each answered in JSON or refused with a code, alike on both engines', async () => {
    const outcomes: Record<string, string> = {}
    for (const { name, query } of HOSTILE_DOCUMENTS) outcomes[name] = await ask(query)
    expect(logged).toEqual([])
    await expect(`${JSON.stringify(outcomes, null, 2)}\n`).toMatchFileSnapshot('./hostile-documents.json')
  }, 120_000)
})
