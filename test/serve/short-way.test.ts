import { execute } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import type { Executor } from '../../src/query/execute.js'
import { type Listening, listen } from '../../src/serve/listen.js'
import { EXPLAIN_HEADER } from '../../src/serve/plugins/answer-questions.js'
import type { ServerOptions } from '../../src/serve/server.js'
import { smallServer } from './small-server.js'

const ROOTS = {
  hello: () => 'world',
  number: () => {
    throw new Error('cannot reach bolt://neo4j:hunter2@10.0.0.7')
  },
  place: () => {
    throw new RapporteurError('TIMEOUT', 'The question took longer than 5 ms and was ended.')
  },
  echo: ({ text, times }: Record<string, unknown>) => `${text} ${times}`,
}

let listening: Listening | undefined
afterEach(() => listening?.stop(0))

/** Serves the small schema. @returns its address, and how often the executor was asked */
const serveSmall = async (executor: Executor, options: Partial<ServerOptions> = {}) => {
  let executed = 0
  const counted: Executor = async (args) => {
    executed += 1
    return executor(args)
  }
  const { server, asked } = smallServer(ROOTS, { executor: () => counted, ...options })
  listening = await listen(server.listener, '127.0.0.1', 0)
  return { url: `${listening.url}/graphql`, executed: () => executed, asked }
}

/** An executor that writes its answers itself, as the planned one does. */
const written: Executor = async (args) => {
  const result = await execute({ ...args, rootValue: ROOTS })
  return { ...result, stringify: (shown) => JSON.stringify({ data: result.data, errors: shown.errors }) }
}

/** Asks the same several times. @returns statuses, headers and bodies, and how often the executor was asked */
const askAgain = async (body: object | string, headers: Readonly<Record<string, string>>) => {
  const { url, executed } = await serveSmall(written)
  const answers: string[] = []
  for (let time = 0; time < 4; time += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = (await response.text()).replaceAll(/"[0-9a-f]{8}/g, '"number')
    const told = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)).sort()
    answers.push(JSON.stringify([response.status, told, text.replaceAll(/\\"[0-9a-f]{8}\\"/g, 'number')]))
  }
  await listening?.stop(0)
  return { answers, executed: executed() }
}

