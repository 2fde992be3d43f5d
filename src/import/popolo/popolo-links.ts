import type { Citation, GraphRecord, LinkRecord, Values } from '../../model/records.js'
import { link, node } from '../europarl/minutes.js'
import { BadCell } from '../read/read-cells.js'
import { type JsonObject, shown } from '../read/read-json-lines.js'
import { type NodeList, ownId, type PopoloItem } from './popolo-items.js'
import type { PopoloSurvey } from './popolo-survey.js'
import { groupTallies, optionOf } from './popolo-tallies.js'
import { dateOf, dayOnly, listOf, reference, text } from './popolo-values.js'

/** Whom the maker of links tells what it leaves out. */
interface Told {
  problem(reason: string): void
  leaveOut(why: string): void
}

/** Makes the links that a member says; each list that it gives is loaded as a whole or not at all. */
export class PopoloLinks {
  /** Memberships and votes given so far. */
  readonly #given = new Set<string>()
  /** The voters of the ballot that is being read. */
  #voters = { ballot: '', given: new Set<string>() }

  constructor(
    readonly survey: PopoloSurvey,
    readonly citations: readonly Citation[],
  ) {}

  /** @throws BadCell for a member that is wrong in itself */
  of(item: PopoloItem, told: Told): readonly (readonly GraphRecord[])[] {
    const { list, value } = item
    if (list === 'memberships') return this.#membership(value, told)
    if (list === 'votes') return this.#vote(value, told)
    const id = ownId(list, value)
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
    const status = this.survey.status(list, id)
    if (status === 'good') return this.survey.nodeId(list, id)
    if (status === 'lost') told.leaveOut('in need of a record whose own row is bad')
    else told.problem(`"${key}_id" is ${shown(id)}, and "${list}" has no such id.`)
    return null
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
    const attendees = new Set(listOf(value, 'attendees').map((each) => ownId('persons', each)))
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
    if (start !== null && end !== null && end.slice(0, start.length) < start.slice(0, end.length))
      throw new BadCell(`"end_date" is ${end}, before "start_date", ${start}.`)
    const person = this.#end(value, 'person', 'persons', told)
    if (person === null) return []
    const period = reference(value, 'legislative_period')
    const first = start ?? (period === null ? null : this.survey.dateOfEvent(period)) ?? '0000'
    const role = text(value, 'role')
    const details = [period, reference(value, 'on_behalf_of'), reference(value, 'area'), reference(value, 'post'), role]
    const key = [first.padEnd(10, '-00'), ...details.filter((each) => each !== null)].join('/')
    const bounds = { startDate: dayOnly(start), endDate: dayOnly(end) }
    for (const [date, day] of [
      [start, bounds.startDate],
      [end, bounds.endDate],
    ])
      if (date !== null && day === null) told.leaveOut('a day that is known to the month or year only')
    const values = { term: termOf(period), ...bounds }
    const organization = this.#end(value, 'organization', 'organizations', told)
    const group = this.#end(value, 'on_behalf_of', 'organizations', told)
    const post = this.#end(value, 'post', 'posts', told)
    if (organization === null && group === null && post === null) {
      if (['organization', 'on_behalf_of', 'post'].every((each) => reference(value, each) === null))
        throw new BadCell('"organization_id" is missing.')
      return []
    }
    const records: (readonly LinkRecord[])[] = []
    const give = (name: string, to: string | null, own: Values): void => {
      if (to === null) return
      const known = `${name}\n${person}\n${to}\n${key}`
      // Two memberships on behalf of the same group, in two bodies, are one membership of the group.
      if (this.#given.has(known) && to === organization)
        throw new BadCell(`The membership of "${to}" by "${person}" (${key}) stands twice.`)
      if (this.#given.has(known)) return
      this.#given.add(known)
      records.push([{ ...link(name, person, to, this.citations, own), key }])
    }
    give('Membership', organization, { role: role === null || /^member$/i.test(role) ? 'MEMBER' : role, ...values })
    if (group !== organization) give('Membership', group, { role: 'MEMBER', ...values })
    give('Holding', post, { ...bounds, attestedOn: null, inferred: false })
    return records
  }

  /** The tallies of groups. */
  #tallies(value: JsonObject, ballot: string, told: Told): readonly (readonly GraphRecord[])[] {
    return [...groupTallies(value)].flatMap(([id, values]) => {
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
    if (this.survey.status('persons', voter) === undefined && this.survey.isDescribed('organizations', voter)) {
      told.leaveOut('votes of organisations')
      return []
    }
    const to = this.#end(value, 'vote_event', 'vote_events', told)
    const from = to === null ? null : this.#end(value, 'voter', 'persons', told)
    if (to === null || from === null) return []
    const key = reference(value, 'group') === null ? 'party' : 'group'
    const named = reference(value, key) !== null
    const group = named ? this.#end(value, key, 'organizations', told) : null
    // A vote without its group would be counted as one of no group.
    if (named && group === null) return []
    if (this.#voters.ballot !== to) this.#voters = { ballot: to, given: new Set() }
    if (this.#voters.given.has(from)) throw new BadCell(`The vote of "${from}" in "${to}" stands twice.`)
    this.#voters.given.add(from)
    return [[link('Vote', from, to, this.citations, { option, date: this.survey.dateOfBallot(ballot), group })]]
  }
}

/** The number of a term, where the id of a legislative period tells it: `term/5`. */
const termOf = (period: string | null): number | null => {
  const number = /^term\/(\d{1,4})$/.exec(period ?? '')?.[1]
  return number === undefined ? null : Number(number)
}
