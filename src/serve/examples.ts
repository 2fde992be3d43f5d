import { EXPLAIN_HEADER } from './plugins/answer-questions.js'

/** A question to begin with; its operation's name is the title of its tab. */
export interface Example {
  readonly name: string
  readonly query: string
  /** Sent with it, in JSON. */
  readonly headers?: string
}

const example = (query: string, headers?: Readonly<Record<string, string>>): Example => ({
  name: /(?<=query )\w+/.exec(query)?.[0] ?? '',
  query: query.trim(),
  ...(headers && { headers: JSON.stringify(headers) }),
})

/** The story of one resolution, question by question, as GraphiQL shows it to whoever opens it first. */
export const EXAMPLES: readonly Example[] = [
  example(`
# On 20 January 2022 the European Parliament
# voted on a resolution about Kazakhstan.
# Who voted how, group by group?
# Press the pink button, or Ctrl-Enter.
query Vote {
  voteEvent(id: "ep-vote:139038") {
    title
    date
    tally { for against abstention voting didNotVote }
    counts(by: GROUP) {
      nodes {
        organization { name }
        tally { for against abstention }
      }
    }
  }
}
`),
  example(`
# The text that was adopted: by whom, when,
# from which motions, and by which vote?
query Resolution {
  resolution(id: "ta:P9_TA(2022)0012") {
    title
    reference
    procedure
    adoptedOn
    adoptedBy { name }
    finalVote { id tally { for against abstention } }
    motions {
      nodes {
        reference
        tabledBy { nodes { name } }
      }
    }
  }
}
`),
  example(`
# What does the resolution ask, and of whom?
query Demands {
  resolution(id: "ta:P9_TA(2022)0012") {
    demands {
      totalCount
      nodes {
        text
        addressees { nodes { name } }
        sources { nodes { title } }
      }
    }
  }
}
`),
  example(`
# From the other end: where does the OSCE come in?
query OSCE {
  organization(id: "org:osce") {
    name
    demands(as: INVOLVED) {
      nodes {
        text
        resolution { reference }
        addressees { nodes { name } }
        involves { nodes { name } }
      }
    }
  }
}
`),
  example(`
# The text names an office, not a person. Who held it
# is worked out from the date; such a link says that it
# is inferred, and via which office.
query Borrell {
  person(id: "person:josep-borrell") {
    name
    offices { edges { inferred node { name } } }
    demands(as: INVOLVED) {
      edges {
        inferred
        via { name }
        node { text resolution { reference } }
      }
    }
  }
}
`),
  example(`
# How many people died in the protests?
# Each figure has a claimant, a source,
# and the sources that one cites.
query Claims {
  event(id: "event:kazakhstan-protests-2022") {
    name
    claims {
      nodes {
        property
        value
        unit
        status
        claimant { name }
        source { title cites { nodes { title } } }
      }
    }
  }
}
`),
  example(`
# Where did the news agency have it from?
query Sources {
  source(id: "source:kaztag-2022-01-21") {
    title
    publisher { name }
    published
    cites {
      nodes {
        title
        publisher { name }
        cites { nodes { title publisher { name } } }
      }
    }
  }
}
`),
  example(`
# Every list can be asked: here for ballots of January
# 2022 with "Kazakhstan" in the title and more than 500
# votes for. undecidedCount says for how many more that
# is not known.
query Filter {
  voteEvents(
    where: {
      date: { within: "2022-01" }
      title: { contains: "kazakhstan" }
      tally: { for: { gt: 500 } }
    }
    orderBy: [DATE_DESC]
  ) {
    totalCount
    undecidedCount
    nodes { date title description tally { for against abstention } }
  }
}
`),
  example(`
# Figures: in how many tallies of groups had which
# option the most votes, and how many votes were that?
# Each field under "by" is a key.
query Figures {
  voteCountStats(where: { by: { eq: GROUP } }) {
    totalCount
    rows {
      by { majority }
      count
      share
      tally { for { sum } against { sum } abstention { sum } }
    }
  }
}
`),
  example(`
# How united did each group vote? 1: all alike;
# 0: for, against and abstentions a third each.
# One ballot shows little: import more, and ask for
# "atLeast" so many (docs/analysis.md).
query Cohesion {
  cohesion(
    body: "org:european-parliament"
    index: AGREEMENT_INDEX
    atLeast: 1
  ) {
    formula
    ballotCount
    rows {
      of { name }
      value
      denominator
      why
      excluded { reason count }
      voteEvents(first: 3) { id title }
    }
  }
}
`),
  example(`
# Which groups voted alike, and no others with them?
# With "of: WINNING": how often did they win then?
query Coalitions {
  coalitions(body: "org:european-parliament") {
    rowCount
    rows {
      groups { shortName }
      value
      numerator
      denominator
      voteEvents(part: IN_NUMERATOR, first: 3) { title }
    }
  }
}
`),
  example(`
# Who voted against most of the own group? This needs
# the votes of members, which the seed has not: import
# roll-call lists (docs/sources.md) or tables of your
# own (docs/sources/table.md). Until then, "why" says so.
query Rebels {
  loyalty(of: REBELLION, atLeast: 20, first: 10) {
    why
    ballotCount
    rows {
      of { name }
      value
      numerator
      denominator
      asMeant { value }
      voteEvents(part: IN_NUMERATOR, first: 3) { title date }
    }
  }
}
`),
  example(`
# What happened around Kazakhstan, day by day?
# A vague date says what it can mean.
query Timeline {
  timeline(of: "iso:KZ", from: "2022-01-01", first: 20) {
    rows {
      date
      isVague
      sentence
      node { __typename id }
      sources { title }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`),
  example(`
# How is Josep Borrell connected with Kazakhstan?
# The shortest ways, each step with who says so.
query Path {
  path(from: "person:josep-borrell", to: "iso:KZ") {
    isComplete
    paths {
      length
      steps { sentence date sources { title } }
    }
  }
}
`),
  example(`
# Names need not be spelt right, nor in Latin letters.
query Search {
  search(text: "Josep Borel", first: 5) {
    how
    field
    text
    node { __typename id }
  }
}
`),
  example(
    `
# With the header below, an answer says how it was made:
# in words, with the rows of each step, the statement
# and the time that it took. Look under "extensions".
query Explained {
  place(id: "iso:KZ") {
    name
    voteEvents(
      where: { isMain: { eq: true } }
      first: 3
    ) {
      nodes { date title organization { name } }
    }
  }
}
`,
    { [EXPLAIN_HEADER]: 'true' },
  ),
]
