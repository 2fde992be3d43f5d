import { type Answered, firstHit, type Question } from './question.js'

const MEMBERS = 'members.csv and group_memberships.csv'
const SEED = 'the records of the seed, by reading'

/** Questions about persons and bodies, texts, demands, claims and sources. */
export const peopleAndTexts: readonly Question[] = [
  {
    asks: 'Who is "Roberta Metsolla", and which country does she represent?',
    from: MEMBERS,
    calls: [['find', { text: 'Roberta Metsolla' }], ([found]) => ['person', { id: firstHit(found as Answered) }]],
    read: ({ data }, [found]) => [data.person.id, data.person.country.id, found?.data.search[0].how],
    answer: ['ep-mep:118859', 'iso:MT', 'ONE_ERROR'],
  },
  {
    asks: 'When was she born?',
    from: MEMBERS,
    calls: [['person', { id: 'ep-mep:118859' }]],
    read: ({ data }) => data.person.birthDate.edtf,
    answer: '1979-01-18',
  },
  {
    asks: 'Which groups was Monika Beňová a member of, and when?',
    from: MEMBERS,
    calls: [
      ['find', { text: 'Monika Benova', types: ['Person'] }],
      ([found]) => ['person', { id: firstHit(found as Answered) }],
    ],
    read: ({ data }) =>
      data.person.memberships.edges.map(({ node, startDate, endDate }: Membership) => [node.id, startDate, endDate]),
    answer: [
      ['ep-group:NI', '2024-07-16', null],
      ['ep-group:NI', '2023-10-18', '2024-07-15'],
      ['ep-group:SD', '2019-07-02', '2023-10-17'],
    ],
  },
  {
    asks: 'Until when was David Sassoli a member?',
    from: MEMBERS,
    calls: [
      ['find', { text: 'David Sassoli', types: ['Person'] }],
      ([found]) => ['person', { id: firstHit(found as Answered) }],
    ],
    read: ({ data }) => data.person.memberships.edges.map(({ endDate }: Membership) => endDate),
    answer: ['2022-01-11'],
  },
  {
    asks: 'Which group did Jordan Bardella join in 2024?',
    from: MEMBERS,
    calls: [['find', { text: 'Bardella' }], ([found]) => ['person', { id: firstHit(found as Answered) }]],
    read: ({ data }) => {
      const [{ node, startDate }] = data.person.memberships.edges
      return [node.name, startDate]
    },
    answer: ['Patriots for Europe', '2024-07-16'],
  },
  {
    asks: 'How many memberships of the S&D group are on record?',
    from: 'group_memberships.csv: the rows of SD',
    calls: [['find', { text: 'S&D' }], ([found]) => ['entity', { id: firstHit(found as Answered) }]],
    read: ({ data, complete }) => [data.node.members.totalCount, complete],
    answer: [332, false],
  },
  {
    asks: 'How many members did the S&D group have on 20 January 2022?',
    from: 'group_memberships.csv: the rows of SD that hold on that day; its tally of the day sums to the same',
    calls: [['entity', { id: 'ep-group:SD', on: '2022-01-20', first: 1 }]],
    read: ({ data }) => data.node.members.totalCount,
    answer: 145,
  },
  {
    asks: 'What happened in Roberta Metsola’s time in Parliament, in order?',
    from: MEMBERS,
    calls: [['timeline', { of: 'ep-mep:118859' }]],
    read: ({ data, complete }) => [data.timeline.rows.map(({ date, what }: Entry) => [date, what]), complete],
    answer: [
      [
        ['1979-01-18', 'Person.birthDate'],
        ['2019-07-02', 'Membership.startDate'],
        ['2024-07-15', 'Membership.endDate'],
        ['2024-07-16', 'Membership.startDate'],
      ],
      true,
    ],
  },
  {
    asks: 'What was first about Kazakhstan in 2022, and is its day known exactly?',
    from: SEED,
    calls: [['timeline', { of: 'iso:KZ', from: '2022-01-01', to: '2022-12-31', first: 1 }]],
    read: ({ data, complete }) => [
      data.timeline.rows.map(({ node, date, isVague }: Entry) => [node.id, date, isVague]),
      complete,
    ],
    answer: [[['event:kazakhstan-protests-2022', '2022-01', true]], false],
  },
  {
    asks: 'How is Roberta Metsola linked with Kazakhstan?',
    from: 'group_memberships.csv and the joint motion: her group tabled it, and it is about Kazakhstan',
    calls: [
      ['find', { text: 'Metsola', types: ['Person'] }],
      ['find', { text: 'Kazakhstan', types: ['Place'] }],
      ([member, place]) => ['path', { from: firstHit(member as Answered), to: firstHit(place as Answered) }],
    ],
    read: ({ data }) =>
      data.path.paths.some(({ length, steps }: Way) => length === 3 && steps[1]?.to.id === 'ep-doc:RC-B9-0065/2022'),
    answer: true,
  },
  {
    asks: 'How many members from Malta are there?',
    from: 'members.csv: the rows of MLT',
    calls: [
      [
        'graphql',
        {
          query:
            '{ persons(where: { country: { id: { eq: "iso:MT" } } }, first: 1) { totalCount undecidedCount nodes { name } } }',
        },
      ],
    ],
    read: ({ total }) => total,
    answer: 10,
  },
  {
    asks: 'Who held the office of VP/HR, as far as a source says so?',
    from: SEED,
    calls: [['find', { text: 'VP/HR' }], ([found]) => ['entity', { id: firstHit(found as Answered) }]],
    read: ({ data }) => data.node.holders.edges.map(({ node, inferred }: Holder) => [node.id, inferred]),
    answer: [['person:josep-borrell', false]],
  },
  {
    asks: 'Which demand concerns Josep Borrell, and how is that known?',
    from: SEED,
    calls: [['person', { id: 'person:josep-borrell' }]],
    read: ({ data }) =>
      data.person.demands.edges.map(({ node, inferred, via }: Concern) => [node.id, inferred, via.id]),
    answer: [['ta:P9_TA(2022)0012#demand-4', true, 'office:vp-hr']],
  },
  {
    asks: 'When was P9_TA(2022)0012 adopted, by whom, by which vote?',
    from: 'the text itself, and votes.csv',
    calls: [['text', { reference: 'p9_ta(2022)0012' }]],
    read: ({ data: { resolution } }) => [resolution.adoptedOn, resolution.adoptedBy.id, resolution.finalVote.tally],
    answer: ['2022-01-20', 'org:european-parliament', { for: 589, against: 35, abstention: 47 }],
  },
  {
    asks: 'Which groups tabled RC-B9-0065/2022?',
    from: 'the joint motion',
    calls: [['text', { reference: 'RC-B9-0065/2022' }]],
    read: ({ data }) => data.motion.tabledBy.nodes.map(({ id }: { id: string }) => id).sort(),
    answer: ['ep-group:ECR', 'ep-group:EPP', 'ep-group:GREEN_EFA', 'ep-group:RENEW', 'ep-group:SD'],
  },
  {
    asks: 'Which motions does it replace, and who tabled B9-0077/2022?',
    from: 'the joint motion',
    calls: [
      ['text', { reference: 'RC-B9-0065/2022' }],
      ['text', { reference: 'B9-0077/2022' }],
    ],
    read: ({ data }, [joint]) => [
      joint?.data.motion.replaces.totalCount,
      data.motion.tabledBy.nodes.map(({ id }: { id: string }) => id),
    ],
    answer: [5, ['ep-group:ECR']],
  },
  {
    asks: 'How many demands does the resolution on Kazakhstan make?',
    from: SEED,
    calls: [['demands', { document: 'ta:P9_TA(2022)0012' }]],
    read: ({ total, complete }) => [total, complete],
    answer: [9, true],
  },
  {
    asks: 'What is asked of the Council, and is a response known?',
    from: SEED,
    calls: [
      ['find', { text: 'Council of the European Union', types: ['Organization'] }],
      ([found]) => ['demands', { addressee: firstHit(found as Answered), responsesUpTo: 0 }],
    ],
    read: ({ data }) => data.demands.nodes.map(({ id, responseCount }: Demand) => [id, responseCount]),
    answer: [['ta:P9_TA(2022)0012#demand-1', 0]],
  },
  {
    asks: 'Where does the OSCE come in?',
    from: SEED,
    calls: [['find', { text: 'OSCE' }], ([found]) => ['demands', { involves: firstHit(found as Answered) }]],
    read: ({ data }) =>
      data.demands.nodes.map(({ id, addressees }: Demand) => [id, addressees.nodes.map((each) => each.id)]),
    answer: [['ta:P9_TA(2022)0012#demand-5', ['org:government-of-kazakhstan']]],
  },
  {
    asks: 'How many people died in the protests in Kazakhstan, and who says so?',
    from: SEED,
    calls: [['claims', { about: 'event:kazakhstan-protests-2022', property: 'DEATHS' }]],
    read: ({ data }) => data.claims.nodes.map(({ value, claimant, source }: Claim) => [value, claimant.id, source.id]),
    answer: [[225, 'org:government-of-kazakhstan', 'source:kaztag-2022-01-21']],
  },
  {
    asks: 'How many victims are claimed?',
    from: SEED,
    calls: [
      ['find', { text: 'protests in Kazakhstan', types: ['Event'] }],
      ([found]) => ['claims', { about: firstHit(found as Answered), property: 'VICTIMS' }],
    ],
    read: ({ data, total }) => [data.claims.nodes.map(({ value }: Claim) => value), total],
    answer: [[4578], 1],
  },
  {
    asks: 'From whom did KazTAG have its report?',
    from: SEED,
    calls: [['source', { id: 'source:kaztag-2022-01-21' }]],
    read: ({ data }) => data.source.cites.nodes.map(({ publisher }: Cited) => publisher.id),
    answer: ['org:perlid'],
  },
  {
    asks: 'Under which licence may the export be used?',
    from: 'the site of the export',
    calls: [['figures', { isMain: true }], ([counted]) => ['source', { id: counted?.sources[0]?.id }]],
    read: ({ data }) => [data.source.id, data.source.license],
    answer: ['source:howtheyvote', 'ODbL-1.0'],
  },
  {
    asks: 'Which kind of event were the protests, and where were they?',
    from: SEED,
    calls: [['entity', { id: 'event:kazakhstan-protests-2022' }]],
    read: ({ data }) => [data.node.type, data.node.places.nodes.some(({ id }: { id: string }) => id === 'iso:KZ')],
    answer: ['PROTEST', true],
  },
]

interface Entry {
  readonly date: string
  readonly what: string
  readonly isVague: boolean
  readonly node: { readonly id: string }
}
interface Way {
  readonly length: number
  readonly steps: readonly { readonly to: { readonly id: string } }[]
}
interface Membership {
  readonly node: { readonly id: string }
  readonly startDate: string | null
  readonly endDate: string | null
}
interface Holder {
  readonly node: { readonly id: string }
  readonly inferred: boolean
}
interface Concern extends Holder {
  readonly via: { readonly id: string }
}
interface Demand {
  readonly id: string
  readonly responseCount: number
  readonly addressees: { readonly nodes: readonly { readonly id: string }[] }
}
interface Claim {
  readonly value: number
  readonly claimant: { readonly id: string }
  readonly source: { readonly id: string }
}
interface Cited {
  readonly publisher: { readonly id: string }
}
