import type { Plugin } from 'graphql-yoga'
import { answerHttp, type HttpOptions } from '../../mcp/answer-http.js'
import type { AgentSettings } from '../../settings.js'
import type { KeptQuestions } from '../kept-questions.js'
import { linkToQuestion } from '../link-to-question.js'
import { originOf } from '../origin-of.js'

/** Where agents ask. */
const PATH = '/mcp'

type McpOptions = Omit<HttpOptions, 'linkTo' | keyof AgentSettings> & {
  readonly agents: AgentSettings | undefined
  /** Where questions are asked, for links. */
  readonly endpoint: string
  readonly kept: KeptQuestions | undefined
}

const FREE: AgentSettings = { graphql: true, origins: [] }

/** Answers agents that speak the Model Context Protocol; where nothing is said of them, those of this machine may ask anything. */
export const mcp = ({ agents = FREE, endpoint, kept, ...options }: McpOptions): Plugin => {
  // Most servers are asked by none.
  let answer: ReturnType<typeof answerHttp> | undefined
  const linkTo: HttpOptions['linkTo'] = (base, question) => linkToQuestion(base, question, endpoint, kept)
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (url.pathname !== PATH || request.method === 'OPTIONS') return
      answer ??= answerHttp({ ...options, ...agents, linkTo })
      const { headers, signal } = request
      // Any other method is refused alike; of some, as TRACE, no request can be made here.
      const sent =
        request.method === 'POST' ? { method: 'POST', body: request.body, duplex: 'half' as const } : { method: 'GET' }
      const asked = new Request(`${originOf(request, url)}${PATH}`, { ...sent, headers: [...headers], signal })
      const answered = await answer(asked)
      const text = answered.body ? await answered.text() : null
      endResponse(new fetchAPI.Response(text, { status: answered.status, headers: [...answered.headers] }))
    },
  }
}
