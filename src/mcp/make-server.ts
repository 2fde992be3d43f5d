import { readFileSync } from 'node:fs'
import { type CallToolResult, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server'
import { type CallOptions, callTool } from './call-tool.js'
import { makeTools, type Tool } from './tool.js'
import { OUTPUT_SCHEMA } from './tool-result.js'
import { writeText } from './write-text.js'

export interface AgentOptions extends Omit<CallOptions, 'signal' | 'base'> {
  /** Whether there is a tool that takes any document. */
  readonly graphql: boolean
}

const PACKAGE = new URL('../../package.json', import.meta.url)

const INSTRUCTIONS = `Political events, texts, votes, demands and claims, each with its sources. Start with \`find\`, which gives ids. Every result says: total (how many there are), undecided (of how many it is not known), complete (false: do not take it for the whole), asOf and dataVersion, sources ([n] after a figure is the n-th), link, and reason where nothing was found. Null, or "not known", is what no source says; it is never none or nought.`

/** Makes the servers of a program: one for each connection or request, all with the same tools. */
export const serverMaker = (options: AgentOptions): ((base: string) => Server) => {
  const tools = makeTools(options.ask.options.schema, options.graphql)
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const listed = tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    inputSchema: inputSchema as typeof inputSchema & Record<string, unknown>,
    outputSchema: OUTPUT_SCHEMA,
    annotations: { readOnlyHint: true, openWorldHint: false },
  }))
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string }
  const info = { name: 'rapporteur', title: 'Rapporteur', version }
  return (base) => {
    const server = new Server(info, { capabilities: { tools: {} }, instructions: INSTRUCTIONS })
    server.setRequestHandler('tools/list', () => ({ tools: listed as never }))
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const tool = byName.get(params.name)
      if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, noSuchTool(params.name, tools))
      const { result, isError } = await callTool(tool, params.arguments ?? {}, {
        ...options,
        base,
        signal: mcpReq.signal,
      })
      const structuredContent = result as unknown as NonNullable<CallToolResult['structuredContent']>
      return { content: [{ type: 'text', text: writeText(result) }], structuredContent, ...(isError && { isError }) }
    })
    return server
  }
}

const noSuchTool = (name: string, tools: readonly Tool[]): string =>
  `There is no tool "${name.slice(0, 60)}"; there are ${tools.map((tool) => tool.name).join(', ')}.`
