import type { Questions } from './question.js'

export const listsInLists: Questions = {
  seed: [
    {
      asks: 'How did the larger groups vote in the final ballot?',
      question: `{
        voteEvent(id: "ep-vote:139038") {
          counts(where: { tally: { voting: { gt: 90 } } }, orderBy: [ID_ASC]) {
            totalCount
            nodes { organization { shortName } tally { for against abstention voting } }
          }
        }
      }`,
      answer: {
        voteEvent: {
          counts: {
            totalCount: 3,
            nodes: [
              { organization: { shortName: 'EPP' }, tally: { for: 171, against: 0, abstention: 0, voting: 171 } },
              { organization: { shortName: 'Renew' }, tally: { for: 96, against: 0, abstention: 3, voting: 99 } },
              { organization: { shortName: 'S&D' }, tally: { for: 134, against: 0, abstention: 5, voting: 139 } },
            ],
          },
        },
      },
    },
    {
      asks: 'How did the groups vote that were split?',
      question: `{
        voteEvent(id: "ep-vote:139038") {
          counts(by: GROUP, where: { tally: { for: { gt: 0 }, against: { gt: 0 } } }, orderBy: [ID_ASC]) {
            nodes { organization { shortName } }
          }
        }
      }`,
      answer: {
        voteEvent: {
          counts: {
            nodes: [
              { organization: { shortName: 'Greens/EFA' } },
              { organization: { shortName: 'GUE/NGL' } },
              { organization: { shortName: 'ID' } },
              { organization: { shortName: 'Non-attached' } },
            ],
          },
        },
      },
    },
    {
      asks: "Which of the demands to Kazakhstan's government involve someone else?",
      question: `{
        organization(id: "org:government-of-kazakhstan") {
          demands(as: ADDRESSEE, where: { involves: { some: {} } }) {
            totalCount
            nodes { position involves { nodes { name } } }
          }
        }
      }`,
      answer: {
        organization: {
          demands: {
            totalCount: 1,
            nodes: [
              {
                position: 5,
                involves: {
                  nodes: [{ name: 'Organization for Security and Co-operation in Europe' }, { name: 'United Nations' }],
                },
              },
            ],
          },
        },
      },
    },
    {
      asks: 'Which motion did each group table on its own?',
      question: `{
        organizations(where: { kind: { eq: POLITICAL_GROUP } }, orderBy: [ID_ASC]) {
          nodes {
            id
            tabled(
              where: {
                reference: {
                  in: ["B9-0065/2022", "B9-0072/2022", "B9-0074/2022", "B9-0077/2022", "B9-0079/2022"]
                }
              }
            ) { totalCount nodes { reference } }
          }
        }
      }`,
      answer: {
        organizations: {
          nodes: [
            { id: 'ep-group:ECR', tabled: { totalCount: 1, nodes: [{ reference: 'B9-0077/2022' }] } },
            { id: 'ep-group:EPP', tabled: { totalCount: 1, nodes: [{ reference: 'B9-0079/2022' }] } },
            { id: 'ep-group:GREEN_EFA', tabled: { totalCount: 1, nodes: [{ reference: 'B9-0065/2022' }] } },
            { id: 'ep-group:GUE_NGL', tabled: { totalCount: 0, nodes: [] } },
            { id: 'ep-group:ID', tabled: { totalCount: 0, nodes: [] } },
            { id: 'ep-group:NI', tabled: { totalCount: 0, nodes: [] } },
            { id: 'ep-group:RENEW', tabled: { totalCount: 1, nodes: [{ reference: 'B9-0072/2022' }] } },
            { id: 'ep-group:SD', tabled: { totalCount: 1, nodes: [{ reference: 'B9-0074/2022' }] } },
          ],
        },
      },
    },
    {
      asks: 'What do the sources of the sources of a text say?',
      question: `{
        source(id: "source:kaztag-2022-01-21") {
          cites { nodes { id cites { nodes { id publisher { name } cites { totalCount } } } } }
        }
      }`,
      answer: {
        source: {
          cites: {
            nodes: [
              {
                id: 'source:perlid-kazakhstan-resolution',
                cites: {
                  nodes: [
                    {
                      id: 'source:ep-site-2022-01-20',
                      publisher: { name: 'European Parliament' },
                      cites: { totalCount: 0 },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
    {
      asks: 'Which ballots about Kazakhstan were lost?',
      question: `{
        place(id: "iso:KZ") {
          voteEvents(where: { moreForThanAgainst: { eq: false } }, orderBy: [ID_ASC]) {
            totalCount undecidedCount
            nodes { id on { reference } }
          }
        }
      }`,
      answer: {
        place: {
          voteEvents: {
            totalCount: 2,
            undecidedCount: 0,
            nodes: [
              { id: 'ep-vote:139007', on: { reference: 'RC-B9-0065/2022' } },
              { id: 'ep-vote:139008', on: { reference: 'RC-B9-0065/2022' } },
            ],
          },
        },
      },
    },
    {
      asks: 'Which claims about the protests count the dead, and who claims it?',
      question: `{
        event(id: "event:kazakhstan-protests-2022") {
          claims(property: DEATHS) { nodes { value claimant { name } } }
          more: claims(where: { value: { gt: 1000 } }) { nodes { property } }
        }
      }`,
      answer: {
        event: {
          claims: { nodes: [{ value: 225, claimant: { name: 'Government of Kazakhstan' } }] },
          more: { nodes: [{ property: 'VICTIMS' }] },
        },
      },
    },
    {
      asks: 'Which parts of the Union are asked something?',
      question: `{
        organization(id: "org:european-union") {
          parts(where: { demands: { some: {} } }) { nodes { name demands { totalCount } } }
        }
      }`,
      answer: {
        organization: {
          parts: {
            nodes: [
              { name: 'Council of the European Union', demands: { totalCount: 1 } },
              { name: 'European External Action Service', demands: { totalCount: 1 } },
              { name: 'Institutions of the European Union', demands: { totalCount: 1 } },
            ],
          },
        },
      },
    },
    {
      asks: 'Which ballots of the procedure had an outcome that is not known?',
      question: `{
        procedure(id: "ep-proc:2022/2505(RSP)") {
          voteEvents(where: { result: { known: false } }) { totalCount }
          documents(where: { type: { eq: Resolution } }) { nodes { __typename id } }
        }
      }`,
      answer: {
        procedure: {
          voteEvents: { totalCount: 4 },
          documents: { nodes: [{ __typename: 'Resolution', id: 'ta:P9_TA(2022)0012' }] },
        },
      },
    },
    {
      asks: 'Which motions of the resolution did the EPP table?',
      question: `{
        resolution(id: "ta:P9_TA(2022)0012") {
          motions(where: { tabledBy: { some: { id: { eq: "ep-group:EPP" } } } }, orderBy: [ID_ASC]) {
            nodes { id }
          }
        }
      }`,
      answer: { resolution: { motions: { nodes: [{ id: 'ep-doc:B9-0079/2022' }, { id: 'ep-doc:RC-B9-0065/2022' }] } } },
    },
    {
      asks: 'How many lists stand within each other at most?',
      question: `{
        places(first: 2) {
          nodes {
            voteEvents(where: { isMain: { eq: true } }, first: 1) {
              nodes {
                counts(first: 1) {
                  nodes {
                    organization {
                      tabled(first: 1) { nodes { ... on Motion { tabledBy(first: 1) { nodes { id } } } } }
                    }
                  }
                }
              }
            }
          }
        }
      }`,
      answer: {
        places: {
          nodes: [
            { voteEvents: { nodes: [] } },
            {
              voteEvents: {
                nodes: [
                  {
                    counts: {
                      nodes: [
                        { organization: { tabled: { nodes: [{ tabledBy: { nodes: [{ id: 'ep-group:ECR' }] } }] } } },
                      ],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
    {
      asks: 'Which of two lists of one record is which?',
      question: `{
        organization(id: "org:european-union") {
          offices { nodes { id } }
          again: offices(orderBy: [NAME_DESC]) { nodes { id } }
          parts(first: 1) { totalCount nodes { id } }
        }
      }`,
      answer: {
        organization: {
          offices: { nodes: [{ id: 'office:eusr-central-asia' }, { id: 'office:vp-hr' }] },
          again: { nodes: [{ id: 'office:vp-hr' }, { id: 'office:eusr-central-asia' }] },
          parts: { totalCount: 3, nodes: [{ id: 'org:council-of-the-eu' }] },
        },
      },
    },
  ],
  made: [
    {
      asks: 'Which amendments has the motion, in which parts, and how did each end?',
      question: `{
        motion(reference: "SA/1") {
          amendments(where: { partOf: { known: false } }) {
            nodes { number parts { nodes { number voteEvents { nodes { result tally { for against } } } } } }
          }
          voteEvents { nodes { id result } }
        }
      }`,
      answer: {
        motion: {
          amendments: {
            nodes: [
              {
                number: '1',
                parts: {
                  nodes: [
                    { number: '1/1', voteEvents: { nodes: [{ result: 'REJECTED', tally: { for: 2, against: 2 } }] } },
                    { number: '1/2', voteEvents: { nodes: [{ result: 'LAPSED', tally: null }] } },
                  ],
                },
              },
            ],
          },
          voteEvents: { nodes: [{ id: 'assembly-vote:1', result: 'ADOPTED' }] },
        },
      },
    },
    {
      asks: 'Which ballots decided the text, and how does each belong to it?',
      question: `{
        resolution(reference: "SA/T1") {
          voteEvents(orderBy: [ID_ASC]) { edges { isMain isFinal date via { id } node { id } } }
          main: voteEvents(where: { link: { isMain: { eq: false }, date: { within: "2030-04-28" } } }) {
            totalCount undecidedCount
          }
        }
      }`,
      answer: {
        resolution: {
          voteEvents: {
            edges: [
              {
                isMain: true,
                isFinal: true,
                date: '2030-04-29',
                via: { id: 'assembly-doc:1' },
                node: { id: 'assembly-vote:1' },
              },
              {
                isMain: false,
                isFinal: false,
                date: '2030-04-28',
                via: { id: 'assembly-doc:1#am-1/1' },
                node: { id: 'assembly-vote:2' },
              },
              {
                isMain: false,
                isFinal: false,
                date: '2030-04-28',
                via: { id: 'assembly-doc:1#am-1/2' },
                node: { id: 'assembly-vote:3' },
              },
            ],
          },
          main: { totalCount: 2, undecidedCount: 0 },
        },
      },
    },
    {
      asks: 'Which demands of each paragraph name whom?',
      question: `{
        resolution(reference: "SA/T1") {
          paragraphs {
            nodes {
              number
              demands {
                nodes { position addressees(orderBy: [ID_ASC]) { nodes { id } } involves { nodes { id } } }
              }
            }
          }
        }
      }`,
      answer: {
        resolution: {
          paragraphs: {
            nodes: [
              { number: 'A', demands: { nodes: [] } },
              {
                number: '1',
                demands: {
                  nodes: [{ position: 1, addressees: { nodes: [{ id: 'org:ministry' }] }, involves: { nodes: [] } }],
                },
              },
              {
                number: '2',
                demands: {
                  nodes: [
                    {
                      position: 2,
                      addressees: { nodes: [{ id: 'org:ministry' }, { id: 'org:relief' }] },
                      involves: { nodes: [{ id: 'office:dikes' }] },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
    {
      asks: 'How did each country vote in the ballots that have tallies of countries?',
      question: `{
        voteEvents(where: { counts: { some: { by: { eq: COUNTRY } } } }) {
          totalCount undecidedCount
          nodes {
            id
            counts(by: COUNTRY, orderBy: [ID_ASC]) {
              nodes { country { name } organization { id } majority tally { for against abstention } }
            }
          }
        }
      }`,
      answer: {
        voteEvents: {
          totalCount: 1,
          undecidedCount: 2,
          nodes: [
            {
              id: 'assembly-vote:2',
              counts: {
                nodes: [
                  {
                    country: { name: 'Highland' },
                    organization: null,
                    majority: 'AGAINST',
                    tally: { for: 0, against: 1, abstention: 0 },
                  },
                  {
                    country: { name: 'Lowland' },
                    organization: null,
                    majority: 'FOR',
                    tally: { for: 2, against: 1, abstention: 1 },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  ],
  real: [
    {
      asks: 'How did the groups vote in the main ballots about Kazakhstan?',
      question: `{
        place(id: "iso:KZ") {
          voteEvents(where: { isMain: { eq: true } }) {
            nodes {
              date
              counts(where: { majority: { eq: AGAINST } }) {
                totalCount
                nodes { organization { shortName } tally { for against } }
              }
            }
          }
        }
      }`,
      answer: {
        place: {
          voteEvents: {
            nodes: [
              {
                date: '2022-01-20',
                counts: {
                  totalCount: 1,
                  nodes: [{ organization: { shortName: 'ID' }, tally: { for: 28, against: 30 } }],
                },
              },
              {
                date: '2021-02-11',
                counts: {
                  totalCount: 1,
                  nodes: [{ organization: { shortName: 'ID' }, tally: { for: 28, against: 37 } }],
                },
              },
            ],
          },
        },
      },
    },
    {
      asks: 'Which ballots of the dossier on the Ukraine Facility were main ones?',
      question: `{
        procedure(id: "ep-proc:2023/0200(COD)") {
          title
          voteEvents(where: { isMain: { eq: true } }) {
            totalCount
            nodes { id date votes { totalCount } counts { totalCount } }
          }
          documents { nodes { id } }
        }
      }`,
      answer: {
        procedure: {
          title: 'Establishing the Ukraine Facility',
          voteEvents: {
            totalCount: 2,
            nodes: [
              { id: 'ep-vote:164536', date: '2024-02-27', votes: { totalCount: 615 }, counts: { totalCount: 8 } },
              { id: 'ep-vote:159025', date: '2023-10-17', votes: { totalCount: 0 }, counts: { totalCount: 8 } },
            ],
          },
          documents: { nodes: [{ id: 'ep-doc:A9-0286/2023' }] },
        },
      },
    },
    {
      asks: 'How did two members of Luxembourg vote on the two texts?',
      question: `{
        persons(where: { id: { in: ["ep-mep:202073", "ep-mep:193292"] } }) {
          nodes {
            name
            votes(where: { id: { in: ["ep-vote:164499", "ep-vote:164536"] } }, orderBy: [ID_ASC]) {
              edges { option group { shortName } node { id } }
            }
          }
        }
      }`,
      answer: {
        persons: {
          nodes: [
            {
              name: 'Marc ANGEL',
              votes: {
                edges: [
                  { option: 'FOR', group: { shortName: 'S&D' }, node: { id: 'ep-vote:164499' } },
                  { option: 'FOR', group: { shortName: 'S&D' }, node: { id: 'ep-vote:164536' } },
                ],
              },
            },
            {
              name: 'Tilly METZ',
              votes: {
                edges: [
                  { option: 'FOR', group: { shortName: 'Greens/EFA' }, node: { id: 'ep-vote:164499' } },
                  { option: 'FOR', group: { shortName: 'Greens/EFA' }, node: { id: 'ep-vote:164536' } },
                ],
              },
            },
          ],
        },
      },
    },
    {
      asks: 'Which demands stand in which paragraphs of the joint motion?',
      question: `{
        motion(reference: "RC-B10-0249/2025") {
          paragraphs(where: { demands: { some: {} } }) {
            totalCount
            nodes {
              number
              demands { nodes { status addressees(where: { type: { eq: Organization } }) { totalCount } } }
            }
          }
        }
      }`,
      answer: {
        motion: {
          paragraphs: {
            totalCount: 5,
            nodes: [
              { number: '2', demands: { nodes: [{ status: 'DRAFT', addressees: { totalCount: 1 } }] } },
              { number: '3', demands: { nodes: [{ status: 'DRAFT', addressees: { totalCount: 1 } }] } },
              { number: '4', demands: { nodes: [{ status: 'DRAFT', addressees: { totalCount: 1 } }] } },
              { number: '6', demands: { nodes: [{ status: 'DRAFT', addressees: { totalCount: 3 } }] } },
              { number: '8', demands: { nodes: [{ status: 'DRAFT', addressees: { totalCount: 1 } }] } },
            ],
          },
        },
      },
    },
    {
      asks: 'Which committee was responsible, and which subjects are about tax?',
      question: `{
        voteEvent(id: "ep-vote:163120") {
          subjects(where: { type: { eq: Organization } }) { nodes { id } }
          all: subjects(where: { type: { eq: Subject }, name: { contains: "tax" } }) { totalCount }
        }
      }`,
      answer: { voteEvent: { subjects: { nodes: [{ id: 'ep-committee:ECON' }] }, all: { totalCount: 9 } } },
    },
    {
      asks: 'How did the members of the Greens vote on the Facility, as far as they are on record?',
      question: `{
        organization(id: "ep-group:GREEN_EFA") {
          members {
            totalCount
            nodes { name votes(where: { id: { eq: "ep-vote:164536" } }) { edges { option } } }
          }
        }
      }`,
      answer: {
        organization: {
          members: {
            totalCount: 4,
            nodes: [
              { name: 'Tilly METZ', votes: { edges: [{ option: 'FOR' }] } },
              { name: 'Mārtiņš STAĶIS', votes: { edges: [] } },
              { name: 'Tilly METZ', votes: { edges: [{ option: 'FOR' }] } },
              { name: 'Tatjana ŽDANOKA', votes: { edges: [{ option: 'AGAINST' }] } },
            ],
          },
        },
      },
    },
  ],
}
