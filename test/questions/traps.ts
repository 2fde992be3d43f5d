import type { Trap } from './question.js'

const RTL = '‮drawkcab‬'

const LOOKED_UP = 'query lookUp($ids: [ID!]!) { nodes(ids: $ids) { id } }'

/** Calls that have no answer; each must say why, and name what is near. */
export const traps: readonly Trap[] = [
  {
    asks: 'a member whom nobody knows',
    call: ['person', { id: 'ep-mep:99999999' }],
    code: 'NO_SUCH_ID',
    says: /"ep-mep:99999999"/,
  },
  {
    asks: 'a misspelt member',
    call: ['person', { id: 'person:josep-borell' }],
    code: 'NO_SUCH_ID',
    nearest: 'person:josep-borrell',
  },
  {
    asks: 'a name in place of an id',
    call: ['votes_where', { about: 'Kazakhstan' }],
    code: 'NO_SUCH_ID',
    nearest: 'iso:KZ',
  },
  {
    asks: 'a ballot in place of a person',
    call: ['person', { id: 'ep-vote:139038' }],
    code: 'WRONG_TYPE',
    says: /is a VoteEvent/,
    nearest: 'ep-vote:139038',
  },
  {
    asks: 'a parameter that the tool does not have',
    call: ['votes_where', { titel: 'ukraine' }],
    code: 'UNKNOWN_PARAMETER',
    says: /Did you mean `title`\? Nothing was asked\./,
  },
  {
    asks: 'a parameter of another tool',
    call: ['person', { politicalGroup: 'SD', id: 'ep-mep:840' }],
    code: 'UNKNOWN_PARAMETER',
    says: /no parameter "politicalGroup". There are `id`, `on`, `first`\./,
  },
  {
    asks: 'a period before the first ballot',
    call: ['votes_where', { within: '2015', isMain: true }],
    code: 'NOT_COVERED',
    says: /from 2019-\d\d-\d\d to 2025-\d\d-\d\d, and "2015" lies outside/,
  },
  {
    asks: 'figures of a period after the last ballot',
    call: ['figures', { within: '2031-05', byYear: true }],
    code: 'NOT_COVERED',
  },
  {
    asks: 'no ballot that fits',
    call: ['votes_where', { about: 'iso:KZ', isMain: true, within: '2023' }],
    code: 'NOTHING_MATCHES',
  },
  {
    asks: 'a word that is misspelt in a title',
    call: ['demands', { text: 'ukrane' }],
    code: 'NOTHING_MATCHES',
    nearest: 'iso:UA',
  },
  {
    asks: 'how a member voted where no roll call is in the graph',
    call: ['vote', { id: 'ep-vote:139038', member: 'ep-mep:840' }],
    code: 'UNDECIDABLE',
    says: /published whole or not at all/,
  },
  {
    asks: 'how a member voted who is not in the roll call',
    call: ['vote', { id: 'ep-vote:165174', member: 'ep-mep:840' }],
    code: 'NOTHING_MATCHES',
  },
  {
    asks: 'ballots by a group’s majority of which no tally is published',
    call: ['votes_where', { about: 'iso:KZ', isMain: false, group: 'ep-group:SD', groupMajority: 'AGAINST' }],
    code: 'UNDECIDABLE',
    says: /Of 7 it is not known/,
  },
  {
    asks: 'a way between what is not linked so closely',
    call: ['path', { from: 'org:perlid', to: 'ep-mep:118859', maxLength: 1 }],
    code: 'NOTHING_MATCHES',
  },
  {
    asks: 'a way that is far too long',
    call: ['path', { from: 'org:perlid', to: 'ep-mep:118859', maxLength: 100 }],
    code: 'BAD_ARGUMENT',
    says: /from 1 to 6/,
  },
  {
    asks: 'what happened where nothing is dated',
    call: ['timeline', { of: 'iso:KZ', from: '2031-01-01' }],
    code: 'NOTHING_MATCHES',
  },
  {
    asks: 'who voted against their group where no group’s tally is published',
    call: ['vote', { id: 'ep-vote:165174', againstGroup: true }],
    code: 'UNDECIDABLE',
    says: /`votes` of this record/,
  },
  {
    asks: 'the figures of a group that there is not',
    call: ['figures', { byGroup: true, group: 'ep-group:EPPP', isMain: true }],
    code: 'NO_SUCH_ID',
    nearest: 'ep-group:EPP',
  },
  {
    asks: 'a period that ends before it begins',
    call: ['figures', { within: '2023/2022' }],
    code: 'BAD_ARGUMENT',
    says: /ends before it begins/,
  },
  {
    asks: 'more at once than there may be',
    call: ['votes_where', { first: 100_000 }],
    code: 'BAD_ARGUMENT',
    says: /between 0 and 100/,
  },
  {
    asks: 'an option that is none',
    call: ['vote', { id: 'ep-vote:139038', option: 'YES' }],
    code: 'BAD_ARGUMENT',
    says: /"YES" does not exist in "VoteOption" enum/,
  },
  {
    asks: 'an option that is far too long',
    call: ['vote', { id: 'ep-vote:139038', option: 'Y'.repeat(100_000) }],
    code: 'BAD_ARGUMENT',
  },
  {
    asks: 'many ids that are far too long',
    call: [
      'graphql',
      { query: LOOKED_UP, variables: { ids: Array.from({ length: 100 }, (_, i) => `${'x'.repeat(190)}${i}`) } },
    ],
    code: 'NO_SUCH_ID',
  },
  {
    asks: 'variables as a text',
    call: ['graphql', { query: LOOKED_UP, variables: '{"ids":["iso:KZ"]}' }],
    code: 'BAD_ARGUMENT',
    says: /must be an object/,
  },
  {
    asks: 'a parameter that would be taken and ignored',
    call: ['figures', { group: 'ep-group:SD', isMain: true }],
    code: 'BAD_ARGUMENT',
    says: /^`group` would change nothing here/,
  },
  {
    asks: 'a word in place of true or false',
    call: ['figures', { isMain: true, byYear: 'true' }],
    code: 'BAD_ARGUMENT',
    says: /`byYear` must be true or false/,
  },
  {
    asks: 'nothing where something is needed',
    call: ['vote', {}],
    code: 'BAD_ARGUMENT',
    says: /"\$id" of required type "ID!" was not provided/,
  },
  {
    asks: 'a list in place of a text, and an object in place of a number',
    call: ['find', { text: ['a', 'b'], first: { of: 'many' } }],
    code: 'BAD_ARGUMENT',
  },
  {
    asks: 'a hostile text',
    call: ['find', { text: `'; DROP TABLE person; -- <script>=cmd|' /C calc'!A0</script> ${RTL}` }],
    code: 'NOTHING_MATCHES',
  },
  {
    asks: 'a cursor of another list',
    call: ['demands', { after: '5B2264696950222C22323031392D31322D3139225D' }],
    code: 'BAD_CURSOR',
  },
  {
    asks: 'an id that is far too long',
    call: ['source', { id: `source:${'x'.repeat(100_000)}` }],
    code: 'BAD_ID',
  },
  {
    asks: 'a document that the schema does not allow',
    call: ['graphql', { query: '{ voteEvents { nodes { titel } } }' }],
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: /Did you mean "title"/,
  },
  {
    asks: 'a document that writes',
    call: ['graphql', { query: 'mutation { deleteAll }' }],
    code: 'BAD_ARGUMENT',
  },
  {
    asks: 'more than a model can hold',
    call: [
      'graphql',
      {
        query:
          '{ voteEvents(where: { isMain: { eq: true }, date: { within: "2023" } }, first: 90) { totalCount nodes { id counts { totalCount nodes { id organization { id name officialName } } } } } }',
      },
    ],
    code: 'TOO_LARGE',
  },
  {
    asks: 'too much at once',
    call: [
      'graphql',
      {
        query: `{ persons(first: 100) { nodes { votes(first: 100) { nodes { votes(first: 1000) { nodes { id } } } } } } }`,
      },
    ],
    code: 'COST_LIMIT',
  },
]
