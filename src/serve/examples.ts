/** A question to begin with; its operation's name is the title of its tab. */
export interface Example {
  readonly name: string
  readonly query: string
}

const example = (query: string): Example => ({ name: /(?<=query )\w+/.exec(query)?.[0] ?? '', query: query.trim() })

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
]
