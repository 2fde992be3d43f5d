import { execute } from 'graphql'
import { describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import type { Executor } from '../../src/query/execute.js'
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

/** Asks the same several times. @returns statuses, headers and bodies, and how often the executor was asked */
const askAgain = async (body: object, accept = 'application/json') => {
  let executed = 0
  const executor: Executor = async (args) => {
    executed += 1
    return execute({ ...args, rootValue: ROOTS })
  }
  const { server } = smallServer(ROOTS, { executor: () => executor })
  const answers: string[] = []
  for (let time = 0; time < 3; time += 1) {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
    })
    const text = (await response.text()).replaceAll(/"[0-9a-f]{8}/g, '"number')
    answers.push(
      JSON.stringify([response.status, [...response.headers], text.replaceAll(/\\"[0-9a-f]{8}\\"/g, 'number')]),
    )
  }
  return { answers, executed }
}

describe('a document asked again', () => {
  it.each<[string, object, number]>([
    ['with an answer', { query: '{ hello }' }, 3],
    ['with variables', { query: 'query Q($n: Int) { echo(text: "a", times: $n) }', variables: { n: 2 } }, 3],
    ['with a variable of the wrong type', { query: 'query Q($n: Int) { echo(times: $n) }', variables: { n: 'x' } }, 3],
    ['with an operation named', { query: 'query A { hello } query B { a: hello }', operationName: 'B' }, 3],
    ['with an operation that is not there', { query: 'query A { hello } query B { a: hello }', operationName: 'C' }, 3],
    ['with a fault', { query: '{ number }' }, 3],
    ['with a statement that took too long', { query: '{ hello place { name } }' }, 3],
    ['that is not valid', { query: '{ nothing }' }, 0],
    ['with a parameter that is none', { query: '{ hello }', more: 1 }, 0],
  ])('%s is answered as the first time, with one execution', async (_, body, executions) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { answers, executed } = await askAgain(body, accept)
      expect(new Set(answers).size).toBe(1)
      expect(answers.join()).not.toContain('hunter2')
      expect(executed).toBeLessThanOrEqual(executions)
    }
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
