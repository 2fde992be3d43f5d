import { describe, expect, it } from 'vitest'
import { type ColumnRule, columnRules } from '../../src/model/infer-columns.js'
import type { StoredLink, StoredNode, StoredRecord } from '../../src/model/records.js'
import { shape } from '../support/engines.js'

const node = (type: string, id: string, values: StoredNode['values'] = {}): StoredNode => ({
  type,
  id,
  values,
  sourceSet: 1,
})
const link = (name: string, from: string, to: string, values: StoredLink['values'] = {}): StoredLink => ({
  link: name,
  from,
  to,
  key: '',
  values,
  sourceSet: 1,
})
const count = (ballot: string, of: string, majority: string | null, by = 'GROUP'): readonly StoredRecord[] => {
  const id = `${ballot}/${of}`
  return [
    node('VoteCount', id, { by, ...(majority !== null && { majority }) }),
    link('CountOf', id, ballot),
    link('CountFor', id, of),
  ]
}
const vote = (person: string, ballot: string, option: string, group?: string): StoredLink =>
  link('Vote', person, ballot, { option, ...(group !== undefined && { group }) })

/** A synthetic graph as a store gives it. */
const graphOf = (records: readonly StoredRecord[]) => ({
  async *scanNodes(type: string, { ids }: { readonly ids: readonly string[] }): AsyncIterable<StoredNode> {
    for (const record of records)
      if ('type' in record && record.type === type && ids.includes(record.id)) yield record as StoredNode
  },
  async *scanLinks(
    name: string,
    { ends, at }: { readonly ends: readonly string[]; readonly at?: 'from' | 'to' },
  ): AsyncIterable<StoredLink> {
    for (const record of records) {
      if (!('link' in record) || record.link !== name) continue
      const isThere = (at ? [record[at]] : [record.from, record.to]).some((id) => ends.includes(id))
      if (isThere) yield record
    }
  },
})

const ruleOf = (of: string, column: string): ColumnRule => {
  const rule = columnRules(shape).find((each) => each.of === of && each.column === column)
  if (!rule) throw new Error(`There is no rule for ${of}.${column}.`)
  return rule
}

const inferred = async (rule: ColumnRule, records: readonly StoredRecord[], ids: readonly string[]) => {
  const found: Record<string, unknown> = {}
  for await (const { record, value } of rule.infer(graphOf(records), ids))
    found['link' in record ? record.from : record.id] = value
  return found
}

