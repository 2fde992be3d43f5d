import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { COVERED } from '../../src/mcp/coverage.js'
import { NEAREST } from '../../src/mcp/nearest-records.js'
import { readTools, writeDocument } from '../../src/mcp/read-tools.js'
import { makeTools } from '../../src/mcp/tool.js'
import { WHAT_IS } from '../../src/mcp/why-nothing.js'
import { schema } from '../support/engines.js'

const tools = readTools()

describe('the stored documents', () => {
  it.each(tools.map((tool) => [tool.name, tool] as const))(
    '%s is what the schema allows, whatever is given',
    (_, tool) => {
      const names = (tool.operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
      const all = Object.fromEntries(names.map((name) => [name, 'x']))
      for (const given of [{}, all, ...names.map((name) => ({ [name]: 'x' }))])
        expect(validate(schema, parse(writeDocument(tool, given)))).toEqual([])
    },
  )

  it.each([WHAT_IS, COVERED, NEAREST])('what explains an empty answer is what the schema allows', (document) => {
    expect(validate(schema, parse(document))).toEqual([])
  })

  it('are at most a dozen, and one beside them takes any document where that is wanted', () => {
    expect(tools.length).toBeLessThanOrEqual(12)
    const names = (withGraphql: boolean) => makeTools(schema, withGraphql).map(({ name }) => name)
    expect(names(false)).toEqual(tools.map(({ name }) => name))
    expect(names(true)).toEqual([...names(false), 'graphql'])
  })
})
