import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isLeafType,
  isListType,
  type OperationDefinitionNode,
  print,
  typeFromAST,
} from 'graphql'
import { ADDRESS_WORDS } from '../ask/named-documents.js'
import { refuse } from '../ask/refuse.js'
import { nearest } from '../search/nearest.js'

/** A variable of a named document, as it is listed. */
export interface ListedVariable {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly default?: string
  readonly description?: string
}

/** What a document can be asked with. */
export const listVariables = ({ variableDefinitions = [] }: OperationDefinitionNode): readonly ListedVariable[] =>
  variableDefinitions.map(({ variable, type, defaultValue, description }) => ({
    name: variable.name.value,
    type: print(type),
    required: type.kind === 'NonNullType' && !defaultValue,
    ...(defaultValue && { default: print(defaultValue) }),
    ...(description && { description: description.value }),
  }))

/**
 * Reads the variables of a named document from its address: `variables` as JSON, and a parameter for each, of a list once
 * for each item. A parameter is read by the variable's type; whether its value can be is told where all are checked.
 * @throws GraphQLError `BAD_PARAMETER` for a parameter that is none, is there twice, or has a type that has no plain text
 */
export const readNamedVariables = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  parameters: URLSearchParams,
): Readonly<Record<string, unknown>> => {
  const types = new Map(
    variableDefinitions.map(({ variable, type }) => [variable.name.value, typeFromAST(schema, type)] as const),
  )
  const known = [...types.keys(), ...ADDRESS_WORDS]
  const variables: Record<string, unknown> = { ...readJson(parameters, known) }
  for (const name of new Set(parameters.keys())) {
    if (ADDRESS_WORDS.includes(name)) continue
    const type = types.get(name)
    if (!type) throw bad(`The document has no variable \`${name.slice(0, 60)}\`.${nearest(name.slice(0, 60), known)}`)
    if (Object.hasOwn(variables, name)) throw bad(`\`${name}\` is given twice, once in \`variables\`. Give it once.`)
    variables[name] = readParameter(name, type as GraphQLInputType, parameters.getAll(name))
  }
  return variables
}

const readJson = (parameters: URLSearchParams, known: readonly string[]): Readonly<Record<string, unknown>> => {
  const given = parameters.get('variables')
  if (!given) return {}
  let read: unknown
  try {
    read = JSON.parse(given)
  } catch (error) {
    throw bad(`\`variables\` is not JSON (${(error as Error).message}).`)
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw bad('`variables` has to be an object.')
  // An address with a word too many would be another one with the same answer.
  const unknown = Object.keys(read).find((name) => !known.includes(name))
  if (unknown === undefined) return read as Readonly<Record<string, unknown>>
  throw bad(`The document has no variable \`${unknown.slice(0, 60)}\`.${nearest(unknown.slice(0, 60), known)}`)
}

const readParameter = (name: string, type: GraphQLInputType, texts: readonly string[]): unknown => {
  const plain = getNullableType(type)
  if (isListType(plain)) return texts.map((text) => readText(name, getNullableType(plain.ofType), text))
  if (texts.length > 1) throw bad(`\`${name}\` is given ${texts.length} times, and takes one value. Give it once.`)
  return readText(name, plain, texts[0] ?? '')
}

/** What cannot be read stays a text, which is refused in the same words as everywhere. */
const readText = (name: string, type: GraphQLInputType, text: string): unknown => {
  if (!isLeafType(type))
    throw bad(`\`${name}\` is of the type ${type}, which has no plain text. Give it in \`variables\`, as JSON.`)
  if (type.name === 'Boolean') return text === 'true' ? true : text === 'false' ? false : text
  const isNumber = (type.name === 'Int' || type.name === 'Float') && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)
  return isNumber ? Number(text) : text
}

const bad = (sentence: string) => refuse('BAD_PARAMETER', 400, sentence)
