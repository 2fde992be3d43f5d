import type { ErrorObject } from 'ajv'
import { suggestionList } from 'graphql/jsutils/suggestionList.js'
import { clip } from './clip.js'

/** The keys and positions that lead to what an error of a JSON Schema is about. */
export const stepsOf = ({ instancePath }: ErrorObject): readonly string[] =>
  instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The errors that say something: what is of the wrong type is wrong in every other way too, and one sentence says so. */
export const telling = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return errors.filter(
    ({ keyword, instancePath }) => keyword === 'type' || (keyword !== 'if' && !mistyped.has(instancePath)),
  )
}

/** What may have been meant by a word that is none of those known: the nearest, or else all of them. */
export const whatElse = (word: string, known: readonly string[]): string => {
  const nearest = suggestionList(word, known)
    .slice(0, 2)
    .map((each) => `"${each}"`)
    .join(' or ')
  return nearest ? `did you mean ${nearest}?` : `use one of ${known.join(', ')}.`
}

/** What is wrong with a value, as a sentence's part. */
export const schemaProblem = (error: ErrorObject): string => {
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
