/** What is asked of the graph. */
export interface Question {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName?: string | undefined
  /** Whether the document is made of those that come with the program, so that there are few of it. */
  readonly isStored?: boolean
}
