import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/** Serves a store with the built program in a process of its own, as a user would; returns once it is ready. */
export const serveProgram = async (
  address: string,
  nodeArguments: readonly string[] = [],
): Promise<{ readonly url: string; readonly pid: number; stop(): Promise<void> }> => {
  const port = await freePort()
  const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
  const args = [...nodeArguments, program, 'serve', '--host', '127.0.0.1', '--port', String(port)]
  const env = { ...process.env, RAPPORTEUR_STORE: address }
  const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return {
    url: `${url}/graphql`,
    pid: server.pid ?? 0,
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
