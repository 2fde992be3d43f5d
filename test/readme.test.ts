import { readFileSync } from 'node:fs'
import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { engines, schema } from './support/engines.js'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const blockOf = (page: string, language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''
const readme = read('README.md')
const block = (language: string) => blockOf(readme, language)

describe.each(engines)('the README, on $name', (engine) => {
  it('prints the answer that its question gets', async () => {
    const graph = await engine.seeded()
    const { text } = await graph.ask(block('graphql'))
    await graph.close()
    expect(JSON.parse(block('json'))).toEqual(JSON.parse(text))
  })
})

describe('docs/analysis.md', () => {
  const questions = [...read('docs/analysis.md').matchAll(/```graphql\n(.*?)```/gs)].map(([, text = '']) => text)

  it.each(questions)('asks what the schema has: %s', (question) => {
    expect(validate(schema, parse(question))).toEqual([])
  })
})

describe.each(engines)('docs/architecture.md, on $name', (engine) => {
  it('prints the statement of its example', async () => {
    const page = read('docs/architecture.md')
    const graph = await engine.seeded()
    const { statements } = await graph.ask(blockOf(page, 'graphql'))
    await graph.close()
    const inOneLine = (text: string | undefined) => text?.replace(/\s+/g, ' ').replaceAll('( ', '(').trim()
    const shown = blockOf(page, engine.name === 'SQLite' ? 'sql' : 'cypher')
    expect(statements.map(({ text }) => inOneLine(text))).toEqual([inOneLine(shown)])
  })
})
