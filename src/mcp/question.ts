/** What is asked of the graph. */
export interface Question {
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName?: string | undefined
}
