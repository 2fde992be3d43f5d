import type { Plugin } from 'graphql-yoga'

/** Whether questions can be answered now, and a sentence about it. */
export interface Readiness {
  readonly ready: boolean
  readonly sentence: string
}

/** Answers `/livez` (the process runs) and `/readyz` (it can answer questions: 200, else 503), each with a sentence. */
export const health = (readiness: () => Promise<Readiness>): Plugin => ({
  async onRequest({ request, url, fetchAPI, endResponse }) {
    const { pathname } = url
    if (pathname !== '/livez' && pathname !== '/readyz') return
    const answer = (status: number, sentence: string, headers: Readonly<Record<string, string>>) =>
      endResponse(
        new fetchAPI.Response(`${sentence}\n`, {
          status,
          headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
        }),
      )
    if (request.method !== 'GET') return answer(405, `Ask for ${pathname} with GET.`, { allow: 'GET, HEAD' })
    const { ready, sentence } =
      pathname === '/livez' ? { ready: true, sentence: 'The server is running.' } : await readiness()
    answer(ready ? 200 : 503, sentence, { 'cache-control': 'no-store' })
  },
})
