import { execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { readJson, type WrittenResult } from '../../src/query/written-result.js'
import { engines, schema, shape } from '../support/engines.js'

const [sqlite] = engines

describe('what is asked of the schema itself', () => {
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
