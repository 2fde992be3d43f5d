import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { VoteMatrix } from '../../src/analysis/positions/pack-votes.js'

const DATA = new URL('../../../shared/data/', import.meta.url)

/** Whether the real votes are beside the checkout. */
export const hasVotesFor = existsSync(DATA)

export interface VotesFor {
  readonly matrix: VoteMatrix
  /** The export's ids of members, by their numbers in the matrix. */
  readonly members: readonly string[]
  /** A member's group, the last one where there were several. */
  readonly groupOf: ReadonlyMap<string, string>
}

/**
 * The real votes FOR of the European Parliament's 9th term. The file has no others: who has one on a sitting's day is taken
 * to be against in the other ballots of that day, though some abstained or were out. What is made of it tests a method, and
 * says nothing about these members.
 */
export const readVotesFor = (): VotesFor => {
  const text = (path: string): string => gunzipSync(readFileSync(new URL(path, DATA))).toString()
  const ballotRows = parse(text('howtheyvote/votes.csv.gz'), { columns: true, bom: true }) as readonly Readonly<
    Record<string, string>
  >[]
  const dayOf = new Map(ballotRows.map(({ id, timestamp }) => [id, timestamp?.slice(0, 10)]))
  const rows = text('ep9-for/member_votes.csv.gz').trim().split(/\r?\n/).slice(1)
  const votesFor = rows.map((row) => row.split(',') as [ballot: string, member: string, ...string[]])
  const members = [...new Set(votesFor.map(([, member]) => member))]
  const ballots = [...new Set(votesFor.map(([ballot]) => ballot))]
  const memberAt = new Map(members.map((member, i) => [member, i]))
  const ballotAt = new Map(ballots.map((ballot, j) => [ballot, j]))
  const ballotsOf = new Map<string | undefined, number[]>()
  ballots.forEach((ballot, j) => {
    const day = dayOf.get(ballot)
    const sameDay = ballotsOf.get(day)
    if (sameDay === undefined) ballotsOf.set(day, [j])
    else sameDay.push(j)
  })
  const votes = new Int8Array(members.length * ballots.length)
  const groupOf = new Map<string, string>()
  const cellOf = (ballot: string, member: string): number =>
    (memberAt.get(member) as number) * ballots.length + (ballotAt.get(ballot) as number)
  for (const [ballot, member, , , group = ''] of votesFor) {
    groupOf.set(member, group)
    if (votes[cellOf(ballot, member)] !== 0) continue
    const row = cellOf(ballots[0] as string, member)
    for (const j of ballotsOf.get(dayOf.get(ballot)) ?? []) votes[row + j] = -1
  }
  for (const [ballot, member] of votesFor) votes[cellOf(ballot, member)] = 1
  return { matrix: { members: members.length, ballots: ballots.length, votes }, members, groupOf }
}
