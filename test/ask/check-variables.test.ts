import { describe, expect, it } from 'vitest'
import { refusalOfVariables } from '../../src/ask/check-variables.js'

const deep = (levels: number): unknown => {
  let value: unknown = {}
  for (let i = 0; i < levels; i += 1) value = { and: [value] }
  return value
}
const codeOf = (variables: Readonly<Record<string, unknown>>) => refusalOfVariables(variables)?.extensions['code']

describe('variables', () => {
  it('are let through as filters and lists of ids have them', () => {
    expect(refusalOfVariables(undefined)).toBeUndefined()
    expect(codeOf({ ids: Array.from({ length: 1000 }, (_, i) => `x${i}`), where: deep(10) })).toBeUndefined()
  })

  it('are refused where they are too many, whether keys or items', () => {
    expect(codeOf({ ids: Array.from({ length: 5000 }, () => ({})) })).toBe('VARIABLE_LIMIT')
    expect(codeOf(Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`k${i}`, i])))).toBe('VARIABLE_LIMIT')
  })

  it('are refused where they stand too deep, however deep that is', () => {
    expect(codeOf({ where: deep(20) })).toBe('VARIABLE_LIMIT')
    expect(codeOf({ where: deep(100_000) })).toBe('VARIABLE_LIMIT')
  })
})
