import { readFileSync } from 'node:fs'
import { buildASTSchema, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readGraphShape } from '../../src/model/read-graph-shape.js'
import { code, thrown } from '../support/thrown.js'

const schemaText = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')

/** The mapping directives, as the schema declares them. */
const MAPPING = schemaText.slice(0, schemaText.indexOf('# ------'))

/** A town: people live in towns, know each other for some time, and are named by sources. */
const TOWN = `${MAPPING}
  type Query {
    person(id: ID, email: String @filter(column: "email")): Person @lookup
    nodes(ids: [ID!]!): [Node]! @lookup
    people(kind: Kind @filter(column: "kind"), first: Int = 20, after: String): PersonConnection! @scan
  }
  interface Node { id: ID! sources(first: Int, after: String): CitationConnection! }
  enum Kind { CHILD ADULT }
  type Name @embedded { text: String! language: String }
  type Span @embedded { from: Date! to: Date }
  type Person implements Node @node(order: ["name", "age desc"]) {
    id: ID!
    name: String! @folded
    age: Int!
    kind: Kind
    email: String
    names: [Name!]!
    life: Span
    town: Town @edge(link: "Lives", direction: OUT)
    friends(since: Date @filter(column: "since", of: LINK), first: Int, after: String): FriendConnection!
      @edge(link: "Knows", direction: OUT, order: ["link.since desc"], max: 7)
    sources(first: Int, after: String): CitationConnection! @citations
  }
  type Town implements Node @node {
    id: ID!
    people(first: Int, after: String): PersonConnection! @edge(link: "Lives", direction: IN)
    sources(first: Int, after: String): CitationConnection! @citations
  }
  type Source implements Node @node {
    id: ID!
    sources(first: Int, after: String): CitationConnection! @citations
  }
  type Lives @link(from: ["Person"], to: ["Town"], one: true)
  type Knows @link(from: ["Person"], to: ["Person"], repeats: true) { since: Date! through: Person }
  type PersonConnection { edges: [PersonEdge!]! nodes: [Person!]! totalCount: Int! }
  type PersonEdge { cursor: String! node: Person! }
  type FriendConnection { edges: [FriendEdge!]! nodes: [Person!]! totalCount: Int! }
  type FriendEdge { cursor: String! node: Person! since: Date! through: Person }
  type CitationConnection { edges: [CitationEdge!]! nodes: [Source!]! totalCount: Int! }
  type CitationEdge { cursor: String! node: Source! locator: String }
  scalar Date
`

const town = readGraphShape(TOWN)

