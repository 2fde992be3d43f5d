import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type ErrorCode, RapporteurError } from '../../src/errors.js'
import { smallServer } from './small-server.js'

const failing = (error: unknown, options = {}) =>
  smallServer(
    {
      hello: () => {
        throw error
      },
    },
    options,
  )

describe('error masking', () => {
  it('tells nothing of a fault but a number, under which the log has it on one line', async () => {
    const secret = new Error('cannot reach bolt://neo4j:hunter2@10.0.0.7', { cause: new TypeError('at /srv/graph.db') })
    const { ask, logged } = failing(secret)
    const { response, body } = await ask('{ hello }')
    expect(response.status).toBe(500)
    expect(JSON.stringify([body, [...response.headers]])).not.toMatch(/hunter2|10\.0\.0\.7|graph\.db|stack|at /)
    expect(body.errors?.[0]).toMatchObject({ path: ['hello'], extensions: { code: 'INTERNAL' } })
    const number = /"([0-9a-f]{8})"/.exec(body.errors?.[0]?.message ?? '')?.[1]
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(`INTERNAL ${number}: Error: cannot reach bolt://`)
    expect(logged[0]).not.toContain('\n')
  })

  it.each(['a string', null, undefined, { message: 'secret' }, 7])(
    'masks %j, thrown in place of an error',
    async (thrown) => {
      const { body } = await failing(thrown).ask('{ hello }')
      expect(body.errors?.[0]?.extensions?.code).toBe('INTERNAL')
      expect(JSON.stringify(body)).not.toContain('secret')
    },
  )

  it.each<[ErrorCode, number]>([
    ['BAD_ARGUMENT', 400],
    ['BAD_CURSOR', 400],
    ['BAD_ID', 400],
    ['NULL_IN_FILTER', 400],
    ['EMPTY_FILTER', 400],
    ['DEPTH_LIMIT', 400],
    ['COST_LIMIT', 400],
    ['TIMEOUT', 503],
  ])('tells %s in its own words, with %i', async (code, status) => {
    const { ask, logged } = failing(new RapporteurError(code, 'The reason, and what to do.'))
    const { response, body } = await ask('{ hello }')
    expect(response.status).toBe(status)
    expect(body.errors).toMatchObject([
      { message: 'The reason, and what to do.', path: ['hello'], extensions: { code } },
    ])
    expect(body.errors?.[0]?.extensions).toEqual({ code })
    expect(logged).toEqual([])
  })

  it.each<[ErrorCode, string, number]>([
    ['STORE_LOCKED', 'UNAVAILABLE', 503],
    ['STORE_FOREIGN', 'UNAVAILABLE', 503],
    ['BAD_SETTING', 'INTERNAL', 500],
  ])('masks %s, whose words are for whoever runs the server, as %s', async (code, told, status) => {
    const { ask } = failing(new RapporteurError(code, 'The file "/srv/graph.db" is locked.'))
    const { response, body } = await ask('{ hello }')
    expect(response.status).toBe(status)
    expect(body.errors).toMatchObject([{ extensions: { code: told } }])
    expect(JSON.stringify(body)).not.toContain('/srv')
  })

  it('has the log say once that the store is gone, and again what is said differently', async () => {
    const sentences = ['One does not answer.', 'One does not answer.', 'Another does not answer.']
    const { ask, logged } = smallServer({
      hello: () => {
        throw new RapporteurError('UNAVAILABLE', sentences.shift() ?? '')
      },
    })
    for (let asked = 0; asked < 3; asked += 1) expect((await ask('{ hello }')).response.status).toBe(503)
    expect(logged).toEqual(['UNAVAILABLE: One does not answer.', 'UNAVAILABLE: Another does not answer.'])
  })

  it('masks the error of a request that could not even begin', async () => {
    const { ask } = smallServer(
      {},
      {
        executor: () => {
          throw new Error('secret')
        },
      },
    )
    const { response, body } = await ask('{ hello }')
    expect(response.status).toBe(500)
    expect(body.errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }])
    expect(JSON.stringify(body)).not.toContain('secret')
  })

  it('answers 200 with data where only a part failed', async () => {
    const { ask } = smallServer({
      hello: () => 'world',
      place: () => {
        throw new RapporteurError('COST_LIMIT', 'Too much.')
      },
    })
    const { response, body } = await ask('{ hello place { name } }')
    expect(response.status).toBe(200)
    expect(body).toMatchObject({
      data: { hello: 'world', place: null },
      errors: [{ path: ['place'], extensions: { code: 'COST_LIMIT' } }],
    })
  })

  it('gives an error of a ready text the same masking', async () => {
    const data = { hello: null, number: 1 }
    const errors = [new GraphQLError('wrapped', { path: ['hello'], originalError: new Error('secret') })]
    const { ask } = smallServer(
      {},
      {
        executor: () => async () => ({
          data,
          errors,
          stringify: (result) => JSON.stringify({ errors: result.errors, data }),
        }),
      },
    )
    const { body } = await ask('{ hello number }')
    expect(body).toMatchObject({
      data: { hello: null, number: 1 },
      errors: [{ path: ['hello'], extensions: { code: 'INTERNAL' } }],
    })
    expect(JSON.stringify(body)).not.toContain('secret')
  })

  it('gives an error that has no code of its own BAD_ARGUMENT', async () => {
    const { body } = await failing(new GraphQLError('The argument is odd.')).ask('{ hello }')
    expect(body.errors).toMatchObject([{ message: 'The argument is odd.', extensions: { code: 'BAD_ARGUMENT' } }])
  })
})
