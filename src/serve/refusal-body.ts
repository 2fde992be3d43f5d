import { noteCode } from '../ask/scope.js'

/** The body and its type with which a request is refused that never comes so far as to be read as a question. */
export const refusalBody = (code: string, sentence: string) => {
  noteCode(code)
  return {
    body: JSON.stringify({ errors: [{ message: sentence, extensions: { code } }] }),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  } as const
}
