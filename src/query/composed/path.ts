import type { LinkShape } from '../../model/graph-shape.js'
import { type Composer, type Composing, numberIn, textIn, wordsIn } from './composer.js'
import { labelsOf, linkDate, sentenceOf } from './sentences.js'
import { typeOf } from './type-of.js'
import { endsOf, GraphWalk, linkFacts, linkKey, type Skipped, type WalkedLink, worldLinks } from './walk-graph.js'
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
    const paths = found ? pathsOf(found, numberIn(given, 'first', DEFAULT_PATHS)) : []
    const isComplete = !walk.isSpent
    return { paths: await tell(paths, walk, composing), isComplete, skipped: walk.skipped satisfies readonly Skipped[] }
  },
  words(given) {
    const [from, to] = [textIn(given, 'from'), textIn(given, 'to')].map((id) => JSON.stringify(id))
    return `looks for the shortest ways from ${from} to ${to}, from both ends, level by level`
  },
}

/** What is reached from one end: by which links, and those that were reached last. */
interface Side {
  readonly reached: Map<string, readonly WalkedLink[]>
  frontier: readonly string[]
}

interface Found {
  readonly start: Side
  readonly end: Side
  /** Where both ends meet. */
  readonly meeting: readonly string[]
}

/** Searches from both ends, always from where fewer records were reached. */
const search = async (walk: GraphWalk, from: string, to: string, maxLength: number): Promise<Found | null> => {
  const start: Side = { reached: new Map([[from, []]]), frontier: [from] }
  const end: Side = { reached: new Map([[to, []]]), frontier: [to] }
  if (from === to) return { start, end, meeting: [from] }
  for (let length = 1; length <= maxLength; length += 1) {
    const isStart = start.frontier.length <= end.frontier.length
    const [side, other] = isStart ? [start, end] : [end, start]
    const links = await walk.expand(side.frontier)
    if (!links) return null
    const next = new Map<string, WalkedLink[]>()
    for (const link of links) {
      if (side.reached.has(link.other)) continue
      next.set(link.other, [...(next.get(link.other) ?? []), link])
    }
    for (const [id, by] of next) side.reached.set(id, by)
    side.frontier = [...next.keys()].sort()
    const meeting = side.frontier.filter((id) => other.reached.has(id))
    if (meeting.length > 0) return { start, end, meeting }
    if (side.frontier.length === 0) return null
  }
  return null
}

/** The ways that meet, as lists of links from the start to the end, so many at most. */
const pathsOf = ({ start, end, meeting }: Found, most: number): readonly (readonly WalkedLink[])[] => {
  const paths: (readonly WalkedLink[])[] = []
  for (const id of meeting) {
    for (const before of waysTo(start, id)) {
      for (const after of waysTo(end, id)) {
        if (paths.length >= most) return paths
        paths.push([...before, ...[...after].reverse().map(reversed)])
      }
    }
  }
  return paths
}

/** The ways from where a side begins to a record. */
function* waysTo({ reached }: Side, id: string): Generator<readonly WalkedLink[]> {
  const by = reached.get(id) ?? []
  if (by.length === 0) yield []
  for (const link of by) for (const way of waysTo({ reached, frontier: [] }, link.at)) yield [...way, link]
}

const reversed = ({ at, other, link, isForward }: WalkedLink): WalkedLink => ({
  at: other,
  other: at,
  link,
  isForward: !isForward,
})

/** Says of each step what its link says. */
const tell = async (paths: readonly (readonly WalkedLink[])[], walk: GraphWalk, composing: Composing) => {
  const steps = paths.flat()
  const ids = new Set(steps.flatMap(({ at, other }) => [at, other]))
  const facts = await linkFacts(
    steps.map((step) => ({ ...endsOf(step), link: step.link })),
    composing,
  )
  const labels = await labelsOf(composing.store, new Map([...ids].map((id) => [id, walk.types.get(id) as string])))
  const label = (id: string) => labels.get(id) ?? id
  return paths.map((path) => ({
    length: path.length,
    steps: path.map((step) => {
      const { from, to } = endsOf(step)
      const link = composing.shape.links.get(step.link) as LinkShape
      const { values = {}, sources = [] } = facts.get(linkKey({ from, to, link: step.link })) ?? {}
      return {
        from: step.at,
        to: step.other,
        link: step.link,
        isForward: step.isForward,
        date: linkDate(link, values),
        sentence: sentenceOf(link, label(from), label(to)),
        sources,
      }
    }),
  }))
}
