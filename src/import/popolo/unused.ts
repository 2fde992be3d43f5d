import { addressOf } from '../read/address-of.js'
import { clip } from '../read/clip.js'
import { isObject, type Json, type JsonObject } from '../read/read-json-lines.js'
import { UnusedValues } from '../read/unused-values.js'
import { isNested, isRedirect, type PopoloItem } from './items.js'
import type { PopoloList } from './lists.js'
import { organizationKind, placeKind } from './nodes.js'
import { namedBy, type PopoloSurvey } from './survey.js'
import { optionOf } from './tallies.js'
import { momentOf } from './values.js'

/** Keys that become something; all others are left out and counted. */
const USED: Readonly<Record<PopoloList, ReadonlySet<string>>> = {
  persons: words('id name other_names sort_name given_name family_name birth_date email contact_details links'),
  organizations: words('id name other_names classification links parent_id parent area_id area'),
  posts: words('id label role other_labels organization_id organization'),
  areas: words('id name other_names classification type parent_id parent'),
  events: words('id name other_names description start_date end_date organization_id organization attendees'),
  motions: words('id text title date creator_id creator'),
  vote_events: words(
    'id identifier legislative_session_id legislative_session title motion_id motion organization_id organization start_date date result counts classification',
  ),
  memberships: words(
    'id person_id person organization_id organization on_behalf_of_id on_behalf_of post_id post role start_date end_date legislative_period_id legislative_period',
  ),
  votes: words('vote_event_id vote_event voter_id voter option group_id group party_id party'),
}

function words(text: string): ReadonlySet<string> {
  return new Set([...text.split(' '), '_id'])
}

/** Counts the values that become nothing, by list and key. */
export class UnusedKeys extends UnusedValues {
  constructor(readonly survey: PopoloSurvey) {
    super()
  }

  see({ list, value }: PopoloItem): void {
    for (const [key, each] of Object.entries(value)) {
      if (each === undefined || isBlank(each) || key === 'redirect' || isNested(list, key)) continue
      const many = isRedirect(value) && key !== 'id' ? 1 : unusedOf(list, key, each, value)
      if (many === 0) continue
      this.count(`${list}.${clip(key)}`, many)
    }
    const counts = list === 'vote_events' && Array.isArray(value['counts']) ? (value['counts'] as readonly Json[]) : []
    for (const each of list === 'votes' ? [value] : counts) {
      if (!isObject(each) || typeof each['option'] !== 'string' || each['option'].trim() === '') continue
      if (optionOf(each) === null) this.count(`${list}.option "${clip(each['option'], 30)}"`, 1)
    }
    const period = list === 'memberships' ? namedBy(value, 'legislative_period') : null
    if (period === null) return
    const { start, end, term } = this.survey.period(period)
    if (start === null && end === null && term === null) this.count('memberships.legislative_period_id', 1)
  }
}

/** How many values of a key become nothing; of some keys only some do. */
const unusedOf = (list: PopoloList, key: string, found: Json, value: JsonObject): number => {
  const all: readonly Json[] = Array.isArray(found) ? found : [found]
  if (!USED[list].has(key)) return all.length
  if (key === 'contact_details') return all.filter((each) => !isObject(each) || each['type'] !== 'email').length
  if (key === 'links') {
    const good = all.filter((each) => isObject(each) && addressOf(String(each['url'] ?? '')) !== null).length
    return all.length - (list === 'organizations' ? Math.min(good, 1) : good)
  }
  if (list === 'persons' && key === 'other_names') return all.filter((each) => !hasName(each)).length
  if (typeof found !== 'string') return 0
  const isLost =
    (list === 'organizations' && key === 'classification' && organizationKind(found) === null) ||
    (list === 'areas' && (key === 'classification' || key === 'type') && placeKind(found) === null) ||
    (list === 'posts' && key === 'role' && typeof value['label'] === 'string' && value['label'] !== found) ||
    (list === 'motions' && key === 'date' && found.length < 10) ||
    (list === 'vote_events' && key === 'identifier' && !isInId(value, `vote-${found}`)) ||
    (list === 'vote_events' && /session/.test(key) && !isInId(value, found)) ||
    // A time without its offset is not a moment.
    (list === 'vote_events' && key === 'start_date' && /[T ]/.test(found) && momentOf(value, key) === null)
  return isLost ? 1 : 0
}

const isBlank = (found: Json): boolean => found === null || (typeof found === 'string' && found.trim() === '')

/** Whether a ballot without an id of its own was named after something. */
const isInId = ({ id, identifier }: JsonObject, part: string): boolean =>
  id === identifier || String(id).split('/').includes(part)

/** Whether one of a person’s other names has a name in it. */
const hasName = (other: Json): boolean =>
  isObject(other) && ['name', 'given_name', 'family_name', 'lordname', 'lordofname'].some((part) => other[part])
