import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { EditionCheck } from '../../../src/import/check/edition-check.js'
import { howtheyvote } from '../../../src/import/howtheyvote/howtheyvote.js'
import type { OpenedSource } from '../../../src/import/importer.js'
import { type GraphRecord, isNode, type Values } from '../../../src/model/records.js'
import { REAL_EXPORT, shape } from '../../support/read-edition.js'
import { folderWith, table } from '../../support/table-folder.js'

const isThere = existsSync(REAL_EXPORT)
if (!isThere && process.env['CI']) throw new Error(`The export is not at ${REAL_EXPORT}; CI needs it.`)
if (!isThere) console.warn(`NOT TESTED: the export is not at ${REAL_EXPORT}.`)

/** A mapping of those tables of the export that a mapping has a place for, with the ids of the importer made for it. */
const MAPPING = `source: { id: source:howtheyvote, title: The export by a mapping }
body: { id: org:european-parliament, name: European Parliament }
groups:
  words: { GUE_NGL_1995_0: null }
  id: ep-group:{value}
ballots:
  file: votes.csv
  key: id
  id: ep-vote:{id}
  title: display_title
  description: description
  date: { column: timestamp, take: "{value} *" }
  isMain: is_main
  isRollCall: true
  method: { constant: ROLL_CALL }
  result: result
  stage: procedure_stage
  procedure: procedure_reference
  for: count_for
  against: count_against
  abstention: count_abstention
  didNotVote: count_did_not_vote
members:
  file: members.csv
  id: ep-mep:{id}
  givenName: first_name
  familyName: last_name
  sortName: "{last_name}, {first_name}"
  birthDate: date_of_birth
  email: email
memberships:
  file: group_memberships.csv
  member: ep-mep:{member_id}
  group: group_code
  term: term
  start: start_date
  end: end_date
tallies:
  file: group_votes.csv
  ballot: vote_id
  group: code
  for: count_for
  against: count_against
  abstention: count_abstentions
  didNotVote: count_did_not_vote
`

const accepted = async (opened: OpenedSource | undefined): Promise<readonly GraphRecord[]> => {
  const check = new EditionCheck(shape, [], async () => new Map())
  const records: GraphRecord[] = []
  for await (const batch of opened?.read(check.pass(() => {})) ?? []) {
    await check.check(batch)
    records.push(...check.accepted(batch))
  }
  return records
}

describe.skipIf(!isThere)('the export of HowTheyVote, by a mapping', () => {
  let byMapping: readonly GraphRecord[]
  let byImporter: readonly GraphRecord[]
  beforeAll(async () => {
    const [mapped] = await table.open(`${folderWith({ 'mapping.yaml': MAPPING })}/mapping.yaml`, [REAL_EXPORT])
    const [imported] = await howtheyvote.open(REAL_EXPORT)
    byMapping = await accepted(mapped)
    byImporter = await accepted(imported)
  }, 300_000)

  /** What a record says, without what it does not. */
  const said = (values: Values, without: readonly string[] = []): Values =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name, value]) => value !== null && value !== undefined && !without.includes(name))
        .sort(),
    )

  it.each([
    ['VoteEvent', 21_576, ['time']],
    ['Person', 1_268, ['urls']],
  ] as const)('has each %s as the importer made for it has', (type, many, without) => {
    const nodes = (records: readonly GraphRecord[]) =>
      new Map(
        records.flatMap((each) => (isNode(each) && each.type === type ? [[each.id, said(each.values, without)]] : [])),
      )
    const [mapped, imported] = [nodes(byMapping), nodes(byImporter)]
    expect(mapped.size).toBe(many)
    expect([...mapped.keys()].sort()).toEqual([...imported.keys()].sort())
    for (const [id, values] of imported) expect([id, mapped.get(id)]).toEqual([id, values])
  })

  it('has each membership', () => {
    const links = (records: readonly GraphRecord[]) =>
      records
        .flatMap((each) =>
          !isNode(each) && each.link === 'Membership' ? [JSON.stringify([each.from, each.to, said(each.values)])] : [],
        )
        .sort()
    expect(links(byMapping)).toHaveLength(1_863)
    expect(links(byMapping)).toEqual(links(byImporter))
  })

  it('has each tally of a group, but for those under an older code', () => {
    const tallies = (records: readonly GraphRecord[]) =>
      new Map(
        records.flatMap((each) => (isNode(each) && each.type === 'VoteCount' ? [[each.id, said(each.values)]] : [])),
      )
    const [mapped, imported] = [tallies(byMapping), tallies(byImporter)]
    const others = [...imported].filter(([id, values]) => JSON.stringify(mapped.get(id)) !== JSON.stringify(values))
    expect(others.every(([id]) => id.endsWith('/ep-group:GUE_NGL'))).toBe(true)
    expect(others).toHaveLength(61)
    expect([...mapped.keys()].filter((id) => !imported.has(id))).toEqual([])
  })
})
