/** What was answered of a record. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Asks a question of the graph, in GraphQL; the same text is asked again with other variables, so that its plan is kept.
 * @throws GraphQLError with a code and a sentence that a client may read
 */
export type AskGraph = (text: string, variables: Readonly<Record<string, unknown>>) => Promise<Row>
