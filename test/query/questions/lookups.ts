import type { Questions } from './question.js'

export const lookups: Questions = {
  seed: [
    {
      asks: 'Which records have these ids, in this order?',
      question: '{ nodes(ids: ["iso:KZ", "ep-vote:1", "person:josep-borrell", "iso:KZ"]) { __typename id } }',
      answer: {
        nodes: [
          { __typename: 'Place', id: 'iso:KZ' },
          null,
          { __typename: 'Person', id: 'person:josep-borrell' },
          { __typename: 'Place', id: 'iso:KZ' },
        ],
      },
    },
    {
      asks: 'Which record has this id, of whatever type?',
      question: `{
        node(id: "ta:P9_TA(2022)0012#demand-3") {
          __typename id
          sources { nodes { id } }
          ... on Demand { text }
        }
      }`,
      answer: {
        node: {
          __typename: 'Demand',
          id: 'ta:P9_TA(2022)0012#demand-3',
          sources: { nodes: [{ id: 'source:kaztag-2022-01-21' }] },
          text: 'Put respect for human rights first in all work with Kazakhstan.',
        },
      },
    },
    {
      asks: 'Is there a record of that id?',
      question: `{
        node(id: "person:nobody") { id }
        person(id: "person:nobody") { name }
        voteEvent(id: "ep-vote:1") { id }
      }`,
      answer: { node: null, person: null, voteEvent: null },
    },
    {
      asks: 'Is a place asked as a person none?',
      question: '{ person(id: "iso:KZ") { id } }',
      answer: { person: null },
    },
    {
      asks: 'Which text has this reference, in another spelling?',
      question: '{ motion(reference: "RC-9-2022-0065") { id } resolution(reference: "TA-9-2022-0012") { title } }',
      answer: { motion: { id: 'ep-doc:RC-B9-0065/2022' }, resolution: { title: 'Situation in Kazakhstan' } },
    },
    {
      asks: "Which record is named by a country's code, a reference or an id?",
      question: `{
        country: entity(by: { iso: "kz" }) { id }
        text: entity(by: { reference: "rc-b9-0065/2022" }) { id }
        dossier: entity(by: { reference: "2022/2505(RSP)" }) { __typename id }
        body: entity(by: { id: "org:osce" }) { id }
      }`,
      answer: {
        country: { id: 'iso:KZ' },
        text: { id: 'ep-doc:RC-B9-0065/2022' },
        dossier: { __typename: 'Procedure', id: 'ep-proc:2022/2505(RSP)' },
        body: { id: 'org:osce' },
      },
    },
    {
      asks: 'Is a name that leads nowhere answered with nothing?',
      question: `{
        country: entity(by: { iso: "ZZ" }) { id }
        member: entity(by: { mep: 840 }) { id }
        concept: entity(by: { eurovoc: 616 }) { id }
        text: entity(by: { reference: "B9-0001/2022" }) { id }
      }`,
      answer: { country: null, member: null, concept: null, text: null },
    },
    {
      asks: "Which of a variable's ids are there?",
      question: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: ['claim:kazakhstan-protests-2022-deaths-1', 'x:y'] },
      answer: { nodes: [{ id: 'claim:kazakhstan-protests-2022-deaths-1' }, null] },
    },
    {
      asks: 'What is asked of no ids?',
      question: '{ nodes(ids: []) { id } }',
      answer: { nodes: [] },
    },
    {
      asks: 'How far has the graph moved?',
      question: '{ graph { version changedAt } }',
      answer: { graph: { version: 1, changedAt: '2026-01-01T12:00:00.000Z' } },
    },
    {
      asks: 'What has changed since the graph was empty, and since now?',
      question: `{
        all: changes(since: 0, first: 2) { totalCount edges { kind version node { __typename id } } }
        none: changes(since: 99) { totalCount nodes { id } }
      }`,
      answer: {
        all: {
          totalCount: 61,
          edges: [
            {
              kind: 'CREATED',
              version: 1,
              node: { __typename: 'Claim', id: 'claim:kazakhstan-protests-2022-deaths-1' },
            },
            {
              kind: 'CREATED',
              version: 1,
              node: { __typename: 'Claim', id: 'claim:kazakhstan-protests-2022-victims-1' },
            },
          ],
        },
        none: { totalCount: 0, nodes: [] },
      },
    },
    {
      asks: 'Which of the changes are of ballots?',
      question: '{ changes(where: { type: { eq: VoteEvent } }) { totalCount undecidedCount nodes { id } } }',
      answer: {
        changes: {
          totalCount: 5,
          undecidedCount: 0,
          nodes: [
            { id: 'ep-vote:139007' },
            { id: 'ep-vote:139008' },
            { id: 'ep-vote:139022' },
            { id: 'ep-vote:139023' },
            { id: 'ep-vote:139038' },
          ],
        },
      },
    },
    {
      asks: 'Which claims and offices does only the news agency give?',
      question: `{
        changes(
          where: {
            type: { in: [Claim, Office] }
            sources: { every: { id: { eq: "source:kaztag-2022-01-21" } } }
          }
        ) { totalCount nodes { id } }
      }`,
      answer: {
        changes: {
          totalCount: 4,
          nodes: [
            { id: 'claim:kazakhstan-protests-2022-deaths-1' },
            { id: 'claim:kazakhstan-protests-2022-victims-1' },
            { id: 'office:eusr-central-asia' },
            { id: 'office:vp-hr' },
          ],
        },
      },
    },
  ],
  made: [
    {
      asks: 'Whom does an id name that was merged, and why?',
      question: `{
        person(id: "person:old-ada") { id name }
        merge(id: "merge:person:old-ada") { merged into { id } reason }
      }`,
      answer: {
        person: { id: 'person:ada', name: 'Ada Example' },
        merge: { merged: 'person:old-ada', into: { id: 'person:ada' }, reason: 'The same person in an older list.' },
      },
    },
    {
      asks: 'Which of each kind of record has this id?',
      question: `{
        office(id: "office:dikes") { name }
        amendment(id: "assembly-doc:1#am-1/2") { number partOf { number } motion { reference } }
        paragraph(id: "assembly-text:1#p2") { text demands { nodes { text } } }
        voteCount(id: "assembly-vote:1/reds") { majority tally { voting } }
        demand(id: "assembly-text:1#demand-3") { status document { __typename id } }
        claim(id: "claim:flood-3") { value low high }
        subject(id: "assembly-subject:7") { schemeName }
      }`,
      answer: {
        office: { name: 'Minister of Dikes' },
        amendment: { number: '1/2', partOf: { number: '1' }, motion: { reference: 'SA/1' } },
        paragraph: {
          text: 'Asks who opened the sluices',
          demands: { nodes: [{ text: 'Say who opened the sluices' }] },
        },
        voteCount: { majority: 'FOR', tally: { voting: 3 } },
        demand: { status: 'RETRACTED', document: { __typename: 'Resolution', id: 'assembly-text:1' } },
        claim: { value: null, low: 40, high: 60.5 },
        subject: { schemeName: 'Subjects of the Synthetic Assembly' },
      },
    },
    {
      asks: 'What does the gate say does not add up?',
      question: `{
        issues(where: { rule: { eq: GROUPS_SUM_TO_TOTAL } }) {
          totalCount
          nodes { rule message record { __typename id } }
        }
        issue(id: "issue:groups-sum-to-total:assembly-vote:1") { rule }
      }`,
      answer: {
        issues: {
          totalCount: 1,
          nodes: [
            {
              rule: 'GROUPS_SUM_TO_TOTAL',
              message:
                'The total is 3 for, 1 against, 1 abstentions, 1 did not vote; the tallies of groups sum to 2 for, 1 against, 1 abstentions.',
              record: { __typename: 'VoteEvent', id: 'assembly-vote:1' },
            },
          ],
        },
        issue: { rule: 'GROUPS_SUM_TO_TOTAL' },
      },
    },
    {
      asks: 'Where do two papers differ, and which of them is shown?',
      question: `{
        conflicts(where: { field: { eq: "result" } }) {
          nodes {
            record { id }
            field
            statements(where: { isShown: { eq: true } }) { nodes { value sources { nodes { id } } } }
          }
        }
        other: statements(where: { isShown: { eq: false }, conflict: { known: true } }, orderBy: [ID_ASC]) {
          totalCount
        }
      }`,
      answer: {
        conflicts: {
          nodes: [
            {
              record: { id: 'assembly-vote:2' },
              field: 'result',
              statements: { nodes: [{ value: 'REJECTED', sources: { nodes: [{ id: 'source:assembly-journal' }] } }] },
            },
          ],
        },
        other: { totalCount: 2 },
      },
    },
    {
      asks: 'About which places are there conflicts?',
      question: `{
        conflicts(
          where: { record: { type: { eq: Place } }, statements: { some: { isShown: { eq: false } } } }
        ) { nodes { id field record { id } statements(orderBy: [ID_ASC]) { totalCount } } }
      }`,
      answer: {
        conflicts: {
          nodes: [
            {
              id: 'conflict:place:dike-town#name',
              field: 'name',
              record: { id: 'place:dike-town' },
              statements: { totalCount: 2 },
            },
          ],
        },
      },
    },
    {
      asks: 'What became of an event that nobody reports any longer?',
      question: `{
        node(id: "event:hoax") { __typename id ... on Tombstone { was } }
        changes(where: { type: { eq: Tombstone } }) {
          totalCount
          edges { kind node { id ... on Tombstone { was edition } } }
        }
        events(where: { id: { eq: "event:hoax" } }) { totalCount }
      }`,
      answer: {
        node: { __typename: 'Tombstone', id: 'event:hoax', was: 'Event' },
        changes: {
          totalCount: 1,
          edges: [{ kind: 'DELETED', node: { id: 'event:hoax', was: 'Event', edition: 'records:synthetic-gazette' } }],
        },
        events: { totalCount: 0 },
      },
    },
    {
      asks: 'What has changed since the journal was read?',
      question: '{ changes(since: 1) { edges { kind version node { __typename id } } } }',
      answer: {
        changes: {
          edges: [
            { kind: 'CHANGED', version: 3, node: { __typename: 'VoteEvent', id: 'assembly-vote:2' } },
            { kind: 'CHANGED', version: 3, node: { __typename: 'Place', id: 'place:dike-town' } },
            { kind: 'CREATED', version: 3, node: { __typename: 'Source', id: 'source:gazette' } },
            { kind: 'DELETED', version: 4, node: { __typename: 'Tombstone', id: 'event:hoax' } },
          ],
        },
      },
    },
  ],
  real: [
    {
      asks: 'Which member has this number, which concept and which procedure?',
      question: `{
        member: entity(by: { mep: 118859 }) { ... on Person { name birthDate { edtf } country { name } } }
        concept: entity(by: { eurovoc: 616 }) { ... on Subject { name } }
        dossier: entity(by: { reference: "2022/0195(COD)" }) { ... on Procedure { title } }
      }`,
      answer: {
        member: { name: 'Roberta METSOLA', birthDate: { edtf: '1979-01-18' }, country: { name: 'Malta' } },
        concept: { name: 'exchange of information' },
        dossier: { title: 'Nature restoration' },
      },
    },
    {
      asks: 'Where does an id lead that was merged into another?',
      question: `{
        node(id: "ep-proc:2025/2691") { id }
        merges(where: { into: { type: { eq: Procedure } } }) { totalCount nodes { merged into { id } } }
        voteEvent(id: "ep-pv-9-2024-01-15-vot:4.1") { id }
      }`,
      answer: {
        node: { id: 'ep-proc:2025/2691(RSP)' },
        merges: {
          totalCount: 2,
          nodes: [
            { merged: 'ep-proc:2018/2070', into: { id: 'ep-proc:2018/2070(ACI)' } },
            { merged: 'ep-proc:2025/2691', into: { id: 'ep-proc:2025/2691(RSP)' } },
          ],
        },
        voteEvent: { id: 'ep-vote:163207' },
      },
    },
    {
      asks: 'What did the last import change?',
      question: '{ changes(since: 7, where: { type: { eq: Motion } }) { totalCount edges { kind node { id } } } }',
      answer: {
        changes: {
          totalCount: 7,
          edges: [
            { kind: 'CREATED', node: { id: 'ep-doc:B10-0247/2025' } },
            { kind: 'CHANGED', node: { id: 'ep-doc:B10-0249/2025' } },
            { kind: 'CHANGED', node: { id: 'ep-doc:B10-0250/2025' } },
            { kind: 'CHANGED', node: { id: 'ep-doc:B10-0252/2025' } },
            { kind: 'CHANGED', node: { id: 'ep-doc:B10-0255/2025' } },
            { kind: 'CHANGED', node: { id: 'ep-doc:B10-0258/2025' } },
            { kind: 'CHANGED', node: { id: 'ep-doc:RC-B10-0249/2025' } },
          ],
        },
      },
    },
    {
      asks: 'Which procedures did the last two imports bring or change?',
      question: `{
        changes(since: 6, where: { type: { in: [Procedure, Resolution] } }) {
          edges { kind version node { id } }
        }
      }`,
      answer: {
        changes: {
          edges: [
            { kind: 'CREATED', version: 7, node: { id: 'ep-proc:2018/2070(ACI)' } },
            { kind: 'CREATED', version: 7, node: { id: 'ta:P9_TA(2020)0358' } },
            { kind: 'CHANGED', version: 8, node: { id: 'ep-proc:2025/2691(RSP)' } },
            { kind: 'CREATED', version: 8, node: { id: 'ta:P10_TA(2025)0096' } },
          ],
        },
      },
    },
    {
      asks: 'How many issues and conflicts are there about these records?',
      question: `{
        issues { totalCount }
        conflicts { totalCount }
        statements(where: { record: { type: { eq: VoteEvent } }, field: { eq: "description" } }) {
          totalCount
        }
      }`,
      answer: { issues: { totalCount: 0 }, conflicts: { totalCount: 0 }, statements: { totalCount: 2 } },
    },
  ],
}
