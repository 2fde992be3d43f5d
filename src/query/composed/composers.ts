import { composeCitation } from './citation.js'
import type { Composer } from './composer.js'
import { composeNeighbourhood } from './neighbourhood.js'
import { composePath } from './path.js'
import { composeSearch } from './search.js'
import { composeTimeline } from './timeline.js'

/** What puts answers together, by the name that the schema has for it. */
const COMPOSERS: ReadonlyMap<string, Composer> = new Map([
  ['search', composeSearch],
  ['timeline', composeTimeline],
  ['citation', composeCitation],
  ['path', composePath],
  ['neighbourhood', composeNeighbourhood],
])

export const composerOf = (name: string): Composer => COMPOSERS.get(name) as Composer
