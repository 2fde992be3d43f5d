import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../contract/', import.meta.url)

/** A question of the contract and the answer it must get. */
export interface Question {
  readonly name: string
  readonly query: string
  readonly answer: unknown
}

export const questions: readonly Question[] = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
  .map((file) => {
    const answer = readFileSync(new URL(file.replace('.graphql', '.json'), folder), 'utf8')
    return { name: file, query: readFileSync(new URL(file, folder), 'utf8'), answer: JSON.parse(answer) as unknown }
  })

/** Where an answer differs from the one expected: `"*"` is anything but nothing, and the order of lists does not count. */
export const differences = (expected: unknown, actual: unknown, path = 'data'): readonly string[] => {
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
