import { isNode, type LinkRecord, type NodeRecord } from '../../model/records.js'
import { OPTIONS, sayTally, tallyOf } from '../../model/tally.js'
import type { Finding } from '../importer.js'
import type { GateRule } from './gate-rule.js'

const PLACE_OF = new Map<unknown, number>(OPTIONS.map((option, place) => [option, place]))
const WIDTH = OPTIONS.length
/** Groups for which a ballot has room at first; a parliament has some ten. */
const ROOM = 12

type Told = NonNullable<ReturnType<typeof tallyOf>>

/** A ballot's figures: its total, its groups' tallies, and what its members' votes sum to, by the group's number. */
interface Ballot {
  readonly id: string
  total: Told | null
  readonly told: Map<number, { readonly id: string; readonly tally: Told }>
  sums: Uint16Array | null
}

/**
 * The votes of members sum to the tallies of their groups and to the total of the ballot. Ballots without a single
 * member's vote are not compared. Memory is some 200 bytes a ballot, whatever the order of the votes.
 */
export const membersSumToTallies = (): GateRule => {
  const ballots = new Map<string, Ballot>()
  const groups = new Map<string, number>()
  const waiting = new Map<string, Told>()
  const ballotOf = new Map<string, string>()
  let latest: Ballot | null = null

  const ballot = (id: string): Ballot => {
    if (latest?.id === id) return latest
    latest = ballots.get(id) ?? { id, total: null, told: new Map(), sums: null }
    ballots.set(id, latest)
    return latest
  }
  /** Members without a group have the number 0. */
  const group = (id: unknown): number => {
    if (typeof id !== 'string') return 0
    const known = groups.get(id) ?? groups.size + 1
    groups.set(id, known)
    return known
  }

  const seeNode = (record: NodeRecord): void => {
    const tally = tallyOf(record.values)
    if (!tally) return
    if (record.type === 'VoteEvent') ballot(record.id).total = tally
    else if (record.values['by'] === 'GROUP') waiting.set(record.id, tally)
  }
  const seeVote = (record: LinkRecord): void => {
    const place = PLACE_OF.get(record.values['option'])
    if (place === undefined) return
    const at = group(record.values['group']) * WIDTH + place
    const of = ballot(record.to)
    const sums = of.sums && at < of.sums.length ? of.sums : grown(of.sums, at)
    of.sums = sums
    sums[at] = (sums[at] as number) + 1
  }

  return {
    kinds: ['VoteEvent', 'VoteCount', 'CountOf', 'CountFor', 'Vote'],
    see: (record) => {
      if (isNode(record)) return seeNode(record)
      if (record.link === 'Vote') return seeVote(record)
      if (record.link === 'CountOf') {
        if (waiting.has(record.from)) ballotOf.set(record.from, record.to)
        return
      }
      const tally = waiting.get(record.from)
      const of = ballotOf.get(record.from)
      if (!tally || !of) return
      ballot(of).told.set(group(record.to), { id: record.from, tally })
      waiting.delete(record.from)
      ballotOf.delete(record.from)
    },
    *findings() {
      for (const { id, total, told, sums } of ballots.values()) {
        if (!sums) continue
        const whole = new Uint16Array(WIDTH)
        for (let at = 0; at < sums.length; at++)
          whole[at % WIDTH] = (whole[at % WIDTH] as number) + (sums[at] as number)
        if (total) yield* compare(id, 'The total of the ballot', total, whole, 0)
        for (const [number, { id: count, tally }] of told)
          yield* compare(count, "The group's tally", tally, sums, number)
      }
    },
  }
}

const grown = (sums: Uint16Array | null, at: number): Uint16Array => {
  const larger = new Uint16Array(Math.max(ROOM * WIDTH, at + WIDTH * 4))
  if (sums) larger.set(sums)
  return larger
}

function* compare(record: string, what: string, told: Told, sums: Uint16Array, group: number): Iterable<Finding> {
  const [votedFor = 0, against = 0, abstention = 0, didNotVote = 0] = sums.subarray(group * WIDTH, (group + 1) * WIDTH)
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
    rule: 'members-sum-to-tallies',
    record,
    message: `${what} is ${expected}; the votes of its members sum to ${found}.`,
    expected,
    found,
  }
}
