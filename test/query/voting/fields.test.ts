import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../../support/engines.js'
import { ballot, synthetic, voteMatrix } from '../../support/vote-matrix.js'

const { link, node } = synthetic

const BALLOTS = ['1', '2', '3', '4', '5']
const RECORDS = [
  ...ballot('1', { date: '2024-01-10', result: 'ADOPTED', tallyFor: 6, tallyAgainst: 2, tallyAbstention: 0 }),
  ...ballot('2', { date: '2024-01-11', result: 'REJECTED', tallyFor: 3, tallyAgainst: 4, tallyAbstention: 1 }),
  ...ballot('3', { date: '2024-02-01', result: 'ADOPTED', tallyFor: 4, tallyAgainst: 4, tallyAbstention: 0 }),
  ...ballot('4', { date: '2024-02-02' }),
  ...ballot('5', { date: '2024-02-03' }),
  ...voteMatrix(
    BALLOTS,
    `person:ann  org:red   iso:DE FFFF.
     person:bob  org:red   iso:FR FFFF.
     person:cyd  org:red   iso:DE FAAD.
     person:dan  org:blue  iso:FR FAFA.
     person:eve  org:blue  iso:DE FAFA.
     person:fay  org:blue  iso:FR FFAA.
     person:gus  org:green iso:DE ATAF.
     person:hal  org:green iso:FR AAAT.`,
  ),
  // As meant, the second ballot has 5 for and 3 against, and the third as many for as against, as it was cast.
  link('Correction', 'person:dan', 'vote:2', { option: 'FOR', kind: 'CORRECTION' }),
  link('Correction', 'person:eve', 'vote:2', { option: 'FOR', kind: 'CORRECTION' }),
  link('Correction', 'person:cyd', 'vote:4', { option: 'AGAINST', kind: 'INTENTION' }),
  node('Organization', 'org:bees', { name: 'Synthetic friends of bees', kind: 'NGO' }),
  node('Scorecard', 'scorecard:bees', { title: 'Synthetic bees', absences: 'DISAGREEMENT', abstentions: 'HALF' }),
  link('ScorecardAuthor', 'scorecard:bees', 'org:bees'),
  link('ScorecardBallot', 'scorecard:bees', 'vote:2', { option: 'AGAINST', weight: 3 }),
  link('ScorecardBallot', 'scorecard:bees', 'vote:4', { option: 'FOR' }),
  link('ScorecardBallot', 'scorecard:bees', 'vote:5', { option: 'FOR' }),
]

