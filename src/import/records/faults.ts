import type { ErrorObject } from 'ajv'
import type { GraphShape } from '../../model/graph-shape.js'
import { schemaProblem, stepsOf, telling, whatElse } from '../read/schema-problem.js'
import type { Fault, YamlDocument } from '../read/yaml-document.js'
import { whyNotWritten } from './format.js'

/** Where a fault stands: in which record of which type, or outside all of them. */
export interface LocatedFault extends Fault {
  readonly type?: string
  readonly index?: number
}

/** Says in sentences, with lines, what the check against the JSON Schema found. */
export const explainErrors = (
  shape: GraphShape,
  document: YamlDocument,
  errors: readonly ErrorObject[],
): readonly LocatedFault[] => {
  const faults = telling(errors).map((error) => explainError(shape, document, error))
  return faults.filter(
    (fault, at) => faults.findIndex(({ line, reason }) => line === fault.line && reason === fault.reason) === at,
  )
}

const explainError = (shape: GraphShape, document: YamlDocument, error: ErrorObject): LocatedFault => {
  const path = stepsOf(error)
  const [type, index] = path
  const owner = type !== undefined && shape.nodes.has(type) && index !== undefined ? { type, index: Number(index) } : {}
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties') {
    const key = String(error.params['additionalProperty'])
    return { ...owner, line: document.lineOf([...path, key], true), reason: unknownKey(shape, path, key, error) }
  }
  return { ...owner, line: document.lineOf(path), reason: `${nameOf(path)} ${schemaProblem(error)}.` }
}

const unknownKey = (shape: GraphShape, path: readonly string[], key: string, error: ErrorObject): string => {
  const advice = whatElse(key, Object.keys((error.parentSchema?.['properties'] ?? {}) as Record<string, unknown>))
  if (path.length === 0) return `"${key}" is not a type of record; ${advice}`
  const type = String(path[0])
  const reason = path.length === 2 ? whyNotWritten(shape, type, key) : null
  if (reason) return `"${key}" of ${type} ${reason}.`
  return `"${key}" is not a key of ${path.length === 2 ? type : nameOf(path).replace('Item', 'item')}; ${advice}`
}

/** What the path leads to, as a sentence begins: `"tally.for"`, `Item 2 of "addressees"`, `The record`, `The file`. */
const nameOf = (path: readonly string[]): string => {
  if (path.length === 0) return 'The file'
  const inside = path.slice(isPosition(path[1]) && path[0] !== 'sources' ? 2 : 0)
  if (inside.length === 0) return 'The record'
  const item = isPosition(inside.at(-1)) ? `Item ${Number(inside.at(-1)) + 1} of ` : ''
  return `${item}"${inside.filter((step) => !isPosition(step)).join('.')}"`
}

const isPosition = (step: string | undefined): boolean => /^\d+$/.test(step ?? '')
