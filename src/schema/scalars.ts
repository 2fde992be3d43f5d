import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { isDay, isMoment, isWebAddress } from '../model/records.js'

/** Makes a scalar whose values are texts of one form; what comes in is checked, what goes out was checked when it was loaded. */
const textScalar = (
  name: string,
  what: string,
  holds: (text: string) => boolean,
): GraphQLScalarType<string, unknown> => {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && holds(value)) return value
    throw new GraphQLError(`${JSON.stringify(value)} is not a valid ${name}; write ${what}.`)
  }
  return new GraphQLScalarType<string, unknown>({
    name,
    parseValue: read,
    parseLiteral: (node) => read('value' in node && node.kind === Kind.STRING ? node.value : null),
    serialize: (value) => value,
  })
}

/** The scalars of `schema.graphql`, by name. */
export const SCALARS: ReadonlyMap<string, GraphQLScalarType<string, unknown>> = new Map(
  [
    textScalar('Date', 'a day such as "2022-01-20"', isDay),
    textScalar('DateTime', 'a moment with its offset such as "2022-01-20T15:33:04+01:00"', isMoment),
    textScalar('URL', 'an http or https address', isWebAddress),
  ].map((scalar) => [scalar.name, scalar]),
)
