import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Serving } from '../../src/serve/serve.js'
import { serveOnFreePort } from '../serve/fake-store.js'
import { engines } from '../support/engines.js'
import { hasRealFiles } from '../support/real-graph.js'
import { ballots } from './ballots.js'
import { figures } from './figures.js'
import { fillGraph } from './fill-graph.js'
import { peopleAndTexts } from './people-and-texts.js'
import type { Answered, Call } from './question.js'
import { traps } from './traps.js'

const questions = [...ballots, ...figures, ...peopleAndTexts]
/** Tokens, taken for four bytes each. */
const MOST_TOKENS = 1500

/** A figure, as a line of a text has it. */
const FIGURE = /\b(for|against|abstention|count|value|sum|margin|voting|totalCount) \d/

/** Each line with a figure ends with its sources, where the document asks for any. */
const expectSources = (text: string, { sources }: Answered): void => {
  if (sources.length === 0) expect(text).toContain('No source is named here')
  else for (const line of text.split('\n')) if (FIGURE.test(line)) expect(line).toMatch(/ \[\d+(: [^\]]*)?\]$/)
}

describe.skipIf(!hasRealFiles).each(engines)('a client without a model, on $name', (engine) => {
  let serving: Serving
  let client: Client
  beforeAll(async () => {
    const { store } = await fillGraph(engine)
    serving = await serveOnFreePort({ open: async () => store, statementTimeout: 20_000 })
    client = new Client({ name: 'script', version: '1' }, { versionNegotiation: { mode: 'auto' } })
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', serving.url)))
  }, 400_000)
  afterAll(async () => {
    await client?.close()
    await serving?.stop(1000)
  })

  const call = async ([name, args]: Call) => {
    const { structuredContent, content, isError } = await client.callTool({ name, arguments: args })
    const text = (content as readonly { readonly text: string }[]).map((each) => each.text).join('\n')
    expect(Buffer.byteLength(text) / 4, text).toBeLessThanOrEqual(MOST_TOKENS)
    return { answered: structuredContent as unknown as Answered, text, isError }
  }

  it.each(questions.map((question) => [question.asks, question] as const))('%s', async (_, question) => {
    const seen: Answered[] = []
    for (const each of question.calls) {
      const { answered, text } = await call(typeof each === 'function' ? each(seen) : each)
      expect(answered.reason, text).toBeNull()
      expect(answered).toMatchObject({ asOf: expect.any(String), dataVersion: expect.any(Number) })
      expect(answered.link).toMatch(/^http:/)
      seen.push(answered)
      expectSources(text, answered)
      // What the text refers to is named.
      const named = answered.sources.map(({ number }) => number)
      for (const [, number] of text.matchAll(/ \[(\d+)(?:: [^\]]*)?\]/g)) expect(named).toContain(Number(number))
    }
    expect(question.read(seen.at(-1) as Answered, seen)).toEqual(question.answer)
  })

  it.each(traps.map((trap) => [trap.asks, trap] as const))('is told why there is no answer to %s', async (_, trap) => {
    const { answered, text } = await call(trap.call)
    expect(answered.reason?.code, text).toBe(trap.code)
    expect(text).toContain(`${trap.code}: `)
    if (trap.says) expect(answered.reason?.sentence).toMatch(trap.says)
    if (trap.nearest) expect(answered.reason?.nearest.map(({ id }) => id)).toContain(trap.nearest)
  })
})

it('there are at least forty questions and twenty traps, each asked with at most three calls', () => {
  expect(questions.length).toBeGreaterThanOrEqual(40)
  expect(traps.length).toBeGreaterThanOrEqual(20)
  expect(questions.filter(({ calls }) => calls.length > 3)).toEqual([])
})
