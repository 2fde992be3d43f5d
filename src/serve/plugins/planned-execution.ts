import type { ExecutionArgs } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Executor } from '../../query/execute.js'

/**
 * Lets an executor of our own answer, and tells it when the client has gone.
 * @param executor gives the executor; throws where nothing can be answered now
 */
export const plannedExecution = (executor: () => Executor): Plugin => ({
  onExecute({ setExecuteFn, context }) {
    setExecuteFn((args: ExecutionArgs) => executor()({ ...args, signal: context.request.signal }))
  },
})