describe.each(engines)('votes, on $name', ({ empty }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await empty()
    await graph.load(RECORDS)
  })
  afterAll(() => graph.close())

  const ask = async (question: string) => {
    const { data, errors } = await graph.ask(question)
    return errors ? errors.map(({ message }) => message).join('\n') : (data as Record<string, unknown>)
  }

  it('tell which groups vote alike, and no others with them', async () => {
    const figures = 'rowCount rows { groups { id } value numerator denominator excluded { reason count } }'
    const groups = [{ id: 'org:blue' }, { id: 'org:red' }]
    expect(await ask(`{ coalitions { ${figures} } winning: coalitions(of: WINNING) { ${figures} } }`)).toEqual({
      coalitions: {
        rowCount: 1,
        rows: [{ groups, value: 0.5, numerator: 2, denominator: 4, excluded: [{ reason: 'NO_VOTES', count: 1 }] }],
      },
      winning: {
        rowCount: 1,
        rows: [
          {
            groups,
            value: 1,
            numerator: 2,
            denominator: 2,
            excluded: [
              { reason: 'NO_VOTES', count: 1 },
              { reason: 'NOT_TOGETHER', count: 2 },
            ],
          },
        ],
      },
    })
  })

  it('tell how often a group votes as some others do', async () => {
    const some = (groups: string) =>
      ask(`{ groupAgreement(${groups}) { rows { of { id } with { id } numerator denominator } } }`)
    const pair = { of: { id: 'org:red' }, with: { id: 'org:blue' }, numerator: 2, denominator: 4 }
    expect(await some('of: "org:red", groups: ["org:blue"]')).toEqual({ groupAgreement: { rows: [pair] } })
    expect(await some('of: "org:red", groups: ["org:blue", "org:red"]')).toEqual({ groupAgreement: { rows: [pair] } })
    expect(await some('groups: ["org:blue"]')).toEqual({ groupAgreement: { rows: [] } })
  })

  it('count ballots as close by what was published, else by the votes of members', async () => {
    const figures = `rows { value numerator denominator excluded { reason count } asMeant { numerator denominator }
      voteEvents(part: IN_NUMERATOR) { id } }`
    expect(await ask(`{ closeness { ${figures} } }`)).toEqual({
      closeness: {
        rows: [
          {
            value: 0.5,
            numerator: 2,
            denominator: 4,
            excluded: [{ reason: 'TOTALS_NOT_KNOWN', count: 1 }],
            asMeant: { numerator: 1, denominator: 4 },
            voteEvents: [{ id: 'vote:4' }, { id: 'vote:3' }],
          },
        ],
      },
    })
  })

  it('tell which ballots corrections would have turned', async () => {
    const rows = 'rowCount ballotCount rows { voteEvent { id } for against meantFor meantAgainst corrections }'
    expect(await ask(`{ turnedBallots { ${rows} } none: turnedBallots(from: "2024-02-01") { ${rows} } }`)).toEqual({
      turnedBallots: {
        rowCount: 1,
        ballotCount: 5,
        rows: [{ voteEvent: { id: 'vote:2' }, for: 3, against: 4, meantFor: 5, meantAgainst: 2, corrections: 2 }],
      },
      none: { rowCount: 0, ballotCount: 3, rows: [] },
    })
  })

  it('tell who voted for one and against another', async () => {
    const rows = 'rowCount rows { member { id } group { id } country { id } } partial { id }'
    expect(
      await ask(`{ whoVoted(for: ["vote:1"], against: ["vote:2"]) { ${rows} }
        meant: whoVoted(for: ["vote:1"], against: ["vote:2"], asMeant: true) { rowCount }
        open: whoVoted(for: ["vote:1", "vote:5"]) { rowCount partial { id } }
        absent: whoVoted(didNotVote: ["vote:4"]) { rows { member { id } } }
        unknown: whoVoted(for: ["vote:99"]) { rowCount } }`),
    ).toEqual({
      whoVoted: {
        rowCount: 3,
        rows: [
          { member: { id: 'person:cyd' }, group: { id: 'org:red' }, country: { id: 'iso:DE' } },
          { member: { id: 'person:dan' }, group: { id: 'org:blue' }, country: { id: 'iso:FR' } },
          { member: { id: 'person:eve' }, group: { id: 'org:blue' }, country: { id: 'iso:DE' } },
        ],
        partial: [],
      },
      meant: { rowCount: 1 },
      open: { rowCount: 0, partial: [{ id: 'vote:5' }] },
      absent: { rows: [{ member: { id: 'person:cyd' } }] },
      unknown: null,
    })
    expect(await ask('{ whoVoted { rowCount } }')).toMatch(/^0 ballots are named; name from 1 to 10/)
  })

  it('are scored by a scorecard, with its weights and its rules', async () => {
    const figures = 'rows { of { id } value numerator denominator asMeant { value } excluded { reason count } }'
    const answer = await ask(`{ scores(scorecard: "scorecard:bees") { rowCount ballotCount ${figures} }
      few: scores(scorecard: "scorecard:bees", voters: { group: "org:green" }, atLeast: 5) { rows { value why } }
      unknown: scores(scorecard: "scorecard:wasps") { rowCount } }`)
    const excluded = [{ reason: 'NO_VOTES', count: 1 }]
    const score = (id: string, numerator: number, meant = numerator) => ({
      of: { id: `person:${id}` },
      value: numerator / 4,
      numerator,
      denominator: 4,
      asMeant: { value: meant / 4 },
      excluded,
    })
    const why = 'Only 4 count, fewer than the 5 that were asked for with `atLeast`.'
    expect(answer).toEqual({
      scores: {
        rowCount: 8,
        ballotCount: 3,
        rows: [
          score('hal', 3.5),
          score('cyd', 3),
          score('dan', 3, 0),
          score('eve', 3, 0),
          score('gus', 2.5),
          score('ann', 1),
          score('bob', 1),
          score('fay', 0),
        ],
      },
      few: {
        rows: [
          { value: null, why },
          { value: null, why },
        ],
      },
      unknown: null,
    })
  })

  it('place nobody where there are too few', async () => {
    const positions = (low: string, high: string) =>
      ask(`{ positions(low: "${low}", high: "${high}") { placedCount } }`)
    expect(await positions('person:ann', 'person:dan')).toMatch(/Nobody was placed/)
    expect(await positions('person:ann', 'person:ann')).toMatch(/Nobody was placed/)
    expect(await positions('person:ann', 'person:zoe')).toEqual({ positions: null })
  })
})
