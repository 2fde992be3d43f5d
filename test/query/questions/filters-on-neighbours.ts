import type { Questions } from './question.js'

export const filtersOnNeighbours: Questions = {
  seed: [
    {
      asks: 'Which bodies are part of the European Union?',
      question: `{
        organizations(where: { partOf: { id: { eq: "org:european-union" } } }) {
          nodes { name }
          totalCount undecidedCount
        }
      }`,
      answer: {
        organizations: {
          nodes: [
            { name: 'Council of the European Union' },
            { name: 'European External Action Service' },
            { name: 'Institutions of the European Union' },
          ],
          totalCount: 3,
          undecidedCount: 8,
        },
      },
    },
    {
      asks: 'Which bodies are part of no other, as far as is known?',
      question:
        '{ organizations(where: { partOf: { known: false } }, orderBy: [ID_ASC]) { nodes { id } undecidedCount } }',
      answer: {
        organizations: {
          nodes: [
            { id: 'org:european-parliament' },
            { id: 'org:european-union' },
            { id: 'org:government-of-kazakhstan' },
            { id: 'org:international-community' },
            { id: 'org:kaztag' },
            { id: 'org:osce' },
            { id: 'org:perlid' },
            { id: 'org:united-nations' },
          ],
          undecidedCount: 0,
        },
      },
    },
    {
      asks: 'Which body has a jurisdiction in Kazakhstan?',
      question: '{ organizations(where: { jurisdiction: { isoAlpha2: { eq: "KZ" } } }) { nodes { id } } }',
      answer: { organizations: { nodes: [{ id: 'org:government-of-kazakhstan' }] } },
    },
    {
      asks: 'Which bodies have parts?',
      question: '{ organizations(where: { parts: { some: {} } }) { nodes { id parts { totalCount } } } }',
      answer: {
        organizations: {
          nodes: [
            { id: 'org:european-parliament', parts: { totalCount: 8 } },
            { id: 'org:european-union', parts: { totalCount: 3 } },
          ],
        },
      },
    },
    {
      asks: 'Which bodies have more than three parts?',
      question: '{ organizations(where: { parts: { count: { gt: 3 } } }) { nodes { id } } }',
      answer: { organizations: { nodes: [{ id: 'org:european-parliament' }] } },
    },
    {
      asks: 'Which groups tabled a joint motion?',
      question: `{
        organizations(
          where: { tabled: { some: { type: { eq: Motion }, reference: { eq: "RC-B9-0065/2022" } } } }
        ) { nodes { shortName } }
      }`,
      answer: {
        organizations: {
          nodes: [
            { shortName: 'ECR' },
            { shortName: 'EPP' },
            { shortName: 'Greens/EFA' },
            { shortName: 'S&D' },
            { shortName: 'Renew' },
          ],
        },
      },
    },
    {
      asks: 'Which political groups tabled nothing?',
      question:
        '{ organizations(where: { kind: { eq: POLITICAL_GROUP }, tabled: { none: {} } }) { nodes { shortName } } }',
      answer: {
        organizations: { nodes: [{ shortName: 'ID' }, { shortName: 'Non-attached' }, { shortName: 'GUE/NGL' }] },
      },
    },
    {
      asks: 'Which demands are addressed to the government of Kazakhstan?',
      question: `{
        demands(where: { addressees: { some: { id: { eq: "org:government-of-kazakhstan" } } } }) {
          nodes { position }
          totalCount
        }
      }`,
      answer: {
        demands: {
          nodes: [{ position: 5 }, { position: 6 }, { position: 7 }, { position: 8 }, { position: 9 }],
          totalCount: 5,
        },
      },
    },
    {
      asks: 'Which demands have two addressees?',
      question: `{
        demands(where: { addressees: { count: { eq: 2 } } }) {
          nodes { position addressees { nodes { name } } }
        }
      }`,
      answer: {
        demands: {
          nodes: [
            { position: 2, addressees: { nodes: [{ name: 'European Union' }, { name: 'International community' }] } },
          ],
        },
      },
    },
    {
      asks: 'Which demands involve an office?',
      question: `{
        demands(where: { involves: { some: { type: { eq: Office } } } }) {
          nodes { position involves { nodes { id } } }
        }
      }`,
      answer: {
        demands: {
          nodes: [{ position: 4, involves: { nodes: [{ id: 'office:eusr-central-asia' }, { id: 'office:vp-hr' }] } }],
        },
      },
    },
    {
      asks: 'Which demands go to bodies that all have "European" in their name?',
      question: `{
        demands(where: { addressees: { every: { name: { contains: "european" } } } }) {
          nodes { position addressees { nodes { name } } }
        }
      }`,
      answer: {
        demands: {
          nodes: [
            { position: 1, addressees: { nodes: [{ name: 'Council of the European Union' }] } },
            { position: 3, addressees: { nodes: [{ name: 'Institutions of the European Union' }] } },
            { position: 4, addressees: { nodes: [{ name: 'European External Action Service' }] } },
          ],
        },
      },
    },
    {
      asks: 'Which demands to the Council have had no response that is known?',
      question: `{
        demands(
          where: {
            addressees: { some: { id: { eq: "org:council-of-the-eu" } } }
            responses: { none: {} }
          }
        ) { totalCount nodes { document { reference title } } }
      }`,
      answer: {
        demands: {
          totalCount: 1,
          nodes: [{ document: { reference: 'P9_TA(2022)0012', title: 'Situation in Kazakhstan' } }],
        },
      },
    },
    {
      asks: 'In which ballots did the ECR vote mostly for?',
      question: `{
        voteEvents(
          where: {
            counts: { some: { organization: { id: { eq: "ep-group:ECR" } }, majority: { eq: FOR } } }
          }
        ) { totalCount undecidedCount nodes { id } }
      }`,
      answer: { voteEvents: { totalCount: 1, undecidedCount: 4, nodes: [{ id: 'ep-vote:139038' }] } },
    },
    {
      asks: 'In which ballots was each group mostly for?',
      question: '{ voteEvents(where: { counts: { every: { majority: { eq: FOR } } } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 0, undecidedCount: 4 } },
    },
    {
      asks: 'In which ballots did no group lose a member to the other side?',
      question: `{
        voteEvents(where: { counts: { none: { tally: { against: { gt: 0 } } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { voteEvents: { totalCount: 0, undecidedCount: 4 } },
    },
    {
      asks: 'Which ballots have tallies of eight groups?',
      question: '{ voteEvents(where: { counts: { count: { eq: 8 } } }) { nodes { id } undecidedCount } }',
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139038' }], undecidedCount: 4 } },
    },
    {
      asks: 'Of which ballots are votes of members on record?',
      question: '{ voteEvents(where: { votes: { count: { gt: 0 } } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 0, undecidedCount: 5 } },
    },
    {
      asks: 'Which motions were replaced by a joint one?',
      question: '{ motions(where: { replacedBy: { some: { kind: { eq: JOINT_MOTION } } } }) { nodes { reference } } }',
      answer: {
        motions: {
          nodes: [
            { reference: 'B9-0065/2022' },
            { reference: 'B9-0072/2022' },
            { reference: 'B9-0074/2022' },
            { reference: 'B9-0077/2022' },
            { reference: 'B9-0079/2022' },
          ],
        },
      },
    },
    {
      asks: 'Which motions were tabled by the S&D alone?',
      question: `{
        motions(where: { tabledBy: { every: { id: { eq: "ep-group:SD" } }, count: { eq: 1 } } }) {
          nodes { reference tabledBy { nodes { name } } }
        }
      }`,
      answer: {
        motions: {
          nodes: [
            {
              reference: 'B9-0074/2022',
              tabledBy: { nodes: [{ name: 'Progressive Alliance of Socialists and Democrats' }] },
            },
          ],
        },
      },
    },
    {
      asks: 'Which texts were tabled by each of two groups?',
      question: `{
        motions(
          where: {
            and: [
              { tabledBy: { some: { id: { eq: "ep-group:ECR" } } } }
              { tabledBy: { some: { id: { eq: "ep-group:SD" } } } }
            ]
          }
        ) { nodes { reference } }
      }`,
      answer: { motions: { nodes: [{ reference: 'RC-B9-0065/2022' }] } },
    },
    {
      asks: 'Which resolution was adopted from a motion of the Greens?',
      question: `{
        resolutions(
          where: { motions: { some: { tabledBy: { some: { id: { eq: "ep-group:GREEN_EFA" } } } } } }
        ) { nodes { reference } }
      }`,
      answer: { resolutions: { nodes: [{ reference: 'P9_TA(2022)0012' }] } },
    },
    {
      asks: 'Which resolutions were finally adopted with more than 580 votes?',
      question: `{
        resolutions(where: { finalVote: { tally: { for: { gt: 580 } } } }) {
          nodes { reference finalVote { tally { for } } }
        }
      }`,
      answer: { resolutions: { nodes: [{ reference: 'P9_TA(2022)0012', finalVote: { tally: { for: 589 } } }] } },
    },
    {
      asks: 'Which events did people die in, by some claim?',
      question: '{ events(where: { claims: { some: { property: { eq: DEATHS } } } }) { nodes { id } } }',
      answer: { events: { nodes: [{ id: 'event:kazakhstan-protests-2022' }] } },
    },
    {
      asks: 'Which claims come from a source that cites another?',
      question: '{ claims(where: { source: { cites: { some: {} } } }) { totalCount } }',
      answer: { claims: { totalCount: 2 } },
    },
    {
      asks: 'Which places lie in another?',
      question: '{ places(where: { partOf: { known: true } }) { nodes { name partOf { name } } } }',
      answer: { places: { nodes: [{ name: 'Almaty', partOf: { name: 'Kazakhstan' } }] } },
    },
    {
      asks: 'Which places do ballots speak of?',
      question: '{ places(where: { voteEvents: { count: { gte: 1 } } }) { nodes { id voteEvents { totalCount } } } }',
      answer: { places: { nodes: [{ id: 'iso:KZ', voteEvents: { totalCount: 5 } }] } },
    },
    {
      asks: 'Which persons hold an office of the Union?',
      question: `{
        persons(where: { offices: { some: { organization: { id: { eq: "org:european-union" } } } } }) {
          nodes { name }
        }
      }`,
      answer: { persons: { nodes: [{ name: 'Josep Borrell' }] } },
    },
    {
      asks: 'Which offices has nobody held, as far as is known?',
      question: '{ offices(where: { holders: { none: {} } }) { nodes { id } } }',
      answer: { offices: { nodes: [{ id: 'office:eusr-central-asia' }] } },
    },
    {
      asks: 'Which publishers published on 21 January 2022?',
      question: `{
        organizations(where: { publications: { some: { published: { eq: "2022-01-21" } } } }) {
          nodes { name }
          totalCount undecidedCount
        }
      }`,
      answer: { organizations: { nodes: [{ name: 'KazTAG' }], totalCount: 1, undecidedCount: 2 } },
    },
    {
      asks: 'Which ballots were on a joint motion?',
      question: '{ voteEvents(where: { on: { reference: { eq: "RC-B9-0065/2022" } } }) { totalCount } }',
      answer: { voteEvents: { totalCount: 5 } },
    },
    {
      asks: 'Which records does the procedure 2022/2505 hold together?',
      question: `{
        procedures(where: { documents: { count: { eq: 7 } }, voteEvents: { count: { eq: 5 } } }) {
          nodes { reference type }
        }
      }`,
      answer: { procedures: { nodes: [{ reference: '2022/2505(RSP)', type: 'RSP' }] } },
    },
  ],
  made: [
    {
      asks: 'Which amendments are parts of another, and which have parts?',
      question: `{
        parts: amendments(where: { partOf: { number: { eq: "1" } } }, orderBy: [ID_ASC]) {
          nodes { number }
          undecidedCount
        }
        whole: amendments(where: { parts: { count: { eq: 2 } } }) { nodes { number } }
      }`,
      answer: {
        parts: { nodes: [{ number: '1/1' }, { number: '1/2' }], undecidedCount: 1 },
        whole: { nodes: [{ number: '1' }] },
      },
    },
    {
      asks: 'Which ballots were on a part of an amendment?',
      question: `{
        voteEvents(where: { on: { type: { eq: Amendment } } }, orderBy: [ID_ASC]) {
          nodes { id on { id } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'assembly-vote:2', on: { id: 'assembly-doc:1#am-1/1' } },
            { id: 'assembly-vote:3', on: { id: 'assembly-doc:1#am-1/2' } },
          ],
          totalCount: 2,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Which motions have amendments that were voted on in part?',
      question: `{
        motions(where: { amendments: { some: { voteEvents: { some: { result: { eq: LAPSED } } } } } }) {
          nodes { id }
        }
      }`,
      answer: { motions: { nodes: [{ id: 'assembly-doc:1' }] } },
    },
    {
      asks: 'In which ballots did each country with a tally have a majority for?',
      question: `{
        voteEvents(where: { counts: { every: { majority: { eq: FOR } } } }) { totalCount undecidedCount }
        lowland: voteEvents(
          where: { counts: { some: { country: { name: { eq: "Lowland" } }, majority: { eq: FOR } } } }
        ) { totalCount undecidedCount nodes { id } }
      }`,
      answer: {
        voteEvents: { totalCount: 0, undecidedCount: 2 },
        lowland: { totalCount: 1, undecidedCount: 3, nodes: [{ id: 'assembly-vote:2' }] },
      },
    },
    {
      asks: 'Which members sat with the Blues, now or earlier?',
      question: `{
        persons(where: { memberships: { some: { name: { contains: "blues" } } } }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: { persons: { nodes: [{ id: 'person:bo' }, { id: 'person:eve' }], totalCount: 2, undecidedCount: 0 } },
    },
    {
      asks: 'Which members sat in two bodies, and which in none?',
      question: `{
        two: persons(where: { memberships: { count: { gte: 2 } } }, orderBy: [ID_ASC]) { nodes { id } }
        none: persons(where: { memberships: { none: {} } }) { nodes { id } }
      }`,
      answer: { two: { nodes: [{ id: 'person:ada' }, { id: 'person:bo' }] }, none: { nodes: [{ id: 'person:di' }] } },
    },
    {
      asks: 'Who tabled something, and who worked on a procedure?',
      question: `{
        tabled: persons(where: { tabled: { some: {} } }, orderBy: [ID_ASC]) { nodes { id } }
        worked: persons(where: { procedures: { some: { stage: { eq: "FIRST" } } } }, orderBy: [ID_ASC]) {
          nodes { id }
        }
      }`,
      answer: {
        tabled: { nodes: [{ id: 'person:ada' }, { id: 'person:bo' }, { id: 'person:flo' }] },
        worked: { nodes: [{ id: 'person:ada' }, { id: 'person:bo' }] },
      },
    },
    {
      asks: 'Which claims were superseded, and by what figure?',
      question: `{
        claims(where: { supersededBy: { some: { value: { gt: 12 } } } }) {
          nodes { value supersededBy { nodes { value } } }
        }
        newer: claims(where: { supersedes: { known: true } }) { nodes { value supersedes { value } } }
      }`,
      answer: {
        claims: { nodes: [{ value: 12, supersededBy: { nodes: [{ value: 15 }] } }] },
        newer: { nodes: [{ value: 15, supersedes: { value: 12 } }] },
      },
    },
    {
      asks: 'Which claims does a person make, and which a body?',
      question: `{
        person: claims(where: { claimant: { type: { eq: Person } } }) { nodes { id } }
        agency: claims(where: { claimant: { id: { eq: "org:relief" } } }) { totalCount undecidedCount }
      }`,
      answer: { person: { nodes: [{ id: 'claim:march-1' }] }, agency: { totalCount: 2, undecidedCount: 0 } },
    },
    {
      asks: 'Which events answer a demand, and which had somebody take part?',
      question: `{
        answers: events(where: { answers: { some: { position: { eq: 1 } } } }) { nodes { id } }
        taken: events(
          where: { participants: { some: { name: { contains: "relief" } } } }
          orderBy: [ID_ASC]
        ) { nodes { id } }
      }`,
      answer: {
        answers: { nodes: [{ id: 'event:works' }] },
        taken: { nodes: [{ id: 'event:flood' }, { id: 'event:works' }] },
      },
    },
    {
      asks: 'Which events happened in a city that is known?',
      question: `{
        events(where: { places: { some: { kind: { eq: CITY } } } }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: { events: { nodes: [{ id: 'event:flood' }, { id: 'event:works' }], totalCount: 2, undecidedCount: 0 } },
    },
    {
      asks: 'Which places lie in a country, and which have a city?',
      question: `{
        cities: places(where: { partOf: { kind: { eq: COUNTRY } } }) { nodes { id } undecidedCount }
        countries: places(where: { parts: { some: { kind: { eq: CITY } } } }) { nodes { id } }
      }`,
      answer: {
        cities: { nodes: [{ id: 'place:dike-town' }], undecidedCount: 3 },
        countries: { nodes: [{ id: 'place:lowland' }] },
      },
    },
    {
      asks: 'Which bodies have offices that somebody held?',
      question: `{
        organizations(where: { offices: { some: { holders: { some: {} } } } }, orderBy: [ID_ASC]) {
          nodes { id }
        }
      }`,
      answer: { organizations: { nodes: [{ id: 'org:assembly' }, { id: 'org:ministry' }] } },
    },
    {
      asks: 'Which resolutions came of a proposal and a final ballot that was adopted, in a parliament?',
      question: `{
        resolutions(
          where: {
            finalVote: { result: { eq: ADOPTED } }
            adoptedBy: { kind: { eq: PARLIAMENT } }
            adoptedFrom: { kind: { eq: PROPOSAL } }
          }
        ) { nodes { reference finalVote { id } } }
      }`,
      answer: { resolutions: { nodes: [{ reference: 'SA/T1', finalVote: { id: 'assembly-vote:1' } }] } },
    },
  ],
  real: [
    {
      asks: 'In which ballots of 2023 on Ukraine did the ECR mostly abstain?',
      question: `{
        voteEvents(
          where: {
            date: { within: "2023" }
            title: { contains: "ukraine" }
            counts: {
              some: { organization: { id: { eq: "ep-group:ECR" } }, majority: { eq: ABSTENTION } }
            }
          }
          orderBy: [DATE_DESC]
        ) { totalCount undecidedCount nodes { id date title tally { for against abstention } } }
      }`,
      answer: {
        voteEvents: {
          totalCount: 1,
          undecidedCount: 54,
          nodes: [
            {
              id: 'ep-vote:159025',
              date: '2023-10-17',
              title: 'Establishing the Ukraine Facility',
              tally: { for: 512, against: 45, abstention: 63 },
            },
          ],
        },
      },
    },
    // Of 33 ballots with the word in their title no tallies are published; 21 more have no title.
    {
      asks: 'Of how many of those with a known title is it not known?',
      question: `{
        voteEvents(
          where: {
            date: { within: "2023" }
            title: { contains: "ukraine", known: true }
            counts: {
              some: { organization: { id: { eq: "ep-group:ECR" } }, majority: { eq: ABSTENTION } }
            }
          }
        ) { totalCount undecidedCount }
      }`,
      answer: { voteEvents: { totalCount: 1, undecidedCount: 33 } },
    },
    {
      asks: 'In which main ballots was the EPP against and the ballot won?',
      question: `{
        voteEvents(
          where: {
            isMain: { eq: true }
            majority: { eq: FOR }
            counts: { some: { organization: { id: { eq: "ep-group:EPP" } }, majority: { eq: AGAINST } } }
          }
        ) { totalCount undecidedCount nodes { id title } }
      }`,
      answer: {
        voteEvents: {
          totalCount: 1,
          undecidedCount: 1,
          nodes: [{ id: 'ep-vote:164499', title: 'Nature restoration' }],
        },
      },
    },
    {
      asks: 'In which ballots did both the Greens and the ID vote mostly against?',
      question: `{
        voteEvents(
          where: {
            and: [
              {
                counts: {
                  some: {
                    organization: { id: { eq: "ep-group:GREEN_EFA" } }
                    majority: { eq: AGAINST }
                  }
                }
              }
              {
                counts: {
                  some: { organization: { id: { eq: "ep-group:ID" } }, majority: { eq: AGAINST } }
                }
              }
            ]
          }
          orderBy: [ID_ASC]
        ) { totalCount undecidedCount nodes { id title } }
      }`,
      answer: { voteEvents: { totalCount: 0, undecidedCount: 76, nodes: [] } },
    },
    {
      asks: 'Which main ballots had every group for that had a majority?',
      question: `{
        voteEvents(
          where: { isMain: { eq: true }, counts: { none: { majority: { in: [AGAINST, ABSTENTION] } } } }
          orderBy: [ID_ASC]
        ) { totalCount undecidedCount nodes { id } }
      }`,
      answer: {
        voteEvents: {
          totalCount: 7,
          undecidedCount: 1,
          nodes: [
            { id: 'ep-vote:152245' },
            { id: 'ep-vote:154625' },
            { id: 'ep-vote:162976' },
            { id: 'ep-vote:162985' },
            { id: 'ep-vote:163052' },
            { id: 'ep-vote:163074' },
            { id: 'ep-vote:163075' },
          ],
        },
      },
    },
    {
      asks: 'Which places do more than ten ballots speak of?',
      question: `{
        places(where: { voteEvents: { count: { gt: 10 } } }, orderBy: [NAME_ASC]) {
          nodes { name voteEvents { totalCount } }
        }
      }`,
      answer: {
        places: {
          nodes: [
            { name: 'Russia', voteEvents: { totalCount: 16 } },
            { name: 'Ukraine', voteEvents: { totalCount: 40 } },
          ],
        },
      },
    },
    {
      asks: 'Which committees were responsible for a text with a main ballot lost or won by less than 100?',
      question: `{
        organizations(where: { kind: { eq: COMMITTEE } }, orderBy: [ID_ASC]) {
          totalCount
          nodes { id filedVoteEvents(where: { margin: { lt: 100 } }) { totalCount } }
        }
      }`,
      answer: {
        organizations: {
          totalCount: 9,
          nodes: [
            { id: 'ep-committee:AFET', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:BUDG', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:CULT', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:ECON', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:ENVI', filedVoteEvents: { totalCount: 1 } },
            { id: 'ep-committee:INTA', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:JURI', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:REGI', filedVoteEvents: { totalCount: 0 } },
            { id: 'ep-committee:TRAN', filedVoteEvents: { totalCount: 0 } },
          ],
        },
      },
    },
    {
      asks: 'How did the Estonians vote on nature restoration?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          votes(where: { country: { id: { eq: "iso:EE" } } }, orderBy: [SORT_NAME_ASC]) {
            edges { option againstGroup node { familyName } }
          }
        }
      }`,
      answer: {
        voteEvent: {
          votes: {
            edges: [
              { option: 'FOR', againstGroup: false, node: { familyName: 'ANSIP' } },
              { option: 'FOR', againstGroup: false, node: { familyName: 'KALJURAND' } },
              { option: 'AGAINST', againstGroup: false, node: { familyName: 'MADISON' } },
              { option: 'FOR', againstGroup: false, node: { familyName: 'MIKSER' } },
              { option: 'FOR', againstGroup: false, node: { familyName: 'PAET' } },
              { option: 'AGAINST', againstGroup: false, node: { familyName: 'TERRAS' } },
              { option: 'AGAINST', againstGroup: true, node: { familyName: 'TOOM' } },
            ],
          },
        },
      },
    },
    {
      asks: 'Who sat both in a group and with the non-attached?',
      question: `{
        persons(
          where: {
            and: [
              { memberships: { some: { id: { eq: "ep-group:NI" } } } }
              { memberships: { some: { not: { id: { eq: "ep-group:NI" } } } } }
            ]
          }
        ) { nodes { name memberships { nodes { shortName } } } }
      }`,
      answer: {
        persons: {
          nodes: [
            { name: 'Cyrus ENGERER', memberships: { nodes: [{ shortName: 'S&D' }, { shortName: 'Non-attached' }] } },
            {
              name: 'Fernand KARTHEISER',
              memberships: { nodes: [{ shortName: 'Non-attached' }, { shortName: 'ECR' }] },
            },
            {
              name: 'Dace MELBĀRDE',
              memberships: { nodes: [{ shortName: 'EPP' }, { shortName: 'Non-attached' }, { shortName: 'ECR' }] },
            },
            {
              name: 'Tatjana ŽDANOKA',
              memberships: { nodes: [{ shortName: 'Non-attached' }, { shortName: 'Greens/EFA' }] },
            },
          ],
        },
      },
    },
    {
      asks: 'Which Luxembourgers sat in the S&D, or the Greens?',
      question: `{
        persons(
          where: {
            country: { isoAlpha2: { eq: "LU" } }
            memberships: { some: { id: { in: ["ep-group:SD", "ep-group:GREEN_EFA"] } } }
          }
        ) { nodes { sortName } totalCount }
      }`,
      answer: {
        persons: {
          nodes: [{ sortName: 'ANGEL, Marc' }, { sortName: 'METZ, Tilly' }, { sortName: 'SCHMIT, Nicolas' }],
          totalCount: 3,
        },
      },
    },
    {
      asks: 'Which demands stand in a paragraph after the fifth?',
      question: `{
        demands(where: { paragraph: { position: { gt: 8 } } }) {
          totalCount undecidedCount
          nodes { paragraph { number } }
        }
      }`,
      answer: {
        demands: {
          totalCount: 2,
          undecidedCount: 9,
          nodes: [{ paragraph: { number: '6' } }, { paragraph: { number: '8' } }],
        },
      },
    },
    {
      asks: 'Which texts make demands that are drafts, and which only confirmed ones?',
      question: `{
        motions(where: { demands: { some: { status: { eq: DRAFT } } } }) {
          nodes { reference demands { totalCount } }
        }
        resolutions(where: { demands: { every: { status: { eq: CONFIRMED } }, some: {} } }) {
          nodes { reference }
        }
      }`,
      answer: {
        motions: { nodes: [{ reference: 'RC-B10-0249/2025', demands: { totalCount: 5 } }] },
        resolutions: { nodes: [{ reference: 'P9_TA(2022)0012' }] },
      },
    },
    {
      asks: 'On which text were the most ballots held?',
      question: `{
        motions(where: { voteEvents: { count: { gte: 10 } } }, orderBy: [ID_ASC]) {
          nodes { id voteEvents { totalCount } }
        }
      }`,
      answer: {
        motions: {
          nodes: [
            { id: 'ep-doc:B9-0664/2022', voteEvents: { totalCount: 21 } },
            { id: 'ep-doc:RC-B9-0126/2023', voteEvents: { totalCount: 13 } },
          ],
        },
      },
    },
    {
      asks: 'How many ballots about Russia are filed under conflicts of third countries?',
      question: `{
        voteEvents(
          where: {
            about: { some: { name: { eq: "Russia" } } }
            subjects: { some: { id: { eq: "oeil:6.10.04" } } }
          }
        ) { totalCount undecidedCount }
      }`,
      answer: { voteEvents: { totalCount: 16, undecidedCount: 0 } },
    },
  ],
}
