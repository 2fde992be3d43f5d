import type { Plugin } from 'graphql-yoga'

/** Whether questions can be answered now, and a sentence about it. */
export interface Readiness {
  readonly ready: boolean
  readonly sentence: string
}

/** Answers `/livez` (the process runs) and `/readyz` (it can answer questions: 200, else 503), each with a sentence. */
export const health = (readiness: () => Promise<Readiness>): Plugin => ({
  async onRequest({ url, fetchAPI, endResponse }) {
    const { pathname } = url
    if (pathname !== '/livez' && pathname !== '/readyz') return
    const { ready, sentence } =
      pathname === '/livez' ? { ready: true, sentence: 'The server is running.' } : await readiness()
    endResponse(
      new fetchAPI.Response(`${sentence}\n`, {
        status: ready ? 200 : 503,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      }),
    )
  },
})
