import { Ask } from '../../src/ask/ask.js'
import { createExecutor } from '../../src/query/execute.js'
import { type Listening, listen } from '../../src/serve/listen.js'
import { createServer, type Server } from '../../src/serve/server.js'
import type { DocumentSettings } from '../../src/settings.js'
import { type Graph, schema, shape } from './engines.js'

/** What a graph is asked through, as a server makes it. */
export const askOf = ({ store }: Graph, documents?: DocumentSettings): Ask => {
  const executor = createExecutor({ schema, shape, store, timeout: 20_000 })
  return new Ask({ schema, executor: () => executor, documents })
}

/** A server of a graph, without a socket. */
export const serverOf = (graph: Graph): Server =>
  createServer({
    ask: askOf(graph),
    readiness: async () => ({ ready: true, sentence: 'The server answers questions.' }),
    log: () => undefined,
  })

/** Serves a graph on a free port of this machine. */
export const serveGraph = (graph: Graph): Promise<Listening> => listen(serverOf(graph).listener, '127.0.0.1', 0)
