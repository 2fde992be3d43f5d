import type { Questions } from './question.js'

export const badInput: Questions = {
  seed: [
    {
      asks: 'Is null in a filter refused?',
      question: '{ voteEvents(where: { result: { eq: null } }) { totalCount } }',
      refusal: {
        code: 'NULL_IN_FILTER',
        message:
          '`where.result.eq` is null, which asks for nothing that could be known. Leave it out, or ask for what is not known with `known: false`.',
      },
    },
    {
      asks: 'Is null as an operator object refused?',
      question: '{ voteEvents(where: { title: null }) { totalCount } }',
      refusal: {
        code: 'NULL_IN_FILTER',
        message:
          '`where.title` is null, which asks for nothing that could be known. Leave it out, or ask for what is not known with `known: false`.',
      },
    },
    {
      asks: 'Is null from a variable refused?',
      question: 'query ($title: String) { voteEvents(where: { title: { contains: $title } }) { totalCount } }',
      variables: { title: null },
      refusal: {
        code: 'NULL_IN_FILTER',
        message:
          '`where.title.contains` is null, which asks for nothing that could be known. Leave it out, or ask for what is not known with `known: false`.',
      },
    },
    {
      asks: 'Is null deep in a filter refused, with the way to it?',
      question:
        '{ voteEvents(where: { counts: { some: { organization: { name: { contains: null } } } } }) { totalCount } }',
      refusal: {
        code: 'NULL_IN_FILTER',
        message:
          '`where.counts.some.organization.name.contains` is null, which asks for nothing that could be known. Leave it out, or ask for what is not known with `known: false`.',
      },
    },
    {
      asks: 'Is an operator that says nothing refused?',
      question: '{ voteEvents(where: { title: {} }) { totalCount } }',
      refusal: {
        code: 'EMPTY_FILTER',
        message: '`where.title` says nothing. Leave it out to ask for nothing, or say what is asked, such as `eq`.',
      },
    },
    {
      asks: 'Is a quantifier that says nothing refused?',
      question: '{ voteEvents(where: { counts: {} }) { totalCount } }',
      refusal: {
        code: 'EMPTY_FILTER',
        message: '`where.counts` says nothing. Leave it out to ask for nothing, or say what is asked, such as `eq`.',
      },
    },
    {
      asks: 'Is a range of numbers the wrong way round refused?',
      question: '{ voteEvents(where: { margin: { gt: 100, lt: 50 } }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message:
          '`where.margin` asks for what is above 100 and below 50, which nothing is. Give the lower bound first.',
      },
    },
    {
      asks: 'Is a range of days the wrong way round refused, from variables too?',
      question:
        'query ($from: Date, $to: Date) { voteEvents(where: { date: { gte: $from, lte: $to } }) { totalCount } }',
      variables: { from: '2022-02-01', to: '2022-01-01' },
      refusal: {
        code: 'BAD_ARGUMENT',
        message:
          '`where.date` asks for what is above "2022-02-01" and below "2022-01-01", which nothing is. Give the lower bound first.',
      },
    },
    {
      asks: 'Is an interval that ends before it begins refused?',
      question: '{ voteEvents(where: { date: { within: "2022-02/2022-01" } }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message: '`where.date.within` is "2022-02/2022-01", which ends before it begins.',
      },
    },
    {
      asks: 'Is a text that is no date refused?',
      question: '{ voteEvents(where: { date: { within: "last week" } }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message:
          '`where.date.within` is "last week", which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11.',
      },
    },
    {
      asks: 'Is a season refused, whose months nobody knows?',
      question: '{ voteEvents(where: { date: { within: "2022-21" } }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message:
          '`where.date.within` is "2022-21", a season, whose months differ from place to place; write its months, such as 2022-03/2022-05.',
      },
    },
    {
      asks: 'Is a number of neighbours asked whether it is known refused?',
      question: '{ voteEvents(where: { counts: { count: { known: true } } }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message:
          '`where.counts.count.known` cannot be asked of a number of records; ask `where.counts.count` for 0, or for more.',
      },
    },
    {
      asks: 'Is a record of a list asked whether there is one refused?',
      question: '{ voteEvents(where: { known: true }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message:
          '`where.known` asks whether there is a record, and each item of a list is one. Leave it out, or ask it of a field that gives one.',
      },
    },
    {
      asks: 'Is a word without letters refused?',
      question: '{ voteEvents(where: { title: { contains: " " } }) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message: '`where.title.contains` is empty. Give a word to look for, or leave it out.',
      },
    },
    {
      asks: 'Is a page of more than a hundred refused?',
      question: '{ voteEvents(first: 101) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message: '`first` is 101; it must lie between 0 and 100. Ask for the rest with `after`.',
      },
    },
    {
      asks: 'Is a negative page refused?',
      question: '{ voteEvents(first: -1) { totalCount } }',
      refusal: {
        code: 'BAD_ARGUMENT',
        message: '`first` is -1; it must lie between 0 and 100. Ask for the rest with `after`.',
      },
    },
    {
      asks: 'Is a cursor that is none refused?',
      question: '{ voteEvents(after: "the next page") { totalCount } }',
      refusal: {
        code: 'BAD_CURSOR',
        message:
          '"the next page" is not a cursor of this list. Take one from its `endCursor` or `cursor`, or leave `after` out to begin at the start.',
      },
    },
    {
      asks: 'Is an id that is none refused?',
      question: '{ voteEvent(id: "") { id } }',
      refusal: { code: 'BAD_ID', message: 'The id is empty. Give the id of a record, such as `ep-vote:139038`.' },
    },
    {
      asks: 'Is an empty search refused?',
      question: '{ search(text: "   ") { score } }',
      refusal: { code: 'BAD_ARGUMENT', message: 'The text to search is empty. Give a name, a title or a reference.' },
    },
    {
      asks: 'Is a search for a sign alone answered with nothing?',
      question: '{ search(text: "*") { score } }',
      answer: { search: [] },
    },
    {
      asks: 'Is a search for more than a hundred hits refused?',
      question: '{ search(text: "Kazakhstan", first: 101) { score } }',
      refusal: { code: 'BAD_ARGUMENT', message: '"first" is 101; it must be a whole number from 1 to 100.' },
    },
    {
      asks: 'Are figures of more than eight keys refused?',
      question: `{
        voteEventStats {
          rows { by { id title description date isMain isRollCall method result stage } count }
        }
      }`,
      refusal: {
        code: 'COST_LIMIT',
        message: 'Figures have at most 8 keys. Ask for some of them in a query of their own.',
      },
    },
    {
      asks: 'Are more than a thousand kinds at once refused?',
      question: '{ voteEventStats(first: 1001) { rows { count } } }',
      refusal: { code: 'BAD_ARGUMENT', message: '`first` is 1001; it must lie between 0 and 1000.' },
    },
    {
      asks: 'Is a negative least number refused?',
      question: '{ voteEventStats(atLeast: -1) { rows { count } } }',
      refusal: { code: 'BAD_ARGUMENT', message: '`atLeast` is -1; it must lie between 0 and 9007199254740991.' },
    },
    {
      asks: 'Is a cursor of a list refused by figures?',
      question: '{ voteEventStats(after: "00") { rows { by { majority } count } } }',
      refusal: {
        code: 'BAD_CURSOR',
        message:
          '"00" is not a cursor of this list. Take one from its `endCursor` or `cursor`, or leave `after` out to begin at the start.',
      },
    },
    {
      asks: 'Is a filter refused that stands six deep?',
      question: `{
        voteEvents(where: { not: { not: { not: { not: { not: { isMain: { eq: true } } } } } } }) {
          totalCount
        }
      }`,
      refusal: {
        code: 'DEPTH_LIMIT',
        message:
          '`where.not.not.not.not.not` stands 6 deep in the filter; at most 5 are read. Ask for less, or in several queries.',
      },
    },
    {
      asks: 'Is a filter answered that stands five deep?',
      question: '{ voteEvents(where: { not: { not: { not: { not: { isMain: { eq: true } } } } } }) { totalCount } }',
      answer: { voteEvents: { totalCount: 1 } },
    },
    {
      asks: 'Is a record named in no way at all refused?',
      question: '{ motion { id } }',
      refusal: { code: 'BAD_ARGUMENT', message: 'Give either `id` or `reference`, and one of them only.' },
    },
    {
      asks: 'Is a record named in two ways refused?',
      question: '{ motion(id: "ep-doc:RC-B9-0065/2022", reference: "RC-B9-0065/2022") { id } }',
      refusal: { code: 'BAD_ARGUMENT', message: 'Give either `id` or `reference`, and one of them only.' },
    },
    {
      asks: 'Are lists more than five deep refused?',
      question: `{
        places(first: 1) {
          nodes {
            voteEvents(first: 1) {
              nodes {
                counts(first: 1) {
                  nodes {
                    organization {
                      tabled(first: 1) {
                        nodes { about(first: 1) { nodes { voteEvents(first: 1) { nodes { id } } } } }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }`,
      refusal: {
        code: 'DEPTH_LIMIT',
        message:
          'Lists stand 6 deep within each other; at most 5 are answered. Ask for the inner ones in a query of their own.',
      },
    },
    {
      asks: 'Is a version of the graph before the first refused?',
      question: '{ changes(since: -1) { totalCount } }',
      refusal: { code: 'BAD_ARGUMENT', message: '`since` is -1; the versions of the graph begin with 0.' },
    },
    {
      asks: 'Are more than a hundred ids refused?',
      question: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: Array.from({ length: 101 }, (_, i) => `ep-vote:${i}`) },
      refusal: { code: 'BAD_ARGUMENT', message: '`ids` has 101 values; at most 100 can be asked at once.' },
    },
    {
      asks: 'Are ten thousand ids in a filter refused?',
      question: `query ($ids: [ID!]) {
        voteEvents(where: { id: { in: $ids } }, orderBy: [ID_ASC]) { totalCount nodes { id } }
      }`,
      variables: { ids: Array.from({ length: 10_000 }, (_, i) => `ep-vote:${139_020 + i}`) },
      refusal: { code: 'BAD_ARGUMENT', message: '`where.id.in` has 10000 values; at most 1000 can be asked at once.' },
    },
    {
      asks: 'Is a filter refused that is a thousand wide?',
      question: 'query ($where: VoteEventWhere) { voteEvents(where: $where) { totalCount } }',
      variables: { where: { or: Array.from({ length: 1000 }, () => ({ isMain: { eq: true } })) } },
      refusal: {
        code: 'COST_LIMIT',
        message:
          'The filter has more than 30 conditions, the most that are read, by `where.or.14.isMain.eq`. Ask for several values of one field with `in`, or in several queries.',
      },
    },
    {
      asks: 'Is a filter refused that is fifty deep?',
      question: 'query ($where: VoteEventWhere) { voteEvents(where: $where) { totalCount } }',
      variables: { where: Array.from({ length: 50 }).reduce((inner) => ({ not: inner }), { isMain: { eq: true } }) },
      refusal: {
        code: 'DEPTH_LIMIT',
        message:
          '`where.not.not.not.not.not` stands 6 deep in the filter; at most 5 are read. Ask for less, or in several queries.',
      },
    },
    {
      asks: 'Is a search of ten thousand characters refused?',
      question: 'query ($text: String!) { search(text: $text) { score } }',
      variables: { text: 'Kazakhstan'.repeat(1000) },
      refusal: { code: 'BAD_ARGUMENT' },
    },
    {
      asks: 'Are ten thousand characters of a title refused?',
      question: 'query ($text: String) { voteEvents(where: { title: { contains: $text } }) { totalCount } }',
      variables: { text: 'Kazakhstan'.repeat(1000) },
      refusal: {
        code: 'BAD_ARGUMENT',
        message: '`where.title.contains` has 10000 characters; at most 500 are looked for. Give fewer words.',
      },
    },
    {
      asks: 'Are conditions answered that contradict each other?',
      question: `{
        voteEvents(where: { and: [{ isMain: { eq: true } }, { isMain: { eq: false } }] }) {
          totalCount undecidedCount
          nodes { id }
        }
      }`,
      answer: { voteEvents: { totalCount: 0, undecidedCount: 0, nodes: [] } },
    },
    {
      asks: 'Is an id that leads nowhere answered with nothing, in a filter and in a list of its own?',
      question: `{
        demands(where: { addressees: { some: { id: { eq: "org:nobody" } } } }) { totalCount undecidedCount }
        organization(id: "org:nobody") { parts { totalCount } }
      }`,
      answer: { demands: { totalCount: 0, undecidedCount: 0 }, organization: null },
    },
    {
      asks: 'Are the operators of full-text languages words like others?',
      question: 'query ($text: String!) { search(text: $text, types: [Person]) { node { id } } }',
      variables: { text: 'name:"Borrell"~2 AND (Josep OR NOT *)' },
      answer: { search: [] },
    },
    {
      asks: 'Is a cursor without its end refused?',
      question: '{ demands(after: "5B22") { totalCount } }',
      refusal: {
        code: 'BAD_CURSOR',
        message:
          '"5B22" is not a cursor of this list. Take one from its `endCursor` or `cursor`, or leave `after` out to begin at the start.',
      },
    },
  ],
  made: [],
  real: [],
}
