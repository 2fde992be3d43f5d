import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { engines } from './support/engines.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const block = (language: string): string => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)?.[1] ?? ''

describe.each(engines)('the README, on $name', (engine) => {
  it('prints the answer that its question gets', async () => {
    const graph = await engine.seeded()
    const { text } = await graph.ask(block('graphql'))
    await graph.close()
    expect(JSON.parse(block('json'))).toEqual(JSON.parse(text))
  })
})
