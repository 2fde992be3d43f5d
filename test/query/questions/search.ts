import type { Questions } from './question.js'

export const search: Questions = {
  seed: [
    {
      asks: 'Who is meant by the name, written in full?',
      question: '{ search(text: "Josep Borrell", first: 1) { how field text node { id } } }',
      answer: { search: [{ how: 'NAME', field: 'name', text: 'Josep Borrell', node: { id: 'person:josep-borrell' } }] },
    },
    {
      asks: 'Who is meant where a letter is missing?',
      question: '{ search(text: "Josep Borrel", types: [Person]) { how text node { id } } }',
      answer: { search: [{ how: 'BEGINNING', text: 'Josep Borrell', node: { id: 'person:josep-borrell' } }] },
    },
    {
      asks: 'Which country is meant in German?',
      question: '{ search(text: "kasachstan", types: [Place]) { how node { id } } }',
      answer: { search: [{ how: 'TWO_ERRORS', node: { id: 'iso:KZ' } }] },
    },
    {
      asks: 'What does the abbreviation stand for?',
      question: '{ search(text: "OSCE", first: 1) { how field node { id } } }',
      answer: { search: [{ how: 'NAME', field: 'shortName', node: { id: 'org:osce' } }] },
    },
    {
      asks: 'Which office is meant by VP/HR?',
      question: '{ search(text: "VP/HR", types: [Office]) { node { id } } }',
      answer: { search: [{ node: { id: 'office:vp-hr' } }] },
    },
    {
      asks: 'Which text has the reference?',
      question: '{ search(text: "RC-B9-0065/2022", first: 1) { how node { __typename id } } }',
      answer: { search: [{ how: 'REFERENCE', node: { __typename: 'Motion', id: 'ep-doc:RC-B9-0065/2022' } }] },
    },
    {
      asks: 'Which texts are titled like this?',
      question: '{ search(text: "Situation in Kazakhstan", types: [Motion, Resolution]) { how field node { id } } }',
      answer: {
        search: [
          { how: 'NAME', field: 'title', node: { id: 'ta:P9_TA(2022)0012' } },
          { how: 'NAME', field: 'title', node: { id: 'ep-doc:RC-B9-0065/2022' } },
        ],
      },
    },
    {
      asks: 'Which demands speak of minors and torture?',
      question: '{ search(text: "torture minors", types: [Demand]) { how field node { id } } }',
      answer: { search: [{ how: 'ALL_WORDS', field: 'text', node: { id: 'ta:P9_TA(2022)0012#demand-2' } }] },
    },
    {
      asks: 'Is nothing found for what is not there?',
      question: '{ search(text: "Reykjavik") { node { id } } }',
      answer: { search: [] },
    },
    {
      asks: 'Is a word of full-text languages a word?',
      question: '{ search(text: "Almaty OR NOT", types: [Place]) { node { id } } }',
      answer: { search: [] },
    },
    {
      asks: 'Which bodies are meant by a word of their names, and how often?',
      question: '{ search(text: "Parliament", types: [Organization]) { how field text node { id } } }',
      answer: {
        search: [
          { how: 'ALL_WORDS', field: 'name', text: 'European Parliament', node: { id: 'org:european-parliament' } },
          {
            how: 'ALL_WORDS',
            field: 'name',
            text: 'The Left in the European Parliament – GUE/NGL',
            node: { id: 'ep-group:GUE_NGL' },
          },
          {
            how: 'ALL_WORDS',
            field: 'officialName',
            text: 'Group of the Progressive Alliance of Socialists and Democrats in the European Parliament',
            node: { id: 'ep-group:SD' },
          },
        ],
      },
    },
    {
      asks: 'Which records have both words, in whatever field?',
      question: '{ search(text: "Protests January") { how field node { __typename id } } }',
      answer: {
        search: [
          { how: 'ALL_WORDS', field: 'name', node: { __typename: 'Event', id: 'event:kazakhstan-protests-2022' } },
        ],
      },
    },
    {
      asks: 'Is a group found by a name with signs in it?',
      question: `{
        sd: search(text: "s&d", first: 1) { node { id } }
        greens: search(text: "greens efa", first: 1) { node { id } }
      }`,
      answer: { sd: [{ node: { id: 'ep-group:SD' } }], greens: [{ node: { id: 'ep-group:GREEN_EFA' } }] },
    },
    {
      asks: 'Is the city found where two letters are turned about?',
      question: '{ search(text: "Almtay", types: [Place]) { how text node { id } } }',
      answer: { search: [{ how: 'ONE_ERROR', text: 'Almaty', node: { id: 'place:almaty' } }] },
    },
    {
      asks: 'Is the resolution found by the reference of the Publications Office?',
      question: '{ search(text: "TA-9-2022-0012", first: 1) { how node { id } } }',
      answer: { search: [{ how: 'REFERENCE', node: { id: 'ta:P9_TA(2022)0012' } }] },
    },
    {
      asks: 'Is the procedure found by its number?',
      question: '{ search(text: "2022/2505(RSP)", types: [Procedure]) { how field node { id } } }',
      answer: { search: [{ how: 'REFERENCE', field: 'reference', node: { id: 'ep-proc:2022/2505(RSP)' } }] },
    },
    {
      asks: 'Is a source found by words of its title?',
      question: '{ search(text: "Perlid", types: [Source, Organization]) { how field node { id } } }',
      answer: {
        search: [
          { how: 'NAME', field: 'name', node: { id: 'org:perlid' } },
          { how: 'ALL_WORDS', field: 'id', node: { id: 'source:perlid-kazakhstan-resolution' } },
        ],
      },
    },
  ],
  made: [
    {
      asks: 'Which records speak of dikes, and how?',
      question:
        '{ search(text: "dikes", types: [Motion, Event, Organization, Subject]) { how field text node { id } } }',
      answer: {
        search: [
          { how: 'NAME', field: 'name', text: 'Dikes', node: { id: 'assembly-subject:7' } },
          { how: 'ALL_WORDS', field: 'name', text: 'Ministry of Dikes', node: { id: 'org:ministry' } },
          { how: 'ALL_WORDS', field: 'name', text: 'Works on the dikes', node: { id: 'event:works' } },
          { how: 'ALL_WORDS', field: 'title', text: 'Dikes for Lowland', node: { id: 'assembly-doc:1' } },
          { how: 'ALL_WORDS', field: 'title', text: 'Report on dikes', node: { id: 'assembly-doc:2' } },
          { how: 'ONE_ERROR', field: 'name', text: 'Flood of Dike Town', node: { id: 'event:flood' } },
        ],
      },
    },
    {
      asks: 'Who is found by a name in the other order?',
      question: '{ search(text: "Sample Eve", types: [Person]) { how node { id } } }',
      answer: { search: [{ how: 'ALL_WORDS', node: { id: 'person:eve' } }] },
    },
  ],
  real: [
    {
      asks: 'Who is found without the accents of the name?',
      question: '{ search(text: "Martins Stakis", first: 1) { how field text node { id } } }',
      answer: { search: [{ how: 'NAME', field: 'name', text: 'Mārtiņš STAĶIS', node: { id: 'ep-mep:256916' } }] },
    },
    {
      asks: 'Who is found by a family name that is misspelt?',
      question: '{ search(text: "Kalnjete", types: [Person]) { how text node { id } } }',
      answer: { search: [{ how: 'ONE_ERROR', text: 'Sandra KALNIETE', node: { id: 'ep-mep:96934' } }] },
    },
    {
      asks: 'Which committee is found by its letters?',
      question: '{ search(text: "AFET", first: 1) { how node { id } } }',
      answer: { search: [{ how: 'REFERENCE', node: { id: 'ep-committee:AFET' } }] },
    },
    {
      asks: 'Which ballots are titled "Nature restoration"?',
      question: `{
        search(text: "nature restoration", types: [VoteEvent, Motion, Procedure]) {
          how field
          node { __typename id }
        }
      }`,
      answer: {
        search: [
          { how: 'NAME', field: 'title', node: { __typename: 'Motion', id: 'ep-doc:A9-0220/2023' } },
          { how: 'NAME', field: 'title', node: { __typename: 'Procedure', id: 'ep-proc:2022/0195(COD)' } },
          { how: 'NAME', field: 'title', node: { __typename: 'VoteEvent', id: 'ep-vote:164499' } },
        ],
      },
    },
    {
      asks: 'Which country is found by its name in another script?',
      question: `{
        search(text: "Украина", types: [Place]) { how node { id } }
        latvia: search(text: "Lettland", types: [Place], first: 1) { how field language node { id } }
      }`,
      answer: {
        search: [{ how: 'NAME', node: { id: 'iso:UA' } }],
        latvia: [{ how: 'NAME', field: 'names', language: 'de', node: { id: 'iso:LV' } }],
      },
    },
    {
      asks: 'Which subject is about ozone?',
      question: '{ search(text: "ozone", types: [Subject]) { how text node { id } } }',
      answer: {
        search: [
          { how: 'NAME', text: 'ozone', node: { id: 'eurovoc:2215' } },
          { how: 'ALL_WORDS', text: 'Climate policy, climate change, ozone layer', node: { id: 'oeil:3.70.03' } },
        ],
      },
    },
    {
      asks: 'Who is meant by a family name alone?',
      question: '{ search(text: "METSOLA") { how field node { id } } }',
      answer: { search: [{ how: 'ALL_WORDS', field: 'name', node: { id: 'ep-mep:118859' } }] },
    },
  ],
}
