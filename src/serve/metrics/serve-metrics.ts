import { createServer, type RequestListener } from 'node:http'
import { RapporteurError } from '../../errors.js'
import type { MetricsSettings } from '../../settings.js'
import type { Metrics } from './metrics.js'

/**
 * Serves the figures at `/metrics`, on a port of their own: a proxy in front of the server cannot pass them on by mistake.
 * @returns its address, and what ends it
 * @throws RapporteurError `BAD_SETTING` for an address or port that cannot be had
 */
export const serveMetrics = async (metrics: Metrics, { host, port }: MetricsSettings) => {
  const server = createServer(answering(metrics))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  }).catch((cause: Error) => {
    const sentence = `The metrics cannot be served on port ${port} of "${host}" (${cause.message}). Choose another with RAPPORTEUR_METRICS, or "off".`
    throw new RapporteurError('BAD_SETTING', sentence, { cause })
  })
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    stop: (): void => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const answering =
  (metrics: Metrics): RequestListener =>
  async ({ method, url }, response) => {
    const plain = { 'content-type': 'text/plain; charset=utf-8' }
    if (url?.split('?', 1)[0] !== '/metrics') response.writeHead(404, plain).end('The metrics are at /metrics.\n')
    else if (method !== 'GET') response.writeHead(405, { ...plain, allow: 'GET' }).end('Ask for /metrics with GET.\n')
    else {
      const text = await metrics.text()
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text)
    }
  }
