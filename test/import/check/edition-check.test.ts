import { describe, expect, it } from 'vitest'
import { EditionCheck } from '../../../src/import/check/edition-check.js'
import type { GraphRecord, LinkRecord, NodeRecord } from '../../../src/model/records.js'
import { shape } from '../../support/read-edition.js'

const place = (name: string, ...sources: readonly string[]): NodeRecord => ({
  type: 'Place',
  id: 'iso:KZ',
  values: { name },
  citations: sources.map((source) => ({ source })),
})
const check = async (records: readonly GraphRecord[], stored: ReadonlyMap<string, string> = new Map()) => {
  const edition = new EditionCheck(shape, [], async () => stored)
  const rows = { file: 'a.json', records, lines: records.map((_, at) => at + 1) }
  await edition.check(rows)
  const accepted = edition.accepted(rows)
  return { accepted, names: accepted.map(({ values }) => values['name']), problems: edition.problems }
}

describe('a node that an edition gives twice', () => {
  it('is two records where each cites other sources', async () => {
    const { names, problems } = await check([place('A', 'source:a'), place('B', 'source:b'), place('C', 'source:c')])
    expect(problems).toEqual([])
    expect(names).toEqual(['A', 'B', 'C'])
  })

  it.each([
    ['the same source', place('B', 'source:a')],
    ['one source of several', place('B', 'source:c', 'source:a')],
  ])('stands twice where both cite %s', async (_what, second) => {
    const { names, problems } = await check([place('A', 'source:a', 'source:b'), second])
    expect(names).toEqual(['A'])
    expect(problems).toEqual([
      { file: 'a.json', line: 2, reason: 'The id "iso:KZ" stands twice: here and in a.json, line 1.' },
    ])
  })

  it('stands twice where the third cites what the second cited', async () => {
    const { problems } = await check([place('A', 'source:a'), place('B', 'source:b'), place('C', 'source:b')])
    expect(problems).toMatchObject([{ line: 3 }])
  })

  it('is refused where it is of another type, whatever the source', async () => {
    const event = { ...place('B', 'source:b'), type: 'Event' }
    const { names, problems } = await check([place('A', 'source:a'), event])
    expect(names).toEqual(['A'])
    expect(problems).toMatchObject([
      { reason: 'The id "iso:KZ" stands twice: here as Event, in a.json, line 1 as Place.' },
    ])
  })

  it('may be given again where the first row was bad', async () => {
    const bad = { ...place('A', 'source:a'), values: {} }
    const { names, problems } = await check([bad, place('B', 'source:a')])
    expect(names).toEqual(['B'])
    expect(problems).toHaveLength(1)
  })
})

describe('a link of which a record has at most one', () => {
  const partOf = (to: string, source: string): LinkRecord => ({
    link: 'PlacePart',
    from: 'place:a',
    to,
    values: {},
    citations: [{ source }],
  })
  const stored = new Map(['place:a', 'place:b', 'place:c'].map((id) => [id, 'Place']))

  it('leads to one where the same source gives it twice, and to two where two do', async () => {
    const links = [partOf('place:b', 'source:a'), partOf('place:b', 'source:a'), partOf('place:c', 'source:b')]
    expect(await check(links, stored)).toMatchObject({ accepted: links, problems: [] })
  })

  it('is refused where the same source has it lead elsewhere', async () => {
    const links = [partOf('place:b', 'source:a'), partOf('place:c', 'source:a')]
    const { accepted, problems } = await check(links, stored)
    expect(accepted).toEqual(links.slice(0, 1))
    expect(problems).toEqual([
      {
        file: 'a.json',
        line: 2,
        reason:
          'The link PlacePart from "place:a" to "place:c": the same source has it lead to another record before, and it can lead to one only.',
      },
    ])
  })
})

it('takes as many findings as a rule has', async () => {
  const finding = { rule: 'rule', record: 'iso:KZ', message: 'It does not add up.' }
  const rule = { kinds: [], see() {}, findings: () => Array.from({ length: 300_000 }, () => finding) }
  const edition = new EditionCheck(shape, [rule], async () => new Map())
  await edition.finish()
  expect(edition.findings).toHaveLength(300_000)
})

it('tells where each of many records stands, whatever their files', async () => {
  const edition = new EditionCheck(shape, [], async () => new Map())
  for (let file = 0; file < 5000; file++) {
    const record = { ...place('A', 'source:a'), id: `place:synthetic-${file}` }
    await edition.check({ file: `${file}.json`, records: [record], lines: [file + 1] })
  }
  expect(edition.where('place:synthetic-4999')).toBe('4999.json, line 5000')
  expect(edition.where('place:synthetic-5000')).toBeNull()
})
