import type { Questions } from './question.js'

export const orders: Questions = {
  seed: [
    {
      asks: 'Which ballot was the closest, and which the clearest?',
      question: `{
        closest: voteEvents(orderBy: [MARGIN_ASC], first: 1) { nodes { id margin } }
        clearest: voteEvents(orderBy: [MARGIN_DESC], first: 1) { nodes { id margin } }
      }`,
      answer: {
        closest: { nodes: [{ id: 'ep-vote:139007', margin: 32 }] },
        clearest: { nodes: [{ id: 'ep-vote:139022', margin: 606 }] },
      },
    },
    {
      asks: 'In which order do ballots of one day and title stand?',
      question: '{ voteEvents(orderBy: [TITLE_ASC, MARGIN_DESC]) { nodes { id } } }',
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139022' },
            { id: 'ep-vote:139038' },
            { id: 'ep-vote:139023' },
            { id: 'ep-vote:139008' },
            { id: 'ep-vote:139007' },
          ],
        },
      },
    },
    {
      asks: 'Is the id the last word where all else is alike?',
      question: `{
        voteEvents(orderBy: [DATE_ASC]) { nodes { id } }
        back: voteEvents(orderBy: [DATE_ASC, ID_DESC]) { nodes { id } }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:139007' },
            { id: 'ep-vote:139008' },
            { id: 'ep-vote:139022' },
            { id: 'ep-vote:139023' },
            { id: 'ep-vote:139038' },
          ],
        },
        back: {
          nodes: [
            { id: 'ep-vote:139038' },
            { id: 'ep-vote:139023' },
            { id: 'ep-vote:139022' },
            { id: 'ep-vote:139008' },
            { id: 'ep-vote:139007' },
          ],
        },
      },
    },
    {
      asks: 'Which bodies come first and last in the alphabet?',
      question: `{
        first: organizations(orderBy: [NAME_ASC], first: 2) { nodes { name } }
        last: organizations(orderBy: [NAME_DESC], first: 2) { nodes { name } }
      }`,
      answer: {
        first: {
          nodes: [{ name: 'Council of the European Union' }, { name: 'European Conservatives and Reformists' }],
        },
        last: { nodes: [{ name: 'United Nations' }, { name: 'The Left in the European Parliament – GUE/NGL' }] },
      },
    },
    {
      asks: 'In which order were the sources published, those without a day last?',
      question: '{ sources(orderBy: [PUBLISHED_ASC]) { nodes { id published } } }',
      answer: {
        sources: {
          nodes: [
            { id: 'source:ep-site-2022-01-20', published: '2022-01-20' },
            { id: 'source:kaztag-2022-01-21', published: '2022-01-21' },
            { id: 'source:ep-procedure-2022-2505', published: null },
            { id: 'source:perlid-kazakhstan-resolution', published: null },
          ],
        },
      },
    },
    {
      asks: 'And the other way round: are those without a day still last?',
      question: '{ sources(orderBy: [PUBLISHED_DESC]) { nodes { id published } } }',
      answer: {
        sources: {
          nodes: [
            { id: 'source:kaztag-2022-01-21', published: '2022-01-21' },
            { id: 'source:ep-site-2022-01-20', published: '2022-01-20' },
            { id: 'source:ep-procedure-2022-2505', published: null },
            { id: 'source:perlid-kazakhstan-resolution', published: null },
          ],
        },
      },
    },
    {
      asks: 'Which figures are the highest that are claimed?',
      question: '{ claims(orderBy: [VALUE_DESC]) { nodes { value property } } }',
      answer: {
        claims: {
          nodes: [
            { value: 4578, property: 'VICTIMS' },
            { value: 225, property: 'DEATHS' },
          ],
        },
      },
    },
    {
      asks: 'Which demands come last in the text?',
      question: `{
        resolution(reference: "P9_TA(2022)0012") {
          demands(orderBy: [POSITION_DESC], first: 3) { nodes { position } }
        }
      }`,
      answer: { resolution: { demands: { nodes: [{ position: 9 }, { position: 8 }, { position: 7 }] } } },
    },
    {
      asks: 'In which order do demands stand that have as many responses?',
      question:
        '{ demands(orderBy: [RESPONSE_COUNT_DESC, POSITION_DESC], first: 2) { nodes { position responseCount } } }',
      answer: {
        demands: {
          nodes: [
            { position: 9, responseCount: 0 },
            { position: 8, responseCount: 0 },
          ],
        },
      },
    },
    {
      asks: 'In which order do motions stand whose day is not known?',
      question: '{ motions(orderBy: [TABLED_ON_DESC]) { nodes { reference tabledOn } } }',
      answer: {
        motions: {
          nodes: [
            { reference: 'B9-0065/2022', tabledOn: null },
            { reference: 'B9-0072/2022', tabledOn: null },
            { reference: 'B9-0074/2022', tabledOn: null },
            { reference: 'B9-0077/2022', tabledOn: null },
            { reference: 'B9-0079/2022', tabledOn: null },
            { reference: 'RC-B9-0065/2022', tabledOn: null },
          ],
        },
      },
    },
    {
      asks: 'Does an order stand in a variable?',
      question: 'query ($order: [PlaceOrder!]) { places(orderBy: $order) { nodes { id } } }',
      variables: { order: ['NAME_DESC'] },
      answer: { places: { nodes: [{ id: 'iso:KZ' }, { id: 'place:almaty' }] } },
    },
    {
      asks: 'What order do lists have by themselves?',
      question: '{ places { nodes { name } } offices { nodes { id } } sources(first: 1) { nodes { id } } }',
      answer: {
        places: { nodes: [{ name: 'Almaty' }, { name: 'Kazakhstan' }] },
        offices: { nodes: [{ id: 'office:eusr-central-asia' }, { id: 'office:vp-hr' }] },
        sources: { nodes: [{ id: 'source:ep-procedure-2022-2505' }] },
      },
    },
    {
      asks: 'In which order do sources of a record stand by their title?',
      question: '{ place(id: "iso:KZ") { sources(orderBy: [TITLE_DESC]) { nodes { title } } } }',
      answer: {
        place: {
          sources: {
            nodes: [
              { title: 'The European Parliament adopted a resolution on events in Kazakhstan' },
              { title: 'Records of procedure 2022/2505(RSP) of the European Parliament' },
            ],
          },
        },
      },
    },
  ],
  made: [
    {
      asks: 'In which order do memberships stand by their end, the open ones last?',
      question: `{
        person(id: "person:bo") {
          memberships(orderBy: [LINK_END_DATE_ASC]) { edges { endDate node { id } } }
          back: memberships(orderBy: [LINK_END_DATE_DESC]) { edges { endDate } }
        }
      }`,
      answer: {
        person: {
          memberships: {
            edges: [
              { endDate: '2030-02-01', node: { id: 'org:assembly/reds' } },
              { endDate: null, node: { id: 'org:assembly/blues' } },
            ],
          },
          back: { edges: [{ endDate: '2030-02-01' }, { endDate: null }] },
        },
      },
    },
    {
      asks: 'In which order do members stand by their first day, the unknown last?',
      question: `{
        organization(id: "org:assembly/reds") {
          members(orderBy: [LINK_START_DATE_DESC, ID_ASC]) { edges { startDate node { id } } }
        }
      }`,
      answer: {
        organization: {
          members: {
            edges: [
              { startDate: '2029-01-01', node: { id: 'person:ada' } },
              { startDate: '2029-01-01', node: { id: 'person:bo' } },
              { startDate: '2029-01-01', node: { id: 'person:flo' } },
              { startDate: null, node: { id: 'person:cy' } },
            ],
          },
        },
      },
    },
    {
      asks: 'Where does a claim stand whose figure is a range?',
      question: '{ claims(orderBy: [VALUE_ASC]) { nodes { id value } } }',
      answer: {
        claims: {
          nodes: [
            { id: 'claim:march-1', value: 0.5 },
            { id: 'claim:flood-1', value: 12 },
            { id: 'claim:flood-2', value: 15 },
            { id: 'claim:flood-3', value: null },
          ],
        },
      },
    },
    {
      asks: 'In which order do demands stand by the number of responses?',
      question: '{ demands(orderBy: [RESPONSE_COUNT_DESC, POSITION_DESC]) { nodes { position responseCount } } }',
      answer: {
        demands: {
          nodes: [
            { position: 1, responseCount: 1 },
            { position: 3, responseCount: 0 },
            { position: 2, responseCount: 0 },
          ],
        },
      },
    },
    {
      asks: 'Where does a ballot stand that has no day?',
      question: '{ voteEvents(orderBy: [DATE_ASC, ID_DESC]) { nodes { id date } } own: voteEvents { nodes { id } } }',
      answer: {
        voteEvents: {
          nodes: [
            { id: 'assembly-vote:3', date: '2030-04-28' },
            { id: 'assembly-vote:2', date: '2030-04-28' },
            { id: 'assembly-vote:1', date: '2030-04-29' },
            { id: 'assembly-vote:4', date: null },
          ],
        },
        own: {
          nodes: [
            { id: 'assembly-vote:1' },
            { id: 'assembly-vote:2' },
            { id: 'assembly-vote:3' },
            { id: 'assembly-vote:4' },
          ],
        },
      },
    },
    {
      asks: 'In which order do motions stand by the day they were tabled?',
      question: '{ motions(orderBy: [TABLED_ON_ASC]) { nodes { reference tabledOn } } }',
      answer: {
        motions: {
          nodes: [
            { reference: 'SA/2', tabledOn: '2030-03-01' },
            { reference: 'SA/1', tabledOn: '2030-04-01' },
          ],
        },
      },
    },
    {
      asks: 'In which order do those stand who work on a procedure, by the first day?',
      question: `{
        procedure(id: "assembly-procedure:2030/1") {
          participants(orderBy: [LINK_START_DATE_ASC]) { edges { role startDate } }
        }
      }`,
      answer: {
        procedure: {
          participants: {
            edges: [
              { role: 'RAPPORTEUR', startDate: '2030-04-02' },
              { role: 'SHADOW_RAPPORTEUR', startDate: '2030-04-05' },
              { role: 'COMMITTEE_RESPONSIBLE', startDate: null },
            ],
          },
        },
      },
    },
  ],
  real: [
    {
      asks: 'Which three ballots were the closest, the unknown apart?',
      question: '{ voteEvents(orderBy: [MARGIN_ASC], first: 3) { nodes { id margin } } }',
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:153079', margin: 13 },
            { id: 'ep-vote:165173', margin: 18 },
            { id: 'ep-vote:165178', margin: 21 },
          ],
        },
      },
    },
    {
      asks: 'Where does the ballot stand whose margin is not known?',
      question: `{
        voteEvents(where: { isRollCall: { eq: false } }, orderBy: [MARGIN_DESC]) { nodes { id margin } }
        agenda: voteEvents(where: { date: { eq: "2024-01-15" } }, orderBy: [MARGIN_DESC]) {
          nodes { id margin }
        }
      }`,
      answer: {
        voteEvents: { nodes: [{ id: 'ep-vote:163207', margin: null }] },
        agenda: {
          nodes: [
            { id: 'ep-vote:163202', margin: 326 },
            { id: 'ep-vote:163199', margin: 311 },
            { id: 'ep-vote:163204', margin: 233 },
            { id: 'ep-vote:163201', margin: 81 },
            { id: 'ep-vote:163203', margin: 81 },
            { id: 'ep-vote:163205', margin: 80 },
            { id: 'ep-vote:163200', margin: 68 },
            { id: 'ep-vote:163207', margin: null },
          ],
        },
      },
    },
    {
      asks: "In which order do the agenda's ballots stand by time, the latest first?",
      question: '{ voteEvents(where: { date: { eq: "2024-02-26" } }) { nodes { id time } } }',
      answer: {
        voteEvents: {
          nodes: [
            { id: 'ep-vote:165178', time: '2024-02-26T17:32:00+01:00' },
            { id: 'ep-vote:165177', time: '2024-02-26T17:29:24+01:00' },
            { id: 'ep-vote:165176', time: '2024-02-26T17:29:02+01:00' },
            { id: 'ep-vote:165175', time: '2024-02-26T17:27:11+01:00' },
            { id: 'ep-vote:165174', time: '2024-02-26T17:25:25+01:00' },
            { id: 'ep-vote:165173', time: '2024-02-26T17:23:27+01:00' },
            { id: 'ep-vote:165172', time: '2024-02-26T17:22:33+01:00' },
          ],
        },
      },
    },
    {
      asks: 'Which titles come last in the alphabet, and is none last of all?',
      question: `{
        voteEvents(where: { isMain: { eq: true } }, orderBy: [TITLE_DESC], first: 3) { nodes { id title } }
        untitled: voteEvents(
          where: { isMain: { eq: true }, date: { within: "2023-06" } }
          orderBy: [TITLE_ASC]
        ) { nodes { id title } }
      }`,
      answer: {
        voteEvents: {
          nodes: [
            {
              id: 'ep-vote:156440',
              title: 'The sustainable reconstruction and integration of Ukraine into the Euro-Atlantic community',
            },
            { id: 'ep-vote:152416', title: 'The preparation of the EU-Ukraine Summit' },
            {
              id: 'ep-vote:152245',
              title: 'The establishment of a tribunal on the crime of aggression against Ukraine',
            },
          ],
        },
        untitled: {
          nodes: [
            {
              id: 'ep-vote:156440',
              title: 'The sustainable reconstruction and integration of Ukraine into the Euro-Atlantic community',
            },
            { id: 'ep-vote:156258', title: null },
          ],
        },
      },
    },
    {
      asks: 'Do accents count in an order of names?',
      question: `{
        persons(where: { country: { id: { eq: "iso:LV" } } }, orderBy: [SORT_NAME_DESC], first: 5) {
          nodes { sortName }
        }
      }`,
      answer: {
        persons: {
          nodes: [
            { sortName: 'ZĪLE, Roberts' },
            { sortName: 'ŽDANOKA, Tatjana' },
            { sortName: 'VAIDERE, Inese' },
            { sortName: 'UŠAKOVS, Nils' },
            { sortName: 'STAĶIS, Mārtiņš' },
          ],
        },
      },
    },
    {
      asks: "Which country's members come first by name, country by country?",
      question: `{
        places(where: { representatives: { some: {} } }) {
          nodes { name representatives(orderBy: [SORT_NAME_ASC], first: 1) { totalCount nodes { sortName } } }
        }
      }`,
      answer: {
        places: {
          nodes: [
            { name: 'Cyprus', representatives: { totalCount: 10, nodes: [{ sortName: 'CHRISTOFOROU, Lefteris' }] } },
            { name: 'Estonia', representatives: { totalCount: 8, nodes: [{ sortName: 'ANSIP, Andrus' }] } },
            { name: 'Latvia', representatives: { totalCount: 13, nodes: [{ sortName: 'AMERIKS, Andris' }] } },
            { name: 'Luxembourg', representatives: { totalCount: 9, nodes: [{ sortName: 'ANGEL, Marc' }] } },
            { name: 'Malta', representatives: { totalCount: 10, nodes: [{ sortName: 'AGIUS SALIBA, Alex' }] } },
          ],
        },
      },
    },
    {
      asks: 'Which votes come first by option, then by name?',
      question: `{
        voteEvent(id: "ep-vote:164536") {
          votes(orderBy: [LINK_OPTION_DESC, SORT_NAME_ASC], first: 2) { edges { option node { sortName } } }
        }
      }`,
      answer: {
        voteEvent: {
          votes: {
            edges: [
              { option: 'FOR', node: { sortName: 'Adamowicz' } },
              { option: 'FOR', node: { sortName: 'Ademov' } },
            ],
          },
        },
      },
    },
    {
      asks: 'In which order do adopted texts stand, the earliest first?',
      question: '{ resolutions(orderBy: [ADOPTED_ON_ASC]) { nodes { reference adoptedOn } } }',
      answer: {
        resolutions: {
          nodes: [
            { reference: 'P9_TA(2020)0358', adoptedOn: '2020-12-16' },
            { reference: 'P9_TA(2022)0012', adoptedOn: '2022-01-20' },
            { reference: 'P10_TA(2025)0096', adoptedOn: '2025-05-08' },
          ],
        },
      },
    },
    {
      asks: 'Which recital or paragraph comes first and last in the text?',
      question: `{
        motion(reference: "RC-B10-0249/2025") {
          paragraphs(first: 1) { totalCount nodes { number kind } }
          last: paragraphs(orderBy: [POSITION_DESC], first: 1) { nodes { number kind } }
        }
      }`,
      answer: {
        motion: {
          paragraphs: { totalCount: 12, nodes: [{ number: 'A', kind: 'RECITAL' }] },
          last: { nodes: [{ number: '9', kind: 'PARAGRAPH' }] },
        },
      },
    },
    {
      asks: 'Which motions were tabled last, and where are those of no known day?',
      question: '{ motions(orderBy: [TABLED_ON_DESC, ID_DESC], first: 3) { nodes { id tabledOn } } }',
      answer: {
        motions: {
          nodes: [
            { id: 'ep-doc:RC-B10-0249/2025', tabledOn: '2025-05-07' },
            { id: 'ep-doc:RC-B9-0270/2023', tabledOn: null },
            { id: 'ep-doc:RC-B9-0144/2021', tabledOn: null },
          ],
        },
      },
    },
  ],
}
