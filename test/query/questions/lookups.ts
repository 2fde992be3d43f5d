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
