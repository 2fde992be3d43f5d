import { describe, expect, it } from 'vitest'
import { writeShortSchema } from '../../src/mcp/short-schema.js'
import { makeTools } from '../../src/mcp/tool.js'
import { OUTPUT_SCHEMA } from '../../src/mcp/tool-result.js'
import { schema } from '../support/engines.js'

/** Tokens, taken for four letters each. */
const tokens = (text: string): number => text.length / 4

describe('what a client puts before its model', () => {
  it('has the schema in 4,000 tokens, with each question and type, and without filters', () => {
    const text = writeShortSchema(schema)
    expect(tokens(text)).toBeLessThan(4000)
    for (const name of Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((each) => !each.endsWith('Stats')))
      expect(text).toMatch(new RegExp(`[ ,]${name}[(:]`))
    expect(text).toContain('\nVoteEvent: title: String, ')
    expect(text).toContain('votes(option?: VoteOption): [Person] +{option group country againstGroup date} +stats')
    expect(text).toContain('search(text: String, types?: [RecordType], first?: Int): plain list of SearchHit')
    expect(text).not.toMatch(/Where|Connection/)
  })

  it('has the tools in 6,000, whatever each of them answers', () => {
    const tools = makeTools(schema, true)
    expect(tokens(JSON.stringify(tools)) + tools.length * tokens(JSON.stringify(OUTPUT_SCHEMA))).toBeLessThan(6000)
  })
})
