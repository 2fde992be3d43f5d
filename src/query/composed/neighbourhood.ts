import type { LinkShape } from '../../model/graph-shape.js'
import { type Composer, numberIn, textIn, wordsIn } from './composer.js'
import { labelsOf, linkDate, sentenceOf } from './sentences.js'
import { typeOf } from './type-of.js'
import { endsOf, GraphWalk, linkFacts, linkKey, worldLinks } from './walk-graph.js'
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
    const links = new Map<string, { readonly from: string; readonly to: string; readonly link: string }>()
    let isCut = false
    for (let depth = 0, level = [of]; depth < numberIn(given, 'depth', 1) && level.length > 0; depth += 1) {
      const found = await walk.expand(level)
      if (!found) break
      for (const each of found)
        links.set(linkKey({ ...endsOf(each), link: each.link }), { ...endsOf(each), link: each.link })
      const known = new Set(nodes)
      const next = [...new Set(found.map(({ other }) => other))].filter((id) => !known.has(id)).sort()
      level = next.slice(0, first - nodes.length)
      isCut ||= next.length > level.length
      nodes.push(...level)
    }
    const within = new Set(nodes)
    const all = [...links.values()].filter(({ from, to }) => within.has(from) && within.has(to))
    const told = all.slice(0, MAX_LINKS)
    const facts = await linkFacts(told, composing)
    const labels = await labelsOf(composing.store, new Map(nodes.map((id) => [id, walk.types.get(id) as string])))
    return {
      nodes,
      links: told.map(({ from, to, link: name }) => {
        const link = composing.shape.links.get(name) as LinkShape
        const values = facts.get(linkKey({ from, to, link: name }))?.values ?? {}
        const sentence = sentenceOf(link, labels.get(from) ?? from, labels.get(to) ?? to)
        return { from, to, link: name, date: linkDate(link, values), sentence }
      }),
      truncated: isCut || walk.isSpent || walk.skipped.length > 0 || told.length < all.length,
      skipped: walk.skipped,
    }
  },
  words: (given) => `gathers the records around ${JSON.stringify(textIn(given, 'of'))}, level by level`,
}
