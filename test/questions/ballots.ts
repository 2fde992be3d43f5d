import { firstHit, type Question } from './question.js'

const AS_LISTED = 'votes.csv, the row with this id'

/** Questions about one ballot, or about those that fit. */
export const ballots: readonly Question[] = [
  {
    asks: 'How did the vote on the situation in Kazakhstan end?',
    from: AS_LISTED,
    calls: [['vote', { id: 'ep-vote:139038' }]],
    read: ({ data }) => data.voteEvent.tally,
    answer: { for: 589, against: 35, abstention: 47, voting: 671, didNotVote: 34 },
  },
  {
    asks: 'Which group was mostly against it, and by how many votes?',
    from: 'group_votes.csv, the rows of this ballot: ID 28, 30, 10',
    calls: [['vote', { id: 'ep-vote:139038' }]],
    read: ({ data }) =>
      data.voteEvent.counts.nodes
        .filter(({ tally }: Tallied) => tally.against > tally.for)
        .map(({ organization, tally }: Tallied) => [organization.id, tally.for, tally.against, tally.abstention]),
    answer: [['ep-group:ID', 28, 30, 10]],
  },
  {
    asks: 'What is the margin, and what was it on?',
    from: '589 less 35; votes.csv, column reference',
    calls: [['vote', { id: 'ep-vote:139038' }]],
    read: ({ data }) => [data.voteEvent.margin, data.voteEvent.on.reference, data.voteEvent.dossier.reference],
    answer: [554, 'RC-B9-0065/2022', '2022/2505(RSP)'],
  },
  {
    asks: 'How did the ECR vote on the Ukraine Facility of October 2023?',
    from: 'group_votes.csv: 23 for, 0 against, 34 abstentions, 9 did not vote',
    calls: [
      ['votes_where', { title: 'Ukraine Facility', within: '2023-10', isMain: true }],
      ([found]) => ['vote', { id: found?.data.voteEvents.nodes[0].id }],
    ],
    read: ({ data }) =>
      data.voteEvent.counts.nodes.find(({ organization }: Tallied) => organization.id === 'ep-group:ECR').tally,
    answer: { for: 23, against: 0, abstention: 34, didNotVote: 9 },
  },
  {
    asks: 'Was there an earlier vote on Kazakhstan, and how did it end?',
    from: 'votes.csv and geo_area_votes.csv: the main ballots of KAZ are 127976 and 139038',
    calls: [['votes_where', { about: 'iso:KZ', isMain: true }]],
    read: ({ data }) => {
      const { id, date, tally } = data.voteEvents.nodes.at(-1)
      return [id, date, tally]
    },
    answer: ['ep-vote:127976', '2021-02-11', { for: 598, against: 43, abstention: 52 }],
  },
  {
    asks: 'How many ballots are about Kazakhstan?',
    from: 'geo_area_votes.csv, the rows of KAZ',
    calls: [
      ['find', { text: 'Казахстан', types: ['Place'] }],
      ([found]) => ['votes_where', { about: firstHit(found as never) }],
    ],
    read: ({ total, complete }) => [total, complete],
    answer: [9, true],
  },
  {
    asks: 'In which ballots of 2023 with Ukraine in the title did the ECR mostly abstain?',
    from: 'votes.csv and group_votes.csv; 33 of these ballots have no group tallies, and 21 of the year have no title',
    calls: [['votes_where', { title: 'ukraine', within: '2023', group: 'ep-group:ECR', groupMajority: 'ABSTENTION' }]],
    read: ({ data, total, undecided, complete }) => [
      data.voteEvents.nodes.map(({ id }: { id: string }) => id),
      total,
      undecided,
      complete,
    ],
    answer: [['ep-vote:159025'], 1, 54, false],
  },
  {
    asks: 'Which main ballot of 2024 was the closest?',
    from: 'votes.csv: the least difference of count_for and count_against in the rows of 2024 with is_main',
    calls: [['votes_where', { isMain: true, within: '2024', order: ['MARGIN_ASC'], first: 1 }]],
    read: ({ data }) =>
      data.voteEvents.nodes.map(({ id, tally, result }: Ballot) => [id, tally.for, tally.against, result]),
    answer: [['ep-vote:166145', 256, 262, 'REJECTED']],
  },
  {
    asks: 'And which of 2021?',
    from: 'as before',
    calls: [['votes_where', { isMain: true, within: '2021', order: ['MARGIN_ASC'], first: 2 }]],
    read: ({ data }) => data.voteEvents.nodes.map(({ id, tally }: Ballot) => [id, tally.for, tally.against]),
    answer: [
      ['ep-vote:131503', 255, 260],
      ['ep-vote:131557', 335, 350],
    ],
  },
  {
    asks: 'How many main ballots of 2024 were decided by at most 29 votes?',
    from: 'votes.csv: the margins 6 and 29',
    calls: [['votes_where', { isMain: true, within: '2024', marginUpTo: 29 }]],
    read: ({ total, undecided }) => [total, undecided],
    answer: [2, 0],
  },
  {
    asks: 'How many main ballots of 2021 were on texts of the Committee on Foreign Affairs?',
    from: 'responsible_committee_votes.csv: the rows of AFET',
    calls: [
      ['find', { text: 'Committee on Foreign Affairs', types: ['Organization'], first: 1 }],
      ([found]) => ['votes_where', { subject: firstHit(found as never), isMain: true, within: '2021' }],
    ],
    read: ({ total }) => total,
    answer: 23,
  },
  {
    asks: 'How many main ballots are filed under "exchange of information" in EuroVoc?',
    from: 'eurovoc_concept_votes.csv: the rows of concept 616',
    calls: [['votes_where', { subject: 'eurovoc:616', isMain: true }]],
    read: ({ total }) => total,
    answer: 87,
  },
  {
    asks: 'What was voted on in procedure 2022/2505(RSP)?',
    from: 'votes.csv, column procedure_reference',
    calls: [['votes_where', { procedure: 'ep-proc:2022/2505(RSP)' }]],
    read: ({ data }) => data.voteEvents.nodes.map(({ id }: Ballot) => id).sort(),
    answer: ['ep-vote:139007', 'ep-vote:139008', 'ep-vote:139022', 'ep-vote:139023', 'ep-vote:139038'],
  },
  {
    asks: 'Which amendments to the text on Kazakhstan of 2022 failed?',
    from: 'votes.csv: 139007 has 296 for and 328 against, 139008 has 79 and 478',
    calls: [['text', { reference: 'P9_TA(2022)0012' }]],
    read: ({ data }) =>
      data.resolution.otherVotes.nodes
        .filter(({ tally }: Ballot) => tally.against > tally.for)
        .map(({ id }: Ballot) => id)
        .sort(),
    answer: ['ep-vote:139007', 'ep-vote:139008'],
  },
  {
    asks: 'All ballots of January 2022, page by page: how many are main ones?',
    from: 'votes.csv: seven rows of that month with is_main',
    calls: [
      ['votes_where', { within: '2022-01', isMain: true, first: 4 }],
      ([page]) => ['votes_where', { within: '2022-01', isMain: true, first: 4, after: page?.next }],
    ],
    read: ({ data, next, complete }, [before]) => [
      new Set([before, { data }].flatMap((page) => page?.data.voteEvents.nodes).map(({ id }: Ballot) => id)).size,
      before?.complete,
      complete,
      next,
    ],
    answer: [7, false, false, null],
  },
  {
    asks: 'How did Charles Goerens and his group stand in roll call 165174?',
    from: 'the list of 26 February 2024: he is not named; Renew has 54 for, none against',
    calls: [['vote', { id: 'ep-vote:165174', group: 'ep-group:RENEW', first: 100 }]],
    read: ({ data }) => [
      data.voteEvent.votes.totalCount,
      [...new Set(data.voteEvent.votes.edges.map(({ option }: { option: string }) => option))],
    ],
    answer: [54, ['FOR']],
  },
  {
    asks: 'How did Jana Toom vote in it?',
    from: 'the list of 26 February 2024: Toom, Renew, for',
    calls: [
      ['find', { text: 'Jana Toom', types: ['Person'] }],
      ([found]) => ['vote', { id: 'ep-vote:165174', member: firstHit(found as never) }],
    ],
    read: ({ data }) =>
      data.voteEvent.votes.edges.map(({ option, group, node }: MemberVote) => [node.id, option, group.id]),
    answer: [['ep-mep:124700', 'FOR', 'ep-group:RENEW']],
  },
  {
    asks: 'All who voted in it, page by page: how many against?',
    from: 'the list of 26 February 2024: 33',
    calls: [
      ['vote', { id: 'ep-vote:165174', first: 200 }],
      ([page]) => ['vote', { id: 'ep-vote:165174', first: 200, after: page?.next }],
    ],
    read: ({ data, next }, [before]) => {
      const votes = [before, { data }].flatMap((page) => page?.data.voteEvent.votes.edges)
      return [votes.length, votes.filter(({ option }: MemberVote) => option === 'AGAINST').length, next]
    },
    answer: [328, 33, null],
  },
  {
    asks: 'Which of the European People’s Party voted against in it?',
    from: 'the list of 26 February 2024: one of PPE',
    calls: [['vote', { id: 'ep-vote:165174', group: 'ep-group:EPP', option: 'AGAINST' }]],
    read: ({ data }) => data.voteEvent.votes.totalCount,
    answer: 1,
  },
]

interface Tallied {
  readonly organization: { readonly id: string }
  readonly tally: { readonly for: number; readonly against: number; readonly abstention: number }
}
interface Ballot {
  readonly id: string
  readonly result: string | null
  readonly tally: { readonly for: number; readonly against: number }
}
interface MemberVote {
  readonly option: string
  readonly group: { readonly id: string }
  readonly node: { readonly id: string }
}
