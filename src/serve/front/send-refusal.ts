import type { ServerResponse } from 'node:http'
import { ANY_ORIGIN } from '../plugins/allow-origins.js'
import { refusalBody } from '../refusal-body.js'

/** Refuses a request before anything is done about it, with a code and a sentence. */
export const sendRefusal = (
  response: ServerResponse,
  status: number,
  code: string,
  sentence: string,
  more: Readonly<Record<string, string>> = {},
): void => {
  const { body, headers } = refusalBody(code, sentence)
  response.writeHead(status, { ...headers, ...ANY_ORIGIN, ...more }).end(body)
}
