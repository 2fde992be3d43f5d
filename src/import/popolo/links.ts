import { MERGE, mergeIdOf } from '../../model/graph-shape.js'
import type { Citation, GraphRecord, LinkRecord, Values } from '../../model/records.js'
import { digestOf, link, node, SAME_ROW } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { isObject, type JsonObject, shown } from '../read/read-json-lines.js'
import type { RepeatedVotes } from '../read/repeated-votes.js'
import { isRedirect, ownId, type PopoloItem } from './items.js'
import type { NodeList } from './lists.js'
import { boundsOf } from './periods.js'
import { isNodeList, type PopoloSurvey } from './survey.js'
import { groupTallies, isOfGroup, optionOf } from './tallies.js'
import { dateOf, listOf, reference, text } from './values.js'

/** Whom the maker of links tells what it leaves out. */
export interface Told {
  /** Where the row stands. */
  readonly file: string
  readonly line: number
  problem(reason: string): void
  leaveOut(why: string): void
  /** Leaves out what needs a member whose own row is bad. */
  fall(): void
}

/** A vote that stands more than once, so that all its rows count before any. */
interface Repeated {
  readonly rows: { readonly told: Told; readonly side: string }[]
  readonly record: LinkRecord
}

/** Makes the links that a member says; each list that it gives is loaded as a whole or not at all. */
export class PopoloLinks {
  /** Memberships given so far, with the digest of what says them. */
  readonly #given = new Map<string, number>()
  readonly #repeated = new Map<string, Repeated>()

  constructor(
    readonly survey: PopoloSurvey,
    readonly votes: RepeatedVotes,
    readonly citations: readonly Citation[],
  ) {}

  /** @throws BadCell for a member that is wrong in itself */
  of(item: PopoloItem, told: Told): readonly (readonly GraphRecord[])[] {
    const { list, value } = item
    if (isRedirect(value)) return this.#merge(item, told)
    if (list === 'memberships') return this.#membership(value, told)
    if (list === 'votes') return this.#vote(value, told)
    const id = ownId(value)
    if (id === null || this.survey.status(list, id) !== 'good') return []
    const from = this.survey.nodeId(list, id)
    switch (list) {
      case 'organizations':
        return [
          ...this.#one(value, 'parent', 'organizations', 'OrganizationPart', from, told),
          ...this.#one(value, 'area', 'areas', 'Jurisdiction', from, told),
        ]
      case 'posts':
        return this.#one(value, 'organization', 'organizations', 'OfficeOf', from, told)
      case 'areas':
        return this.#one(value, 'parent', 'areas', 'PlacePart', from, told)
      case 'events':
        return this.#participants(value, from, told)
      case 'motions':
        return this.#one(value, 'creator', 'persons', 'TabledBy', from, told)
      case 'vote_events':
        return [
          ...this.#one(value, 'motion', 'motions', 'BallotOn', from, told),
          ...this.#one(value, 'organization', 'organizations', 'HeldIn', from, told),
          ...this.#tallies(value, from, told),
        ]
      default:
        return []
    }
  }

