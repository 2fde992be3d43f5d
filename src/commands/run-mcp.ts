import type { AgentOptions } from '../mcp/make-server.js'
import { readSettings } from '../settings.js'
import { openForCommand, readShape } from './open-for-command.js'
import { type ExitCode, type SeedFlags, warn } from './terminal.js'

/** Answers an agent over standard input and output until it ends. */
export const runMcp = async ({ seed }: SeedFlags): Promise<ExitCode> => {
  const { statementTimeout: timeout, questionTimeout, agents, host, port, links, documents } = readSettings()
  const shape = readShape()
  const { Ask } = await import('../ask/ask.js')
  const { serveStdio } = await import('../mcp/serve-stdio.js')
  const { createExecutor } = await import('../query/execute.js')
  const { makeServedSchema } = await import('../schema/served-schema.js')
  const { createErrorMask } = await import('../serve/mask-errors.js')
  const { KeptQuestions } = await import('../serve/kept-questions.js')
  const { linkToQuestion } = await import('../serve/link-to-question.js')
  const store = await openForCommand(shape, { seed, onUnverified: warn })
  try {
    const schema = makeServedSchema(shape.served)
    const executor = createExecutor({ schema, shape, store, timeout, questionTimeout })
    const ask = new Ask({ schema, executor: () => executor, documents })
    const kept = links ? new KeptQuestions(links) : undefined
    // Links lead to where a server with the same settings answers.
    const linkTo: AgentOptions['linkTo'] = (base, question) => linkToQuestion(base, question, '/graphql', kept)
    const options = { ask, shape, mask: createErrorMask(warn), linkTo, ...agents }
    await serveStdio(options, `http://${host}:${port}`)
    return 0
  } finally {
    await store.close()
  }
}
