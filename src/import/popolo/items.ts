import { clip } from '../read/clip.js'
import { type DocumentItem, readJsonDocument } from '../read/read-json-document.js'
import { isObject, type JsonObject, shown } from '../read/read-json-lines.js'
import type { SourceFile } from '../read/source-file.js'
import { BallotIds } from './ballot-ids.js'
import { listOfItem } from './classes.js'
import { NODE_LISTS, type PopoloList } from './lists.js'

/** A member of a list, wherever it stands: at the top of the document or in another member. */
export interface PopoloItem {
  readonly list: PopoloList
  /** The name of the file. */
  readonly file: string
  readonly line: number
  readonly value: JsonObject
}

/** What cannot be read, or has no place in the graph. */
export interface Passed {
  readonly file: string
  readonly line: number
  /** A full sentence for a problem, the end of one for what is left out. */
  readonly problem?: string
  readonly leftOut?: string
}

/** Lists that may stand in a member, what their members become, and the key by which these name the member. */
const NESTED: Readonly<Record<string, readonly (readonly [key: string, list: PopoloList, owner: string])[]>> = {
  persons: [
    ['memberships', 'memberships', 'person_id'],
    ['votes', 'votes', 'voter_id'],
    ['motions', 'motions', 'creator_id'],
  ],
  organizations: [
    ['memberships', 'memberships', 'organization_id'],
    ['posts', 'posts', 'organization_id'],
    ['children', 'organizations', 'parent_id'],
    ['motions', 'motions', 'organization_id'],
    ['vote_events', 'vote_events', 'organization_id'],
  ],
  posts: [['memberships', 'memberships', 'post_id']],
  areas: [['children', 'areas', 'parent_id']],
  events: [['children', 'events', 'parent_id']],
  motions: [['vote_events', 'vote_events', 'motion_id']],
  vote_events: [['votes', 'votes', 'vote_event_id']],
}
const LISTS: ReadonlySet<string> = new Set([...NODE_LISTS, 'memberships', 'votes'])

/** Whether a key of a member holds members of its own. */
export const isNested = (list: PopoloList, key: string): boolean =>
  NESTED[list]?.some(([nested]) => nested === key) ?? false

/**
 * Reads the members of all lists of a document, those inside others after these.
 * @param files of which the document consists
 * @throws RapporteurError `BAD_INPUT` as `readJsonDocument` does
 */
export async function* readItems(
  files: readonly SourceFile[],
  advance: (bytes: number) => void,
): AsyncIterable<readonly (PopoloItem | Passed)[]> {
  const ids = new BallotIds()
  for (const file of files) {
    const reader = new ItemReader(file.name, ids)
    for await (const members of readJsonDocument(file, advance)) yield reader.read(members)
  }
}

class ItemReader {
  #items: (PopoloItem | Passed)[] = []

  constructor(
    readonly file: string,
    readonly ids: BallotIds,
  ) {}

  read(members: readonly DocumentItem[]): readonly (PopoloItem | Passed)[] {
    this.#items = []
    for (const member of members) this.#take(member)
    return this.#items
  }

  #take({ list, inList, line, value }: DocumentItem): void {
    const { file } = this
    const name = clip(list || file)
    const known = list === '' && isObject(value) ? listOfItem(file, value) : list
    if (list === '' && !isObject(value)) this.#problem(line, `The list has ${shown(value)}, which is not an object.`)
    else if (known === null)
      this.#problem(
        line,
        `Neither the file’s name nor the item’s keys say which class it is; name the file after the class, such as persons.json.`,
      )
    else if (!LISTS.has(known))
      this.#items.push({ file, line, leftOut: `of "${name}", which the graph has no place for` })
    else if (!inList) this.#problem(line, `"${name}" is or has ${shown(value)}, and must be a list.`)
    else if (!isObject(value)) this.#problem(line, `"${name}" has ${shown(value)}, which is not an object.`)
    else this.#flatten(known as PopoloList, line, value)
  }

  #problem(line: number, problem: string): void {
    this.#items.push({ file: this.file, line, problem })
  }

  #flatten(list: PopoloList, line: number, written: JsonObject): void {
    const value = list === 'vote_events' ? this.ids.named(written) : written
    this.#items.push({ list, file: this.file, line, value })
    for (const [key, nestedList, owner] of NESTED[list] ?? []) {
      const members = value[key]
      if (members === undefined || members === null) continue
      if (!Array.isArray(members)) {
        this.#problem(line, `"${key}" of "${list}" is ${shown(members)}, which is not a list.`)
        continue
      }
      const id = ownId(value)
      for (const [at, member] of members.entries()) {
        if (!isObject(member)) {
          this.#problem(line, `"${key}" of "${list}" has ${shown(member)}, which is not an object.`)
          continue
        }
        // A ballot inside a motion may have no id of its own.
        const made = nestedList === 'vote_events' && list === 'motions' && id ? { id: `${id}/vote-${at + 1}` } : {}
        this.#flatten(nestedList, line, { ...made, ...(id !== null && { [owner]: id }), ...withoutNulls(member) })
      }
    }
  }
}

const withoutNulls = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null))

/** Whether a member only tells that another id has taken the place of its own, as mySociety writes it. */
export const isRedirect = ({ redirect }: JsonObject): boolean => (redirect ?? '') !== ''

/** The id of a member as the file has it, a number as its digits; null where there is none that can be read. */
export const ownId = (value: JsonObject): string | null => {
  const id = value['id'] ?? value['_id']
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id)
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : null
}
