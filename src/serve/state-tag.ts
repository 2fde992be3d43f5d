import { createHash } from 'node:crypto'
import type { GraphState } from '../ask/kept-answers.js'
import { PROGRAM_VERSION } from '../settings.js'

/**
 * The entity tag of what is answered from a state of the graph: it moves with each change of the data, with the program,
 * and where another store takes the place of this one. It is weak: compressed answers have it, too.
 * @param asked what else may change of what is asked at one address
 */
export const stateTag = ({ version, changedAt }: GraphState, asked = ''): string => {
  const hash = createHash('sha256')
    .update(`${PROGRAM_VERSION} ${version} ${changedAt}${asked}`)
    .digest('base64url')
    .slice(0, 16)
  return `W/"${version}-${hash}"`
}

/** Whether the client has an answer with this tag. */
export const isUnchanged = ({ headers }: Request, tag: string): boolean =>
  (headers.get('if-none-match') ?? '').split(',').some((each) => each.trim() === tag || each.trim() === '*')
