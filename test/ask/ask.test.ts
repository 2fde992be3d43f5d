import { buildSchema, execute } from 'graphql'
import { describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { DOCUMENT_LIMITS } from '../../src/ask/check-document.js'
import { RapporteurError } from '../../src/errors.js'
import type { Executor } from '../../src/query/execute.js'

const schema = buildSchema(
  'type Query { hello(times: Int): String place: Place } type Place { name: String partOf: Place }',
)
const answers: Executor = async (args) =>
  execute({ ...args, rootValue: { hello: ({ times = 1 }) => 'hello '.repeat(times) } })
const askWith = (executor: () => Executor, limits = DOCUMENT_LIMITS) => new Ask({ schema, executor, limits })
const codes = async (ask: Ask, text: string) =>
  (await ask.question(text)).errors?.map(({ extensions }) => extensions['code'])

describe('a question in the same process', () => {
  it('is answered with its variables, and by the operation that is named', async () => {
    const ask = askWith(() => answers)
    const text = 'query A { place { name } } query B($n: Int) { hello(times: $n) }'
    expect(await ask.question(text, { variables: { n: 2 }, operationName: 'B' })).toEqual({
      data: { hello: 'hello hello ' },
    })
    expect((await ask.question(text, { operationName: 'C' })).errors?.[0]?.message).toBe('Unknown operation named "C".')
  })

  it.each([
    ['DEPTH_LIMIT', '{ place { partOf { partOf { partOf { name } } } } }', { depth: 4 }],
    ['ALIAS_LIMIT', '{ a: hello b: hello }', { aliases: 1 }],
    ['ROOT_FIELD_LIMIT', '{ a: hello b: hello }', { rootFields: 1 }],
    ['TOKEN_LIMIT', '{ hello place { name } }', { tokens: 5 }],
    ['LINE_LIMIT', '{\nhello\n}', { lines: 2 }],
    ['LENGTH_LIMIT', '{ hello } # and more', { characters: 19 }],
    [
      'DIRECTIVE_LIMIT',
      'query($x: Int @a) @b { ... @c { hello @d } ...F @e } fragment F on Query @f { hello }',
      { directives: 5 },
    ],
    ['COST_LIMIT', '{ hello hello hello }', { comparisons: 2 }],
  ])('is held to the limits as one over HTTP: %s', async (code, text, limits) => {
    let asked = 0
    const ask = askWith(
      () => {
        asked += 1
        return answers
      },
      { ...DOCUMENT_LIMITS, ...limits },
    )
    expect(await codes(ask, text)).toEqual([code])
    expect(await codes(ask, text)).toEqual([code])
    expect(asked).toBe(0)
  })

  it('is refused where it is no document, or the schema does not have what it asks', async () => {
    const ask = askWith(() => answers)
    expect((await ask.question('{ hello')).errors?.[0]?.message).toMatch(/^Syntax Error/)
    expect((await ask.question('{ nothing }')).errors?.[0]?.message).toMatch(/^Cannot query field "nothing"/)
  })

  it('is read once, and validated once', async () => {
    const ask = askWith(() => answers)
    expect(ask.documents.known('{ hello }')).toBe(undefined)
    await ask.question('{ hello }')
    const read = ask.documents.known('{ hello }')
    await ask.question('{ hello }')
    expect(read).toBeDefined()
    expect(ask.documents.known('{ hello }')).toBe(read)
  })

  it('is not answered while there is no store', async () => {
    const ask = askWith(() => {
      throw new RapporteurError('UNAVAILABLE', 'The store has not answered.')
    })
    await expect(ask.question('{ hello }')).rejects.toThrow('The store has not answered.')
  })
})
