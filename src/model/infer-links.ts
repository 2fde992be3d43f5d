import type { StoredLink, StoredNode, Value } from './records.js'

/** What the rules read. */
interface GraphReader {
  scanNodes(type: string): AsyncIterable<StoredNode>
  scanLinks(link: string): AsyncIterable<StoredLink>
}

/** A link that follows from others, and the sets of sources that say those. */
export interface InferredLink extends Omit<StoredLink, 'sourceSet'> {
  readonly sourceSets: readonly number[]
}

/** A rule that makes the inferred links of one type; whatever it no longer makes is taken away. */
export interface InferenceRule {
  readonly link: string
  infer(graph: GraphReader): Promise<readonly InferredLink[]>
}

/** Where a bound of a holding is not known, it is taken to hold this many days before or after the day that attests it. */
const ATTESTED_DAYS = 30

/** A resolution's motions: the one it was adopted from, and those which that one replaces. */
const resolutionMotions: InferenceRule = {
  link: 'ResolutionMotion',
  async infer(graph) {
    const replaced = await linksBy('from', graph.scanLinks('Replacement'))
    const links: InferredLink[] = []
    for await (const { from: resolution, to: motion, sourceSet } of graph.scanLinks('AdoptedFrom')) {
      const make = (to: string, sourceSets: readonly number[]) =>
        links.push({
          link: this.link,
          from: resolution,
          to,
          key: '',
          values: { inferred: true, via: motion },
          sourceSets,
        })
      make(motion, [sourceSet])
      for (const each of replaced.get(motion) ?? []) make(each.to, [sourceSet, each.sourceSet])
    }
    return links
  },
}

/** A resolution's ballots: those on the text it was adopted from, on that text's amendments and on their parts. */
const resolutionBallots: InferenceRule = {
  link: 'ResolutionBallot',
  async infer(graph) {
    const adopted = await collect(graph.scanLinks('AdoptedFrom'))
    if (adopted.length === 0) return []
    const ballotsOn = await linksBy('to', graph.scanLinks('BallotOn'))
    const amendments = await linksBy('to', graph.scanLinks('AmendmentOf'))
    const parts = await linksBy('to', graph.scanLinks('AmendmentPart'))
    const links: InferredLink[] = []
    for (const { from: resolution, to: motion, sourceSet } of adopted) {
      const texts = withParts(motion, [sourceSet], [amendments, parts])
      for (const { id: via, sourceSets } of texts) {
        for (const ballot of ballotsOn.get(via) ?? []) {
          const values = { inferred: true, via }
          links.push({
            link: this.link,
            from: resolution,
            to: ballot.from,
            key: '',
            values,
            sourceSets: [...sourceSets, ballot.sourceSet],
          })
        }
      }
    }
    const motions = new Map(adopted.map(({ from, to }) => [from, to]))
    return markFinal(links, motions, await ballotsById(graph, new Set(links.map((link) => link.to))))
  },
}

/** A person's demands: those that concern an office which the person held on the day of the text. */
const personDemands: InferenceRule = {
  link: 'Concern',
  async infer(graph) {
    const holdings = await linksBy('to', graph.scanLinks('Holding'))
    if (holdings.size === 0) return []
    const days = await textDays(graph)
    const links: InferredLink[] = []
    for await (const concern of graph.scanLinks('Concern')) {
      if (concern.values['inferred'] === true) continue
      for (const holding of holdings.get(concern.to) ?? []) {
        const day = days.get(concern.from)
        if (!day || !holdsOn(holding, day)) continue
        const values = { role: concern.values['role'] as string, inferred: true, via: concern.to }
        const sourceSets = [concern.sourceSet, holding.sourceSet]
        links.push({
          link: this.link,
          from: concern.from,
          to: holding.from,
          key: `${values.role}/${concern.to}`,
          values,
          sourceSets,
        })
      }
    }
    return links
  },
}

/** The rules, in the order in which they are followed. */
export const INFERENCE_RULES: readonly InferenceRule[] = [resolutionMotions, resolutionBallots, personDemands]

/**
 * Whether an office was held on a day: within its bounds. One that is not known is near the day that attests the holding;
 * where no day does, it is open, unless the other is not known either.
 */
