/** What is asked of the graph. */
export interface Question {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName?: string | undefined
  /** Whether the document is one of those that are stored, so that there are few of it. */
  readonly isStored?: boolean
}
