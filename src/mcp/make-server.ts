import {
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
} from '@modelcontextprotocol/server'
import type { GraphShape } from '../model/graph-shape.js'
import { PROGRAM_VERSION } from '../settings.js'
import { type CallOptions, callTool } from './call-tool.js'
import { wholeOrNoneLists } from './mark-unknown.js'
import type { Question } from './question.js'
import { writeShortSchema } from './short-schema.js'
import { makeTools, type Tool } from './tool.js'
import { OUTPUT_SCHEMA } from './tool-result.js'
import { writeText } from './write-text.js'

export interface AgentOptions extends Pick<CallOptions, 'ask' | 'mask'> {
  /** What the graph is; without it nobody is told which lists may be unknown. */
  readonly shape?: GraphShape | undefined
  /** Makes the address that asks a question again, of a server at this one. */
  readonly linkTo: (base: string, question: Question) => Promise<string>
  /** Whether there is a tool that takes any document. */
  readonly graphql: boolean
}

const INSTRUCTIONS = `Political events, texts, votes, demands and claims, each with its sources. Start with \`find\`, which gives ids. Every result says: total (how many there are), undecided (of how many it is not known), complete (false: do not take it for the whole), asOf and dataVersion, sources ([n] after a figure is the n-th), link, and reason where nothing was found. Null, or "not known", is what no source says; it is never none or nought.`

/** Makes the servers of a program: one for each connection or request, all with the same tools. */
export const serverMaker = (options: AgentOptions): ((base: string) => Server) => {
  const { options: asked, documents } = options.ask
  const tools = makeTools(asked.schema, options.graphql && !documents.listedOnly)
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const listed = tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    inputSchema: inputSchema as typeof inputSchema & Record<string, unknown>,
    outputSchema: OUTPUT_SCHEMA,
    annotations: { readOnlyHint: true, openWorldHint: false },
  }))
  const info = { name: 'rapporteur', title: 'Rapporteur', version: PROGRAM_VERSION }
  const wholeOrNone = options.shape ? wholeOrNoneLists(options.shape) : new Set<string>()
  let shortSchema: string | undefined
  return (base) => {
    const server = new Server(info, { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS })
    server.setRequestHandler('tools/list', () => ({ tools: listed as never }))
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const tool = byName.get(params.name)
      if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, noSuchTool(params.name, tools))
      const { result, isError } = await callTool(tool, params.arguments ?? {}, {
        ...options,
        wholeOrNone,
        linkTo: (question) => options.linkTo(base, question),
        signal: mcpReq.signal,
      })
      const structuredContent = result as unknown as NonNullable<CallToolResult['structuredContent']>
      return { content: [{ type: 'text', text: writeText(result) }], structuredContent, ...(isError && { isError }) }
    })
    server.setRequestHandler('resources/list', () => ({ resources: [SCHEMA] }))
    server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }))
    server.setRequestHandler('resources/read', ({ params: { uri } }) => {
      if (uri !== SCHEMA.uri)
        throw new ResourceNotFoundError(uri, `There is no resource "${uri.slice(0, 100)}"; there is ${SCHEMA.uri}.`)
      shortSchema ??= writeShortSchema(options.ask.options.schema)
      return { contents: [{ uri, mimeType: SCHEMA.mimeType, text: shortSchema }] }
    })
    return server
  }
}

const SCHEMA = {
  uri: 'rapporteur://schema',
  name: 'schema',
  title: 'The schema in short',
  description: 'Types, fields and arguments of the GraphQL schema, without its filters.',
  mimeType: 'text/plain',
}

const noSuchTool = (name: string, tools: readonly Tool[]): string =>
  `There is no tool "${name.slice(0, 60)}"; there are ${tools.map((tool) => tool.name).join(', ')}.`
