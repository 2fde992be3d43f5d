import type { Values } from '../../model/records.js'
import { BadCell } from '../read/read-cells.js'
import { isObject, type JsonObject } from '../read/read-json-lines.js'
import type { NodeList } from './lists.js'
import { ballotTally } from './tallies.js'
import {
  addresses,
  dateColumns,
  dateOf,
  dayOnly,
  listOf,
  mainName,
  momentOf,
  otherName,
  otherNames,
  ownName,
  text,
} from './values.js'

/** The type of node that a member of a list becomes. */
export const NODE_TYPES: Readonly<Record<NodeList, string>> = {
  persons: 'Person',
  organizations: 'Organization',
  posts: 'Office',
  areas: 'Place',
  events: 'Event',
  motions: 'Motion',
  vote_events: 'VoteEvent',
}

/** The columns of the node that a member of a list becomes; of a ballot all but the day and whether it was a roll call. @throws BadCell */
export const nodeValues = (list: NodeList, value: JsonObject): Values => {
  switch (list) {
    case 'persons':
      return personValues(value)
    case 'organizations':
      return organizationValues(value)
    case 'posts':
      return named(value, text(value, 'label') ?? text(value, 'role'), 'label', 'other_labels', (other) =>
        text(other, 'label'),
      )
    case 'areas':
      return { ...named(value), kind: placeKind(text(value, 'classification') ?? text(value, 'type')) }
    case 'events':
      return { ...named(value), summary: text(value, 'description'), ...dateColumns('date', span(value)) }
    case 'motions':
      return { title: text(value, 'text') ?? text(value, 'title'), tabledOn: dayOnly(dateOf(value, 'date')) }
    case 'vote_events':
      return ballotValues(value)
  }
}

const named = (
  value: JsonObject,
  name: string | null = text(value, 'name'),
  key = 'name',
  others = 'other_names',
  nameOf = (other: JsonObject): string | null => text(other, 'name'),
): { readonly name: string; readonly names: Values['names'] } => {
  if (name === null) throw new BadCell(`"${key}" is missing.`)
  return { name, names: otherNames(value, others, nameOf, name) }
}

const personValues = (value: JsonObject): Values => {
  const own = ownName(value)
  const main = own === null ? mainName(value) : null
  const contact = listOf(value, 'contact_details').find((each) => text(each, 'type') === 'email')
  return {
    ...named(value, own ?? (main && otherName(main)), 'name', 'other_names', otherName),
    sortName: text(value, 'sort_name'),
    givenName: text(main ?? value, 'given_name'),
    familyName: text(main ?? value, 'family_name') ?? (main && text(main, 'surname')),
    email: text(value, 'email') ?? (contact ? text(contact, 'value') : null),
    urls: addresses(value),
    ...dateColumns('birthDate', dateOf(value, 'birth_date')),
  }
}

const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    PARLIAMENT: 'legislature parliament chamber',
    POLITICAL_GROUP: 'political group,parliamentary group,parliamentary_group,faction,caucus,fraction',
    PARTY: 'party political_party',
    COMMITTEE: 'committee subcommittee commission',
    GOVERNMENT: 'government cabinet executive ministry',
    AGENCY: 'agency',
    MEDIA: 'media',
    NGO: 'ngo',
  }).flatMap(([kind, words]) =>
    words.split(words.includes(',') ? ',' : ' ').map((word): [string, string] => [word, kind]),
  ),
)

/** The kind of an organisation, by the word that a file has for it; null for a word that says none. */
export const organizationKind = (classification: string | null): string | null =>
  KINDS.get((classification ?? '').trim().toLowerCase()) ?? null

const organizationValues = (value: JsonObject): Values => ({
  ...named(value),
  kind: organizationKind(text(value, 'classification')),
  url: addresses(value)[0] ?? null,
})

/** The kind of a place, by the word that a file has for it; null for a word that says none. */
export const placeKind = (classification: string | null): string | null => {
  const word = (classification ?? '').trim().toLowerCase()
  if (word === 'country') return 'COUNTRY'
  return ['city', 'town', 'village'].includes(word) ? 'CITY' : word === 'region' ? 'REGION' : null
}

/** The time of an event in EDTF; one whose end is not told has an unknown end. */
const span = (value: JsonObject): string | null => {
  const [start, end] = [dateOf(value, 'start_date'), dateOf(value, 'end_date')]
  if (start !== null && end !== null && end.slice(0, start.length) < start.slice(0, end.length))
    throw new BadCell(`"end_date" is ${end}, before "start_date", ${start}.`)
  return start === end ? start : `${start ?? ''}/${end ?? ''}`
}

const RESULTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pass: 'ADOPTED',
    passed: 'ADOPTED',
    adopted: 'ADOPTED',
    fail: 'REJECTED',
    failed: 'REJECTED',
    rejected: 'REJECTED',
    lapsed: 'LAPSED',
    withdrawn: 'WITHDRAWN',
  }),
)

/** A word for a result that is none of those known; null where there is none. */
export const unknownResult = (value: JsonObject): string | null => {
  const written = text(value, 'result')
  return written !== null && !RESULTS.has(written.toLowerCase()) ? written : null
}

const ballotValues = (value: JsonObject): Values => {
  const { motion } = value
  const about = [text(value, 'classification'), isObject(motion) ? text(motion, 'classification') : null].join(' ')
  for (const key of ['start_date', 'date', 'end_date']) dateOf(value, key)
  return {
    title: text(value, 'title') ?? (isObject(motion) ? (text(motion, 'text') ?? text(motion, 'title')) : null),
    time: momentOf(value, 'start_date'),
    isMain: !/amend/i.test(about),
    result: RESULTS.get((text(value, 'result') ?? '').toLowerCase()) ?? null,
    ...ballotTally(value),
  }
}
