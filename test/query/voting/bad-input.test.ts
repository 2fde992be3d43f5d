import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../../support/engines.js'
import { ballot, synthetic, voteMatrix } from '../../support/vote-matrix.js'

const { link, node } = synthetic

/** Synthetic: gus is a group of one, hal has a seat and no vote, zoe has neither; nobody was there in the third ballot. */
const RECORDS = [
  ...ballot('1', { date: '2024-01-10', result: 'ADOPTED' }),
  ...ballot('2', { date: '2024-01-11', isMain: true }),
  ...ballot('3', { date: '2024-01-12', result: 'REJECTED' }),
  ...voteMatrix(
    ['1', '2', '3'],
    `person:ann  org:red   iso:DE FF.
     person:bob  org:red   iso:FR FA.
     person:gus  org:green iso:DE AT.`,
  ),
  node('Person', 'person:hal', { name: 'Synthetic hal' }),
  node('Person', 'person:zoe', { name: 'Synthetic zoe' }),
  node('Organization', 'org:idle', { name: 'Synthetic group without a vote', kind: 'POLITICAL_GROUP' }),
  { ...link('Membership', 'person:hal', 'org:house', { role: 'MEMBER', startDate: '2024-01-01' }), key: '1' },
]

const FIGURES = `rowCount ballotCount undecidedCount why
  rows { of { id } with { id } value why numerator denominator excluded { reason count } }`

const none = (why: string, ballotCount = 3) => ({ rowCount: 0, ballotCount, undecidedCount: 0, why, rows: [] })

