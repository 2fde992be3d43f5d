import type { Questions } from './question.js'

export const linkColumnsAndSources: Questions = {
  seed: [
    {
      asks: 'Which office does the person hold by a link that says so itself?',
      question: `{
        person(id: "person:josep-borrell") {
          offices(where: { link: { inferred: { eq: false } } }) {
            edges { attestedOn startDate endDate inferred node { id } }
            totalCount
          }
        }
      }`,
      answer: {
        person: {
          offices: {
            edges: [
              {
                attestedOn: '2022-01-21',
                startDate: null,
                endDate: null,
                inferred: false,
                node: { id: 'office:vp-hr' },
              },
            ],
            totalCount: 1,
          },
        },
      },
    },
    {
      asks: 'Which holdings are attested on the day after the vote?',
      question:
        '{ persons(where: { offices: { some: { link: { attestedOn: { eq: "2022-01-21" } } } } }) { nodes { id } } }',
      answer: { persons: { nodes: [{ id: 'person:josep-borrell' }] } },
    },
    {
      asks: 'Since when the office is held is not said: is anybody known to hold it since 2020?',
      question: `{
        offices(where: { holders: { some: { link: { startDate: { lte: "2020-01-01" } } } } }) {
          totalCount undecidedCount
        }
      }`,
      answer: { offices: { totalCount: 0, undecidedCount: 1 } },
    },
    {
      asks: 'Which demands concern the person only by way of an office?',
      question: `{
        person(id: "person:josep-borrell") {
          demands(where: { link: { inferred: { eq: true }, via: { id: { eq: "office:vp-hr" } } } }) {
            totalCount
            edges { inferred via { id } node { position } }
          }
        }
      }`,
      answer: {
        person: {
          demands: { totalCount: 1, edges: [{ inferred: true, via: { id: 'office:vp-hr' }, node: { position: 4 } }] },
        },
      },
    },
    {
      asks: 'Which demands involve a body, and which are addressed to it?',
      question: `{
        organization(id: "org:osce") {
          involved: demands(where: { link: { role: { eq: INVOLVED } } }) { totalCount nodes { position } }
          asked: demands(where: { link: { role: { eq: ADDRESSEE } } }) { totalCount }
        }
      }`,
      answer: { organization: { involved: { totalCount: 1, nodes: [{ position: 5 }] }, asked: { totalCount: 0 } } },
    },
    {
      asks: 'Which bodies come into a demand without being asked, and which are asked more than once?',
      question: `{
        organizations(where: { demands: { some: { link: { role: { eq: INVOLVED } } } } }) { nodes { id } }
        asked: organizations(where: { demands: { count: { gt: 1 } } }) { nodes { id demands { totalCount } } }
      }`,
      answer: {
        organizations: { nodes: [{ id: 'org:osce' }, { id: 'org:united-nations' }] },
        asked: { nodes: [{ id: 'org:government-of-kazakhstan', demands: { totalCount: 5 } }] },
      },
    },
    {
      asks: 'By which ballots was the resolution decided, the final one apart?',
      question: `{
        resolution(reference: "P9_TA(2022)0012") {
          voteEvents(where: { link: { isFinal: { eq: false } } }, orderBy: [ID_ASC]) {
            totalCount
            nodes { id }
          }
        }
      }`,
      answer: {
        resolution: {
          voteEvents: {
            totalCount: 4,
            nodes: [
              { id: 'ep-vote:139007' },
              { id: 'ep-vote:139008' },
              { id: 'ep-vote:139022' },
              { id: 'ep-vote:139023' },
            ],
          },
        },
      },
    },
    {
      asks: 'Which of its motions come by way of the joint one?',
      question: `{
        resolution(reference: "P9_TA(2022)0012") {
          motions(where: { link: { via: { id: { eq: "ep-doc:RC-B9-0065/2022" } } } }, orderBy: [ID_ASC]) {
            totalCount undecidedCount
            nodes { id }
          }
        }
      }`,
      answer: {
        resolution: {
          motions: {
            totalCount: 6,
            undecidedCount: 0,
            nodes: [
              { id: 'ep-doc:B9-0065/2022' },
              { id: 'ep-doc:B9-0072/2022' },
              { id: 'ep-doc:B9-0074/2022' },
              { id: 'ep-doc:B9-0077/2022' },
              { id: 'ep-doc:B9-0079/2022' },
              { id: 'ep-doc:RC-B9-0065/2022' },
            ],
          },
        },
      },
    },
    {
      asks: 'Which ballots helped to decide a resolution, and which was final?',
      question:
        '{ voteEvents(where: { resolutions: { some: { link: { isFinal: { eq: true } } } } }) { nodes { id } } }',
      answer: { voteEvents: { nodes: [{ id: 'ep-vote:139038' }] } },
    },
    {
      asks: 'What does the news agency say of the bodies?',
      question:
        '{ organizations(where: { sources: { some: { id: { eq: "source:kaztag-2022-01-21" } } } }) { totalCount } }',
      answer: { organizations: { totalCount: 11 } },
    },
    {
      asks: 'Which bodies does only the news agency mention?',
      question: `{
        organizations(where: { sources: { every: { id: { eq: "source:kaztag-2022-01-21" } } } }) {
          totalCount
        }
      }`,
      answer: { organizations: { totalCount: 10 } },
    },
    {
      asks: 'What do two sources say?',
      question: `{
        organizations(where: { sources: { count: { eq: 2 } } }) { nodes { id } }
        places(where: { sources: { count: { eq: 2 } } }) { nodes { id } }
        demands(where: { sources: { count: { gt: 1 } } }) { totalCount }
      }`,
      answer: {
        organizations: { nodes: [{ id: 'org:european-parliament' }] },
        places: { nodes: [{ id: 'iso:KZ' }] },
        demands: { totalCount: 0 },
      },
    },
    {
      asks: 'Which sources cite one that the Parliament published?',
      question: `{
        sources(where: { cites: { some: { publisher: { id: { eq: "org:european-parliament" } } } } }) {
          nodes { id }
        }
      }`,
      answer: { sources: { nodes: [{ id: 'source:perlid-kazakhstan-resolution' }] } },
    },
    {
      asks: 'Which sources are cited, but cite none?',
      question: '{ sources(where: { citedBy: { some: {} }, cites: { none: {} } }) { nodes { id } } }',
      answer: { sources: { nodes: [{ id: 'source:ep-site-2022-01-20' }] } },
    },
    {
      asks: 'Where in the source does each of these demands stand?',
      question: `{
        demands(where: { sources: { some: { published: { eq: "2022-01-21" } } } }, first: 2) {
          totalCount
          nodes { sources { edges { locator node { publisher { name } } } } }
        }
      }`,
      answer: {
        demands: {
          totalCount: 9,
          nodes: [
            { sources: { edges: [{ locator: 'paragraph 4', node: { publisher: { name: 'KazTAG' } } }] } },
            { sources: { edges: [{ locator: 'paragraph 5', node: { publisher: { name: 'KazTAG' } } }] } },
          ],
        },
      },
    },
    {
      asks: "Which of a record's sources published on a day that is known?",
      question: `{
        place(id: "iso:KZ") {
          sources(where: { published: { known: true } }) {
            totalCount undecidedCount
            edges { locator node { id } }
          }
        }
      }`,
      answer: {
        place: {
          sources: {
            totalCount: 1,
            undecidedCount: 0,
            edges: [{ locator: 'paragraph 2', node: { id: 'source:kaztag-2022-01-21' } }],
          },
        },
      },
    },
  ],
  made: [
    {
      asks: 'Who was rapporteur for which group, and for which committee?',
      question: `{
        procedure(id: "assembly-procedure:2030/1") {
          participants(where: { link: { role: { in: [RAPPORTEUR, SHADOW_RAPPORTEUR] } } }) {
            totalCount
            edges { role startDate committee { id } group { id } node { id } }
          }
          bodies: participants(where: { type: { eq: Organization } }) {
            edges { role startDate node { name } }
          }
        }
      }`,
      answer: {
        procedure: {
          participants: {
            totalCount: 2,
            edges: [
              {
                role: 'RAPPORTEUR',
                startDate: '2030-04-02',
                committee: { id: 'org:assembly/floods' },
                group: { id: 'org:assembly/reds' },
                node: { id: 'person:ada' },
              },
              {
                role: 'SHADOW_RAPPORTEUR',
                startDate: '2030-04-05',
                committee: null,
                group: { id: 'org:assembly/blues' },
                node: { id: 'person:bo' },
              },
            ],
          },
          bodies: {
            edges: [{ role: 'COMMITTEE_RESPONSIBLE', startDate: null, node: { name: 'Committee on Floods' } }],
          },
        },
      },
    },
    {
      asks: 'Who began to work on a procedure after the third of April?',
      question: `{
        persons(where: { procedures: { some: { link: { startDate: { gt: "2030-04-03" } } } } }) {
          nodes { id }
        }
        group: persons(
          where: { procedures: { some: { link: { group: { name: { contains: "reds" } } } } } }
        ) { nodes { id } }
      }`,
      answer: { persons: { nodes: [{ id: 'person:bo' }] }, group: { nodes: [{ id: 'person:ada' }] } },
    },
    {
      asks: 'Who chaired a body, and since when?',
      question: `{
        persons(
          where: {
            memberships: { some: { link: { role: { eq: "CHAIR" }, startDate: { within: "2029" } } } }
          }
        ) { nodes { id } }
        organization(id: "org:assembly/floods") { members { edges { role startDate node { name } } } }
      }`,
      answer: {
        persons: { nodes: [{ id: 'person:ada' }] },
        organization: {
          members: { edges: [{ role: 'CHAIR', startDate: '2029-02-01', node: { name: 'Ada Example' } }] },
        },
      },
    },
    {
      asks: "Who is known to have been a Red on new year's day of 2030?",
      question: `{
        organization(id: "org:assembly/reds") {
          members(where: { link: { startDate: { lte: "2030-01-01" }, endDate: { gte: "2030-01-01" } } }) {
            totalCount undecidedCount
            nodes { id }
          }
        }
      }`,
      answer: { organization: { members: { totalCount: 1, undecidedCount: 3, nodes: [{ id: 'person:bo' }] } } },
    },
    {
      asks: 'Who held which office until March 2030?',
      question: `{
        offices(where: { holders: { some: { link: { endDate: { within: "2030-03" } } } } }) {
          nodes { id holders { edges { startDate endDate node { id } } } }
        }
      }`,
      answer: {
        offices: {
          nodes: [
            {
              id: 'office:speaker',
              holders: { edges: [{ startDate: '2029-01-10', endDate: '2030-03-01', node: { id: 'person:ada' } }] },
            },
          ],
        },
      },
    },
    {
      asks: 'Whom does a demand concern by way of the office held?',
      question: `{
        person(id: "person:bo") {
          demands { totalCount edges { role inferred via { id } node { position } } }
        }
      }`,
      answer: {
        person: {
          demands: {
            totalCount: 1,
            edges: [{ role: 'INVOLVED', inferred: true, via: { id: 'office:dikes' }, node: { position: 2 } }],
          },
        },
      },
    },
    {
      asks: 'Who helped, and in which events?',
      question: `{
        organization(id: "org:relief") {
          events(where: { link: { role: { eq: "HELPER" } } }, orderBy: [NAME_ASC]) {
            edges { role node { name } }
          }
        }
      }`,
      answer: {
        organization: {
          events: {
            edges: [
              { role: 'HELPER', node: { name: 'Flood of Dike Town' } },
              { role: 'HELPER', node: { name: 'Works on the dikes' } },
            ],
          },
        },
      },
    },
    {
      asks: 'How did the members from Highland vote, by the country at the time?',
      question: `{
        voteEvent(id: "assembly-vote:1") {
          votes(where: { link: { country: { id: { eq: "place:highland" } } } }, orderBy: [ID_ASC]) {
            totalCount undecidedCount
            edges { option node { id country { id } } }
          }
        }
      }`,
      answer: {
        voteEvent: {
          votes: {
            totalCount: 2,
            undecidedCount: 1,
            edges: [
              { option: 'AGAINST', node: { id: 'person:bo', country: { id: 'place:highland' } } },
              { option: 'DID_NOT_VOTE', node: { id: 'person:eve', country: null } },
            ],
          },
        },
      },
    },
    {
      asks: 'Who meant to vote otherwise or at all, and who never sat with the Blues?',
      question: `{
        voteEvent(id: "assembly-vote:1") {
          corrections(orderBy: [ID_ASC]) { edges { kind option node { id } } }
        }
        persons(
          where: { not: { memberships: { some: { id: { eq: "org:assembly/blues" } } } } }
          orderBy: [ID_ASC]
        ) { nodes { id } }
      }`,
      answer: {
        voteEvent: {
          corrections: {
            edges: [
              { kind: 'CORRECTION', option: 'FOR', node: { id: 'person:cy' } },
              { kind: 'INTENTION', option: 'AGAINST', node: { id: 'person:eve' } },
            ],
          },
        },
        persons: { nodes: [{ id: 'person:ada' }, { id: 'person:cy' }, { id: 'person:di' }, { id: 'person:flo' }] },
      },
    },
    {
      asks: 'How did a member vote against the group in April, and what was meant?',
      question: `{
        person(id: "person:cy") {
          votes(where: { link: { againstGroup: { eq: true }, date: { within: "2030-04" } } }) {
            edges { option group { name } node { id } }
          }
          corrections { edges { option kind node { id } } }
        }
      }`,
      answer: {
        person: {
          votes: {
            edges: [{ option: 'ABSTENTION', group: { name: 'Synthetic Reds' }, node: { id: 'assembly-vote:1' } }],
          },
          corrections: { edges: [{ option: 'FOR', kind: 'CORRECTION', node: { id: 'assembly-vote:1' } }] },
        },
      },
    },
    {
      asks: 'Of which ballot do both papers speak, and what is in the gazette?',
      question: `{
        both: voteEvents(where: { sources: { count: { eq: 2 } } }) { nodes { id sources { nodes { id } } } }
        gazette: changes(where: { sources: { some: { id: { eq: "source:gazette" } } } }) {
          totalCount
          nodes { id }
        }
      }`,
      answer: {
        both: {
          nodes: [
            {
              id: 'assembly-vote:2',
              sources: { nodes: [{ id: 'source:assembly-journal' }, { id: 'source:gazette' }] },
            },
          ],
        },
        gazette: {
          totalCount: 3,
          nodes: [{ id: 'assembly-vote:2' }, { id: 'place:dike-town' }, { id: 'source:gazette' }],
        },
      },
    },
    {
      asks: 'Which claims does only the report make, and which the journal?',
      question: `{
        report: claims(
          where: { sources: { every: { id: { eq: "source:relief-report" } } } }
          orderBy: [ID_ASC]
        ) { nodes { id } }
        journal: claims(
          where: { sources: { some: { license: { eq: "Synthetic-1.0" } } } }
          orderBy: [ID_ASC]
        ) { nodes { id } }
      }`,
      answer: {
        report: { nodes: [{ id: 'claim:flood-1' }, { id: 'claim:flood-2' }] },
        journal: { nodes: [{ id: 'claim:flood-3' }, { id: 'claim:march-1' }] },
      },
    },
  ],
  real: [
    {
      asks: 'Who voted against the majority of the group on nature restoration, the last five by name?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          votes(where: { link: { againstGroup: { eq: true } } }, orderBy: [SORT_NAME_DESC], first: 5) {
            totalCount undecidedCount
            edges { option group { id } node { name } }
          }
        }
      }`,
      answer: {
        voteEvent: {
          votes: {
            totalCount: 87,
            undecidedCount: 42,
            edges: [
              { option: 'FOR', group: { id: 'ep-group:EPP' }, node: { name: 'Zver' } },
              { option: 'ABSTENTION', group: { id: 'ep-group:ECR' }, node: { name: 'Zahradil' } },
              { option: 'FOR', group: { id: 'ep-group:EPP' }, node: { name: 'Isabel WISELER-LIMA' } },
              { option: 'AGAINST', group: { id: 'ep-group:RENEW' }, node: { name: 'Wiesner' } },
              { option: 'FOR', group: { id: 'ep-group:EPP' }, node: { name: 'Weiss' } },
            ],
          },
        },
      },
    },
    {
      asks: 'How many of the EPP voted for nature restoration?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          votes(where: { link: { group: { id: { eq: "ep-group:EPP" } }, option: { eq: FOR } } }) {
            totalCount undecidedCount
          }
        }
      }`,
      answer: { voteEvent: { votes: { totalCount: 25, undecidedCount: 0 } } },
    },
    {
      asks: 'Who of the Renew group abstained?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          votes(option: ABSTENTION, where: { link: { group: { id: { eq: "ep-group:RENEW" } } } }) {
            nodes { name }
          }
        }
      }`,
      answer: {
        voteEvent: {
          votes: {
            nodes: [
              { name: 'Charanzová' },
              { name: 'Chastel' },
              { name: 'Dlabajová' },
              { name: 'Poptcheva' },
              { name: 'Poulsen' },
              { name: 'Vázquez Lázara' },
            ],
          },
        },
      },
    },
    {
      asks: 'How did the Maltese vote on the Ukraine Facility?',
      question: `{
        voteEvent(id: "ep-vote:164536") {
          votes(where: { country: { id: { eq: "iso:MT" } } }) {
            totalCount undecidedCount
            edges { option group { shortName } node { sortName } }
          }
        }
      }`,
      answer: {
        voteEvent: {
          votes: {
            totalCount: 4,
            undecidedCount: 586,
            edges: [
              { option: 'FOR', group: { shortName: 'EPP' }, node: { sortName: 'CASA, David' } },
              { option: 'FOR', group: { shortName: 'S&D' }, node: { sortName: 'CUTAJAR, Josianne' } },
              { option: 'FOR', group: { shortName: 'S&D' }, node: { sortName: 'ENGERER, Cyrus' } },
              { option: 'FOR', group: { shortName: 'S&D' }, node: { sortName: 'SANT, Alfred' } },
            ],
          },
        },
      },
    },
    {
      asks: 'Of whose votes is it not known whether they went against a group?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          votes(where: { link: { againstGroup: { known: false } } }) { totalCount }
          attached: votes(
            where: {
              link: {
                againstGroup: { known: false }
                group: { id: { in: ["ep-group:EPP", "ep-group:SD"] } }
              }
            }
          ) { totalCount }
        }
      }`,
      answer: { voteEvent: { votes: { totalCount: 42 }, attached: { totalCount: 0 } } },
    },
    {
      asks: 'Who said afterwards that another vote was meant, or one at all?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          corrections { totalCount edges { option kind node { name } } }
          intentions: corrections(where: { link: { kind: { eq: INTENTION } } }) { totalCount }
        }
        facility: voteEvent(id: "ep-vote:164536") {
          corrections(where: { link: { option: { eq: FOR } } }) { totalCount edges { kind node { name } } }
        }
      }`,
      answer: {
        voteEvent: {
          corrections: {
            totalCount: 5,
            edges: [
              { option: 'AGAINST', kind: 'CORRECTION', node: { name: 'Grapini' } },
              { option: 'FOR', kind: 'CORRECTION', node: { name: 'López Aguilar' } },
              { option: 'FOR', kind: 'CORRECTION', node: { name: 'Seibutytė' } },
              { option: 'FOR', kind: 'CORRECTION', node: { name: 'Šojdrová' } },
              { option: 'AGAINST', kind: 'CORRECTION', node: { name: 'Zver' } },
            ],
          },
          intentions: { totalCount: 0 },
        },
        facility: {
          corrections: {
            totalCount: 3,
            edges: [
              { kind: 'CORRECTION', node: { name: 'Grant' } },
              { kind: 'CORRECTION', node: { name: 'MacManus' } },
              { kind: 'INTENTION', node: { name: 'Vedrenne' } },
            ],
          },
        },
      },
    },
    {
      asks: 'In which ballots did somebody correct a vote to against?',
      question: `{
        voteEvents(
          where: {
            corrections: { some: { link: { option: { eq: AGAINST }, kind: { eq: CORRECTION } } } }
          }
        ) { totalCount undecidedCount nodes { title } }
      }`,
      answer: {
        voteEvents: {
          totalCount: 2,
          undecidedCount: 0,
          nodes: [
            { title: 'Nature restoration' },
            { title: 'Wednesday’s agenda – Request by the PPE Group (addition of Council and Commission statements)' },
          ],
        },
      },
    },
    {
      asks: 'How did one member vote on nature restoration, and was it against the group?',
      question: `{
        person(id: "ep-mep:202073") {
          name
          votes(where: { title: { contains: "nature" } }) {
            totalCount
            edges { option againstGroup group { shortName } node { title } }
          }
        }
      }`,
      answer: {
        person: {
          name: 'Marc ANGEL',
          votes: {
            totalCount: 1,
            edges: [
              {
                option: 'FOR',
                againstGroup: false,
                group: { shortName: 'S&D' },
                node: { title: 'Nature restoration' },
              },
            ],
          },
        },
      },
    },
    {
      asks: 'Which memberships began with the tenth term?',
      question: `{
        person(id: "ep-mep:28615") {
          name
          memberships(where: { link: { term: { eq: 10 } } }) {
            totalCount
            edges { term startDate endDate node { shortName } }
          }
          all: memberships(orderBy: [LINK_START_DATE_ASC]) {
            edges { startDate endDate term node { shortName } }
          }
        }
      }`,
      answer: {
        person: {
          name: 'Roberts ZĪLE',
          memberships: {
            totalCount: 1,
            edges: [{ term: 10, startDate: '2024-07-16', endDate: null, node: { shortName: 'ECR' } }],
          },
          all: {
            edges: [
              { startDate: '2019-07-02', endDate: '2022-04-04', term: 9, node: { shortName: 'ECR' } },
              { startDate: '2022-04-05', endDate: '2024-07-15', term: 9, node: { shortName: 'ECR' } },
              { startDate: '2024-07-16', endDate: null, term: 10, node: { shortName: 'ECR' } },
            ],
          },
        },
      },
    },
    {
      asks: 'Which members of the Greens ended their membership before 2023?',
      question: `{
        organization(id: "ep-group:GREEN_EFA") {
          members(where: { link: { endDate: { lt: "2023-01-01" } } }) {
            totalCount undecidedCount
            edges { startDate endDate node { name } }
          }
        }
      }`,
      answer: {
        organization: {
          members: {
            totalCount: 1,
            undecidedCount: 2,
            edges: [{ startDate: '2019-07-02', endDate: '2022-03-31', node: { name: 'Tatjana ŽDANOKA' } }],
          },
        },
      },
    },
    {
      asks: 'Whose membership has no end?',
      question: `{
        organization(id: "ep-group:RENEW") {
          members(where: { link: { endDate: { known: false } } }) { edges { startDate node { sortName } } }
        }
      }`,
      answer: {
        organization: {
          members: {
            edges: [
              { startDate: '2024-07-16', node: { sortName: 'TOOM, Jana' } },
              { startDate: '2024-07-16', node: { sortName: 'PAET, Urmas' } },
              { startDate: '2024-07-16', node: { sortName: 'IJABS, Ivars' } },
              { startDate: '2024-07-16', node: { sortName: 'GOERENS, Charles' } },
            ],
          },
        },
      },
    },
    {
      asks: 'Who sat in the group of the non-attached in September 2022?',
      question: `{
        persons(
          where: {
            memberships: {
              some: {
                id: { eq: "ep-group:NI" }
                link: { startDate: { lte: "2022-09-15" }, endDate: { gte: "2022-09-15" } }
              }
            }
          }
        ) { totalCount nodes { name } }
      }`,
      answer: { persons: { totalCount: 2, nodes: [{ name: 'Dace MELBĀRDE' }, { name: 'Tatjana ŽDANOKA' }] } },
    },
    {
      asks: 'Which ballots do both the export and the minutes tell of?',
      question: `{
        voteEvents(
          where: {
            and: [
              { sources: { some: { importer: { eq: "howtheyvote@1" } } } }
              { sources: { some: { publisher: { id: { eq: "org:european-parliament" } } } } }
            ]
          }
        ) { totalCount undecidedCount }
      }`,
      answer: { voteEvents: { totalCount: 21, undecidedCount: 0 } },
    },
    {
      asks: 'Which ballots does the export not tell of?',
      question: `{
        voteEvents(where: { sources: { none: { id: { eq: "source:howtheyvote" } } } }) {
          nodes { id method result sources { nodes { id } } }
        }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            {
              id: 'ep-vote:163207',
              method: 'SHOW_OF_HANDS',
              result: 'REJECTED',
              sources: { nodes: [{ id: 'source:ep-pv-9-2024-01-15-vot' }] },
            },
          ],
        },
      },
    },
    {
      asks: 'Which ballots have three sources, and which two?',
      question: `{
        three: voteEvents(where: { sources: { count: { gte: 3 } } }) { totalCount }
        two: voteEvents(where: { sources: { count: { eq: 2 } } }) { totalCount }
      }`,
      answer: { three: { totalCount: 0 }, two: { totalCount: 21 } },
    },
    {
      asks: 'Which sources are data sets, and under which licence?',
      question: '{ sources(where: { kind: { eq: DATA_SET } }) { nodes { id publisher { id } license } } }',
      answer: {
        sources: {
          nodes: [
            { id: 'source:cldr-48.0', publisher: null, license: 'Unicode-3.0' },
            {
              id: 'source:ep-opendata-2018-2070',
              publisher: { id: 'org:european-parliament' },
              license: 'European Parliament open data: reuse with attribution',
            },
            {
              id: 'source:ep-opendata-2025-2691',
              publisher: { id: 'org:european-parliament' },
              license: 'European Parliament open data: reuse with attribution',
            },
            { id: 'source:howtheyvote', publisher: { id: 'org:howtheyvote' }, license: 'ODbL-1.0' },
          ],
        },
      },
    },
    {
      asks: 'Under which committee and subjects is nature restoration filed?',
      question: `{
        voteEvent(id: "ep-vote:164499") {
          subjects(where: { link: { scheme: { eq: COMMITTEE } } }) { nodes { __typename id name } }
          oeil: subjects(where: { link: { scheme: { eq: OEIL } } }) { nodes { id name } }
        }
      }`,
      answer: {
        voteEvent: {
          subjects: {
            nodes: [
              {
                __typename: 'Organization',
                id: 'ep-committee:ENVI',
                name: 'Committee on the Environment, Public Health and Food Safety',
              },
            ],
          },
          oeil: {
            nodes: [
              { id: 'oeil:3.70', name: 'Environmental policy' },
              {
                id: 'oeil:3.70.01',
                name: 'Protection of natural resources: fauna, flora, nature, wildlife, countryside; biodiversity',
              },
            ],
          },
        },
      },
    },
    {
      asks: 'Which groups tabled the joint motion on Ukrainian children?',
      question: `{
        motion(reference: "RC-B10-0249/2025") {
          tabledBy(where: { name: { contains: "europe" } }) { nodes { ... on Organization { shortName } } }
          replaces(where: { tabledBy: { some: { id: { eq: "ep-group:ECR" } } } }) { totalCount }
        }
      }`,
      answer: {
        motion: {
          tabledBy: {
            nodes: [{ shortName: 'ECR' }, { shortName: 'EPP' }, { shortName: 'Greens/EFA' }, { shortName: 'Renew' }],
          },
          replaces: { totalCount: 1 },
        },
      },
    },
    {
      asks: 'How many events did the Parliament organise in 2020?',
      question: `{
        organization(id: "org:european-parliament") {
          events(where: { link: { role: { eq: "ORGANIZER" } }, date: { within: "2020" } }) {
            totalCount undecidedCount
          }
        }
      }`,
      answer: { organization: { events: { totalCount: 7, undecidedCount: 0 } } },
    },
    {
      asks: 'How did the minutes call a member, in passing?',
      question: `{
        statements(where: { record: { id: { eq: "ep-mep:840" } }, field: { eq: "name" } }) {
          nodes { value isShown isInPassing }
        }
        person(id: "ep-mep:840") { name }
      }`,
      answer: {
        statements: { nodes: [{ value: 'Goerens', isShown: false, isInPassing: true }] },
        person: { name: 'Charles GOERENS' },
      },
    },
  ],
}