export const holdsOn = ({ values }: Pick<StoredLink, 'values'>, day: string): boolean => {
  const { startDate, endDate, attestedOn } = values as Readonly<Record<string, string | undefined>>
  if (attestedOn === undefined)
    return (startDate ?? endDate) !== undefined && (startDate ?? '') <= day && day <= (endDate ?? '9999')
  const since = startDate === undefined ? daysBetween(day, attestedOn) <= ATTESTED_DAYS : startDate <= day
  const until = endDate === undefined ? daysBetween(attestedOn, day) <= ATTESTED_DAYS : day <= endDate
  return since && until
}

const daysBetween = (a: string, b: string): number => (Date.parse(b) - Date.parse(a)) / 86_400_000

/** The day of each demand's text: when it was adopted, or else tabled. */
const textDays = async (graph: GraphReader): Promise<ReadonlyMap<string, string>> => {
  const days = new Map<string, string>()
  for await (const { id, values } of graph.scanNodes('Resolution')) days.set(id, values['adoptedOn'] as string)
  for await (const { id, values } of graph.scanNodes('Motion'))
    if (values['tabledOn']) days.set(id, values['tabledOn'] as string)
  const ofDemands = new Map<string, string>()
  for await (const { from, to } of graph.scanLinks('DemandIn')) {
    const day = days.get(to)
    if (day) ofDemands.set(from, day)
  }
  return ofDemands
}

interface Text {
  readonly id: string
  readonly sourceSets: readonly number[]
}

/** A text with all that hangs below it over these links; each text once, whatever circle the links make. */
const withParts = (
  id: string,
  sourceSets: readonly number[],
  below: readonly ReadonlyMap<string, readonly StoredLink[]>[],
): readonly Text[] => {
  const found = new Map<string, Text>([[id, { id, sourceSets }]])
  for (const text of found.values()) {
    for (const { from, sourceSet } of below.flatMap((links) => links.get(text.id) ?? [])) {
      if (!found.has(from)) found.set(from, { id: from, sourceSets: [...text.sourceSets, sourceSet] })
    }
  }
  return [...found.values()]
}

interface Ballot {
  readonly date: Value | undefined
  /** As lists of ballots are ordered. */
  readonly moment: string
  /** Undefined where it is not known. */
  readonly isMain: Value | undefined
}

const ballotsById = async (graph: GraphReader, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Ballot>> => {
  const ballots = new Map<string, Ballot>()
  for await (const { id, values } of graph.scanNodes('VoteEvent')) {
    if (ids.has(id))
      ballots.set(id, { date: values['date'], moment: String(values['dateMoment'] ?? ''), isMain: values['isMain'] })
  }
  return ballots
}

/**
 * Copies what lists of ballots are asked by, and marks each resolution's final vote: the last main one on its motion, by
 * time, then id. A ballot on an amendment is never the final one.
 */
const markFinal = (
  links: readonly InferredLink[],
  motions: ReadonlyMap<string, string>,
  ballots: ReadonlyMap<string, Ballot>,
): readonly InferredLink[] => {
  const last = new Map<string, InferredLink>()
  const rank = ({ to }: InferredLink) => ballots.get(to)?.moment ?? ''
  for (const link of links) {
    if (ballots.get(link.to)?.isMain !== true || link.values['via'] !== motions.get(link.from)) continue
    const best = last.get(link.from)
    if (!best || rank(link) > rank(best) || (rank(link) === rank(best) && link.to > best.to)) last.set(link.from, link)
  }
  return links.map((link) => {
    const { date, isMain } = ballots.get(link.to) ?? {}
    const known = { ...(date !== undefined && { date }), ...(isMain !== undefined && { isMain }) }
    return { ...link, values: { ...link.values, ...known, isFinal: last.get(link.from) === link } }
  })
}

const collect = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const linksBy = async (
  end: 'from' | 'to',
  links: AsyncIterable<StoredLink>,
): Promise<ReadonlyMap<string, readonly StoredLink[]>> => {
  const by = new Map<string, StoredLink[]>()
  for await (const link of links) {
    const there = by.get(link[end])
    if (there) there.push(link)
    else by.set(link[end], [link])
  }
  return by
}
