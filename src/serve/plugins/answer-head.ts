import type { Plugin } from 'graphql-yoga'

/** Answers a HEAD as the GET that it stands for, which Yoga (5.24) would refuse; `node:http` leaves out the body. */
export const answerHead = (): Plugin => ({
  onRequest({ request, setRequest, fetchAPI }) {
    if (request.method !== 'HEAD') return
    const { url, headers, signal } = request
    setRequest(new fetchAPI.Request(url, { method: 'GET', headers, signal }))
  },
})
