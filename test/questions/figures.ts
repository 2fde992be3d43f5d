import type { Question } from './question.js'

const COUNTED = 'votes.csv: rows with is_main, counted by what is asked'

const OPTIONS = `query options($id: ID!) {
  voteStats(where: { voteEvent: { id: { eq: $id } } }, orderBy: [COUNT_DESC]) {
    totalCount
    undecidedCount
    kindCount
    rows { by { option } count }
  }
}`

/** Questions that are answered by counting. */
export const figures: readonly Question[] = [
  {
    asks: 'How many main ballots are there?',
    from: COUNTED,
    calls: [['figures', { isMain: true }]],
    read: ({ total, undecided, complete }) => [total, undecided, complete],
    answer: [2057, 0, true],
  },
  {
    asks: 'How many in each year?',
    from: COUNTED,
    calls: [['figures', { isMain: true, byYear: true, order: ['KEY_ASC'] }]],
    read: ({ data }) => data.ballots.rows.map(({ by, count }: Row) => [by.year, count]),
    answer: [
      ['2019', 49],
      ['2020', 228],
      ['2021', 355],
      ['2022', 372],
      ['2023', 432],
      ['2024', 437],
      ['2025', 184],
    ],
  },
  {
    asks: 'In which month of 2022 were the most?',
    from: COUNTED,
    calls: [['figures', { isMain: true, within: '2022', byMonth: true, order: ['COUNT_DESC'], first: 1 }]],
    read: ({ data, complete }) => [data.ballots.rows.map(({ by, count }: Row) => [by.month, count]), complete],
    answer: [[['2022-05', 88]], false],
  },
  {
    asks: 'How many of 2024 and 2025 were adopted, how many rejected, of how many is it not known?',
    from: 'votes.csv, column result of the rows with is_main',
    calls: [['figures', { isMain: true, within: '2024/2025', byResult: true, order: ['COUNT_DESC'] }]],
    read: ({ data }) => data.ballots.rows.map(({ by, count }: Row) => [by.result, count]),
    answer: [
      ['ADOPTED', 597],
      ['REJECTED', 16],
      [null, 8],
    ],
  },
  {
    asks: 'How many main ballots of 2022 are about Ukraine?',
    from: 'geo_area_votes.csv: the rows of UKR',
    calls: [['figures', { about: 'iso:UA', isMain: true, within: '2022' }]],
    read: ({ total }) => total,
    answer: 19,
  },
  {
    asks: 'How many main ballots have the word climate in their title?',
    from: 'votes.csv, column display_title',
    calls: [['figures', { title: 'climate', isMain: true }]],
    read: ({ total }) => total,
    answer: 20,
  },
  {
    asks: 'How many are filed under 6.10.04 of the Legislative Observatory in 2021?',
    from: 'oeil_subject_votes.csv',
    calls: [['figures', { subject: 'oeil:6.10.04', isMain: true, within: '2021' }]],
    read: ({ total }) => total,
    answer: 20,
  },
  {
    asks: 'How many votes for and against did the members of the EPP give in main ballots of 2023?',
    from: 'group_votes.csv, summed over 431 of the 432 main ballots: 156258 has no tallies',
    calls: [['figures', { byGroup: true, group: 'ep-group:EPP', isMain: true, within: '2023' }]],
    read: ({ data, undecided, complete }) => {
      const [{ count, tally }] = data.groups.rows
      return [count, tally.for.sum, tally.against.sum, tally.abstention.sum, undecided, complete]
    },
    answer: [431, 59_359, 3532, 2223, 1, false],
  },
  {
    asks: 'How often did the ECR mostly vote for, against, or abstain in them?',
    from: 'group_votes.csv: the option with more votes than each other; one tally has none',
    calls: [
      [
        'figures',
        {
          byGroup: true,
          byGroupMajority: true,
          group: 'ep-group:ECR',
          isMain: true,
          within: '2023',
          order: ['COUNT_DESC'],
        },
      ],
    ],
    read: ({ data }) => data.groups.rows.map(({ by, count }: Row) => [by.majority, count]),
    answer: [
      ['FOR', 287],
      ['AGAINST', 89],
      ['ABSTENTION', 54],
      [null, 1],
    ],
  },
  {
    asks: 'How many votes for did the members of The Left give in main ballots of 2023, by year?',
    from: 'group_votes.csv: 9,371 of GUE/NGL',
    calls: [['figures', { byGroup: true, group: 'ep-group:GUE_NGL', isMain: true, within: '2023', byYear: true }]],
    read: ({ data }) => data.groups.rows.map(({ by, tally }: Row) => [by.voteEvent?.year, tally?.for.sum]),
    answer: [['2023', 9371]],
  },
  {
    asks: 'How many members voted each way in roll call 165174?',
    from: 'the list of 26 February 2024: 288, 33, 7',
    calls: [['graphql', { query: OPTIONS, variables: { id: 'ep-vote:165174' } }]],
    read: ({ data }) => data.voteStats.rows.map(({ by, count }: Row) => [by.option, count]),
    answer: [
      ['FOR', 288],
      ['AGAINST', 33],
      ['ABSTENTION', 7],
    ],
  },
]

interface Row {
  readonly by: {
    readonly year?: string
    readonly month?: string
    readonly result?: string | null
    readonly majority?: string | null
    readonly option?: string
    readonly voteEvent?: { readonly year: string }
  }
  readonly count: number
  readonly tally?: { readonly for: { readonly sum: number } }
}
