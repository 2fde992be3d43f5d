// Serves @neo4j/graphql behind GraphQL Yoga, which is also what this program stands behind.
// `node serve-neo4j-graphql.mjs <bolt URI> <port>`
import { createServer } from 'node:http'
import { Neo4jGraphQL } from '@neo4j/graphql'
import { createYoga } from 'graphql-yoga'
import neo4j from 'neo4j-driver'

const [uri, port] = process.argv.slice(2)
const tally = 'votesFor: Int votesAgainst: Int abstentions: Int'
const typeDefs = `
  type Place @node {
    id: ID!
    name: String!
    voteEvents: [VoteEvent!]! @relationship(type: "ABOUT", direction: IN)
  }
  type Organization @node {
    id: ID!
    name: String!
    shortName: String
    counts: [VoteCount!]! @relationship(type: "COUNT_FOR", direction: IN)
  }
  type Topic @node {
    id: ID!
    name: String!
  }
  type Member @node {
    id: ID!
    name: String!
    sortKey: String!
    votes: [VoteEvent!]! @relationship(type: "VOTED", direction: OUT, properties: "Vote")
  }
  type Vote @relationshipProperties {
    option: String!
    moment: DateTime
    groupId: ID
    groupShortName: String
    countryId: ID
    countryName: String
  }
  type VoteCount @node {
    id: ID!
    majority: String
    ${tally}
    voteEvent: [VoteEvent!]! @relationship(type: "COUNT_OF", direction: OUT)
    organization: [Organization!]! @relationship(type: "COUNT_FOR", direction: OUT)
  }
  type VoteEvent @node {
    id: ID!
    title: String
    titleFolded: String
    date: Date
    moment: DateTime
    isMain: Boolean
    result: String
    ${tally}
    about: [Place!]! @relationship(type: "ABOUT", direction: OUT)
    topics: [Topic!]! @relationship(type: "FILED_UNDER", direction: OUT)
    counts: [VoteCount!]! @relationship(type: "COUNT_OF", direction: IN)
    votes: [Member!]! @relationship(type: "VOTED", direction: IN, properties: "Vote")
  }
`
const driver = neo4j.driver(uri ?? '')
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema()
const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false, maskedErrors: false })
createServer(yoga).listen(Number(port), '127.0.0.1')
