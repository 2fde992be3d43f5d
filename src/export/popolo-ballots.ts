import type { CheckedValues, StoredLink, StoredNode } from '../model/records.js'
import type { ExportedGraph } from './exported-graph.js'
import { type NodeWithLinks, nodesWithLinks } from './nodes-with-links.js'

/** Ballots whose votes are read at once. */
const BATCH = 40
const OPTIONS: Readonly<Record<string, string>> = {
  FOR: 'yes',
  AGAINST: 'no',
  ABSTENTION: 'abstain',
  DID_NOT_VOTE: 'not voting',
}
const TALLY: Readonly<Record<string, string>> = {
  tallyFor: 'yes',
  tallyAgainst: 'no',
  tallyAbstention: 'abstain',
  tallyDidNotVote: 'not voting',
}
const RESULTS: Readonly<Record<string, string>> = {
  ADOPTED: 'pass',
  REJECTED: 'fail',
  LAPSED: 'lapsed',
  WITHDRAWN: 'withdrawn',
}

interface Ballot {
  readonly node: StoredNode
  readonly ballot: object
}

/** Ballots with their counts and votes, a few at a time. */
export async function* ballotsOf(graph: ExportedGraph): AsyncGenerator<Ballot> {
  const read = { votes: 0, counts: 0 }
  let batch: NodeWithLinks[] = []
  for await (const found of nodesWithLinks(graph, 'VoteEvent', ['BallotOn', 'HeldIn'])) {
    batch.push(found)
    if (batch.length < BATCH) continue
    yield* readBatch(graph, batch, read)
    batch = []
  }
  if (batch.length > 0) yield* readBatch(graph, batch, read)
  // A tally that belongs to no ballot, or to no group of one, stands in none.
  graph.wrote('Vote', read.votes)
  for (const type of ['VoteCount', 'CountOf', 'CountFor']) {
    const all = graph.counts[type] ?? 0
    graph.wrote(type, all)
    graph.leaveOut(type, all - read.counts)
  }
}

async function* readBatch(
  graph: ExportedGraph,
  batch: readonly NodeWithLinks[],
  read: { votes: number; counts: number },
): AsyncGenerator<Ballot> {
  const ids = batch.map(({ node }) => node.id)
  const votes = new Map<string, StoredLink[]>(ids.map((id) => [id, []]))
  for await (const vote of graph.store.scanLinks('Vote', { ends: ids, at: 'to' })) votes.get(vote.to)?.push(vote)
  const counts = await groupCounts(graph, ids)
  for (const found of batch) {
    const { id, values } = found.node
    const ofBallot = (votes.get(id) ?? []).sort((a, b) => inOrder(a.from, b.from))
    const ofGroups = (counts.get(id) ?? []).sort((a, b) => inOrder(a.group, b.group))
    read.votes += ofBallot.length
    read.counts += ofGroups.length
    const motion = found.links['BallotOn']?.[0]?.to
    yield {
      node: found.node,
      ballot: {
        ...(motion === undefined ? { motion: { text: values['title'] } } : { motion_id: motion }),
        organization_id: found.links['HeldIn']?.[0]?.to,
        title: values['title'],
        description: values['description'],
        start_date: values['time'] ?? values['date'],
        result: RESULTS[String(values['result'])],
        counts: [...tallyOf(values), ...ofGroups.flatMap(({ group, values: tally }) => tallyOf(tally, group))],
        votes: ofBallot.map(({ from, values: { option, group } }) => ({
          voter_id: from,
          option: OPTIONS[String(option)],
          group_id: group,
        })),
      },
    }
  }
}

interface GroupCount {
  readonly group: string
  readonly values: CheckedValues
}

/** The tallies of groups in these ballots; those of countries have no place in Popolo. */
const groupCounts = async (
  graph: ExportedGraph,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GroupCount[]>> => {
  const ballots = new Map<string, string>()
  for await (const { from, to } of graph.store.scanLinks('CountOf', { ends: ids, at: 'to' })) ballots.set(from, to)
  const ends = [...ballots.keys()]
  const found = new Map<string, GroupCount[]>()
  if (ends.length === 0) return found
  const groups = new Map<string, string>()
  for await (const { from, to } of graph.store.scanLinks('CountFor', { ends, at: 'from' })) groups.set(from, to)
  for await (const { id, values } of graph.store.scanNodes('VoteCount', { ids: ends })) {
    const [ballot, group] = [ballots.get(id), groups.get(id)]
    if (ballot === undefined || group === undefined || values['by'] !== 'GROUP') continue
    const ofBallot = found.get(ballot) ?? []
    ofBallot.push({ group, values })
    found.set(ballot, ofBallot)
  }
  return found
}

const tallyOf = (values: CheckedValues, group?: string) =>
  Object.entries(TALLY).flatMap(([column, option]) =>
    values[column] === undefined ? [] : [{ option, value: values[column], group_id: group }],
  )

const inOrder = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)))
