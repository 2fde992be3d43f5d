import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql'
import { PROGRAM_VERSION } from '../settings.js'
import { areFigures, beforePart, OWN_PARAMETERS, rowsOf } from './read-request.js'
import { type Field, fieldsOf, isPaged, isWorkedOut, type Routes } from './routes.js'

type Json = { [name: string]: unknown }

/** Describes the addresses as OpenAPI 3.1 does, out of the schema that is served; where they are, its reader says. */
export const openApi = (schema: GraphQLSchema, routes: Routes): Json => new Description(schema, routes).document()

class Description {
  readonly #schemas: Json = {}
  readonly #parameters: Json = {}

  constructor(
    readonly schema: GraphQLSchema,
    readonly routes: Routes,
  ) {}

  document(): Json {
    const paths: Json = {}
    for (const { path, field, record } of this.routes.lists) {
      paths[`/${path}`] = this.#rows(field, [])
      if (!record) continue
      const id = parameter(
        'id',
        'path',
        { type: 'string' },
        'The id, with its slashes encoded as `%2F` or as they are.',
        true,
      )
      paths[`/${path}/{id}`] = this.#record(record, [id])
      for (const [list, each] of this.routes.listsOf(record)) paths[`/${path}/{id}/${list}`] = this.#rows(each, [id])
    }
    for (const { path, field } of this.routes.singles) paths[`/${path}`] = this.#record(field, this.#arguments(field))
    return {
      openapi: '3.1.0',
      info: {
        title: 'Rapporteur',
        version: PROGRAM_VERSION,
        description: `${this.schema.description ?? ''}\n\nEvery list takes filters as parameters with dots: \`date.within=2023\`, \`title.contains=ukraine\`, \`counts.some.organization=ep-group:ECR\`. \`x=v\` is \`eq\`, \`x=a,b\` is \`in\`, and a neighbour's bare value is its id. Those of the first level are listed here; each neighbour has its own again. An unknown parameter is refused with the nearest there is.`,
      },
      paths,
      components: { schemas: { ...this.#schemas, Errors: ERRORS }, parameters: this.#parameters },
    }
  }

  #record(field: Field, parameters: readonly Json[]): Json {
    return this.#operation(field, [...parameters, this.#shared('fields', own('fields'))], {
      'application/json': { schema: this.#ref(getNamedType(field.type)) },
    })
  }

