import { execute, getIntrospectionQuery, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { readJson, type WrittenResult } from '../../src/query/written-result.js'
import { engines, schema, shape } from '../support/engines.js'

const [sqlite] = engines

describe('what is asked of the schema itself', () => {
  it('is the same as graphql-js gives at once, however it is asked', async () => {
    const graph = await (sqlite as (typeof engines)[number]).empty()
    const executor = createExecutor({ schema, shape, store: graph.store })
    const ask = new Ask({ schema, executor: () => executor })
    const variableValues = { deprecated: true, not: false }
    const documents = [
      getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, schemaDescription: true }),
      '{ __schema { __typename } }',
      '{ __schema { b: types { name } a: queryType { name } types { kind } b: types { kind } ...More } } fragment More on __Schema { types { n: name } directives { name } }',
      'query($deprecated: Boolean, $not: Boolean = true) { s: __schema { types @include(if: $not) { name } t: types { fields(includeDeprecated: $deprecated) { name } } } s: __schema { description } }',
    ]
    for (const text of documents) {
      const given = (await ask.question(text, { variables: variableValues })) as WrittenResult
      const plain = await execute({ schema, document: parse(text), variableValues })
      expect(given.stringify({}).toString()).toBe(JSON.stringify(plain))
    }
    await graph.close()
  })

  const WHOLE = '{ __schema { types { name fields(includeDeprecated: true) { name type { name ofType { name } } } } } }'

  it('is answered by graphql-js once, and then as quickly as it is written', async () => {
    const graph = await (sqlite as (typeof engines)[number]).empty()
    const executor = createExecutor({ schema, shape, store: graph.store })
    const ask = new Ask({ schema, executor: () => executor })
    const answer = async () => (await ask.question(WHOLE)) as WrittenResult
    const plain = await execute({ schema, document: parse(WHOLE) })
    const [first, second] = [await answer(), await answer()]
    for (const each of [first, second])
      expect(readJson(each.stringify({}))).toEqual({ data: JSON.parse(JSON.stringify(plain.data)) })
    await graph.close()
  })

  it('follows the variables, the operation, its names and its places', async () => {
    const graph = await (sqlite as (typeof engines)[number]).empty()
    const executor = createExecutor({ schema, shape, store: graph.store })
    const ask = new Ask({ schema, executor: () => executor })
    const document = `
      query A($name: String! = "Person", $with: Boolean = true) { ...Both }
      query B($name: String! = "Place", $with: Boolean = false) { ...Both other: __type(name: "Source") { name } }
      fragment Both on Query { type: __type(name: $name) { name kind @include(if: $with) } __typename }`
    const asked = [
      { operationName: 'A' },
      { operationName: 'B' },
      { operationName: 'A', variables: { with: false } },
      { operationName: 'A', variables: { name: 'Nothing' } },
      { operationName: 'B', variables: { name: 'Source', with: true } },
    ]
    for (let times = 0; times < 2; times += 1)
      for (const asking of asked) {
        const { data } = await ask.question(document, asking)
        const plain = await execute({
          schema,
          document: parse(document),
          operationName: asking.operationName,
          ...('variables' in asking && { variableValues: asking.variables }),
        })
        expect(data).toEqual(JSON.parse(JSON.stringify(plain.data)))
      }
    await graph.close()
  })
})
