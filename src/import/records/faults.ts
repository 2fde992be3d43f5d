import type { ErrorObject } from 'ajv'
import { suggestionList } from 'graphql/jsutils/suggestionList.js'
import type { GraphShape } from '../../model/graph-shape.js'
import { clip } from '../read/clip.js'
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
  // What is of the wrong type is wrong in every other way too; one sentence says so.
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  const telling = errors.filter(
    ({ keyword, instancePath }) => keyword === 'type' || (keyword !== 'if' && !mistyped.has(instancePath)),
  )
  const faults = telling.map((error) => explainError(shape, document, error))
  return faults.filter(
    (fault, at) => faults.findIndex(({ line, reason }) => line === fault.line && reason === fault.reason) === at,
  )
}

const explainError = (shape: GraphShape, document: YamlDocument, error: ErrorObject): LocatedFault => {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const [type, index] = path
  const owner = type !== undefined && shape.nodes.has(type) && index !== undefined ? { type, index: Number(index) } : {}
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties') {
    const key = String(error.params['additionalProperty'])
    return { ...owner, line: document.lineOf([...path, key], true), reason: unknownKey(shape, path, key, error) }
  }
  return { ...owner, line: document.lineOf(path), reason: `${nameOf(path)} ${problemOf(error)}.` }
}

const unknownKey = (shape: GraphShape, path: readonly string[], key: string, error: ErrorObject): string => {
  const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as Record<string, unknown>)
  const nearest = suggestionList(key, known)
    .slice(0, 2)
    .map((each) => `"${each}"`)
    .join(' or ')
  const advice = nearest ? `did you mean ${nearest}?` : `use one of ${known.join(', ')}.`
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

const problemOf = (error: ErrorObject): string => {
  const { keyword, params, data } = error
  switch (keyword) {
    case 'required':
      return `lacks "${params['missingProperty']}"`
    case 'type':
      return typeProblem(params['type'] as string | readonly string[], data)
    case 'enum':
      return `is ${quote(data)}; it must be one of ${(params['allowedValues'] as readonly string[]).join(', ')}`
    case 'format':
      return formatProblem(String(params['format']), data)
    case 'pattern':
      return String(params['pattern']).startsWith('^\\S')
        ? `is ${quote(data)}, and an id has no spaces`
        : `is ${quote(data)}, which is not an http or https address`
    case 'exclusiveMinimum':
      return `is ${quote(data)}, and must be greater than ${params['limit']}`
    case 'minLength':
      return 'is empty; leave the key out where nothing is known'
    case 'maxLength':
      return `is ${quote(data)}, which is longer than ${params['limit']} characters`
    case 'minItems':
      return 'is an empty list; leave the key out where nothing is known'
    case 'minProperties':
      return 'is empty; write records into it, or remove it'
    default:
      return error.message ?? 'is wrong'
  }
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, each item of which begins with "- "',
  object: 'a mapping of keys to values',
}

const typeProblem = (type: string | readonly string[], data: unknown): string => {
  if (data === null) return 'is empty; leave the key out where nothing is known'
  const wanted = WANTED[typeof type === 'string' ? type : (type[0] ?? '')] ?? type
  if (wanted === 'text' && typeof data !== 'object')
    return `is ${quote(data)}, which is read as ${typeof data === 'boolean' ? 'true or false' : 'a number'}; put it in quotes`
  return `is ${quote(data)}, and must be ${wanted}`
}

const formatProblem = (format: string, data: unknown): string => {
  if (format === 'date') return `is ${quote(data)}, which is not a day that exists, such as 2022-01-20`
  if (format === 'date-time') return `is ${quote(data)}, which is not a moment such as 2022-01-20T15:33:04+01:00`
  return `is ${quote(data)}, which is not an http or https address`
}

/** A value as it is shown in a sentence. */
const quote = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  const text = String(value)
  const shown = clip(text)
  return typeof value === 'string' ? `"${shown}"` : shown
}