describe('whether a vote went against the majority of the group', () => {
  const rule = ruleOf('Vote', 'againstGroup')
  const ballot = node('VoteEvent', 'vote:1')
  const counts = [
    ...count('vote:1', 'group:a', 'FOR'),
    ...count('vote:1', 'group:b', 'ABSTENTION'),
    ...count('vote:1', 'group:tie', null),
    ...count('vote:1', 'ep-group:NI', 'FOR'),
    ...count('vote:1', 'iso:MT', 'FOR', 'COUNTRY'),
  ]
  const votes = [
    vote('person:for', 'vote:1', 'FOR', 'group:a'),
    vote('person:against', 'vote:1', 'AGAINST', 'group:a'),
    vote('person:abstained', 'vote:1', 'ABSTENTION', 'group:a'),
    vote('person:absent', 'vote:1', 'DID_NOT_VOTE', 'group:a'),
    vote('person:with-abstentions', 'vote:1', 'ABSTENTION', 'group:b'),
    vote('person:no-majority', 'vote:1', 'AGAINST', 'group:tie'),
    vote('person:no-tally', 'vote:1', 'AGAINST', 'group:c'),
    vote('person:no-group', 'vote:1', 'AGAINST'),
    vote('person:non-attached', 'vote:1', 'AGAINST', 'ep-group:NI'),
    vote('person:in-a-country', 'vote:1', 'AGAINST', 'iso:MT'),
  ]
  const values = {
    'person:for': false,
    'person:against': true,
    'person:abstained': true,
    'person:absent': null,
    'person:with-abstentions': false,
    'person:no-majority': null,
    'person:no-tally': null,
    'person:no-group': null,
    'person:non-attached': null,
    'person:in-a-country': null,
  }

  it('is told for who voted, by the published tally of the group at that moment', async () => {
    const other = [...count('vote:2', 'group:a', 'AGAINST'), vote('person:other', 'vote:2', 'FOR', 'group:a')]
    expect(await inferred(rule, [ballot, ...counts, ...votes, ...other], ['vote:1'])).toEqual(values)
  })

  it('is found from the id of a count, too', async () => {
    expect(await inferred(rule, [ballot, ...counts, ...votes], ['vote:1/group:b'])).toEqual(values)
  })

  it('is not known where two counts of the group have different majorities', async () => {
    const second = [
      node('VoteCount', 'count:2', { by: 'GROUP', majority: 'AGAINST' }),
      link('CountOf', 'count:2', 'vote:1'),
      link('CountFor', 'count:2', 'group:a'),
    ]
    const third = second.map(
      (each) => JSON.parse(JSON.stringify(each).replaceAll('count:2', 'count:3')) as StoredRecord,
    )
    const found = await inferred(rule, [ballot, ...counts, ...second, ...third, ...votes], ['vote:1'])
    expect(found).toEqual({ ...values, 'person:for': null, 'person:against': null, 'person:abstained': null })
  })

  it('is known at once where the counts of a ballot come before its votes, and nothing is left to do', () => {
    const follower = rule.follow()
    for (const record of [ballot, ...counts]) follower.insert(record)
    expect(Object.fromEntries(votes.map((each) => [each.from, follower.insert(each)]))).toEqual(values)
    expect([...follower.affected]).toEqual([])
  })

  it.each<[string, readonly StoredRecord[], readonly string[]]>([
    ['a count comes after a vote', [ballot, ...votes, ...counts], ['vote:1']],
    ['the ballot was there before', [...votes], ['vote:1']],
    ['the ballot was there before, and gets a count', [...count('vote:1', 'group:a', 'FOR')], ['vote:1']],
    ['a group has two counts', [ballot, ...counts, ...count('vote:1', 'group:a', 'FOR')], ['vote:1']],
    ['a count that was there gets another end', [link('CountFor', 'count:2', 'group:a')], ['count:2']],
  ])('is worked out anew where %s', (_, records, affected) => {
    const follower = rule.follow()
    for (const record of records) follower.insert(record)
    expect([...follower.affected]).toEqual(affected)
  })

  it('is worked out anew where a count or a vote changes, or an end of a count goes', () => {
    const follower = rule.follow()
    follower.update(node('VoteCount', 'count:1'))
    follower.update(vote('person:1', 'vote:2', 'FOR'))
    follower.delete(link('CountOf', 'count:3', 'vote:3'))
    follower.delete(link('CountFor', 'count:4', 'group:a'))
    follower.delete(vote('person:1', 'vote:5', 'FOR'))
    follower.update(node('VoteEvent', 'vote:6'))
    expect([...follower.affected]).toEqual(['count:1', 'vote:2', 'vote:3', 'count:4'])
  })
})

describe('the number of links that go out from a record', () => {
  const rule = ruleOf('Demand', 'responseCount')
  const records = [
    node('Demand', 'demand:two'),
    node('Demand', 'demand:none'),
    node('Demand', 'demand:other'),
    link('Response', 'demand:two', 'event:1'),
    link('Response', 'demand:two', 'event:2'),
    link('Response', 'demand:other', 'event:1'),
  ]

  it('is 0 where there is none', async () => {
    expect(await inferred(rule, records, ['demand:two', 'demand:none', 'event:1'])).toEqual({
      'demand:two': 2,
      'demand:none': 0,
    })
  })

  it('is worked out anew where such a link comes or goes', () => {
    const follower = rule.follow()
    for (const record of records.slice(0, 4)) follower.insert(record)
    follower.delete(link('Response', 'demand:none', 'event:1'))
    follower.delete(link('DemandIn', 'demand:other', 'motion:1'))
    expect([...follower.affected]).toEqual(['demand:two', 'demand:none'])
  })
})
