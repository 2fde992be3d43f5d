import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql'
import { refuse } from '../ask/refuse.js'
import { nearest } from '../search/nearest.js'

type Json = { [name: string]: unknown }

/** The most parameters of one address. */
export const MAX_PARAMETERS = 100
const MAX_SEGMENTS = 12

/**
 * Reads parameters such as `date.within=2023` and `counts.some.majority=abstention` as one value of an input type.
 * `x=v` is `eq`, `x=a,b` is `in`, and of a neighbour both are about its id.
 * @throws GraphQLError 400 for what the type does not have, with the nearest that it has
 */
export const readFilterParameters = (
  type: GraphQLInputObjectType,
  parameters: readonly (readonly [name: string, value: string])[],
): Json => {
  const where: Json = {}
  for (const [name, value] of parameters) {
    const segments = name.split('.')
    if (segments.length > MAX_SEGMENTS)
      throw bad(`\`${name}\` goes ${segments.length} levels deep; at most ${MAX_SEGMENTS} are read.`)
    set(where, type, segments, { name, value })
  }
  return where
}

interface Parameter {
  readonly name: string
  readonly value: string
}

const set = (into: Json, type: GraphQLInputObjectType, segments: readonly string[], parameter: Parameter): void => {
  const [segment = '', ...rest] = segments
  const field = type.getFields()[segment]
  if (!field) {
    const where = parameter.name === segment ? '' : ` of \`${parameter.name}\``
    throw bad(`There is no parameter \`${segment}\`${where}.${nearest(segment, Object.keys(type.getFields()))}`)
  }
  setField(into, segment, field.type, rest, parameter)
}

const setField = (
  into: Json,
  key: string,
  fieldType: GraphQLInputType,
  rest: readonly string[],
  parameter: Parameter,
): void => {
  const named = getNamedType(fieldType)
  if (!isInputObjectType(named)) {
    if (rest.length > 0) throw bad(`\`${parameter.name}\` has \`${rest.join('.')}\` after what is a value.`)
    if (key in into) throw bad(`\`${parameter.name}\` is given twice; write its values with commas between.`)
    into[key] = readValue(fieldType, parameter)
    return
  }
  if (isListType(getNullableType(fieldType))) {
    setItem(into, key, named, rest, parameter)
    return
  }
  into[key] ??= {}
  const inner = into[key] as Json
  if (rest.length > 0) set(inner, named, rest, parameter)
  else setBare(inner, named, parameter)
}

/** Of alternatives, `or.0.x`, `or.1.y`. */
const setItem = (
  into: Json,
  key: string,
  type: GraphQLInputObjectType,
  [place = '', ...rest]: readonly string[],
  parameter: Parameter,
): void => {
  into[key] ??= []
  const items = into[key] as Json[]
  const number = Number(place)
  if (!/^\d{1,2}$/.test(place) || number > items.length || rest.length === 0)
    throw bad(
      `\`${parameter.name}\`: after \`${key}\` stand a number, in order from 0, and what is asked, as in \`${key}.0.title.contains\`.`,
    )
  items[number] ??= {}
  set(items[number], type, rest, parameter)
}

/** `x=v`: the value itself, the id of a neighbour, or that of one in a list. */
const setBare = (into: Json, type: GraphQLInputObjectType, parameter: Parameter): void => {
  const { some, id, eq, within, in: among, ...others } = type.getFields()
  const isList = parameter.value.includes(',')
  const operator = some ?? (eq ? (isList && among ? among : eq) : (id ?? within))
  if (!operator) throw bad(`\`${parameter.name}\` needs to say what of it is asked.${nearest('', Object.keys(others))}`)
  setField(into, operator.name, operator.type, [], parameter)
}

/**
 * Reads a parameter's text as a value of a type; of a list, what stands between commas.
 * @throws GraphQLError 400
 */
export const readValue = (type: GraphQLInputType, parameter: Parameter): unknown => {
  const named = getNamedType(type)
  if (!isListType(getNullableType(type))) return readOne(named, parameter)
  return parameter.value.split(',').map((value) => readOne(named, { ...parameter, value: value.trim() }))
}

const readOne = (type: GraphQLNamedInputType, { name, value }: Parameter): unknown => {
  if (isEnumType(type)) {
    const word = value.toUpperCase().replaceAll('-', '_')
    const words = type.getValues().map((each) => each.name)
    const known = words.find((each) => each.toUpperCase() === word)
    if (known) return known
    throw bad(`\`${name}\` is "${shown(value)}", which is none of its words.${nearest(word, words)}`)
  }
  if (type.name === 'Boolean') {
    if (value === 'true' || value === 'false') return value === 'true'
    throw bad(`\`${name}\` is "${shown(value)}"; it is either true or false.`)
  }
  if (type.name === 'Int' || type.name === 'Float') {
    const number = Number(value)
    if (value.trim() !== '' && Number.isFinite(number) && (type.name === 'Float' || Number.isInteger(number)))
      return number
    throw bad(`\`${name}\` is "${shown(value)}", which is not a ${type.name === 'Int' ? 'whole ' : ''}number.`)
  }
  return value
}

const shown = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value)

/** Refuses a parameter. */
export const bad = (sentence: string) => refuse('BAD_PARAMETER', 400, sentence)