describe('the shape of a graph', () => {
  it('has the columns of each node type: scalars, enums, short lists, parts of embedded objects, folded copies', () => {
    expect([...(town.nodes.get('Person')?.columns.values() ?? [])]).toEqual([
      { name: 'name', kind: 'text', required: true, type: 'String' },
      { name: 'nameFolded', kind: 'text', required: true, type: 'String', derived: { how: 'folded', from: 'name' } },
      { name: 'age', kind: 'integer', required: true, type: 'Int' },
      { name: 'kind', kind: 'text', required: false, type: 'Kind', words: ['CHILD', 'ADULT'] },
      { name: 'email', kind: 'text', required: false, type: 'String' },
      { name: 'names', kind: 'values', required: true, type: 'Name' },
      { name: 'lifeFrom', kind: 'text', required: false, type: 'Date', part: 'life' },
      { name: 'lifeTo', kind: 'text', required: false, type: 'Date', part: 'life' },
    ])
  })

  it('has total orders: by the folded column where there is one, and always by the id at last', () => {
    expect(town.nodes.get('Person')?.order).toEqual([
      { of: 'node', column: 'nameFolded', descending: false },
      { of: 'node', column: 'age', descending: true },
      { of: 'node', column: 'id', descending: false },
    ])
    expect(town.nodes.get('Town')?.order).toEqual([{ of: 'node', column: 'id', descending: false }])
  })

  it('adds the key of a link that repeats to the order of its lists', () => {
    const friends = town.fields.get('Person')?.get('friends')
    expect(friends).toMatchObject({
      kind: 'edge',
      direction: 'out',
      types: ['Person'],
      max: 7,
      order: [
        { of: 'link', column: 'since', descending: true },
        { of: 'node', column: 'id', descending: false },
        { of: 'link', column: 'key', descending: false },
      ],
    })
    expect(friends?.kind === 'edge' && [...friends.filters]).toEqual([['since', { of: 'link', column: 'since' }]])
  })

  it('has the links with their ends and columns', () => {
    expect(town.links.get('Lives')).toEqual({
      name: 'Lives',
      from: ['Person'],
      to: ['Town'],
      one: true,
      repeats: false,
      columns: new Map(),
    })
    expect([...(town.links.get('Knows')?.columns.values() ?? [])]).toEqual([
      { name: 'since', kind: 'text', required: true, type: 'Date' },
      { name: 'through', kind: 'reference', required: false, type: 'Person' },
    ])
  })

  it('knows which node types an interface stands for', () => {
    expect(town.possibleTypes.get('Node')).toEqual(['Person', 'Source', 'Town'])
  })

  it('tells how each field at the root is answered', () => {
    const [person, nodes, people] = ['person', 'nodes', 'people'].map((name) => town.root.get(name))
    expect(person).toEqual({
      kind: 'lookup',
      types: ['Person'],
      list: false,
      columns: new Map([
        ['id', 'id'],
        ['email', 'email'],
      ]),
    })
    expect(nodes).toMatchObject({ kind: 'lookup', types: ['Person', 'Source', 'Town'], list: true })
    expect(people).toMatchObject({ kind: 'scan', types: ['Person'], since: null })
    expect(people?.kind === 'scan' && [...people.filters]).toEqual([['kind', { of: 'node', column: 'kind' }]])
  })

  it('serves the schema without its mapping', () => {
    const served = print(readGraphShape(schemaText).served)
    expect(served).not.toMatch(
      /@(node|link|embedded|folded|edge|citations|lookup|scan|filter|graph|since|change|edition)\b/,
    )
    expect(served).not.toMatch(/^(type|interface) (Lives|Concern|Membership|Holding) /m)
    expect(served).not.toMatch(/^(enum Direction|enum Of|input Only)/m)
    expect(buildASTSchema(readGraphShape(schemaText).served).getType('Vote')).toBeDefined()
  })
})

