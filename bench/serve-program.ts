import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Milliseconds that an event loop was held: at most, and in 99.9 % of its turns; and MB that the process had at most. */
interface LoopFigures {
  readonly longest: number
  readonly often: number
  readonly peak: number
}

const PROGRAM = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** A server in a process of its own. */
export interface Served {
  /** Where questions are sent. */
  readonly url: string
  readonly pid: number
  /** What it has written, line by line. */
  readonly lines: readonly string[]
  /** What a server with `watch-loop.mjs` tells of itself, since it was last asked. */
  tell(): Promise<LoopFigures>
  stop(): Promise<void>
}

/** Serves a store with the built program in a process of its own, as a user would; returns once it is ready. */
export const serveProgram = (
  address: string,
  nodeArguments: readonly string[] = [],
  { env, ulimit }: Pick<StartOptions, 'env' | 'ulimit'> = {},
): Promise<Served> =>
  startServer({
    ...(ulimit && { ulimit }),
    args: (port) => [...[...nodeArguments, PROGRAM], ...['serve', '--host', '127.0.0.1', '--port', String(port)]],
    env: { RAPPORTEUR_STORE: address, ...env },
    ready: '/readyz',
  })

/** Serves a store that may not be there yet; returns once a path of the server answers. */
export const startProgram = (address: string, ready: string): Promise<Served> =>
  startServer({
    args: (port) => [PROGRAM, 'serve', '--host', '127.0.0.1', '--port', String(port)],
    env: { RAPPORTEUR_STORE: address },
    ready,
  })

interface StartOptions {
  readonly args: (port: number) => readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly ready: string
  /** What the shell's `ulimit` lets the process have: `-n 256` for open files, `-f 3000` for half kilobytes of a file. */
  readonly ulimit?: string
}

/** Starts Node with these arguments, and waits until a path of the server answers. */
export const startServer = async ({ args, env = {}, ready, ulimit }: StartOptions): Promise<Served> => {
  const port = await freePort()
  const node = [process.execPath, ...args(port)] as const
  const limited = ulimit ? (['sh', '-c', `ulimit ${ulimit} && exec "$@"`, 'sh', ...node] as const) : node
  const [program, ...rest] = limited
  const server = spawn(program, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  server.stderr?.pipe(process.stderr)
  const lines: string[] = []
  for (const stream of [server.stdout, server.stderr])
    if (stream) createInterface(stream).on('line', (line) => lines.push(line))
  const url = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isReady = await fetch(`${url}${ready}`).then(
      (response) => response.ok,
      () => false,
    )
    if (isReady) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return {
    url: `${url}/graphql`,
    pid: server.pid ?? 0,
    lines,
    async tell() {
      server.send('tell')
      const [told] = (await once(server, 'message')) as [LoopFigures]
      return told
    },
    async stop() {
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