  /** The node that a member names; null where it names none, or none that there is, which is told. */
  #end(value: JsonObject, key: string, list: NodeList, told: Told): string | null {
    const id = reference(value, key)
    return id === null ? null : this.#node(id, key, list, told)
  }

  #node(id: string, key: string, list: NodeList, told: Told): string | null {
    const target = this.survey.target(list, id)
    if (target.status === 'good') return target.nodeId
    if (target.status === 'lost') told.fall()
    else told.problem(`"${key}_id" is ${shown(id)}, and ${this.#whyNot(list, target.status)}.`)
    return null
  }

  #whyNot(list: NodeList, status: 'none' | 'several'): string {
    if (status === 'several') return `several documents of this import have it in "${list}"`
    if (!this.survey.lacks(list)) return `"${list}" has no such id`
    return `the document has no "${list}"; none that is imported with it has such an id there`
  }

  /** That another id has taken the place of a member’s. A link has no id, so that of a membership says nothing. */
  #merge({ list, value }: PopoloItem, told: Told): readonly (readonly GraphRecord[])[] {
    const [id, redirect] = [ownId(value), reference(value, 'redirect')]
    if (!isNodeList(list)) told.leaveOut(`of ${list} whose place another id has taken`)
    if (!isNodeList(list) || id === null || redirect === null) return []
    const used = this.survey.used(list, redirect)
    if (used === null) throw new BadCell(`"redirect" is ${shown(redirect)}, which leads to none of "${list}".`)
    const into = this.#node(used, 'redirect', list, told)
    if (into === null) return []
    const merged = this.survey.nodeId(list, id)
    const merge = mergeIdOf(merged)
    return [
      [
        node(MERGE.type, merge, { merged, reason: 'The document redirects the one id to the other.' }, this.citations),
        link(MERGE.link, merge, into, this.citations),
      ],
    ]
  }

  #one(
    value: JsonObject,
    key: string,
    list: NodeList,
    name: string,
    from: string,
    told: Told,
  ): readonly (readonly LinkRecord[])[] {
    const to = this.#end(value, key, list, told)
    return to === null ? [] : [[link(name, from, to, this.citations)]]
  }

  #participants(value: JsonObject, to: string, told: Told): readonly (readonly LinkRecord[])[] {
    const made = (from: string | null, role: string): readonly LinkRecord[][] =>
      from === null ? [] : [[{ ...link('Participation', from, to, this.citations, { role }), key: role }]]
    const attendees = new Set(listOf(value, 'attendees').map((each) => ownId(each)))
    if (attendees.delete(null)) told.leaveOut('of attendees without an id')
    return [
      ...made(this.#end(value, 'organization', 'organizations', told), 'ORGANIZER'),
      ...[...attendees].flatMap((id) =>
        id === null ? [] : made(this.#node(id, 'attendee', 'persons', told), 'PARTICIPANT'),
      ),
    ]
  }

  #membership(value: JsonObject, told: Told): readonly (readonly LinkRecord[])[] {
    if (reference(value, 'person') === null) {
      if (reference(value, 'member') === null) throw new BadCell('"person_id" is missing.')
      told.leaveOut('of members that are organisations')
      return []
    }
    const [start, end] = [dateOf(value, 'start_date'), dateOf(value, 'end_date')]
    const person = this.#end(value, 'person', 'persons', told)
    if (person === null) return []
    const periodId = reference(value, 'legislative_period')
    const period = periodId === null ? null : this.survey.period(periodId)
    const bounds = boundsOf(start, end, period)
    const { key, without } = keysOf(value, start ?? period?.start ?? null)
    const values = { term: period?.term ?? null, ...bounds }
    const organization = this.#end(value, 'organization', 'organizations', told)
    const group = this.#end(value, 'on_behalf_of', 'organizations', told)
    const post = this.#end(value, 'post', 'posts', told)
    if (organization === null && group === null && post === null) {
      if (['organization', 'on_behalf_of', 'post'].every((each) => reference(value, each) === null))
        throw new BadCell('"organization_id" is missing.')
      return []
    }
    const records: (readonly LinkRecord[])[] = []
    const digest = digestOf(JSON.stringify(value))
    const give = (name: string, to: string | null, own: Values): void => {
      if (to === null) return
      const isMain = to === (organization ?? post ?? group)
      const sameTime = key === without ? key : `${without} ${bounds.startDate} ${bounds.endDate}`
      // Two memberships on behalf of the same group, in two bodies, are one membership of the group.
      const known = [name, person, to, isMain ? key : sameTime].join('\n')
      const earlier = this.#given.get(known)
      if (isMain && earlier === digest) told.leaveOut(SAME_ROW)
      else if (isMain && earlier !== undefined)
        throw new BadCell(`The membership of "${to}" by "${person}" (${key}) stands twice, and not in the same words.`)
      if (earlier !== undefined) return
      this.#given.set(known, digest)
      records.push([{ ...link(name, person, to, this.citations, own), key }])
    }
    const role = text(value, 'role')
    give('Membership', organization, { role: role === null || /^member$/i.test(role) ? 'MEMBER' : role, ...values })
    if (group !== organization) give('Membership', group, { role: 'MEMBER', ...values })
    give('Holding', post, { ...bounds, attestedOn: null, inferred: false })
    return records
  }

  /** The id of a group; of one that is told by its name alone, that of the organisation that alone has the name. */
  #groupId(value: JsonObject, key: string, what: string, told: Told): string | null {
    const id = reference(value, key)
    if (id !== null) return id
    const whole = value[key]
    const name = isObject(whole) ? text(whole, 'name') : null
    const found = name === null ? null : this.survey.organizationNamed(name)
    if (found === null) told.leaveOut(`of ${what} whose group has no id, and no name that one organization alone has`)
    return found
  }

  /** The tallies of groups. */
  #tallies(value: JsonObject, ballot: string, told: Told): readonly (readonly GraphRecord[])[] {
    const tallies = groupTallies(value, (count) => this.#groupId(count, 'group', 'counts', told))
    return [...tallies].flatMap(([id, values]) => {
      const group = this.#node(id, 'group', 'organizations', told)
      if (group === null) return []
      const count = `${ballot}/${group}`
      return [
        [
          node('VoteCount', count, { by: 'GROUP', ...values }, this.citations),
          link('CountOf', count, ballot, this.citations),
          link('CountFor', count, group, this.citations),
        ],
      ]
    })
  }

  #vote(value: JsonObject, told: Told): readonly (readonly LinkRecord[])[] {
    const ballot = reference(value, 'vote_event')
    if (ballot === null) throw new BadCell('"vote_event_id" is missing.')
    const voter = reference(value, 'voter')
    if (voter === null) throw new BadCell('"voter_id" is missing.')
    const option = optionOf(value)
    if (option === null) {
      told.leaveOut('with an option that Popolo does not have')
      return []
    }
    const isOrganization = this.survey.target('organizations', voter).status !== 'none'
    if (isOrganization && this.survey.target('persons', voter).status === 'none') {
      told.leaveOut('votes of organisations')
      return []
    }
    const to = this.#end(value, 'vote_event', 'vote_events', told)
    const from = to === null ? null : this.#end(value, 'voter', 'persons', told)
    if (to === null || from === null) return []
    const side = isOfGroup(value, 'group') ? 'group' : 'party'
    const isNamed = isOfGroup(value, side)
    const groupId = isNamed ? this.#groupId(value, side, 'votes', told) : null
    const group = groupId === null ? null : this.#node(groupId, side, 'organizations', told)
    // A vote without its group would be counted as one of no group.
    if (isNamed && group === null) return []
    const record = link('Vote', from, to, this.citations, { option, date: this.survey.dateOfBallot(ballot), group })
    if (!this.votes.isRepeated(to, from)) return [[record]]
    const key = `${to}\n${from}`
    const repeated = this.#repeated.get(key) ?? { rows: [], record }
    this.#repeated.set(key, repeated)
    repeated.rows.push({ told, side: `${option}${group === null ? '' : ` in ${group}`}` })
    return []
  }

  /** After the last item: gives the votes that stand more than once, those that agree. Where they do not, none is a fact. */
  *repeatedVotes(): Iterable<{ readonly told: Told; readonly record: LinkRecord }> {
    for (const { rows, record } of this.#repeated.values()) {
      const [first, ...others] = rows
      const another = others.find(({ side }) => side !== first?.side)
      if (!first) continue
      if (!another) {
        yield { told: first.told, record }
        for (const { told } of others) told.leaveOut(SAME_ROW)
        continue
      }
      for (const { told } of rows)
        told.problem(
          `The voter "${record.from}" stands on two sides of "${record.to}": ${sideOf(first)}, and ${sideOf(another)}. Neither is taken.`,
        )
    }
  }
}

const sideOf = ({ side, told: { file, line } }: Repeated['rows'][number]): string => `${side} in ${file}, line ${line}`

/** What tells memberships of the same ends apart: the id, or without one all that is said; the first day orders them. @throws BadCell */
const keysOf = (value: JsonObject, firstDay: string | null): { readonly key: string; readonly without: string } => {
  const first = (firstDay ?? '0000').padEnd(10, '-00')
  const details = ['legislative_period', 'on_behalf_of', 'area', 'post'].map((each) => reference(value, each))
  const without = [first, ...details, text(value, 'role')].filter((each) => each !== null).join('/')
  const id = ownId(value)
  return { key: id === null ? without : `${first}/${id}`, without }
}
