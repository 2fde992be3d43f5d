import type { Questions } from './question.js'

export const filtersOnDatesAndWords: Questions = {
  seed: [
    {
      asks: 'Which ballots were held in January 2022?',
      question: '{ voteEvents(where: { date: { within: "2022-01" } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 5, undecidedCount: 0 } },
    },
    {
      asks: 'Which ballots were held from 20 January on, and which after it?',
      question: `{
        on: voteEvents(where: { date: { gte: "2022-01-20" } }) { totalCount }
        after: voteEvents(where: { date: { gt: "2022-01-20" } }) { totalCount }
        before: voteEvents(where: { date: { lt: "2022-01-20" } }) { totalCount }
      }`,
      answer: { on: { totalCount: 5 }, after: { totalCount: 0 }, before: { totalCount: 0 } },
    },
    {
      asks: 'Which resolutions were adopted in the first quarter of 2022?',
      question: `{
        resolutions(where: { adoptedOn: { within: "2022-01-01/2022-03-31" } }) {
          nodes { reference adoptedOn }
        }
      }`,
      answer: { resolutions: { nodes: [{ reference: 'P9_TA(2022)0012', adoptedOn: '2022-01-20' }] } },
    },
    {
      asks: 'Which sources were published after the day of the vote, open-ended?',
      question: `{
        sources(where: { published: { within: "2022-01-21/.." } }) {
          nodes { id published }
          totalCount undecidedCount
        }
      }`,
      answer: {
        sources: {
          nodes: [{ id: 'source:kaztag-2022-01-21', published: '2022-01-21' }],
          totalCount: 1,
          undecidedCount: 2,
        },
      },
    },
    {
      asks: 'Which sources were published on one of two days?',
      question:
        '{ sources(where: { published: { in: ["2022-01-20", "2022-01-22"] } }) { nodes { id } undecidedCount } }',
      answer: { sources: { nodes: [{ id: 'source:ep-site-2022-01-20' }], undecidedCount: 2 } },
    },
    {
      asks: 'Which events surely happened in 2022?',
      question: '{ events(where: { date: { within: "2022" } }) { nodes { name date { edtf earliest latest } } } }',
      answer: {
        events: {
          nodes: [
            {
              name: 'Protests in Kazakhstan, January 2022',
              date: { edtf: '2022-01', earliest: '2022-01-01', latest: '2022-01-31' },
            },
          ],
        },
      },
    },
    {
      asks: 'Which events surely happened in the first half of January?',
      question: '{ events(where: { date: { within: "2022-01-01/2022-01-15" } }) { totalCount undecidedCount } }',
      answer: { events: { totalCount: 0, undecidedCount: 0 } },
    },
    {
      asks: 'Which events may have happened in the first half of January?',
      question: '{ events(where: { date: { touches: "2022-01-01/2022-01-15" } }) { nodes { id } } }',
      answer: { events: { nodes: [{ id: 'event:kazakhstan-protests-2022' }] } },
    },
    {
      asks: 'Which events can have happened in the 2010s?',
      question: '{ events(where: { date: { touches: "201X" } }) { totalCount } }',
      answer: { events: { totalCount: 0 } },
    },
    {
      asks: 'Which claims say as of which day they count?',
      question: `{
        claims(where: { asOf: { known: true } }) { totalCount }
        not: claims(where: { asOf: { within: "2022" } }) { totalCount undecidedCount }
      }`,
      answer: { claims: { totalCount: 0 }, not: { totalCount: 0, undecidedCount: 2 } },
    },
    {
      asks: 'Which demands speak of human rights?',
      question: '{ demands(where: { text: { contains: "human rights" } }) { nodes { position } } }',
      answer: { demands: { nodes: [{ position: 1 }, { position: 3 }, { position: 6 }] } },
    },
    {
      asks: 'Do the words count in any order, and in capitals?',
      question: '{ demands(where: { text: { contains: "RIGHTS human KAZAKHSTAN" } }) { nodes { position } } }',
      answer: { demands: { nodes: [{ position: 1 }, { position: 3 }] } },
    },
    {
      asks: 'Which demands begin with an end, or a drop?',
      question: `{
        demands(where: { or: [{ text: { startsWith: "END " } }, { text: { startsWith: "drop" } }] }) {
          nodes { position text }
        }
      }`,
      answer: {
        demands: {
          nodes: [
            { position: 6, text: 'End the persecution of defenders of human rights for political reasons.' },
            { position: 7, text: 'Drop the charges that were brought for political reasons.' },
          ],
        },
      },
    },
    {
      asks: 'Which demands speak of the UN, by the letters?',
      question: '{ demands(where: { text: { contains: "un" } }) { nodes { position } } }',
      answer: { demands: { nodes: [{ position: 2 }, { position: 5 }] } },
    },
    {
      asks: 'Which bodies have Europe in their name?',
      question: '{ organizations(where: { name: { contains: "europe" } }) { nodes { id } } }',
      answer: {
        organizations: {
          nodes: [
            { id: 'org:council-of-the-eu' },
            { id: 'ep-group:ECR' },
            { id: 'org:eeas' },
            { id: 'org:european-parliament' },
            { id: 'ep-group:EPP' },
            { id: 'org:european-union' },
            { id: 'ep-group:GREEN_EFA' },
            { id: 'org:eu-institutions' },
            { id: 'org:osce' },
            { id: 'ep-group:RENEW' },
            { id: 'ep-group:GUE_NGL' },
          ],
        },
      },
    },
    {
      asks: 'Which groups have a name that begins with "European"?',
      question: `{
        organizations(where: { name: { startsWith: "european" }, kind: { eq: POLITICAL_GROUP } }) {
          nodes { name }
        }
      }`,
      answer: {
        organizations: {
          nodes: [{ name: 'European Conservatives and Reformists' }, { name: 'European People’s Party' }],
        },
      },
    },
    {
      asks: 'Is the People’s Party found with its own apostrophe?',
      question: '{ organizations(where: { name: { contains: "people’s" } }) { nodes { id } } }',
      answer: { organizations: { nodes: [{ id: 'ep-group:EPP' }] } },
    },
    {
      asks: 'Does the name count whatever the case and accents?',
      question: '{ persons(where: { name: { eq: "JOSEP BORRÉLL" } }) { nodes { id name } } }',
      answer: { persons: { nodes: [{ id: 'person:josep-borrell', name: 'Josep Borrell' }] } },
    },
    {
      asks: 'Which groups have one of these short names?',
      question: `{
        organizations(where: { shortName: { in: ["s&d", "Renew", "ALDE"] } }) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: {
        organizations: { nodes: [{ id: 'ep-group:SD' }, { id: 'ep-group:RENEW' }], totalCount: 2, undecidedCount: 4 },
      },
    },
    {
      asks: 'Which ballots were on a paragraph 18?',
      question:
        '{ voteEvents(where: { description: { contains: "§ 18" } }, orderBy: [ID_ASC]) { nodes { description } } }',
      answer: { voteEvents: { nodes: [{ description: '§ 18/1' }, { description: '§ 18/2' }] } },
    },
    {
      asks: 'Which ballot was on the text as a whole, with or without the accents?',
      question: `{
        voteEvents(where: { description: { startsWith: "proposition de resolution" } }) {
          nodes { description }
        }
      }`,
      answer: { voteEvents: { nodes: [{ description: 'Proposition de résolution (ensemble du texte)' }] } },
    },
    {
      asks: 'Is an underscore or a percent sign taken as it is?',
      question: `{
        demands(where: { text: { contains: "%" } }) { totalCount }
        organizations(where: { name: { contains: "_" } }) { totalCount }
      }`,
      answer: { demands: { totalCount: 0 }, organizations: { totalCount: 0 } },
    },
    {
      asks: 'Is a quotation mark no danger?',
      question: 'query ($words: String) { organizations(where: { name: { contains: $words } }) { totalCount } }',
      variables: { words: "') OR 1=1 --" },
      answer: { organizations: { totalCount: 0 } },
    },
    {
      asks: 'Which sources say "Kazakhstan" in their title, but not "resolution"?',
      question: `{
        sources(where: { title: { contains: "kazakhstan" }, not: { title: { contains: "resolution" } } }) {
          totalCount
        }
      }`,
      answer: { sources: { totalCount: 0 } },
    },
  ],
  made: [
    {
      asks: 'Who was surely born in the seventies?',
      question: `{
        persons(where: { birthDate: { within: "197X" } }, orderBy: [ID_ASC]) {
          nodes { id birthDate { edtf earliest latest } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        persons: {
          nodes: [
            { id: 'person:ada', birthDate: { edtf: '1970-05', earliest: '1970-05-01', latest: '1970-05-31' } },
            { id: 'person:cy', birthDate: { edtf: '197X', earliest: '1970-01-01', latest: '1979-12-31' } },
          ],
          totalCount: 2,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Who may have been born in 1970?',
      question: `{
        persons(where: { birthDate: { touches: "1970" } }, orderBy: [ID_ASC]) {
          nodes { id birthDate { edtf } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        persons: {
          nodes: [
            { id: 'person:ada', birthDate: { edtf: '1970-05' } },
            { id: 'person:cy', birthDate: { edtf: '197X' } },
          ],
          totalCount: 2,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Who was surely not born in the seventies?',
      question: `{
        persons(where: { not: { birthDate: { touches: "197X" } } }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: {
        persons: {
          nodes: [{ id: 'person:bo' }, { id: 'person:di' }, { id: 'person:flo' }],
          totalCount: 3,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Which demands have a deadline in 2030, surely or perhaps?',
      question: `{
        surely: demands(where: { deadline: { within: "2030" } }) {
          nodes { position }
          totalCount undecidedCount
        }
        perhaps: demands(where: { deadline: { touches: "2031" } }) {
          nodes { position deadline { edtf latest } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        surely: { nodes: [{ position: 1 }], totalCount: 1, undecidedCount: 2 },
        perhaps: {
          nodes: [{ position: 2, deadline: { edtf: '2030-05-01/..', latest: null } }],
          totalCount: 1,
          undecidedCount: 1,
        },
      },
    },
    {
      asks: 'Which events surely happened in the second quarter of 2030?',
      question: `{
        events(where: { date: { within: "2030-34" } }) {
          nodes { id date { edtf } }
          totalCount undecidedCount
        }
        perhaps: events(where: { date: { touches: "2030-34" } }, orderBy: [ID_ASC]) { nodes { id } }
      }`,
      answer: {
        events: { nodes: [{ id: 'event:works', date: { edtf: '2030-06' } }], totalCount: 1, undecidedCount: 1 },
        perhaps: { nodes: [{ id: 'event:march' }, { id: 'event:works' }] },
      },
    },
    {
      asks: 'Which figures were counted by the fifteenth of March?',
      question: `{
        claims(where: { asOf: { within: "../2030-03-15" } }) { nodes { id } totalCount undecidedCount }
        perhaps: claims(where: { asOf: { touches: "../2030-03-15" } }, orderBy: [ID_ASC]) {
          nodes { id asOf { edtf } }
        }
      }`,
      answer: {
        claims: { nodes: [{ id: 'claim:flood-1' }], totalCount: 1, undecidedCount: 1 },
        perhaps: {
          nodes: [
            { id: 'claim:flood-1', asOf: { edtf: '2030-03-12' } },
            { id: 'claim:flood-3', asOf: { edtf: '2030-03' } },
          ],
        },
      },
    },
    {
      asks: 'Which ballots were held before the twenty-ninth of April?',
      question: `{
        voteEvents(where: { date: { lt: "2030-04-29" } }, orderBy: [ID_ASC]) {
          nodes { id }
          totalCount undecidedCount
        }
      }`,
      answer: {
        voteEvents: { nodes: [{ id: 'assembly-vote:2' }, { id: 'assembly-vote:3' }], totalCount: 2, undecidedCount: 1 },
      },
    },
    {
      asks: 'Which paragraphs speak of dikes or sluices, in English?',
      question: `{
        paragraphs(
          where: {
            or: [{ text: { contains: "DIKES" } }, { text: { contains: "sluices" } }]
            language: { eq: "en" }
          }
          orderBy: [POSITION_ASC]
        ) { nodes { number } }
        language: paragraphs(where: { not: { language: { eq: "en" } } }) { totalCount undecidedCount }
      }`,
      answer: {
        paragraphs: { nodes: [{ number: '1' }, { number: '2' }] },
        language: { totalCount: 0, undecidedCount: 1 },
      },
    },
  ],
  real: [
    {
      asks: 'How many ballots were held in each of these times?',
      question: `{
        y2021: voteEvents(where: { date: { within: "2021" } }) { totalCount }
        q1: voteEvents(where: { date: { within: "2023-01/2023-03" } }) { totalCount }
        later: voteEvents(where: { date: { within: "2024-01-16/.." } }) { totalCount }
        until: voteEvents(where: { date: { within: "../2022" } }) { totalCount }
        decade: voteEvents(where: { date: { within: "202X" } }) { totalCount }
      }`,
      answer: {
        y2021: { totalCount: 4 },
        q1: { totalCount: 24 },
        later: { totalCount: 24 },
        until: { totalCount: 9 },
        decade: { totalCount: 101 },
      },
    },
    {
      asks: 'Which ballots were held on two days of February 2024?',
      question: '{ voteEvents(where: { date: { in: ["2024-02-26", "2024-02-27"] } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 9, undecidedCount: 0 } },
    },
    {
      asks: 'Which titles have "Ukraine" and "Russia" in them?',
      question: '{ voteEvents(where: { title: { contains: "russia ukraine" } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 13, undecidedCount: 21 } },
    },
    {
      asks: 'Which titles begin with "Establishing"?',
      question:
        '{ voteEvents(where: { title: { startsWith: "establishing the ukraine" } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 8, undecidedCount: 21 } },
    },
    {
      asks: 'Which ballots were on recitals?',
      question: '{ voteEvents(where: { description: { contains: "considerant" } }) { totalCount undecidedCount } }',
      answer: { voteEvents: { totalCount: 14, undecidedCount: 7 } },
    },
    {
      asks: 'Who was born in the 1950s?',
      question: `{
        persons(where: { birthDate: { within: "195X" } }) {
          nodes { sortName birthDate { edtf } }
          totalCount undecidedCount
        }
      }`,
      answer: {
        persons: {
          nodes: [
            { sortName: 'ANSIP, Andrus', birthDate: { edtf: '1956-10-01' } },
            { sortName: 'GOERENS, Charles', birthDate: { edtf: '1952-02-06' } },
            { sortName: 'KALNIETE, Sandra', birthDate: { edtf: '1952-12-22' } },
            { sortName: 'KARTHEISER, Fernand', birthDate: { edtf: '1959-09-30' } },
            { sortName: 'KIZILYÜREK, Niyazi', birthDate: { edtf: '1959-12-07' } },
            { sortName: 'SCHMIT, Nicolas', birthDate: { edtf: '1953-12-10' } },
            { sortName: 'VAIDERE, Inese', birthDate: { edtf: '1952-09-03' } },
            { sortName: 'ŽDANOKA, Tatjana', birthDate: { edtf: '1950-05-08' } },
            { sortName: 'ZĪLE, Roberts', birthDate: { edtf: '1958-06-20' } },
          ],
          totalCount: 9,
          undecidedCount: 607,
        },
      },
    },
    {
      asks: 'Who was born after 1990?',
      question: `{
        persons(where: { birthDate: { within: "1991/.." } }, orderBy: [SORT_NAME_ASC]) {
          nodes { sortName birthDate { edtf } }
        }
      }`,
      answer: {
        persons: {
          nodes: [
            { sortName: 'ATTARD, Daniel', birthDate: { edtf: '1992-04-18' } },
            { sortName: 'BAJADA, Thomas', birthDate: { edtf: '1994-06-13' } },
            { sortName: 'KEMP, Martine', birthDate: { edtf: '1994-07-08' } },
            { sortName: 'MADISON, Jaak', birthDate: { edtf: '1991-04-22' } },
            { sortName: 'PANAYIOTOU, Fidias', birthDate: { edtf: '2000-04-10' } },
          ],
        },
      },
    },
    {
      asks: 'Is a name with Latvian letters found without them?',
      question: `{
        persons(where: { familyName: { eq: "Stakis" } }) { nodes { name } }
        begins: persons(where: { familyName: { startsWith: "ž" } }) { nodes { name } }
      }`,
      answer: {
        persons: { nodes: [{ name: 'Mārtiņš STAĶIS' }] },
        begins: { nodes: [{ name: 'Tatjana ŽDANOKA' }, { name: 'Roberts ZĪLE' }] },
      },
    },
    {
      asks: 'Which names have an "ü" or a "u"?',
      question: `{
        persons(where: { country: { known: true }, name: { contains: "ju" } }) { nodes { name } }
        umlaut: persons(where: { givenName: { eq: "juri" } }) { nodes { name } }
      }`,
      answer: {
        persons: { nodes: [{ name: 'Marina KALJURAND' }, { name: 'Jüri RATAS' }] },
        umlaut: { nodes: [{ name: 'Jüri RATAS' }] },
      },
    },
    {
      asks: 'Which persons are called Agius, in their family name?',
      question: `{
        persons(where: { familyName: { contains: "AGIUS" } }) {
          nodes { familyName }
          totalCount undecidedCount
        }
      }`,
      answer: {
        persons: {
          nodes: [{ familyName: 'AGIUS SALIBA' }, { familyName: 'AGIUS' }],
          totalCount: 2,
          undecidedCount: 603,
        },
      },
    },
    {
      asks: 'Of which ballots is what exactly was voted on not known?',
      question: `{
        voteEvents(where: { description: { known: false } }, orderBy: [ID_ASC]) {
          totalCount
          nodes { id date title }
        }
      }`,
      answer: {
        voteEvents: {
          totalCount: 7,
          nodes: [
            {
              id: 'ep-vote:165172',
              date: '2024-02-26',
              title: 'Tuesday’s agenda – Request by The Left Group (change of title)',
            },
            {
              id: 'ep-vote:165173',
              date: '2024-02-26',
              title: 'Tuesday’s agenda – Request by The Left Group (tabling of motions for resolution)',
            },
            { id: 'ep-vote:165174', date: '2024-02-26', title: 'Tuesday’s agenda – Request by the Verts/ALE Group' },
            { id: 'ep-vote:165175', date: '2024-02-26', title: 'Wednesday’s agenda – Request by The Left Group' },
            {
              id: 'ep-vote:165176',
              date: '2024-02-26',
              title: 'Wednesday’s agenda – Request by the PPE Group (addition of Council and Commission statements)',
            },
            {
              id: 'ep-vote:165177',
              date: '2024-02-26',
              title: 'Wednesday’s agenda – Request by the PPE Group (tabling of motions for resolution)',
            },
            {
              id: 'ep-vote:165178',
              date: '2024-02-26',
              title: 'Wednesday’s agenda – Request by The Left and Verts/ALE Groups',
            },
          ],
        },
      },
    },
  ],
}
