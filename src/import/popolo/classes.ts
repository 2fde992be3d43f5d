import type { JsonObject } from '../read/read-json-lines.js'
import type { PopoloList } from './lists.js'

/** What a file of one class is called, in the singular or plural, by itself or at the end of its name: `senate-persons.json`. */
const NAMES: readonly (readonly [name: RegExp, list: PopoloList])[] = [
  [/(^|[^a-z])(persons?|people)$/, 'persons'],
  [/(^|[^a-z])(organi[sz]ations?)$/, 'organizations'],
  [/(^|[^a-z])memberships?$/, 'memberships'],
  [/(^|[^a-z])posts?$/, 'posts'],
  [/(^|[^a-z])areas?$/, 'areas'],
  [/(^|[^a-z])vote[^a-z]?events?$/, 'vote_events'],
  [/(^|[^a-z])events?$/, 'events'],
  [/(^|[^a-z])motions?$/, 'motions'],
  [/(^|[^a-z])votes?$/, 'votes'],
]

/** Keys that tell the class of an item, whose file tells none. */
const KEYS: readonly (readonly [list: PopoloList, keys: readonly string[]])[] = [
  ['votes', ['voter_id', 'voter']],
  ['memberships', ['person_id', 'person', 'member_id', 'member', 'on_behalf_of_id', 'post_id']],
  ['persons', ['given_name', 'family_name', 'sort_name', 'birth_date', 'death_date', 'gender', 'honorific_prefix']],
  ['motions', ['text', 'requirement', 'creator_id', 'creator']],
  ['vote_events', ['motion_id', 'motion', 'counts', 'group_results']],
  ['organizations', ['founding_date', 'dissolution_date', 'seats']],
  ['areas', ['geometry']],
  ['events', ['attendees']],
  ['posts', ['other_labels']],
]
/** Links, of which an item is none that lacks an end of them, whatever its file is called. */
const LINKS: readonly PopoloList[] = ['votes', 'memberships']

/** Keys under which an item names its class: `Person`, `popolo/vote_event`. */
const TYPES = ['@type', '_type', 'type'] as const

/** The list in which an item of a document that is a list itself would stand; null where nothing tells it. */
export const listOfItem = (file: string, item: JsonObject): PopoloList | null => {
  const typed = TYPES.map((key) => named(item[key])).find((list) => list !== null)
  if (typed) return typed
  const ofFile = named(file.replace(/\.gz$/i, '').replace(/\.json$/i, ''))
  const byKeys = KEYS.find(([, keys]) => keys.some((key) => key in item))?.[0] ?? null
  return ofFile === null || (LINKS.includes(ofFile) && byKeys !== null) ? byKeys : ofFile
}

const named = (written: unknown): PopoloList | null => {
  if (typeof written !== 'string') return null
  const name = written.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null
}
