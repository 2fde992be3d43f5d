import { buildSchema, execute, type GraphQLSchema } from 'graphql'
import { Ask } from '../../src/ask/ask.js'
import type { DocumentLimits } from '../../src/ask/check-document.js'
import type { Executor } from '../../src/query/execute.js'
import type { Readiness } from '../../src/serve/plugins/health.js'
import { createServer, type Server, type ServerOptions } from '../../src/serve/server.js'

/** Resolvers of the small schema's root fields. */
export type Roots = Readonly<Record<string, (args: Record<string, unknown>) => unknown>>

const SMALL = `
type Query {
  hello: String
  number: Int!
  place: Place
  echo(text: String, times: Int): String
}
type Place { name: String partOf: Place places: Places }
type Places { nodes: [Place] edges: [Edge] }
type Edge { node: Place }
`

/** A server that answers a small schema of its own, and what it wrote to its log. */
export interface SmallServer {
  readonly server: Server
  readonly logged: string[]
  readonly schema: GraphQLSchema
  /** What the server asks. */
  readonly asked: Ask
  /** Asks a question as a client that knows `application/graphql-response+json`. */
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<{ response: Response; body: Answer }>
}

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: unknown
    readonly extensions?: { readonly code?: string }
  }[]
}

/** Makes a server whose root fields are answered by the functions given. */
export const smallServer = (
  roots: Roots = { hello: () => 'world' },
  options: Partial<ServerOptions> & {
    readonly readiness?: () => Promise<Readiness>
    readonly executor?: () => Executor
    readonly documentLimits?: DocumentLimits
  } = {},
): SmallServer => {
  const schema = buildSchema(SMALL)
  const logged: string[] = []
  const answer: Executor = async (args) => execute({ ...args, rootValue: roots })
  const { executor = () => answer, documentLimits, ...more } = options
  const asked = new Ask({ schema, executor, limits: documentLimits })
  const server = createServer({
    ask: asked,
    readiness: async () => ({ ready: true, sentence: 'The server answers questions.' }),
    log: (line) => logged.push(line),
    ...more,
  })
  const ask: SmallServer['ask'] = async (query, headers = {}) => {
    const response = await server.fetch('http://server/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body: JSON.stringify({ query }),
    })
    return { response, body: (await response.json()) as Answer }
  }
  return { server, logged, schema, asked, ask }
}
