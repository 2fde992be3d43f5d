import type { GraphQLSchema } from 'graphql'
import { RapporteurError } from '../errors.js'
import { type InputSchema, inputSchemaOf } from './input-schema.js'
import type { Question } from './question.js'
import { readTools, type StoredTool } from './read-tools.js'
import { writeDocument } from './write-document.js'

/** What an agent can call. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly inputSchema: InputSchema
  /** The question that is asked with these arguments, whose names are known. @throws RapporteurError `BAD_ARGUMENT` */
  question(args: Readonly<Record<string, unknown>>): Question
}

/** Makes the tools of the stored documents, and the one that takes any document where that is wanted. */
export const makeTools = (schema: GraphQLSchema, withGraphql: boolean): readonly Tool[] => [
  ...readTools().map((stored) => toolOf(stored, schema)),
  ...(withGraphql ? [GRAPHQL] : []),
]

const toolOf = (stored: StoredTool, schema: GraphQLSchema): Tool => ({
  name: stored.name,
  description: stored.description,
  inputSchema: inputSchemaOf(stored, schema),
  question(given) {
    const { query, variables, idle } = writeDocument(stored, given)
    if (idle.length === 0) return { query, variables, isStored: true }
    const named = idle.map((name) => `\`${name}\``).join(', ')
    throw badArgument(
      `${named} would change nothing here: what is narrowed down by it is not asked for. The description says with which other parameter it goes. Nothing was asked.`,
    )
  },
})

/** Takes any document, for what no other tool asks. */
const GRAPHQL: Tool = {
  name: 'graphql',
  description:
    'Any question in GraphQL, for what no other tool asks. Read the resource rapporteur://schema first. Ask for totalCount in each list, and undecidedCount where it has a filter, or it is not known whether the answer is complete.',
  inputSchema: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'The document.' },
      variables: { type: 'object', description: 'The values of its variables.' },
      operationName: { type: 'string', description: 'Which of its operations, where it has several.' },
    },
    required: ['query'],
    additionalProperties: false,
  },
  question({ query, variables = {}, operationName = '' }) {
    if (typeof query !== 'string') throw badArgument('`query` must be a text: the document.')
    if (typeof variables !== 'object' || Array.isArray(variables))
      throw badArgument('`variables` must be an object: the values by their names, not as a text.')
    if (typeof operationName !== 'string') throw badArgument('`operationName` must be a text.')
    return { query, variables: variables as Question['variables'], ...(operationName !== '' && { operationName }) }
  },
}

const badArgument = (sentence: string): RapporteurError => new RapporteurError('BAD_ARGUMENT', sentence)
