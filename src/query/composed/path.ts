import { type Composer, numberIn, textIn, wordsIn } from './composer.js'
import { typeOf } from './type-of.js'
import { endsOf, GraphWalk, linkKey, tellLinks, type WalkedLink, worldLinks } from './walk-graph.js'
import { wholeNumber } from './whole-number.js'

const MAX_LENGTH = 6
const DEFAULT_LENGTH = 4
const MAX_PATHS = 20
const DEFAULT_PATHS = 5
/** Links that a walk looks at, at most, as a price. */
const PRICE = 300_000

/** The shortest ways between two records. */
export const composePath: Composer = {
  readings: { from: { how: 'id' }, to: { how: 'id' } },
  atMost(given) {
    const length = wholeNumber('maxLength', given('maxLength'), DEFAULT_LENGTH, [1, MAX_LENGTH])
    return wholeNumber('first', given('first'), DEFAULT_PATHS, [1, MAX_PATHS]) * length
  },
  price: () => PRICE,
  async compose(given, composing) {
    const [from, to] = [textIn(given, 'from') ?? '', textIn(given, 'to') ?? '']
    const types = await Promise.all([typeOf(from, composing), typeOf(to, composing)])
    if (types[0] === null || types[1] === null) return null
    const walk = new GraphWalk(composing, wordsIn(given, 'through') ?? worldLinks(composing.shape))
    walk.types.set(from, types[0]).set(to, types[1])
    const found = await search(walk, from, to, numberIn(given, 'maxLength', DEFAULT_LENGTH))
    const paths = pathsOf(found, numberIn(given, 'first', DEFAULT_PATHS))
    const isComplete = !walk.isSpent && walk.skipped.length === 0
    return { paths: await tell(paths, walk), isComplete, skipped: walk.skipped }
  },
  words(given) {
    const [from, to] = [textIn(given, 'from'), textIn(given, 'to')].map((id) => JSON.stringify(id))
    return `looks for the shortest ways from ${from} to ${to}, from both ends, level by level`
  },
}

/** A record that was reached: how far away, and over which links. */
interface Reached {
  readonly distance: number
  readonly by: readonly WalkedLink[]
}

/** What is reached from one end, and what was reached last. */
interface Side {
  readonly reached: Map<string, Reached>
  frontier: readonly string[]
  depth: number
}

interface Found {
  readonly start: Side
  readonly end: Side
  /** The least length of a way. */
  readonly length: number
}

const sideOf = (id: string): Side => ({
  reached: new Map([[id, { distance: 0, by: [] }]]),
  frontier: [id],
  depth: 0,
})

/** Searches from both ends, always from where fewer records were reached last. */
const search = async (walk: GraphWalk, from: string, to: string, maxLength: number): Promise<Found> => {
  const start = sideOf(from)
  const end = sideOf(to)
  let length = from === to ? 0 : Number.POSITIVE_INFINITY
  for (;;) {
    const side = nextSide(start, end, Math.min(maxLength, length - 1), walk.skipped.length > 0)
    const links = side && (await walk.expand(side.frontier))
    if (!side || !links) return { start, end, length }
    const next = new Map<string, WalkedLink[]>()
    for (const link of links)
      if (!side.reached.has(link.other)) next.set(link.other, [...(next.get(link.other) ?? []), link])
    side.depth += 1
    side.frontier = [...next.keys()].sort()
    const other = side === start ? end : start
    for (const [id, by] of next) {
      side.reached.set(id, { distance: side.depth, by })
      const met = side.depth + (other.reached.get(id)?.distance ?? Number.POSITIVE_INFINITY)
      if (met <= maxLength) length = Math.min(length, met)
    }
  }
}

/**
 * From which end to go on, so as to find ways of at most some length; null where that has no more use. Where all links
 * are gone over, both ends meet half-way; where some were skipped, a record that is reached from both may lie anywhere.
 */
const nextSide = (start: Side, end: Side, most: number, hasSkipped: boolean): Side | null => {
  const isSeen = start.depth + end.depth >= most || start.frontier.length === 0 || end.frontier.length === 0
  if (!hasSkipped && isSeen) return null
  const open = [start, end].filter(({ frontier, depth }) => frontier.length > 0 && depth < most)
  return open.sort((a, b) => a.frontier.length - b.frontier.length)[0] ?? null
}

/** The shortest ways, as lists of links from the start to the end, so many at most. */
const pathsOf = ({ start, end, length }: Found, most: number): readonly (readonly WalkedLink[])[] => {
  const paths = new Map<string, readonly WalkedLink[]>()
  const meeting = [...start.reached].filter(
    ([id, { distance }]) => distance + (end.reached.get(id)?.distance ?? NaN) === length,
  )
  for (const [id] of meeting.sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const before of waysTo(start, id)) {
      for (const after of waysTo(end, id)) {
        if (paths.size >= most) return [...paths.values()]
        const path = [...before, ...[...after].reverse().map(reversed)]
        paths.set(JSON.stringify(path), path)
      }
    }
  }
  return [...paths.values()]
}

/** The ways from where a side begins to a record. */
function* waysTo(side: Side, id: string): Generator<readonly WalkedLink[]> {
  const by = side.reached.get(id)?.by ?? []
  if (by.length === 0) yield []
  for (const link of by) for (const way of waysTo(side, link.at)) yield [...way, link]
}

const reversed = ({ at, other, link, isForward }: WalkedLink): WalkedLink => ({
  at: other,
  other: at,
  link,
  isForward: !isForward,
})

/** Says of each step what its link says. */
const tell = async (paths: readonly (readonly WalkedLink[])[], walk: GraphWalk) => {
  const told = await tellLinks(paths.flat().map(endsOf), walk)
  return paths.map((path) => ({
    length: path.length,
    steps: path.map((step) => {
      const { at: from, other: to, link, isForward } = step
      return { from, to, link, isForward, ...told.get(linkKey(endsOf(step))) }
    }),
  }))
}
