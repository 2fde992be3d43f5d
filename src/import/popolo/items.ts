import { clip } from '../read/clip.js'
import { type DocumentItem, readJsonDocument } from '../read/read-json-document.js'
import { isObject, type JsonObject, shown } from '../read/read-json-lines.js'
import type { SourceFile } from '../read/source-file.js'

/** The lists whose members become nodes, in the order in which they take an id that several of them use. */
export const NODE_LISTS = ['persons', 'organizations', 'posts', 'areas', 'events', 'motions', 'vote_events'] as const
export type NodeList = (typeof NODE_LISTS)[number]
/** All lists that are read: members of the others become links. */
export type PopoloList = NodeList | 'memberships' | 'votes'

/** A member of a list, wherever it stands: at the top of the document or in another member. */
export interface PopoloItem {
  readonly list: PopoloList
  readonly line: number
  readonly value: JsonObject
}

/** What cannot be read, or has no place in the graph. */
export interface Passed {
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
 * @throws RapporteurError `BAD_INPUT` as `readJsonDocument` does
 */
export async function* readItems(
  file: SourceFile,
  advance: (bytes: number) => void,
): AsyncIterable<readonly (PopoloItem | Passed)[]> {
  for await (const members of readJsonDocument(file, advance)) {
    const items: (PopoloItem | Passed)[] = []
    for (const member of members) take(member, items)
    yield items
  }
}

const take = ({ list, inList, line, value }: DocumentItem, items: (PopoloItem | Passed)[]): void => {
  const name = clip(list)
  if (!LISTS.has(list)) items.push({ line, leftOut: `of "${name}", which the graph has no place for` })
  else if (!inList) items.push({ line, problem: `"${name}" is or has ${shown(value)}, and must be a list.` })
  else if (!isObject(value)) items.push({ line, problem: `"${name}" has ${shown(value)}, which is no object.` })
  else flatten(list as PopoloList, line, value, items)
}

const flatten = (list: PopoloList, line: number, value: JsonObject, items: (PopoloItem | Passed)[]): void => {
  items.push({ list, line, value })
  for (const [key, nestedList, owner] of NESTED[list] ?? []) {
    const members = value[key]
    if (members === undefined || members === null) continue
    if (!Array.isArray(members)) {
      items.push({ line, problem: `"${key}" of "${list}" is ${shown(members)}, which is no list.` })
      continue
    }
    for (const [at, member] of members.entries()) {
      if (!isObject(member)) {
        items.push({ line, problem: `"${key}" of "${list}" has ${shown(member)}, which is no object.` })
        continue
      }
      const id = ownId(list, value)
      // A ballot inside a motion may have no id of its own.
      const made = nestedList === 'vote_events' && list === 'motions' && id ? { id: `${id}/vote-${at + 1}` } : {}
      flatten(nestedList, line, { ...made, ...(id !== null && { [owner]: id }), ...withoutNulls(member) }, items)
    }
  }
}

const withoutNulls = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null))

/** Whether a member only tells that another id has taken the place of its own, as mySociety writes it. */
export const isRedirect = ({ redirect }: JsonObject): boolean => (redirect ?? '') !== ''

/** The id of a member as the file has it, a number as its digits; null where there is none that can be read. */
export const ownId = (list: PopoloList, value: JsonObject): string | null => {
  const id = value['id'] ?? value['_id'] ?? (list === 'vote_events' ? value['identifier'] : null)
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id)
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : null
}
