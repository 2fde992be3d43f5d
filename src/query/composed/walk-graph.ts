import { type GraphShape, isOwnLink, type LinkShape } from '../../model/graph-shape.js'
import type { CheckedValues } from '../../model/records.js'
import type { LinkStep } from '../../store/graph-store.js'
import type { Composing } from './composer.js'
import { labelsOf, linkDate, sentenceOf } from './sentences.js'

/** Where a record has more links of one type, they are not gone over. */
const HUB = 500
/** Links that a walk looks at before it ends. */
const MAX_LINKS = 100_000
/** Records whose links are asked at once. */
const BATCH = 50

/** A link that a walk goes over, from the one end to the other. */
export interface WalkedLink {
  readonly at: string
  readonly other: string
  readonly link: string
  readonly isForward: boolean
}

/** Links that are not gone over, since a record has too many of them. */
export interface Skipped {
  readonly node: string
  readonly link: string
  readonly isForward: boolean
}

/** The types of links that say something of the world, and not of how the graph came to be. */
export const worldLinks = (shape: GraphShape): readonly string[] =>
  [...shape.links.values()]
    .filter((link) => !isOwnLink(shape, link) && !link.from.every((type) => ABOUT_RECORDS.has(type)))
    .map(({ name }) => name)

const ABOUT_RECORDS = new Set(['Issue', 'Merge'])

/** Goes through the graph from record to record, level by level. */
export class GraphWalk {
  /** The types of the records that were reached. */
  readonly types = new Map<string, string>()
  readonly #skipped = new Map<string, Skipped>()
  #looked = 0

  constructor(
    readonly composing: Composing,
    readonly through: readonly string[],
  ) {}

  get skipped(): readonly Skipped[] {
    return [...this.#skipped.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, skipped]) => skipped)
  }

  /** Whether it has looked at so much that it ends. */
  get isSpent(): boolean {
    return this.#looked > MAX_LINKS
  }

  /** The links at records that were reached, each pair and type once, in an order of their own; null where it ends before. */
  async expand(ids: readonly string[]): Promise<readonly WalkedLink[] | null> {
    const byType = new Map<string, string[]>()
    for (const id of ids) {
      const type = this.types.get(id) as string
      byType.set(type, [...(byType.get(type) ?? []), id])
    }
    const links: WalkedLink[] = []
    for (const [type, some] of byType) {
      const steps = stepsOf(this.composing.shape, type, this.through)
      for (let from = 0; from < some.length && steps.length > 0; from += BATCH) {
        if (this.isSpent) return null
        links.push(...(await this.#ask(some.slice(from, from + BATCH), steps)))
      }
    }
    return links.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  }

  async #ask(ids: readonly string[], steps: readonly LinkStep[]): Promise<readonly WalkedLink[]> {
    const { store, options } = this.composing
    const found = await store.linksAround({ ids, steps, limit: HUB + 1 }, options)
    this.#looked += found.length
    const counts = new Map<string, number>()
    for (const { at, step } of found) counts.set(`${step} ${at}`, (counts.get(`${step} ${at}`) ?? 0) + 1)
    const links = new Map<string, WalkedLink>()
    for (const { at, other, otherType, step } of found) {
      const { link, direction } = steps[step] as LinkStep
      const isForward = direction === 'out'
      if ((counts.get(`${step} ${at}`) ?? 0) > HUB) {
        this.#skipped.set(`${at} ${link} ${isForward}`, { node: at, link, isForward })
        continue
      }
      this.types.set(other, otherType)
      const walked = { at, other, link, isForward }
      links.set(keyOf(walked), walked)
    }
    return [...links.values()]
  }
}

const keyOf = ({ at, other, link, isForward }: WalkedLink): string => `${at} ${other} ${link} ${isForward}`

const stepsOf = ({ links }: GraphShape, type: string, through: readonly string[]): readonly LinkStep[] =>
  through.flatMap((name): readonly LinkStep[] => {
    const link = links.get(name)
    return [
      ...(link?.from.includes(type) ? [{ link: name, direction: 'out' as const }] : []),
      ...(link?.to.includes(type) ? [{ link: name, direction: 'in' as const }] : []),
    ]
  })

/** A link by its ends and type. */
export interface LinkEnds {
  readonly from: string
  readonly to: string
  readonly link: string
}

/** When a link holds, what it says in a sentence, and who says so. */
export interface ToldLink {
  readonly date: string | null
  readonly sentence: string
  readonly sources: readonly string[]
}

/** Tells of links between records that a walk has reached. @returns what is told, by `linkKey` */
export const tellLinks = async (
  links: readonly LinkEnds[],
  { composing, types }: GraphWalk,
): Promise<ReadonlyMap<string, ToldLink>> => {
  const ids = new Set(links.flatMap(({ from, to }) => [from, to]))
  const facts = await linkFacts(links, composing)
  const labels = await labelsOf(composing.store, new Map([...ids].map((id) => [id, types.get(id) as string])))
  const label = (id: string) => labels.get(id) ?? id
  return new Map(
    links.map((ends) => {
      const link = composing.shape.links.get(ends.link) as LinkShape
      const { values = {}, sources = [] } = facts.get(linkKey(ends)) ?? {}
      const sentence = sentenceOf(link, label(ends.from), label(ends.to))
      return [linkKey(ends), { date: linkDate(link, values), sentence, sources }]
    }),
  )
}

interface LinkFacts {
  readonly values: CheckedValues
  readonly sources: readonly string[]
}

/** What links say, by the ids of their ends and their type; of several between two records the first by its key. */
const linkFacts = async (
  links: readonly LinkEnds[],
  { store, options }: Composing,
): Promise<ReadonlyMap<string, LinkFacts>> => {
  const facts = new Map<string, LinkFacts & { readonly key: string }>()
  const byLink = new Map<string, { readonly from: string; readonly to: string }[]>()
  for (const { link, from, to } of links) byLink.set(link, [...(byLink.get(link) ?? []), { from, to }])
  const wanted = new Set(links.map(linkKey))
  for (const [link, some] of byLink) {
    for (let begin = 0; begin < some.length; begin += BATCH) {
      const ends = some.slice(begin, begin + BATCH)
      const ids = [...new Set(ends.map(({ from }) => from))]
      const among = [...new Set(ends.map(({ to }) => to))]
      const found = await store.linksAround({ ids, steps: [{ link, direction: 'out' }], limit: 1, among }, options)
      for (const { at, other, key, values, sources } of found) {
        const name = linkKey({ from: at, to: other, link })
        const known = facts.get(name)
        if (wanted.has(name) && (!known || key < known.key)) facts.set(name, { key, values, sources })
      }
    }
  }
  return facts
}

export const linkKey = ({ from, to, link }: LinkEnds): string => `${from} ${link} ${to}`

/** A walked link by its own ends. */
export const endsOf = ({ at, other, link, isForward }: WalkedLink): LinkEnds =>
  isForward ? { from: at, to: other, link } : { from: other, to: at, link }
