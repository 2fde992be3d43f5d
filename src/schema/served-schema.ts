import { buildASTSchema, type DocumentNode, type GraphQLSchema, isScalarType } from 'graphql'
import { SCALARS } from './scalars.js'

/** Makes the schema that clients see from its document, with scalars that check what comes in. */
export const makeServedSchema = (served: DocumentNode): GraphQLSchema => {
  const schema = buildASTSchema(served)
  for (const scalar of SCALARS.values()) {
    const type = schema.getType(scalar.name)
    if (!isScalarType(type)) continue
    type.parseValue = scalar.parseValue
    type.parseLiteral = scalar.parseLiteral
    type.serialize = scalar.serialize
  }
  return schema
}
