import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../support/engines.js'

const folder = new URL('../contract/', import.meta.url)
const questions = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .sort()

describe.each(engines)('the contract, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.seeded()
  })
  afterAll(() => graph.close())

  it.each(questions)('%s has its answer, by one statement', async (name) => {
    const expected = JSON.parse(readFileSync(new URL(name.replace('.graphql', '.json'), folder), 'utf8'))
    const { data, errors, statements } = await graph.ask(readFileSync(new URL(name, folder), 'utf8'))
    expect(errors).toBeUndefined()
    expect(differences(expected, data, 'data')).toEqual([])
    expect(statements).toHaveLength(1)
  })
})

/** Where an answer differs from the one expected: `"*"` is anything but nothing, and the order of lists does not count. */
const differences = (expected: unknown, actual: unknown, path: string): readonly string[] => {
  if (expected === '*') return isNothing(actual) ? [`${path} is empty`] : []
  if (Array.isArray(expected)) return listDifferences(expected, actual, path)
  if (expected === null || typeof expected !== 'object') {
    return expected === actual ? [] : [`${path} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`]
  }
  if (actual === null || typeof actual !== 'object') return [`${path} is ${JSON.stringify(actual)}`]
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(value, (actual as Record<string, unknown>)[key], `${path}.${key}`),
  )
}

const listDifferences = (expected: readonly unknown[], actual: unknown, path: string): readonly string[] => {
  if (!Array.isArray(actual) || actual.length !== expected.length) return [`${path} is ${JSON.stringify(actual)}`]
  const left = [...actual]
  return expected.flatMap((item, i) => {
    const place = left.findIndex((candidate) => differences(item, candidate, '').length === 0)
    if (place < 0) return [`${path}[${i}]: nothing equals ${JSON.stringify(item)}`]
    left.splice(place, 1)
    return []
  })
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (value as { nodes?: readonly unknown[] }).nodes?.length === 0
