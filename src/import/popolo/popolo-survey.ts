import { BadCell } from '../read/read-cells.js'
import { isObject, type JsonObject } from '../read/read-json-lines.js'
import type { SourceFile } from '../read/source-file.js'
import { NODE_LISTS, type NodeList, ownId, type PopoloItem, type PopoloList, readItems } from './popolo-items.js'
import { nodeValues } from './popolo-nodes.js'
import { dateOf, reference } from './popolo-values.js'

/** What is kept of a member: its dates, where others need them, and whether it can be read. */
interface Known {
  readonly good: boolean
  /** The day of a motion or ballot, the first day of an event. */
  readonly date: string | null
  /** The motion of a ballot. */
  readonly motion: string | null
}

/** Keys by which a member names others, which may stand there whole, and the lists that those belong to. */
const REFERENCES: Readonly<Record<PopoloList, readonly (readonly [key: string, list: NodeList])[]>> = {
  persons: [],
  organizations: [
    ['parent', 'organizations'],
    ['area', 'areas'],
  ],
  posts: [['organization', 'organizations']],
  areas: [['parent', 'areas']],
  events: [['organization', 'organizations']],
  motions: [['creator', 'persons']],
  vote_events: [
    ['motion', 'motions'],
    ['organization', 'organizations'],
  ],
  memberships: [
    ['person', 'persons'],
    ['organization', 'organizations'],
    ['on_behalf_of', 'organizations'],
    ['post', 'posts'],
  ],
  votes: [
    ['voter', 'persons'],
    ['group', 'organizations'],
    ['party', 'organizations'],
  ],
}

/** The members that stand whole in another one, as items of their own lists; those without an id are no records. */
export const embedded = ({ list, line, value }: PopoloItem): readonly (PopoloItem & { readonly list: NodeList })[] => {
  const found: (PopoloItem & { readonly list: NodeList })[] = []
  const see = (of: NodeList, each: unknown): void => {
    if (isObject(each) && ownId(of, each) !== null) found.push({ list: of, line, value: each })
  }
  for (const [key, of] of REFERENCES[list]) see(of, value[key])
  const many = list === 'events' ? value['attendees'] : list === 'vote_events' ? value['counts'] : null
  if (!Array.isArray(many)) return found
  for (const each of many) {
    if (list === 'events') see('persons', each)
    else if (isObject(each)) see('organizations', each['group'])
  }
  return found
}

/**
 * What a first reading of a document finds: which members it has and which of them can be read, so that links can stand
 * before what they lead to. Of each member it keeps the id and a date.
 */
export class PopoloSurvey {
  readonly #known = new Map<NodeList, Map<string, Known>>(NODE_LISTS.map((list) => [list, new Map()]))
  /** Members that stand whole in another one only. */
  readonly #embedded = new Map<NodeList, Map<string, Known>>(NODE_LISTS.map((list) => [list, new Map()]))

  private constructor(readonly prefix: string) {}

  /** Reads a document. @throws RapporteurError `BAD_INPUT` as `readItems` does */
  static async of(file: SourceFile, prefix: string, advance: (bytes: number) => void): Promise<PopoloSurvey> {
    const survey = new PopoloSurvey(prefix)
    for await (const items of readItems(file, advance)) for (const item of items) if ('value' in item) survey.#see(item)
    return survey
  }

  get isEmpty(): boolean {
    return [...this.#known.values()].every(({ size }) => size === 0)
  }

  /** The id of a node; where an earlier list has the same id, with the name of the list. */
  nodeId(list: NodeList, id: string): string {
    // An id has no spaces.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    const written = id.replace(/[\s\u0000-\u001f\u007f]/g, encodeURIComponent)
    const earlier = NODE_LISTS.slice(0, NODE_LISTS.indexOf(list))
    const isTaken = earlier.some((each) => this.#known.get(each)?.has(id) || this.#embedded.get(each)?.has(id))
    return `${this.prefix}:${isTaken ? `${list}/` : ''}${written}`
  }

  /** Whether a member is described in a list of its own, and not in another member alone. */
  isDescribed(list: NodeList, id: string): boolean {
    return this.#known.get(list)?.has(id) ?? false
  }

  /** Whether there is a node of the member: `lost` where its own row is bad, undefined where the document has none. */
  status(list: NodeList, id: string): 'good' | 'lost' | undefined {
    const known = this.#of(list, id)
    if (!known) return undefined
    return known.good && (list !== 'vote_events' || this.dateOfBallot(id) !== null) ? 'good' : 'lost'
  }

  /** The day of a ballot: its own, or that of its motion. */
  dateOfBallot(id: string): string | null {
    const ballot = this.#of('vote_events', id)
    const date = ballot?.date ?? (ballot?.motion ? this.#of('motions', ballot.motion)?.date : null) ?? null
    return date?.length === 10 ? date : null
  }

  /** The day on which an event begins, as far as it is known. */
  dateOfEvent(id: string): string | null {
    return this.#of('events', id)?.date ?? null
  }

  #of(list: NodeList, id: string): Known | undefined {
    return this.#known.get(list)?.get(id) ?? this.#embedded.get(list)?.get(id)
  }

  #see(item: PopoloItem): void {
    for (const { list, value } of embedded(item)) this.#keep(this.#embedded, list, value)
    if (isNodeList(item.list)) this.#keep(this.#known, item.list, item.value)
  }

  #keep(into: ReadonlyMap<NodeList, Map<string, Known>>, list: NodeList, value: JsonObject): void {
    const id = ownId(list, value)
    const known = id === null ? undefined : into.get(list)
    if (id !== null && known && !known.has(id)) known.set(id, knownOf(list, value))
  }
}

export const isNodeList = (list: PopoloList): list is NodeList => NODE_LISTS.some((each) => each === list)

const BAD: Known = { good: false, date: null, motion: null }
const GOOD: Known = { good: true, date: null, motion: null }

const knownOf = (list: NodeList, value: JsonObject): Known => {
  try {
    nodeValues(list, value)
    if (list === 'motions') return { good: true, date: dateOf(value, 'date'), motion: null }
    if (list === 'events') return { good: true, date: dateOf(value, 'start_date'), motion: null }
    if (list !== 'vote_events') return GOOD
    return {
      good: true,
      date: dateOf(value, 'start_date') ?? dateOf(value, 'date'),
      motion: reference(value, 'motion'),
    }
  } catch (error) {
    if (error instanceof BadCell) return BAD
    throw error
  }
}