describe('a document asked again', () => {
  it('may come with what no question is, which is refused, and the server goes on', async () => {
    const { url } = await serveSmall(written)
    const ask = (body: unknown) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect((await ask({ query: '{ hello }' })).status).toBe(200)
    for (const body of [{ extensions: null }, { extensions: 1 }, { extensions: [] }, { query: null }, null, 1, []])
      expect([400, 200]).toContain((await ask(body)).status)
    expect(await (await ask({ query: '{ hello }', extensions: null })).json()).toEqual({ data: { hello: 'world' } })
  })

  it.each<[string, object | string, number]>([
    ['with an answer', { query: '{ hello }' }, 4],
    ['with letters beyond ASCII', { query: '{ echo(text: "Qazaqstan, Қазақстан") }' }, 4],
    ['with variables', { query: 'query Q($n: Int) { echo(text: "a", times: $n) }', variables: { n: 2 } }, 4],
    ['with a variable of the wrong type', { query: 'query Q($n: Int) { echo(times: $n) }', variables: { n: 'x' } }, 4],
    ['with an operation named', { query: 'query A { hello } query B { a: hello }', operationName: 'B' }, 4],
    ['with an operation that is not there', { query: 'query A { hello } query B { a: hello }', operationName: 'C' }, 4],
    ['with a fault', { query: '{ number }' }, 4],
    ['with a statement that took too long', { query: '{ hello place { name } }' }, 4],
    ['that is not valid', { query: '{ nothing }' }, 0],
    ['with no extensions', { query: '{ hello }', extensions: null }, 4],
    ['with nothing but no extensions', { extensions: null }, 0],
    ['with extensions that are a number', { extensions: 1 }, 0],
    ['with a parameter that is none', { query: '{ hello }', more: 1 }, 0],
    ['with a body that is not JSON', '{"query": "{ hello }"', 0],
    ['with a body that is a list', '[{"query": "{ hello }"}]', 0],
    ['with variables that are a list', { query: '{ hello }', variables: [] }, 0],
    ['with an operation named by a number', { query: '{ hello }', operationName: 1 }, 0],
  ])('%s is answered as the first time, with one execution', async (_, body, executions) => {
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*', 'text/event-stream']) {
      const { answers, executed } = await askAgain(body, { accept })
      expect(new Set(answers).size).toBe(1)
      expect(answers.join()).not.toContain('hunter2')
      expect(executed).toBeLessThanOrEqual(executions)
    }
  })

  it('goes the short way from the second time on', async () => {
    const { url, asked } = await serveSmall(written)
    const looked = vi.spyOn(asked.documents, 'known')
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    for (const more of [{}, {}, { 'content-type': 'application/json;charset=UTF-8' }, { accept: '*/*' }])
      await fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: '{"query":"{ hello }"}' })
    await fetch(`${url}?a=b`, { method: 'POST', headers, body: '{"query":"{ hello }"}' })
    await fetch(url, {
      method: 'POST',
      headers: { ...headers, [EXPLAIN_HEADER]: 'true' },
      body: '{"query":"{ hello }"}',
    })
    expect(looked).toHaveBeenCalledTimes(2)
    expect(looked.mock.results.every(({ value }) => value !== undefined)).toBe(true)
  })

  it('has done for it each time whatever a plugin of the server does', async () => {
    let [asked, number] = [0, 0]
    const plugins: Plugin[] = [
      {
        onRequest: ({ request, fetchAPI, endResponse }) => {
          if (request.headers.get('x-key') === 'wrong') endResponse(new fetchAPI.Response(null, { status: 401 }))
        },
        onExecute: () => {
          asked += 1
        },
        onResponse: ({ response }) => {
          number += 1
          response.headers.set('x-number', String(number))
        },
      },
    ]
    const { url } = await serveSmall(written, { plugins })
    const ask = (key: string) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-key': key }
      return fetch(url, { method: 'POST', headers, body: '{"query":"{ hello }"}' })
    }
    const answers = [await ask('right'), await ask('right'), await ask('wrong'), await ask('right')]
    expect(answers.map(({ status, headers }) => [status, headers.get('x-number')])).toEqual([
      [200, '1'],
      [200, '2'],
      [401, '3'],
      [200, '4'],
    ])
    expect(asked).toBe(3)
  })

  it('is told the signal of a client that goes away', async () => {
    let [asked, gone] = [0, 0]
    const { url } = await serveSmall(async (args) => {
      asked += 1
      if (asked === 1) return written(args)
      return new Promise(() => args.signal?.addEventListener('abort', () => (gone += 1)))
    })
    const client = new AbortController()
    const ask = () => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      return fetch(url, { method: 'POST', headers, body: '{"query":"{ hello }"}', signal: client.signal })
    }
    expect((await ask()).status).toBe(200)
    const asking = ask()
    await expect.poll(() => asked).toBe(2)
    client.abort()
    await expect(asking).rejects.toThrow()
    await expect.poll(() => gone).toBe(1)
  })

  it('is refused while there is no store', async () => {
    let open = true
    const executor = (): Executor => {
      if (open) return async (args) => execute({ ...args, rootValue: ROOTS })
      throw new RapporteurError('UNAVAILABLE', 'The store has not answered.')
    }
    const { ask } = smallServer(ROOTS, { executor })
    expect((await ask('{ hello }')).response.status).toBe(200)
    open = false
    const { response, body } = await ask('{ hello }')
    expect(response.status).toBe(503)
    expect(body.errors?.[0]?.extensions?.code).toBe('UNAVAILABLE')
  })
})
