import { type GraphQLNamedType, getNamedType, getNullableType, isAbstractType, isLeafType, isListType } from 'graphql'
import { nearest } from '../search/nearest.js'
import { bad } from './read-filter-parameters.js'
import { type Field, fieldsOf, isPaged } from './routes.js'

/** What a record is called by, the first that it has. */
const LABELS = ['name', 'title', 'reference', 'text']

/**
 * The selection of what a record says of itself: its values, and of each single neighbour its id and label. Lists are
 * asked at addresses of their own.
 * @param without a field that is asked otherwise
 */
export const allFields = (type: GraphQLNamedType, without?: Field): string =>
  Object.values(fieldsOf(type))
    .flatMap((field) => {
      if (field.name === 'cursor' || field === without) return []
      const type = getNamedType(field.type)
      // The record of an edge is the row itself.
      if (field.name === 'node' && !isAbstractType(type)) return `node { ${allFields(type)} }`
      return selectionOf(field) ?? []
    })
    .join(' ')

/** A field with what stands for it: the value, all that an object without an id has, a record's id and label. */
const selectionOf = (field: Field): string | null => {
  if (field.args.some(({ type, defaultValue }) => type.toString().endsWith('!') && defaultValue === undefined))
    return null
  const named = getNamedType(field.type)
  if (isLeafType(named)) return field.name
  if (isPaged(field) || isPart(field)) return null
  const inner = fieldsOf(named)
  if (inner['id']) return `${field.name} { ${idAndLabel(named)} }`
  const parts = Object.values(inner).flatMap((each) => selectionOf(each) ?? [])
  return parts.length > 0 ? `${field.name} { ${parts.join(' ')} }` : null
}

/** Whether a field gives some of many records. */
const isPart = ({ type, args }: Field): boolean =>
  isListType(getNullableType(type)) && args.some(({ name }) => name === 'first')

const idAndLabel = (type: GraphQLNamedType): string => {
  const fields = fieldsOf(type)
  const label = LABELS.find((name) => fields[name])
  if (label) return `id ${label}`
  return isAbstractType(type) ? '__typename id' : 'id'
}

/** What is chosen of a type, by name; a leaf has nothing below it. */
interface Chosen {
  readonly field: Field
  readonly argument: string
  readonly below: Map<string, Chosen>
}

/**
 * The selection of the fields that a parameter names: `id,title,organization.name`; of an edge, those of its record stand
 * beside its own. A key may be followed by its unit: `date:YEAR`.
 * @throws GraphQLError 400 for a field that there is not, and for a list
 */
export const chosenFields = (type: GraphQLNamedType, parameter: string, value: string): string => {
  const chosen = new Map<string, Chosen>()
  for (const name of value.split(',').map((each) => each.trim())) {
    const [path = '', unit] = name.split(':')
    let [level, owner] = [chosen, type]
    const segments = path.split('.')
    for (const [i, segment] of segments.entries()) {
      const found = fieldOf(owner, segment)
      if (!found)
        throw bad(
          `\`${parameter}\` names \`${name}\`, and there is no \`${segment}\`.${nearest(segment, namesOf(owner))}`,
        )
      const argument = i === segments.length - 1 && unit ? unitOf(found.field, unit, parameter) : ''
      level = choose(level, found.under, found.field, argument)
      owner = getNamedType(found.field.type)
    }
  }
  return printed(chosen)
}

/** A field of a type or, where it is an edge, of its record. */
const fieldOf = (type: GraphQLNamedType, name: string): { field: Field; under: Field | null } | null => {
  const fields = fieldsOf(type)
  if (fields[name]) return { field: fields[name], under: null }
  const { node } = fields
  const inner = node && fieldsOf(getNamedType(node.type))[name]
  return node && inner ? { field: inner, under: node } : null
}

const namesOf = (type: GraphQLNamedType): readonly string[] => {
  const { node, cursor: _, ...fields } = fieldsOf(type)
  return [...Object.keys(fields), ...(node ? Object.keys(fieldsOf(getNamedType(node.type))) : [])]
}

const choose = (
  level: Map<string, Chosen>,
  under: Field | null,
  field: Field,
  argument: string,
): Map<string, Chosen> => {
  if (isPaged(field))
    throw bad(`\`${field.name}\` is a list, and a row has no room for one. Ask for it at an address of its own.`)
  const at = under ? choose(level, null, under, '') : level
  const known = at.get(field.name) ?? { field, argument, below: new Map() }
  if (known.argument !== argument) throw bad(`\`${field.name}\` is named with two units; name it with one.`)
  at.set(field.name, known)
  return known.below
}

const unitOf = (field: Field, unit: string, parameter: string): string => {
  const argument = field.args.find(({ name }) => name === 'unit')
  const words = argument ? wordsOf(getNamedType(argument.type)) : []
  if (words.includes(unit.toUpperCase())) return `(unit: ${unit.toUpperCase()})`
  throw bad(`\`${parameter}\` names \`${field.name}:${unit.slice(0, 20)}\`.${nearest(unit, words)}`)
}

const wordsOf = (type: GraphQLNamedType): readonly string[] =>
  'getValues' in type ? type.getValues().map(({ name }) => name) : []

const printed = (chosen: ReadonlyMap<string, Chosen>): string =>
  [...chosen.values()]
    .map(({ field, argument, below }) => {
      if (below.size > 0) return `${field.name}${argument} { ${printed(below)} }`
      if (isLeafType(getNamedType(field.type))) return `${field.name}${argument}`
      const whole = selectionOf(field)
      if (whole) return whole
      throw bad(`\`${field.name}\` is a whole of its own; name what of it you want, as in \`${field.name}.id\`.`)
    })
    .join(' ')