describe('a schema whose mapping does not fit is refused, by the name of the field', () => {
  const refused: readonly (readonly [what: string, from: string | RegExp, to: string, sentence: string])[] = [
    [
      'a link that is declared nowhere',
      'town: Town @edge(link: "Lives"',
      'town: Town @edge(link: "Dwells"',
      'field "Person.town" maps to the link "Dwells", which is declared nowhere',
    ],
    [
      'a link without an end at the type',
      'people(first: Int, after: String): PersonConnection! @edge(link: "Lives", direction: IN)',
      'people(first: Int, after: String): PersonConnection! @edge(link: "Lives", direction: OUT)',
      'field "Town.people" maps to the link "Lives", which has no end at "Town"',
    ],
    [
      'a link that leads elsewhere',
      'town: Town @edge',
      'town: Source @edge',
      'field "Person.town" gives "Source", and the link "Lives" never leads there',
    ],
    [
      'one neighbour over a link that may have several',
      'one: true',
      'one: false',
      'field "Person.town" gives one neighbour, and the link "Lives" may have several',
    ],
    [
      'one neighbour against the direction of the link',
      'people(first: Int, after: String): PersonConnection! @edge(link: "Lives", direction: IN)',
      'people: Person @edge(link: "Lives", direction: IN)',
      'field "Town.people" gives one neighbour, and the link "Lives" may have several',
    ],
    [
      'a node that is given without a link',
      'town: Town @edge(link: "Lives", direction: OUT)',
      'town: Town',
      'field "Person.town" gives a node and needs @edge',
    ],
    [
      'a list that is mapped to nothing',
      '@edge(link: "Lives", direction: IN)',
      '',
      'field "Town.people" of type "PersonConnection" says neither @edge nor @citations, and "PersonConnection" is not @embedded',
    ],
    [
      'citations that are no list',
      /(type Town [^}]*)CitationConnection! @citations/,
      '$1Source @citations',
      'field "Town.sources" says @citations and gives no list',
    ],
    [
      'an embedded object within an embedded object',
      'type Span @embedded { from: Date! to: Date }',
      'type Span @embedded { from: Date! to: Date name: Name }',
      'field "Span.name" of an @embedded type must be a scalar or an enum',
    ],
    [
      'an order by a column that is not there',
      'order: ["name", "age desc"]',
      'order: ["height"]',
      '@node of type "Person" is ordered by "height", and there is no such column that always has a value',
    ],
    [
      'an order by a column that may be empty',
      'order: ["name", "age desc"]',
      'order: ["email"]',
      '@node of type "Person" is ordered by "email", and there is no such column that always has a value',
    ],
    [
      'an order by a column of the link that is not there',
      'order: ["link.since desc"]',
      'order: ["link.until"]',
      'field "Person.friends" is ordered by "link.until", and there is no such column that always has a value',
    ],
    [
      'a filter by a column that is not there',
      '@filter(column: "kind")',
      '@filter(column: "sort")',
      'field "Query.people", argument "kind": there is no column "sort" of the node',
    ],
    [
      'a filter of another type than its column',
      'kind: Kind @filter',
      'kind: String @filter',
      'field "Query.people", argument "kind" is of type "String", and the column "kind" of type "Kind"',
    ],
    [
      'a filter by a column of the link that is not there',
      '@filter(column: "since", of: LINK)',
      '@filter(column: "until", of: LINK)',
      'field "Person.friends", argument "since": there is no column "until" of the link',
    ],
    [
      'a look-up by a column that is not there',
      '@filter(column: "email")',
      '@filter(column: "phone")',
      'field "Query.person": "Person" has no column "phone"',
    ],
    [
      'a list of all records that is not a list',
      'people(kind: Kind @filter(column: "kind"), first: Int = 20, after: String): PersonConnection! @scan',
      'people: Person @scan',
      'field "Query.people" says @scan and gives no list',
    ],
    [
      'a filter of a list of records of all types',
      /PersonConnection! @scan([\s\S]*)$/,
      'NodeConnection! @scan$1 type NodeConnection { edges: [NodeEdge!]! nodes: [Node!]! } type NodeEdge { cursor: String! node: Node! }',
      'field "Query.people", argument "kind": there is no column "kind" of the node',
    ],
    [
      'a field of an edge that is not a column of the link',
      'type FriendEdge { cursor: String! node: Person! since: Date!',
      'type FriendEdge { cursor: String! node: Person! until: Date!',
      'field "Person.friends" has edges of type "FriendEdge", whose field "until" is not a column of the link "Knows" with the same type',
    ],
    [
      'a field of an edge that may be empty where the column may not',
      'type FriendEdge { cursor: String! node: Person! since: Date!',
      'type FriendEdge { cursor: String! node: Person! since: Date',
      'field "Person.friends" has edges of type "FriendEdge", whose field "since" is not a column of the link "Knows" with the same type',
    ],
    [
      'a link to a type that is not there',
      'to: ["Town"]',
      'to: ["Village"]',
      '@link of "Lives" names the type "Village", which is neither a node type nor an interface of one',
    ],
    [
      'a look-up of a type that is not there',
      'person(id: ID, email: String @filter(column: "email")): Person @lookup',
      'person(id: ID): Span @lookup',
      'field "Query.person" names the type "Span", which is neither a node type nor an interface of one',
    ],
    [
      'a type that is both node and link',
      'type Knows @link',
      'type Knows @node @link',
      '"Knows" is both a node type and a link type; a table can be only one of them',
    ],
    [
      'a fixed condition on a column that is not there',
      'town: Town @edge(link: "Lives", direction: OUT)',
      'town: Town @edge(link: "Lives", direction: OUT, only: [{ column: "isHome", is: true }])',
      'field "Person.town" has an "only" on the column "isHome", which the link "Lives" has not',
    ],
    [
      'a fixed condition without a value',
      'town: Town @edge(link: "Lives", direction: OUT)',
      'town: Town @edge(link: "Lives", direction: OUT, only: [{ column: "isHome" }])',
      'field "Person.town" has an "only" on the column "isHome" without a value',
    ],
  ]

  it.each(refused)('%s', (_what, from, to, sentence) => {
    const broken = TOWN.replace(from, to)
    expect(broken).not.toBe(TOWN)
    const error = thrown(() => readGraphShape(broken))
    expect(code(error)).toBe('BAD_SCHEMA')
    expect((error as Error).message).toBe(`schema.graphql: ${sentence}. Nothing was started; mend the schema.`)
  })
})
