import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { COVERED } from '../../src/mcp/coverage.js'
import { NEAREST } from '../../src/mcp/nearest-records.js'
import { readTools } from '../../src/mcp/read-tools.js'
import { makeTools } from '../../src/mcp/tool.js'
import { WHAT_IS } from '../../src/mcp/why-nothing.js'
import { writeDocument } from '../../src/mcp/write-document.js'
import { schema } from '../support/engines.js'

const tools = readTools()

describe('the stored documents', () => {
  it.each(tools.map((tool) => [tool.name, tool] as const))(
    '%s is what the schema allows, whatever is given',
    (_, tool) => {
      const names = (tool.operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
      const value = (name: string) => (name.startsWith('by') ? true : 'x')
      const all = Object.fromEntries(names.map((name) => [name, value(name)]))
      for (const given of [{}, all, ...names.map((name) => ({ [name]: value(name) }))])
        expect(validate(schema, parse(writeDocument(tool, given).query))).toEqual([])
    },
  )

  it('are asked for nothing by what is not given', () => {
    const tool = tools.find(({ name }) => name === 'figures') as (typeof tools)[number]
    const { query, variables, idle } = writeDocument(tool, { within: '2023', byYear: true })
    expect(query).toMatch(/where: \{date: \{within: \$within\}\}/)
    expect(query).not.toMatch(/@include|@skip|\$title|\$byYear|groups:|month:/)
    expect([variables, idle]).toEqual([{ within: '2023' }, []])
  })

  it('tell of what is given and would change nothing', () => {
    const tool = tools.find(({ name }) => name === 'figures') as (typeof tools)[number]
    expect(writeDocument(tool, { group: 'ep-group:SD', byOption: true, byGroup: false }).idle).toEqual([
      'group',
      'byOption',
    ])
    expect(writeDocument(tool, { group: 'ep-group:SD', byGroup: true }).idle).toEqual([])
  })

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
