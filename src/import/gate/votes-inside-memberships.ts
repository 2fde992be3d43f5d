import { isNode, type LinkRecord } from '../../model/records.js'
import type { GateRule } from './gate-rule.js'

interface Outside {
  readonly ballot: string
  readonly date: string
  number: number
}

/**
 * A member who votes as one of a group is a member of it on that day. Persons whose memberships the edition does not
 * give are not compared. One finding for each person and group, with the number of votes and the first of them.
 */
export const votesInsideMemberships = (): GateRule => {
  const memberships = new Map<string, { readonly group: string; readonly start: string; readonly end: string }[]>()
  const outside = new Map<string, Map<string, Outside>>()

  const seeMembership = ({ from, to, values }: LinkRecord): void => {
    const known = memberships.get(from) ?? []
    memberships.set(from, known)
    known.push({ group: to, start: String(values['startDate'] ?? ''), end: String(values['endDate'] ?? '9999') })
  }
  const seeVote = ({ from, to, values }: LinkRecord): void => {
    const { group, date } = values
    if (typeof group !== 'string' || typeof date !== 'string') return
    const known = memberships.get(from)
    if (!known || known.some((each) => each.group === group && each.start <= date && date <= each.end)) return
    const ofPerson = outside.get(from) ?? new Map<string, Outside>()
    outside.set(from, ofPerson)
    const seen = ofPerson.get(group)
    if (seen) seen.number++
    else ofPerson.set(group, { ballot: to, date, number: 1 })
  }

  return {
    kinds: ['Membership', 'Vote'],
    see: (record) => {
      if (isNode(record)) return
      if (record.link === 'Vote') seeVote(record)
      else seeMembership(record)
    },
    *findings() {
      for (const [record, ofPerson] of outside) {
        for (const [group, { ballot, date, number }] of ofPerson) {
          const votes = number === 1 ? '1 vote' : `${number} votes`
          const message = `${votes} as a member of ${group}, the first in ${ballot} on ${date}, outside every membership of that group.`
          yield { rule: 'votes-inside-memberships', record, part: group, message, expected: '0', found: String(number) }
        }
      }
    },
  }
}
