import { type ASTNode, GraphQLError } from 'graphql'
import { RapporteurError } from '../errors.js'

/** Runs a step; what it refuses is refused at the first of these places of the document. */
export const at = <T>([place]: readonly ASTNode[], step: () => T): T => {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof RapporteurError)) throw error
    throw new GraphQLError(error.message, { nodes: place ?? null, originalError: error })
  }
}
