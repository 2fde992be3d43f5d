import { buildSchema, getIntrospectionQuery, graphqlSync, isObjectType, isScalarType, printSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import { createServer } from '../../src/serve/server.js'
import { shape } from './fake-store.js'

const schema = makeServedSchema(shape.served)
const server = createServer({
  ask: new Ask({
    schema,
    executor: () => {
      throw new Error('Nothing is asked here.')
    },
  }),
  readiness: async () => ({ ready: true, sentence: 'Ready.' }),
  log: () => undefined,
})
const get = (headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  server.fetch('http://server/schema.graphql', { headers, method })

describe('the schema as a text', () => {
  it('is given at /schema.graphql, to every site, and not twice', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.text()).toBe(`${printSchema(schema)}\n`)
    const again = await get({ 'if-none-match': response.headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get({}, 'HEAD')).status).toBe(200)
    const posted = await get({}, 'POST')
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it('is that of introspection, has no type without fields and nothing of the mapping', async () => {
    const read = buildSchema(await (await get()).text())
    const introspect = (of: typeof schema) => graphqlSync({ schema: of, source: getIntrospectionQuery(DETAILS) }).data
    expect(introspect(read)).toEqual(introspect(schema))
    const types = Object.values(read.getTypeMap())
    expect(types.filter((type) => isObjectType(type) && Object.keys(type.getFields()).length === 0)).toEqual([])
    expect(read.getDirectives().map(({ name }) => name)).toEqual([
      'include',
      'skip',
      'deprecated',
      'specifiedBy',
      'oneOf',
    ])
  })

  it('introduces the data, and says what each scalar of its own is', () => {
    expect(schema.description).toMatch(/^Rapporteur: /)
    const own = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && type.astNode)
    expect(own.map((type) => type.name).sort()).toEqual(['Date', 'DateTime', 'URL'])
    for (const type of own) expect(type).toMatchObject({ specifiedByURL: expect.stringMatching(/^https:\/\//) })
  })
})

const DETAILS = { schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true } as const