  #rows(field: Field, before: readonly Json[]): Json {
    const type = getNamedType(field.type)
    const { edges, nodes, rows } = fieldsOf(type)
    const item = rows ?? rowsOf(edges, nodes)
    const isOrdered = !isWorkedOut(field)
    const names = [
      'fields',
      ...(rows && areFigures(rows) ? ['by'] : []),
      ...(isOrdered ? ['order'] : []),
      'format',
      'bom',
    ]
    const parameters = [...before, ...this.#arguments(field), ...names.map((name) => this.#shared(name, own(name)))]
    const items = this.#ref(item ? getNamedType(item.type) : type)
    return this.#operation(field, parameters, {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            totalCount: { type: 'integer' },
            undecidedCount: { type: 'integer' },
            dataVersion: { type: 'integer' },
            next: { type: ['string', 'null'], format: 'uri' },
            items: { type: 'array', items },
          },
        },
      },
      'text/csv': { schema: { type: 'string' } },
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
        schema: { type: 'string', contentMediaType: 'application/octet-stream' },
      },
    })
  }

  #operation({ description }: Field, parameters: readonly Json[], content: Json): { get: Json } {
    const error = {
      description: 'What is wrong, in a sentence with a code.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Errors' } } },
    }
    return {
      get: {
        summary: description?.split('\n')[0] ?? '',
        parameters,
        responses: {
          200: { description: 'The answer.', content },
          304: { description: 'Nothing has changed.' },
          400: error,
          404: error,
          503: error,
        },
      },
    }
  }

  /** The parameters that a field's arguments make; of its filter, those of the first level. */
  #arguments(field: Field): readonly Json[] {
    return field.args.flatMap((arg) => {
      if (arg.name === 'orderBy') return []
      const named = getNamedType(arg.type)
      if (!isInputObjectType(named)) return [ofArgument(arg)]
      const before = arg.name === 'where' ? '' : beforePart(arg)
      return Object.values(named.getFields()).flatMap((each) => {
        const part = { ...each, name: `${before}${each.name}` }
        return before && isLeafType(getNamedType(each.type))
          ? [ofArgument(part)]
          : filterParameters(part.name, part.type, part.description ?? '')
      })
    })
  }

  /** A parameter that many addresses have. */
  #shared(name: string, described: Json): Json {
    this.#parameters[name] = described
    return { $ref: `#/components/parameters/${name}` }
  }

  #ref(type: GraphQLNamedType): Json {
    if (!(type.name in this.#schemas)) {
      const schema: Json = {}
      // Stands before it is filled, since records lead to each other.
      this.#schemas[type.name] = schema
      Object.assign(schema, this.#object(type))
    }
    return { $ref: `#/components/schemas/${type.name}` }
  }

  #object(type: GraphQLNamedType): Json {
    const fields = Object.values(fieldsOf(type)).filter((field) => !isPaged(field) && field.name !== 'cursor')
    const properties = Object.fromEntries(
      fields.map((field) => [field.name, { description: field.description ?? '', ...this.#output(field.type) }]),
    )
    return { type: 'object', description: type.description ?? '', properties }
  }

  #output(type: GraphQLOutputType): Json {
    const nullable = getNullableType(type)
    if (isListType(nullable)) return { type: 'array', items: this.#output(nullable.ofType) }
    const named = getNamedType(type)
    if (!isLeafType(named))
      return isNonNullType(type) ? this.#ref(named) : { anyOf: [this.#ref(named), { type: 'null' }] }
    const leaf = leafSchema(named)
    return isNonNullType(type)
      ? leaf
      : {
          ...leaf,
          type: [leaf['type'], 'null'],
          ...(leaf['enum'] ? { enum: [...(leaf['enum'] as string[]), null] } : {}),
        }
  }
}

/** A filter of the first level: `title`, `title.contains`; of a neighbour its id, of a list that one of it has an id. */
const filterParameters = (name: string, type: GraphQLInputType, description: string): readonly Json[] => {
  const named = getNamedType(type)
  if (!isInputObjectType(named) || isListType(getNullableType(type)) || name === 'not') return []
  const fields = named.getFields()
  if (fields['some'] || (fields['id'] && !fields['eq']))
    return [parameter(name, 'query', { type: 'string' }, `${description} Its id; ids with commas between.`)]
  if (!fields['eq'] && !fields['within']) return []
  const operators = Object.values(fields).map((each) => {
    const schema = isListType(getNullableType(each.type)) ? { type: 'string' } : leafSchema(getNamedType(each.type))
    return parameter(`${name}.${each.name}`, 'query', schema, each.description ?? '')
  })
  return [parameter(name, 'query', { type: 'string' }, description), ...operators]
}

const ofArgument = ({ name, type, description, defaultValue }: GraphQLArgument | GraphQLInputField): Json => {
  const named = getNamedType(type)
  const leaf = isListType(getNullableType(type)) ? { type: 'string' } : leafSchema(named)
  const schema = defaultValue === undefined ? leaf : { ...leaf, default: defaultValue }
  return parameter(name, 'query', schema, description ?? '', isNonNullType(type) && defaultValue === undefined)
}

const own = (name: string): Json => parameter(name, 'query', { type: 'string' }, OWN_PARAMETERS[name] ?? '')

const parameter = (
  name: string,
  place: 'path' | 'query',
  schema: Json,
  description: string,
  required = false,
): Json => ({
  name,
  in: place,
  description,
  ...(required && { required }),
  schema,
})

const leafSchema = (type: GraphQLNamedType): Json => {
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) }
  if (type.name === 'Int') return { type: 'integer' }
  if (type.name === 'Float') return { type: 'number' }
  if (type.name === 'Boolean') return { type: 'boolean' }
  const format = FORMATS.get(type.name)
  return { type: 'string', ...(format && { format }) }
}

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['Date', 'date'],
  ['DateTime', 'date-time'],
  ['URL', 'uri'],
])

const ERRORS: Json = {
  type: 'object',
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          message: { type: 'string' },
          extensions: { type: 'object', properties: { code: { type: 'string' } } },
        },
      },
    },
  },
}
