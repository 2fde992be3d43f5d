import { BadCell } from '../read/read-cells.js'
import { isObject, type JsonObject } from '../read/read-json-lines.js'
import type { SourceFile } from '../read/source-file.js'
import { isRedirect, ownId, type PopoloItem, readItems } from './items.js'
import { NODE_LISTS, type NodeList, type PopoloList } from './lists.js'
import { nodeValues } from './nodes.js'
import { type Period, termOfId, termOfName } from './periods.js'
import { dateOf, reference, text } from './values.js'

/** What is kept of a member: its dates, where others need them, and whether it can be read. */
interface Known {
  readonly good: boolean
  /** The day of a motion or ballot, the first day of an event. */
  readonly date: string | null
  /** The last day of an event. */
  readonly end: string | null
  /** The number of the term that an event is, where its name tells it. */
  readonly term: number | null
  /** The motion of a ballot. */
  readonly motion: string | null
  /** The id that has taken the place of the member’s. */
  readonly redirect: string | null
}

/** What an id stands for: a node, `lost` where its own row is bad; `none` or `several` where no one document has it. */
export type Target =
  | { readonly status: 'good'; readonly nodeId: string }
  | { readonly status: 'lost' | 'none' | 'several' }

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
export const embedded = ({
  list,
  file,
  line,
  value,
}: PopoloItem): readonly (PopoloItem & { readonly list: NodeList })[] => {
  const found: (PopoloItem & { readonly list: NodeList })[] = []
  const see = (of: NodeList, each: unknown): void => {
    if (isObject(each) && ownId(each) !== null) found.push({ list: of, file, line, value: each })
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

/** The lists to which the members belong that a member names. */
const listsNamedBy = ({ list, value }: PopoloItem): readonly NodeList[] => {
  const named = REFERENCES[list].filter(([key]) => namedBy(value, key) !== null).map(([, of]) => of)
  if (list === 'memberships' && namedBy(value, 'legislative_period') !== null) named.push('events')
  if (list === 'votes') named.push('vote_events')
  if (list === 'vote_events' && value['counts']) named.push('organizations')
  if (list === 'events' && value['attendees']) named.push('persons')
  return named
}

/** Redirects that are followed from an id to the one in use. */
const MAX_REDIRECTS = 100

/**
 * What a first reading of a document finds: which members it has and which of them can be read, so that links can stand
 * before what they lead to. Of each member it keeps the id and a date, of an organisation the name.
 */
export class PopoloSurvey {
  readonly #known = new Map<NodeList, Map<string, Known>>(NODE_LISTS.map((list) => [list, new Map()]))
  /** Members that stand whole in another one only. */
  readonly #embedded = new Map<NodeList, Map<string, Known>>(NODE_LISTS.map((list) => [list, new Map()]))
  /** The organisation of each name; null where several have it. */
  readonly #names = new Map<string, string | null>()
  /** The ballot of each number that ballots have; null where several have it. */
  readonly #numbers = new Map<string, string | null>()
  /** Ballots of which the document has votes. */
  readonly #votedIn = new Set<string>()
  /** The same by the ids that are used, after the reading. */
  #rollCalls: ReadonlySet<string> | null = null
  /** Lists whose members others name. */
  readonly #named = new Set<NodeList>()
  /** The documents of the same import that have a list. */
  #lenders: ReadonlyMap<NodeList, readonly PopoloSurvey[]> = new Map()

  private constructor(readonly prefix: string) {}

  /** Reads a document. @throws RapporteurError `BAD_INPUT` as `readItems` does */
  static async of(
    files: readonly SourceFile[],
    prefix: string,
    advance: (bytes: number) => void,
  ): Promise<PopoloSurvey> {
    const survey = new PopoloSurvey(prefix)
    for await (const items of readItems(files, advance))
      for (const item of items) if ('value' in item) survey.#see(item)
    return survey
  }

  /** Lets documents of one import name members of each other: a list that one does not have is looked for in the others. */
  static beside(documents: readonly PopoloSurvey[]): void {
    const lenders = new Map(NODE_LISTS.map((list) => [list, documents.filter((each) => !each.lacks(list))]))
    for (const each of documents) each.#lenders = lenders
  }

  get isEmpty(): boolean {
    return this.lists.length === 0
  }

  /** The lists that the document has. */
  get lists(): readonly NodeList[] {
    return NODE_LISTS.filter((list) => !this.lacks(list))
  }

  /** The lists whose members the document names and does not have. */
  get wanted(): readonly NodeList[] {
    return [...this.#named].filter((list) => this.lacks(list))
  }

  lacks(list: NodeList): boolean {
    return this.#known.get(list)?.size === 0
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

  /** Whether there is a node of the member under this very id: `lost` where its own row is bad, undefined where the document has none. */
  status(list: NodeList, id: string): 'good' | 'lost' | undefined {
    const known = this.#of(list, id)
    if (!known) return undefined
    return known.good && known.redirect === null ? 'good' : 'lost'
  }

  /** What an id of a list stands for, be it one that was redirected, or that of another document. */
  target(list: NodeList, id: string): Target {
    const found = this.#find(list, id)
    if (typeof found === 'string') return { status: found }
    const used = found.survey.used(list, id)
    if (used === null || found.survey.status(list, used) !== 'good') return { status: 'lost' }
    return { status: 'good', nodeId: found.survey.nodeId(list, used) }
  }

  /** The id of this document that is used in the place of an id; null where redirects lead nowhere, or in a circle. */
  used(list: NodeList, id: string): string | null {
    let at = list === 'vote_events' && !this.#of(list, id) ? (this.#numbers.get(id) ?? id) : id
    for (let followed = 0; followed < MAX_REDIRECTS; followed++) {
      const known = this.#of(list, at)
      if (!known) return null
      if (known.redirect === null) return at
      at = known.redirect
    }
    return null
  }

  /** The organisation that has a name; null where none has it, or several. */
  organizationNamed(name: string): string | null {
    if (this.#names.has(name) || !this.lacks('organizations')) return this.#names.get(name) ?? null
    const [found, ...more] = this.#lendersOf('organizations').filter((each) => each.#names.has(name))
    return found === undefined || more.length > 0 ? null : (found.#names.get(name) ?? null)
  }

  /** The day of a ballot: its own, or that of its motion. */
  dateOfBallot(id: string): string | null {
    const ballot = this.#member('vote_events', id)
    const date = ballot?.date ?? (ballot?.motion ? this.#member('motions', ballot.motion)?.date : null) ?? null
    return date?.length === 10 ? date : null
  }

  /** Whether there are votes of a ballot; null where there are none, which does not tell how it was held. */
  isRollCall(ballot: string): true | null {
    this.#rollCalls ??= new Set([...this.#votedIn].map((id) => this.used('vote_events', id) ?? id))
    return this.#rollCalls.has(ballot) || null
  }

  /** When a legislative period was; its id may tell the number of the term, be there an event of it or not. */
  period(id: string): Period {
    const event = this.#member('events', id)
    return { start: event?.date ?? null, end: event?.end ?? null, term: termOfId(id) ?? event?.term ?? null }
  }

  /** What is known of a member, in whichever document it is. */
  #member(list: NodeList, id: string): Known | undefined {
    const found = this.#find(list, id)
    if (typeof found === 'string') return undefined
    const used = found.survey.used(list, id)
    return used === null ? undefined : found.survey.#of(list, used)
  }

  /** The document that has an id. */
  #find(list: NodeList, id: string): { readonly survey: PopoloSurvey } | 'none' | 'several' {
    if (this.#has(list, id)) return { survey: this }
    const [survey, ...more] = this.#lendersOf(list).filter((each) => each.#has(list, id))
    return survey === undefined ? 'none' : more.length > 0 ? 'several' : { survey }
  }

  #lendersOf(list: NodeList): readonly PopoloSurvey[] {
    return this.lacks(list) ? (this.#lenders.get(list) ?? []) : []
  }

  #has(list: NodeList, id: string): boolean {
    return this.#of(list, id) !== undefined || (list === 'vote_events' && Boolean(this.#numbers.get(id)))
  }

  #of(list: NodeList, id: string): Known | undefined {
    return this.#known.get(list)?.get(id) ?? this.#embedded.get(list)?.get(id)
  }

  #see(item: PopoloItem): void {
    for (const { list, value } of embedded(item)) this.#keep(this.#embedded, list, value)
    if (isNodeList(item.list)) this.#keep(this.#known, item.list, item.value)
    for (const list of listsNamedBy(item)) this.#named.add(list)
    const ballot = item.list === 'votes' ? namedBy(item.value, 'vote_event') : null
    if (ballot !== null) this.#votedIn.add(ballot)
  }

  #keep(into: ReadonlyMap<NodeList, Map<string, Known>>, list: NodeList, value: JsonObject): void {
    const id = ownId(value)
    const known = id === null ? undefined : into.get(list)
    if (id === null || !known) return
    if (!known.has(id)) known.set(id, knownOf(list, value))
    if (list === 'organizations') keepOne(this.#names, value['name'], id)
    if (list === 'vote_events') keepOne(this.#numbers, value['identifier'], id)
  }
}

/** Notes whose a name is; null once several have it. */
const keepOne = (names: Map<string, string | null>, name: unknown, id: string): void => {
  const written = typeof name === 'string' ? name.trim() : ''
  if (written === '') return
  const isNew = !names.has(written) || names.get(written) === id
  names.set(written, isNew ? id : null)
}

export const isNodeList = (list: PopoloList): list is NodeList => NODE_LISTS.some((each) => each === list)

/** The id that a key names; null where it names none that can be read. */
export const namedBy = (value: JsonObject, key: string): string | null => {
  try {
    return reference(value, key)
  } catch (error) {
    if (error instanceof BadCell) return null
    throw error
  }
}

const GOOD: Known = { good: true, date: null, end: null, term: null, motion: null, redirect: null }
const BAD: Known = { ...GOOD, good: false }

const knownOf = (list: NodeList, value: JsonObject): Known => {
  try {
    if (isRedirect(value)) return { ...GOOD, redirect: reference(value, 'redirect') }
    nodeValues(list, value)
    if (list === 'motions') return { ...GOOD, date: dateOf(value, 'date') }
    if (list === 'events') return knownOfEvent(value)
    if (list !== 'vote_events') return GOOD
    const date = dateOf(value, 'start_date') ?? dateOf(value, 'date')
    return { ...GOOD, date, motion: reference(value, 'motion') }
  } catch (error) {
    if (error instanceof BadCell) return BAD
    throw error
  }
}

const knownOfEvent = (value: JsonObject): Known => ({
  ...GOOD,
  date: dateOf(value, 'start_date'),
  end: dateOf(value, 'end_date'),
  term: termOfName(text(value, 'name') ?? ''),
})
