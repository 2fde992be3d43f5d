import { isNode, type LinkRecord } from '../../model/records.js'
import type { GateRule } from './gate-rule.js'

interface Period {
  readonly start: string
  readonly end: string
}

interface Outside {
  readonly ballot: string
  readonly date: string
  readonly asMember: boolean
  number: number
}

/**
 * A member who votes as one of a group is a member of it on that day, and whoever votes in a body is a member of that body.
 * Persons whose memberships the edition does not give are not compared, nor are those of whom it gives none of the body
 * that voted. One finding for each person and group or body, with the number of votes and the first of them.
 */
export const votesInsideMemberships = (): GateRule => {
  const memberships = new Map<string, Map<string, Period[]>>()
  const heldIn = new Map<string, string>()
  const outside = new Map<string, Map<string, Outside>>()
  // Votes in one ballot usually stand together.
  let latest: { readonly ballot: string; readonly body: string | undefined } = { ballot: '', body: undefined }

  const seeMembership = ({ from, to, values }: LinkRecord): void => {
    const bodies = memberships.get(from) ?? new Map<string, Period[]>()
    memberships.set(from, bodies)
    const known = bodies.get(to) ?? []
    bodies.set(to, known)
    known.push({ start: String(values['startDate'] ?? ''), end: String(values['endDate'] ?? '9999') })
  }
  const bodyOf = (ballot: string): string | undefined => {
    if (latest.ballot !== ballot) latest = { ballot, body: heldIn.get(ballot) }
    return latest.body
  }
  const note = (person: string, body: string, ballot: string, date: string, asMember: boolean): void => {
    const ofPerson = outside.get(person) ?? new Map<string, Outside>()
    outside.set(person, ofPerson)
    const seen = ofPerson.get(body)
    if (seen) seen.number++
    else ofPerson.set(body, { ballot, date, asMember, number: 1 })
  }
  const seeVote = ({ from, to, values: { group, date } }: LinkRecord): void => {
    const bodies = memberships.get(from)
    if (!bodies || typeof date !== 'string') return
    if (typeof group === 'string' && !includes(bodies.get(group), date)) note(from, group, to, date, true)
    const body = bodyOf(to)
    const ofBody = body === undefined ? undefined : bodies.get(body)
    if (body !== undefined && ofBody && !includes(ofBody, date)) note(from, body, to, date, false)
  }

  return {
    kinds: ['Membership', 'HeldIn', 'Vote'],
    see: (record) => {
      if (isNode(record)) return
      if (record.link === 'Vote') seeVote(record)
      else if (record.link === 'HeldIn') heldIn.set(record.from, record.to)
      else seeMembership(record)
    },
    *findings() {
      for (const [record, ofPerson] of outside) {
        for (const [part, { ballot, date, asMember, number }] of ofPerson) {
          const votes = number === 1 ? '1 vote' : `${number} votes`
          const [where, which] = asMember ? [`as a member of ${part}`, 'group'] : [`in ${part}`, 'body']
          const message = `${votes} ${where}, the first in ${ballot} on ${date}, outside every membership of that ${which}.`
          yield { rule: 'VOTES_INSIDE_MEMBERSHIPS', record, part, message, expected: '0', found: String(number) }
        }
      }
    },
  }
}

const includes = (periods: readonly Period[] | undefined, day: string): boolean =>
  periods?.some(({ start, end }) => start <= day && day <= end) ?? false
