import type { GateRule } from '../../src/import/gate/gate-rule.js'
import type { GraphRecord, LinkRecord, NodeRecord, Values } from '../../src/model/records.js'

const citations = [{ source: 'source:test' }]

export const tally = (
  votedFor: number,
  against: number,
  abstention: number,
  didNotVote: number | null = null,
): Values => ({
  tallyFor: votedFor,
  tallyAgainst: against,
  tallyAbstention: abstention,
  ...(didNotVote !== null && { tallyDidNotVote: didNotVote }),
})

export const ballot = (id: string, values: Values): NodeRecord => ({ type: 'VoteEvent', id, values, citations })

export const link = (name: string, from: string, to: string, values: Values = {}): LinkRecord => ({
  link: name,
  from,
  to,
  values,
  citations,
})

/** The records of a group's tally in a ballot. */
export const groupCount = (ballotId: string, group: string, values: Values): readonly GraphRecord[] => {
  const id = `${ballotId}/${group}`
  return [
    { type: 'VoteCount', id, values: { by: 'GROUP', ...values }, citations },
    link('CountOf', id, ballotId),
    link('CountFor', id, group),
  ]
}

/** What a rule finds in records, as it is shown those of its kinds alone. */
export const findingsOf = (rule: GateRule, records: readonly GraphRecord[]) => {
  for (const record of records) if (rule.kinds.includes('type' in record ? record.type : record.link)) rule.see(record)
  return [...rule.findings()]
}
