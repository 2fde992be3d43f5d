import type { Questions } from './question.js'

export const filtersOnColumns: Questions = {
  seed: [
    {
      asks: 'Which ballots on the text were not the final one?',
      question: `{
        voteEvents(where: { isMain: { eq: false } }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139007' },
            { id: 'ep-vote:139008' },
            { id: 'ep-vote:139022' },
            { id: 'ep-vote:139023' },
          ],
          totalCount: 4,
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'Which ballots had more than 500 votes for?',
      question:
        '{ voteEvents(where: { tally: { for: { gt: 500 } } }, orderBy: [ID_ASC]) { nodes { id tally { for } } } }',
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139022', tally: { for: 623 } },
            { id: 'ep-vote:139023', tally: { for: 538 } },
            { id: 'ep-vote:139038', tally: { for: 589 } },
          ],
        },
      },
    },
    {
      asks: 'Which ballots had exactly 39 abstentions, or 122?',
      question: `{
        voteEvents(where: { tally: { abstention: { in: [39, 122] } } }, orderBy: [ID_ASC]) {
          nodes { id tally { abstention } }
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139008', tally: { abstention: 122 } },
            { id: 'ep-vote:139023', tally: { abstention: 39 } },
          ],
        },
      },
    },
    {
      asks: 'In which ballots did between 26 and 28 members not vote?',
      question:
        '{ voteEvents(where: { tally: { didNotVote: { gte: 26, lte: 28 } } }, orderBy: [ID_ASC]) { nodes { id } } }',
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139007' }, { id: 'ep-vote:139008' }] } },
    },
    {
      asks: 'In which ballots did at least 676 members vote?',
      question: `{
        voteEvents(where: { tally: { voting: { gte: 676 } } }, orderBy: [ID_ASC]) {
          nodes { id tally { voting } }
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139007', tally: { voting: 679 } },
            { id: 'ep-vote:139008', tally: { voting: 679 } },
            { id: 'ep-vote:139022', tally: { voting: 676 } },
            { id: 'ep-vote:139023', tally: { voting: 676 } },
          ],
        },
      },
    },
    {
      asks: 'Which ballots had more votes against than for?',
      question: `{
        voteEvents(where: { moreForThanAgainst: { eq: false } }, orderBy: [ID_ASC]) {
          nodes { id tally { for against } }
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139007', tally: { for: 296, against: 328 } },
            { id: 'ep-vote:139008', tally: { for: 79, against: 478 } },
          ],
        },
      },
    },
    {
      asks: 'Which ballots were decided by fewer than 100 votes?',
      question: '{ voteEvents(where: { margin: { lt: 100 } }) { nodes { id margin tally { for against } } } }',
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139007', margin: 32, tally: { for: 296, against: 328 } }] } },
    },
    {
      asks: 'Which ballot is known to have been adopted?',
      question: '{ voteEvents(where: { result: { eq: ADOPTED } }) { nodes { id result } totalCount undecidedCount } }',
      answer: {
        voteEvents: { nodes: [{ id: 'ep-vote:139038', result: 'ADOPTED' }], totalCount: 1, undecidedCount: 4 },
      },
    },
    {
      asks: 'Which ballots is no method of voting known of?',
      question: '{ voteEvents(where: { method: { known: false } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 5, undecidedCount: 0 } },
    },
    {
      asks: 'In which ballots were the votes against the most?',
      question: '{ voteEvents(where: { majority: { eq: AGAINST } }, orderBy: [ID_ASC]) { nodes { id majority } } }',
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139007', majority: 'AGAINST' },
            { id: 'ep-vote:139008', majority: 'AGAINST' },
          ],
        },
      },
    },
    {
      asks: 'Which groups had a majority other than for?',
      question: `{
        voteCounts(where: { not: { majority: { eq: FOR } } }) {
          nodes { organization { shortName } majority tally { for against abstention } }
          undecidedCount
        }
      }`,
      answer: {
        voteCounts: {
          nodes: [
            { organization: { shortName: 'ID' }, majority: 'AGAINST', tally: { for: 28, against: 30, abstention: 10 } },
          ],
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'In which groups did nobody vote against?',
      question: '{ voteCounts(where: { tally: { against: { eq: 0 } } }) { nodes { id } } }',
      answer: {
        voteCounts: {
          nodes: [
            { id: 'ep-vote:139038/ep-group:ECR' },
            { id: 'ep-vote:139038/ep-group:EPP' },
            { id: 'ep-vote:139038/ep-group:RENEW' },
            { id: 'ep-vote:139038/ep-group:SD' },
          ],
        },
      },
    },
    {
      asks: 'In which groups did everybody vote?',
      question: `{
        voteCounts(where: { tally: { didNotVote: { eq: 0 } } }) {
          nodes { organization { name } tally { voting } }
        }
      }`,
      answer: {
        voteCounts: {
          nodes: [{ organization: { name: 'The Left in the European Parliament – GUE/NGL' }, tally: { voting: 39 } }],
        },
      },
    },
    {
      asks: 'Which bodies are intergovernmental?',
      question: '{ organizations(where: { kind: { eq: INTERGOVERNMENTAL } }) { nodes { name } } }',
      answer: {
        organizations: {
          nodes: [
            { name: 'Council of the European Union' },
            { name: 'European Union' },
            { name: 'Organization for Security and Co-operation in Europe' },
            { name: 'United Nations' },
          ],
        },
      },
    },
    {
      asks: 'Which media and agencies come into the story?',
      question: '{ organizations(where: { kind: { in: [MEDIA, AGENCY] } }) { nodes { id kind } } }',
      answer: {
        organizations: {
          nodes: [
            { id: 'org:eeas', kind: 'AGENCY' },
            { id: 'org:kaztag', kind: 'MEDIA' },
            { id: 'org:perlid', kind: 'MEDIA' },
          ],
        },
      },
    },
    {
      asks: 'Which city is in the graph?',
      question: '{ places(where: { kind: { eq: CITY } }) { nodes { id name kind } totalCount } }',
      answer: { places: { nodes: [{ id: 'place:almaty', name: 'Almaty', kind: 'CITY' }], totalCount: 1 } },
    },
    {
      asks: 'Which country has the code KAZ?',
      question: '{ places(where: { isoAlpha3: { eq: "KAZ" } }) { nodes { id } totalCount undecidedCount } }',
      answer: { places: { nodes: [{ id: 'iso:KZ' }], totalCount: 1, undecidedCount: 1 } },
    },
    {
      asks: 'Which motions are joint ones?',
      question: '{ motions(where: { kind: { eq: JOINT_MOTION } }) { nodes { reference kind } } }',
      answer: { motions: { nodes: [{ reference: 'RC-B9-0065/2022', kind: 'JOINT_MOTION' }] } },
    },
    {
      asks: 'Which motions have one of these references?',
      question: 'query ($these: [String!]) { motions(where: { reference: { in: $these } }) { nodes { id } } }',
      variables: { these: ['B9-0079/2022', 'B9-0072/2022', 'B9-9999/2022'] },
      answer: { motions: { nodes: [{ id: 'ep-doc:B9-0072/2022' }, { id: 'ep-doc:B9-0079/2022' }] } },
    },
    {
      asks: 'Which demands ask to consult?',
      question:
        '{ demands(where: { action: { eq: CONSULT } }) { nodes { position action } totalCount undecidedCount } }',
      answer: {
        demands: {
          nodes: [
            { position: 4, action: 'CONSULT' },
            { position: 5, action: 'CONSULT' },
          ],
          totalCount: 2,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Which demand is of no kind that PLOVER knows?',
      question: '{ demands(where: { action: { known: false } }) { nodes { position action text } } }',
      answer: {
        demands: {
          nodes: [
            { position: 3, action: null, text: 'Put respect for human rights first in all work with Kazakhstan.' },
          ],
        },
      },
    },
    {
      asks: 'Which of the last demands are confirmed?',
      question: '{ demands(where: { position: { gte: 8 }, status: { eq: CONFIRMED } }) { nodes { position } } }',
      answer: { demands: { nodes: [{ position: 8 }, { position: 9 }] } },
    },
    {
      asks: 'Is any demand a draft or withdrawn?',
      question: '{ demands(where: { status: { in: [DRAFT, RETRACTED] } }) { totalCount undecidedCount } }',
      answer: { demands: { totalCount: 0, undecidedCount: 0 } },
    },
    {
      asks: 'Which claims count the dead?',
      question: '{ claims(where: { property: { eq: DEATHS } }) { nodes { value unit status } } }',
      answer: { claims: { nodes: [{ value: 225, unit: 'people', status: 'OPEN' }] } },
    },
    {
      asks: 'Which claims state more than a thousand?',
      question: '{ claims(where: { value: { gt: 1000 } }) { nodes { property value } } }',
      answer: { claims: { nodes: [{ property: 'VICTIMS', value: 4578 }] } },
    },
    {
      asks: 'Which events are protests that a person recorded?',
      question: '{ events(where: { type: { eq: PROTEST }, coding: { eq: BY_HAND } }) { nodes { name } } }',
      answer: { events: { nodes: [{ name: 'Protests in Kazakhstan, January 2022' }] } },
    },
    {
      asks: 'Which sources are no data sets?',
      question: '{ sources(where: { not: { kind: { eq: DATA_SET } } }) { totalCount undecidedCount } }',
      answer: { sources: { totalCount: 4, undecidedCount: 0 } },
    },
    {
      asks: 'Which of four records are ballots that there are?',
      question: `{
        voteEvents(
          where: { id: { in: ["ep-vote:139038", "ep-vote:139007", "ep-vote:1", "iso:KZ"] } }
          orderBy: [ID_ASC]
        ) { nodes { id } totalCount }
      }`,
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139007' }, { id: 'ep-vote:139038' }], totalCount: 2 } },
    },
    {
      asks: 'Is the ballot found under another spelling of its id?',
      question: '{ voteEvents(where: { id: { eq: "EP-VOTE:139038" } }) { nodes { id } } }',
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139038' }] } },
    },
    {
      asks: 'Which ballots are in an empty selection?',
      question: '{ voteEvents(where: { id: { in: [] } }) { totalCount undecidedCount nodes { id } } }',
      answer: { voteEvents: { totalCount: 0, undecidedCount: 0, nodes: [] } },
    },
    {
      asks: 'Which ballots are both above 600 and below 30 votes for and against?',
      question: `{
        voteEvents(where: { tally: { for: { gt: 600 }, against: { lt: 30 } } }) {
          nodes { id tally { for against } }
        }
      }`,
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139022', tally: { for: 623, against: 17 } }] } },
    },
    {
      asks: 'Which ballots were either close or nearly unanimous?',
      question: `{
        voteEvents(
          where: { or: [{ margin: { lt: 50 } }, { margin: { gt: 600 } }] }
          orderBy: [MARGIN_ASC]
        ) { nodes { id margin } }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139007', margin: 32 },
            { id: 'ep-vote:139022', margin: 606 },
          ],
        },
      },
    },
    {
      asks: 'Which ballots were neither main nor with more votes for?',
      question: `{
        voteEvents(
          where: { not: { or: [{ isMain: { eq: true } }, { moreForThanAgainst: { eq: true } }] } }
          orderBy: [ID_ASC]
        ) { nodes { id } undecidedCount }
      }`,
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139007' }, { id: 'ep-vote:139008' }], undecidedCount: 0 } },
    },
    {
      asks: 'Does "all of nothing" hold, and "any of nothing" not?',
      question: `{
        all: voteEvents(where: { and: [] }) { totalCount }
        any: voteEvents(where: { or: [] }) { totalCount undecidedCount }
      }`,
      answer: { all: { totalCount: 5 }, any: { totalCount: 0, undecidedCount: 0 } },
    },
    {
      asks: 'Which ballots does an empty filter give?',
      question: '{ voteEvents(where: {}) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 5, undecidedCount: 0 } },
    },
    {
      asks: 'Which ballots does no filter give, when the variable is left out?',
      question: `query ($option: VoteOption) {
        voteEvents(where: { majority: { eq: $option } }) { totalCount undecidedCount }
      }`,
      answer: { voteEvents: { totalCount: 5, undecidedCount: 0 } },
    },
    {
      asks: 'And which when it is given?',
      question: `query ($option: VoteOption) {
        voteEvents(where: { majority: { eq: $option } }) { totalCount undecidedCount }
      }`,
      variables: { option: 'AGAINST' },
      answer: { voteEvents: { totalCount: 2, undecidedCount: 0 } },
    },
    {
      asks: 'Which ballots does a filter that is null narrow to?',
      question: 'query ($where: VoteEventWhere) { voteEvents(where: $where) { totalCount } }',
      variables: { where: null },
      answer: { voteEvents: { totalCount: 5 } },
    },
    {
      asks: 'Which ballots changed in 2026, and before an hour in another time zone?',
      question: `{
        voteEvents(where: { updatedAt: { gte: "2026-01-01T00:00:00Z", lt: "2027-01-01T00:00:00Z" } }) {
          totalCount
        }
        earlier: voteEvents(where: { updatedAt: { lt: "2026-01-01T12:59:59+01:00" } }) { totalCount }
      }`,
      answer: { voteEvents: { totalCount: 5 }, earlier: { totalCount: 0 } },
    },
  ],
  made: [
    {
      asks: 'Which ballots were taken in secret, or by show of hands?',
      question: `{
        voteEvents(where: { method: { in: [SECRET, SHOW_OF_HANDS] } }, orderBy: [ID_ASC]) {
          nodes { id method result tally { for against } }
          undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'assembly-vote:3', method: 'SHOW_OF_HANDS', result: 'LAPSED', tally: null },
            { id: 'assembly-vote:4', method: 'SECRET', result: 'WITHDRAWN', tally: { for: 4, against: null } },
          ],
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'Which ballots lapsed, or were withdrawn?',
      question: `{
        voteEvents(where: { result: { in: [LAPSED, WITHDRAWN] } }, orderBy: [ID_ASC]) {
          nodes { id result }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'assembly-vote:3', result: 'LAPSED' },
            { id: 'assembly-vote:4', result: 'WITHDRAWN' },
          ],
          totalCount: 2,
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'Which ballot was tied?',
      question: `{
        voteEvents(where: { margin: { eq: 0 } }) {
          nodes { id majority moreForThanAgainst }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [{ id: 'assembly-vote:2', majority: null, moreForThanAgainst: false }],
          totalCount: 1,
          undecidedCount: 2,
        },
      },
    },
    {
      asks: 'Of which ballots are the totals known in part?',
      question: `{
        voteEvents(where: { tally: { known: true, against: { known: false } } }) {
          nodes { id tally { for against abstention voting didNotVote } majority margin }
        }
        none: voteEvents(where: { tally: { known: false } }) { nodes { id } }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            {
              id: 'assembly-vote:4',
              tally: { for: 4, against: null, abstention: null, voting: null, didNotVote: null },
              majority: null,
              margin: null,
            },
          ],
        },
        none: { nodes: [{ id: 'assembly-vote:3' }] },
      },
    },
    {
      asks: 'Which claims are no longer open?',
      question: `{
        claims(where: { status: { in: [SUPERSEDED, RETRACTED] } }, orderBy: [ID_ASC]) {
          nodes { id status value }
        }
      }`,
      answer: {
        claims: {
          nodes: [
            { id: 'claim:flood-1', status: 'SUPERSEDED', value: 12 },
            { id: 'claim:march-1', status: 'RETRACTED', value: 0.5 },
          ],
        },
      },
    },
    {
      asks: 'Which claims state half, or between 12 and 15?',
      question: `{
        claims(where: { or: [{ value: { eq: 0.5 } }, { value: { gte: 12, lt: 15 } }] }, orderBy: [ID_ASC]) {
          nodes { id value unit }
          totalCount undecidedCount
        }
      }`,
      answer: {
        claims: {
          nodes: [
            { id: 'claim:flood-1', value: 12, unit: 'people' },
            { id: 'claim:march-1', value: 0.5, unit: 'thousand people' },
          ],
          totalCount: 2,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Which claims give a range that ends above 60?',
      question: '{ claims(where: { high: { gt: 60 } }) { nodes { id low high value } totalCount undecidedCount } }',
      answer: {
        claims: {
          nodes: [{ id: 'claim:flood-3', low: 40, high: 60.5, value: null }],
          totalCount: 1,
          undecidedCount: 3,
        },
      },
    },
    {
      asks: 'Which claims are not counted in people?',
      question: '{ claims(where: { not: { unit: { eq: "people" } } }) { nodes { id unit } } }',
      answer: { claims: { nodes: [{ id: 'claim:march-1', unit: 'thousand people' }] } },
    },
    {
      asks: 'Which demands were answered, and which withdrawn?',
      question: `{
        answered: demands(where: { responseCount: { gte: 1 } }) {
          nodes { position responses { nodes { id } } }
        }
        withdrawn: demands(where: { status: { eq: RETRACTED } }) { nodes { position } }
      }`,
      answer: {
        answered: { nodes: [{ position: 1, responses: { nodes: [{ id: 'event:works' }] } }] },
        withdrawn: { nodes: [{ position: 3 }] },
      },
    },
    {
      asks: 'Which amendments have a number that says they are a part?',
      question: '{ amendments(where: { number: { in: ["1/1", "1/2"] } }) { nodes { id } totalCount } }',
      answer: {
        amendments: { nodes: [{ id: 'assembly-doc:1#am-1/1' }, { id: 'assembly-doc:1#am-1/2' }], totalCount: 2 },
      },
    },
    {
      asks: 'Which subjects are of a scheme of their own?',
      question: `{
        subjects(
          where: { scheme: { eq: OTHER }, schemeName: { eq: "Subjects of the Synthetic Assembly" } }
        ) { nodes { code name } }
      }`,
      answer: { subjects: { nodes: [{ code: '7', name: 'Dikes' }] } },
    },
    {
      asks: 'Of which place and body is the kind not known?',
      question: `{
        places(where: { kind: { known: false } }) { nodes { id } }
        organizations(where: { kind: { known: false } }) { nodes { id } }
        not: organizations(where: { not: { kind: { in: [POLITICAL_GROUP, COMMITTEE] } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: {
        places: { nodes: [{ id: 'place:nowhere' }] },
        organizations: { nodes: [{ id: 'org:circle' }] },
        not: { totalCount: 3, undecidedCount: 1 },
      },
    },
  ],
  real: [
    {
      asks: 'Which ballots failed by fewer than twenty votes, or passed by as few?',
      question: `{
        voteEvents(where: { margin: { lt: 20 } }, orderBy: [MARGIN_ASC]) {
          nodes { id margin tally { for against } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:153079', margin: 13, tally: { for: 232, against: 219 } },
            { id: 'ep-vote:165173', margin: 18, tally: { for: 150, against: 168 } },
          ],
          totalCount: 2,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Which requests on the agenda of 26 February 2024 were rejected?',
      question: `{
        voteEvents(where: { date: { eq: "2024-02-26" }, result: { eq: REJECTED } }, orderBy: [ID_ASC]) {
          nodes { id tally { for against } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:165172', tally: { for: 137, against: 173 } },
            { id: 'ep-vote:165173', tally: { for: 150, against: 168 } },
            { id: 'ep-vote:165177', tally: { for: 120, against: 187 } },
          ],
          totalCount: 3,
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'In which ballots did more than 100 members abstain and more vote against than for?',
      question: `{
        voteEvents(
          where: { tally: { abstention: { gt: 100 } }, majority: { eq: AGAINST } }
          orderBy: [ID_ASC]
        ) { nodes { id tally { abstention } } }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139008', tally: { abstention: 122 } },
            { id: 'ep-vote:152409', tally: { abstention: 139 } },
          ],
        },
      },
    },
    {
      asks: 'In which ballots did nobody vote against?',
      question: '{ voteEvents(where: { tally: { against: { eq: 0 } } }) { nodes { id title description } } }',
      answer: {
        voteEvents: {
          nodes: [
            {
              id: 'ep-vote:153070',
              title: 'One year of Russia’s invasion and war of aggression against Ukraine',
              description: '§ 13/1',
            },
          ],
        },
      },
    },
    {
      asks: 'Which tallies of groups have no majority?',
      question: `{
        voteCounts(where: { majority: { known: false } }, orderBy: [ID_ASC]) {
          nodes { id tally { for against abstention } }
          totalCount
        }
      }`,
      answer: {
        voteCounts: {
          nodes: [
            { id: 'ep-vote:156440/ep-group:NI', tally: { for: 7, against: 9, abstention: 9 } },
            { id: 'ep-vote:159025/ep-group:NI', tally: { for: 18, against: 18, abstention: 3 } },
            { id: 'ep-vote:163072/ep-group:ID', tally: { for: 20, against: 9, abstention: 20 } },
          ],
          totalCount: 3,
        },
      },
    },
    {
      asks: 'In which groups did most abstain?',
      question: `{
        voteCounts(where: { majority: { eq: ABSTENTION } }, orderBy: [ID_ASC]) {
          totalCount
          nodes { id tally { for against abstention } }
        }
      }`,
      answer: {
        voteCounts: {
          totalCount: 16,
          nodes: [
            { id: 'ep-vote:153081/ep-group:NI', tally: { for: 4, against: 5, abstention: 10 } },
            { id: 'ep-vote:156440/ep-group:ID', tally: { for: 16, against: 14, abstention: 18 } },
            { id: 'ep-vote:159025/ep-group:ECR', tally: { for: 23, against: 0, abstention: 34 } },
            { id: 'ep-vote:162983/ep-group:ECR', tally: { for: 0, against: 19, abstention: 38 } },
            { id: 'ep-vote:162983/ep-group:GREEN_EFA', tally: { for: 0, against: 1, abstention: 62 } },
            { id: 'ep-vote:162984/ep-group:ECR', tally: { for: 1, against: 11, abstention: 45 } },
            { id: 'ep-vote:162984/ep-group:ID', tally: { for: 16, against: 3, abstention: 33 } },
            { id: 'ep-vote:163025/ep-group:ID', tally: { for: 0, against: 1, abstention: 48 } },
            { id: 'ep-vote:163038/ep-group:GUE_NGL', tally: { for: 2, against: 13, abstention: 19 } },
            { id: 'ep-vote:163038/ep-group:ID', tally: { for: 0, against: 16, abstention: 35 } },
            { id: 'ep-vote:163038/ep-group:NI', tally: { for: 17, against: 4, abstention: 22 } },
            { id: 'ep-vote:163072/ep-group:GUE_NGL', tally: { for: 7, against: 0, abstention: 26 } },
            { id: 'ep-vote:163099/ep-group:ECR', tally: { for: 19, against: 15, abstention: 23 } },
            { id: 'ep-vote:163120/ep-group:ID', tally: { for: 20, against: 3, abstention: 27 } },
            { id: 'ep-vote:163120/ep-group:SD', tally: { for: 1, against: 13, abstention: 105 } },
            { id: 'ep-vote:164536/ep-group:ID', tally: { for: 15, against: 13, abstention: 21 } },
          ],
        },
      },
    },
    {
      asks: 'Which subjects are of the Legislative Observatory, and which of EuroVoc?',
      question: `{
        oeil: subjects(where: { scheme: { eq: OEIL } }) { totalCount }
        eurovoc: subjects(where: { scheme: { eq: EUROVOC } }) { totalCount }
        code: subjects(where: { code: { in: ["616", "6.10.04"] } }) { nodes { id name } }
      }`,
      answer: {
        oeil: { totalCount: 39 },
        eurovoc: { totalCount: 69 },
        code: {
          nodes: [
            { id: 'eurovoc:616', name: 'exchange of information' },
            { id: 'oeil:6.10.04', name: 'Third-country political situation, local and regional conflicts' },
          ],
        },
      },
    },
    {
      asks: 'Which procedures are of the ordinary legislative kind?',
      question: '{ procedures(where: { type: { eq: "COD" } }, orderBy: [REFERENCE_ASC]) { nodes { reference } } }',
      answer: {
        procedures: {
          nodes: [
            { reference: '2021/0384(COD)' },
            { reference: '2021/0385(COD)' },
            { reference: '2022/0099(COD)' },
            { reference: '2022/0100(COD)' },
            { reference: '2022/0195(COD)' },
            { reference: '2022/0304(COD)' },
            { reference: '2023/0051(COD)' },
            { reference: '2023/0200(COD)' },
          ],
        },
      },
    },
    {
      asks: 'Which paragraph is number 8 of the joint motion?',
      question: `{
        paragraphs(where: { kind: { eq: PARAGRAPH }, number: { eq: "8" } }) {
          nodes { id position language demands { totalCount } }
        }
      }`,
      answer: {
        paragraphs: {
          nodes: [{ id: 'ep-doc:RC-B10-0249/2025#p8', position: 11, language: 'en', demands: { totalCount: 1 } }],
        },
      },
    },
    {
      asks: 'Which recitals stand before the paragraphs?',
      question: `{
        paragraphs(where: { kind: { eq: RECITAL }, position: { lte: 3 } }, orderBy: [POSITION_ASC]) {
          nodes { number position }
        }
      }`,
      answer: {
        paragraphs: {
          nodes: [
            { number: 'A', position: 1 },
            { number: 'B', position: 2 },
            { number: 'C', position: 3 },
          ],
        },
      },
    },
    {
      asks: 'Which demands did a rule find that nobody has confirmed?',
      question: `{
        demands(where: { status: { eq: DRAFT } }, orderBy: [POSITION_ASC]) {
          totalCount
          nodes { paragraph { number } addressees { nodes { id } } }
        }
      }`,
      answer: {
        demands: {
          totalCount: 5,
          nodes: [
            { paragraph: { number: '2' }, addressees: { nodes: [{ id: 'org:european-union' }] } },
            { paragraph: { number: '3' }, addressees: { nodes: [{ id: 'org:government-of-russia' }] } },
            { paragraph: { number: '4' }, addressees: { nodes: [{ id: 'org:government-of-russia' }] } },
            {
              paragraph: { number: '6' },
              addressees: {
                nodes: [
                  { id: 'org:european-union' },
                  { id: 'org:government-of-the-united-states' },
                  { id: 'org:international-community' },
                ],
              },
            },
            { paragraph: { number: '8' }, addressees: { nodes: [{ id: 'org:international-community' }] } },
          ],
        },
      },
    },
  ],
}
