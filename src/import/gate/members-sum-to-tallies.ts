import { isNode, type LinkRecord, type NodeRecord } from '../../model/records.js'
import { OPTIONS, sayTally, tallyOf } from '../../model/tally.js'
import type { Finding } from '../importer.js'
import { roomFor } from '../read/room-for.js'
import { BallotFigures, type Told } from './ballot-figures.js'
import type { GateRule } from './gate-rule.js'

const PLACE_OF = new Map<unknown, number>(OPTIONS.map((option, place) => [option, place]))
const WIDTH = OPTIONS.length

/**
 * The votes of members sum to the tallies of their groups and to the total of the ballot. Ballots without a single
 * member's vote are not compared. Memory is some 160 bytes a ballot, whatever the order of the votes.
 */
export const membersSumToTallies = (): GateRule => {
  const ballots = new BallotFigures()
  /** The published tallies of groups: by the ballot's number, by the group's. */
  const told = new Map<number, Map<number, { readonly id: string; readonly tally: Told }>>()
  const sums = new Sums()
  const groups = new Map<string, number>()
  const waiting = new Map<string, Told>()
  const ballotOf = new Map<string, string>()

  /** Members without a group have the number 0. */
  const group = (id: unknown): number => {
    if (typeof id !== 'string') return 0
    const known = groups.get(id) ?? groups.size + 1
    groups.set(id, known)
    return known
  }

  const seeNode = (record: NodeRecord): void => {
    if (record.type === 'VoteEvent') {
      ballots.see(record)
      return
    }
    const tally = record.values['by'] === 'GROUP' ? tallyOf(record.values) : null
    if (tally) waiting.set(record.id, tally)
  }
  const count = (ballot: string, option: unknown, ofGroup: unknown): void => {
    const place = PLACE_OF.get(option)
    if (place !== undefined) sums.add(ballots.number(ballot), group(ofGroup), place)
  }
  const seeTally = ({ from, to }: LinkRecord): void => {
    const [tally, ballot] = [waiting.get(from), ballotOf.get(from)]
    if (!tally || !ballot) return
    const number = ballots.number(ballot)
    const ofBallot = told.get(number) ?? new Map<number, { readonly id: string; readonly tally: Told }>()
    told.set(number, ofBallot.set(group(to), { id: from, tally }))
    waiting.delete(from)
    ballotOf.delete(from)
  }

  return {
    kinds: ['VoteEvent', 'VoteCount', 'CountOf', 'CountFor', 'Vote'],
    see: (record) => {
      if (isNode(record)) return seeNode(record)
      if (record.link === 'Vote') return count(record.to, record.values['option'], record.values['group'])
      if (record.link === 'CountFor') return seeTally(record)
      if (waiting.has(record.from)) ballotOf.set(record.from, record.to)
    },
    seeUnnamed: ({ ballot, option, group }) => count(ballot, option, group),
    *findings() {
      let number = 0
      for (const id of ballots.ids()) {
        const [total, whole] = [ballots.total(number), sums.whole(number)]
        if (whole.some((votes) => votes > 0)) {
          if (total) yield* compare(id, 'The total of the ballot', total, whole)
          for (const [group, { id: count, tally }] of told.get(number) ?? [])
            yield* compare(count, "The group's tally", tally, sums.ofGroup(number, group))
        }
        number++
      }
    },
  }
}

/** How many members of each group chose each option in each ballot: for each group, four numbers a ballot. */
class Sums {
  readonly #byGroup: Uint16Array[] = []

  add(ballot: number, group: number, option: number): void {
    const at = ballot * WIDTH + option
    while (this.#byGroup.length <= group) this.#byGroup.push(new Uint16Array(WIDTH))
    const votes = roomFor(this.#byGroup[group] as Uint16Array, (ballot + 1) * WIDTH)
    this.#byGroup[group] = votes
    votes[at] = (votes[at] as number) + 1
  }

  ofGroup(ballot: number, group: number): readonly number[] {
    const votes = this.#byGroup[group]
    return OPTIONS.map((_, option) => votes?.[ballot * WIDTH + option] ?? 0)
  }

  whole(ballot: number): readonly number[] {
    const ofGroups = this.#byGroup.map((_, group) => this.ofGroup(ballot, group))
    return OPTIONS.map((_, option) => ofGroups.reduce((sum, votes) => sum + (votes[option] as number), 0))
  }
}

function* compare(record: string, what: string, told: Told, votes: readonly number[]): Iterable<Finding> {
  const [votedFor = 0, against = 0, abstention = 0, didNotVote = 0] = votes
  const given = { for: votedFor, against, abstention, didNotVote: told.didNotVote === null ? null : didNotVote }
  if (
    told.for === votedFor &&
    told.against === against &&
    told.abstention === abstention &&
    told.didNotVote === given.didNotVote
  )
    return
  const [expected, found] = [sayTally(told), sayTally(given)]
  yield {
    rule: 'MEMBERS_SUM_TO_TALLIES',
    record,
    message: `${what} is ${expected}; the votes of its members sum to ${found}.`,
    expected,
    found,
  }
}
