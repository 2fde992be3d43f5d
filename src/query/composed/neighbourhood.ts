import { type Composer, numberIn, textIn, wordsIn } from './composer.js'
import { typeOf } from './type-of.js'
import { endsOf, GraphWalk, type LinkEnds, linkKey, tellLinks, worldLinks } from './walk-graph.js'
import { wholeNumber } from './whole-number.js'

const MAX_DEPTH = 3
const MAX_NODES = 500
const DEFAULT_NODES = 100
/** Links that a neighbourhood has at most. */
const MAX_LINKS = 2000
const PRICE = 300_000

/** The records around one, and the links between them. */
export const composeNeighbourhood: Composer = {
  readings: { of: { how: 'id' } },
  atMost(given) {
    wholeNumber('depth', given('depth'), 1, [1, MAX_DEPTH])
    return wholeNumber('first', given('first'), DEFAULT_NODES, [1, MAX_NODES])
  },
  price: () => PRICE,
  async compose(given, composing) {
    const of = textIn(given, 'of') ?? ''
    const type = await typeOf(of, composing)
    if (type === null) return null
    const first = numberIn(given, 'first', DEFAULT_NODES)
    const walk = new GraphWalk(composing, wordsIn(given, 'through') ?? worldLinks(composing.shape))
    walk.types.set(of, type)
    const nodes = [of]
    const links = new Map<string, LinkEnds>()
    let isCut = false
    for (let depth = 0, level = [of]; depth < numberIn(given, 'depth', 1) && level.length > 0; depth += 1) {
      const found = await walk.expand(level)
      if (!found) break
      for (const ends of found.map(endsOf)) links.set(linkKey(ends), ends)
      const known = new Set(nodes)
      const next = [...new Set(found.map(({ other }) => other))].filter((id) => !known.has(id)).sort()
      level = next.slice(0, first - nodes.length)
      isCut ||= next.length > level.length
      nodes.push(...level)
    }
    const within = new Set(nodes)
    const all = [...links.values()].filter(({ from, to }) => within.has(from) && within.has(to))
    const some = all.slice(0, MAX_LINKS)
    const told = await tellLinks(some, walk)
    return {
      nodes,
      links: some.map((ends) => ({ ...ends, ...told.get(linkKey(ends)) })),
      truncated: isCut || walk.isSpent || walk.skipped.length > 0 || some.length < all.length,
      skipped: walk.skipped,
    }
  },
  words: (given) => `gathers the records around ${JSON.stringify(textIn(given, 'of'))}, level by level`,
}