describe.each(engines)('figures of votes, on $name', ({ empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    await graph.load(RECORDS)
  })
  afterAll(() => graph.close())

  const ask = async (field: string, args: string) => {
    const { data, errors } = await graph.ask(`{ figures: ${field}${args} { ${FIGURES} } }`)
    return errors ? errors.map(({ message }) => message).join('\n') : (data as { figures: unknown }).figures
  }

  it.each(['cohesion', 'loyalty', 'participation', 'memberAgreement', 'groupAgreement', 'winningRate'])(
    'say that no ballot was asked for: %s',
    async (field) => {
      expect(await ask(field, '(from: "2030-01-01")')).toEqual(none('No ballot was asked for.', 0))
      expect(await ask(field, '(from: "2030-01-01", every: YEAR)')).toEqual(none('No ballot was asked for.', 0))
      expect(await ask(field, '(where: { id: { eq: "vote:99" } })')).toEqual(none('No ballot was asked for.', 0))
    },
  )

  it('have no value where no ballot was asked for', async () => {
    const row = { of: null, with: null, value: null, numerator: 0, denominator: 0, excluded: [] }
    const rows = [{ ...row, why: 'No ballot was asked for.' }]
    const given = { rowCount: 1, ballotCount: 0, undecidedCount: 0, why: null, rows }
    expect(await ask('closeness', '(to: "2001-01-01")')).toEqual(given)
    expect(await ask('cohesion', '(to: "2001-01-01", by: ALL)')).toEqual(given)
    expect(await ask('participation', '(to: "2001-01-01", by: ALL)')).toEqual(given)
  })

  it('say that it is not known what was asked for', async () => {
    expect(await ask('loyalty', '(where: { isMain: { eq: false } })')).toEqual({
      ...none(
        'Of no ballot it is known that it was asked for: of 2 it is not known whether they were, and of 0 the day is not known.',
        0,
      ),
      undecidedCount: 2,
    })
  })

  it('say that nobody who was asked for has a vote', async () => {
    const zoe = '(voters: { where: { id: { eq: "person:zoe" } } })'
    const nobody = none('None of those who were asked for has a vote that can be counted in these 3 ballots.')
    for (const field of ['loyalty', 'participation', 'cohesion']) expect(await ask(field, zoe)).toEqual(nobody)
    expect(await ask('winningRate', zoe.replace('(', '(by: MEMBER, '))).toEqual(nobody)
    const alone = none(
      'No two of those who were asked for have a vote that can be counted in the same one of these 3 ballots.',
    )
    for (const field of ['memberAgreement', 'memberGroupAgreement'])
      expect(await ask(field, '(of: "person:zoe")')).toEqual(alone)
    expect(await ask('groupAgreement', '(of: "org:idle")')).toEqual(alone)
    const idle = { id: 'org:idle' }
    expect(await ask('cohesion', '(voters: { group: "org:idle" })')).toMatchObject({
      rows: [
        { of: idle, value: null, why: expect.stringMatching(/^None of the 3 ballots counts: of 2 of them, none/) },
      ],
    })
    expect(await ask('winningRate', '(voters: { group: "org:idle" })')).toMatchObject({
      rows: [{ of: idle, value: null, denominator: 0 }],
    })
  })

  it('count who had a seat and never voted, and not who had none', async () => {
    const hal = '(voters: { where: { id: { in: ["person:hal", "person:zoe"] } } })'
    const excluded = [{ reason: 'NO_VOTES', count: 1 }]
    const row = { of: { id: 'person:hal' }, with: null, value: 0, why: null, numerator: 0, denominator: 2, excluded }
    const given = { rowCount: 1, ballotCount: 3, undecidedCount: 0, why: null, rows: [row] }
    expect(await ask('participation', hal)).toEqual(given)
    const one = hal.replace('(', '(where: { id: { eq: "vote:1" } }, ')
    expect(await ask('participation', one)).toMatchObject({ rows: [{ value: 0, denominator: 1 }] })
  })

  it('count a group of one by the formula', async () => {
    const excluded = [{ reason: 'NO_VOTES', count: 1 }]
    const rice = [...excluded, { reason: 'ONLY_ABSTENTIONS', count: 1 }]
    const green = (index: string) => `(voters: { group: "org:green" }, index: ${index})`
    const row = { of: { id: 'org:green' }, with: null, value: 1, why: null }
    expect(await ask('cohesion', green('AGREEMENT_INDEX'))).toMatchObject({
      rows: [{ ...row, numerator: 2, denominator: 2, excluded }],
    })
    expect(await ask('cohesion', green('RICE'))).toMatchObject({
      rows: [{ ...row, numerator: 1, denominator: 1, excluded: rice }],
    })
  })

  it('have no value of fewer than were asked for', async () => {
    const why = 'Only 2 count, fewer than the 5 that were asked for with `atLeast`.'
    expect(await ask('loyalty', '(atLeast: 5, voters: { group: "org:green" })')).toMatchObject({
      rows: [{ value: null, why, denominator: 2 }],
    })
    // Of nothing there is no value, however few are enough.
    expect(await ask('closeness', '(atLeast: 0, where: { id: { eq: "vote:3" } })')).toMatchObject({
      rows: [{ value: null, denominator: 0, excluded: [{ reason: 'TOTALS_NOT_KNOWN', count: 1 }] }],
    })
  })

  it.each([
    ['memberAgreement', '(of: "person:nobody")'],
    ['memberGroupAgreement', '(of: "person:nobody")'],
    ['groupAgreement', '(of: "org:nobody")'],
    ['groupAgreement', '(groups: ["org:red", "org:nobody"])'],
    ['cohesion', '(voters: { group: "org:nobody" })'],
    ['cohesion', '(voters: { country: "iso:XX" })'],
    ['loyalty', '(voters: { memberOf: "org:nobody" })'],
    ['participation', '(body: "org:nobody")'],
  ])('are null where nothing has an id that was given: %s%s', async (field, args) => {
    expect(await ask(field, args)).toBeNull()
  })

  it.each([
    ['(first: 0)', '`first` is 0; it must be a whole number from 1 to 1000.'],
    ['(first: 1001)', '`first` is 1001; it must be a whole number from 1 to 1000.'],
    ['(skip: -1)', '`skip` is -1; it must be a whole number from 0 to '],
    ['(atLeast: -1)', '`atLeast` is -1; it must be a whole number from 0 to '],
    ['(from: "2024-02-01", to: "2024-01-01")', '`from` is 2024-02-01, and `to` is 2024-01-01'],
  ])('are refused with a sentence: %s', async (args, sentence) => {
    for (const field of ['cohesion', 'loyalty', 'closeness'])
      expect(await ask(field, args)).toEqual(expect.stringContaining(sentence))
  })

  it('refuse numbers of ballots behind a figure that are none', async () => {
    const behind = async (args: string) =>
      (await graph.ask(`{ loyalty { rows { voteEvents(${args}) { id } } } }`)).errors?.[0]?.message
    expect(await behind('first: -1')).toMatch(/^`first` is -1; it must be a whole number from 0 to 100/)
    expect(await behind('first: 101')).toMatch(/^`first` is 101; it must be a whole number from 0 to 100/)
    expect(await behind('skip: -1')).toMatch(/^`skip` is -1; it must be a whole number from 0/)
  })

  it('give none past the last', async () => {
    expect(await ask('loyalty', '(skip: 1000000)')).toMatchObject({ rowCount: 3, rows: [], why: null })
  })
})
