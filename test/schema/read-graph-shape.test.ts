import { readFileSync } from 'node:fs'
import { buildASTSchema, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { code, thrown } from '../support/thrown.js'

const schemaText = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')

/** The mapping directives, as the schema declares them. */
const MAPPING = schemaText.slice(0, schemaText.indexOf('# ------'))

/** A town: people live in towns, know each other for some time, and are named by sources. */
const TOWN = `${MAPPING}
  type Query {
    person(id: ID, email: String @filter(column: "email")): Person @lookup
    nodes(ids: [ID!]!): [Node]! @lookup
    people(kind: Kind @filter(column: "kind")): [Person!]! @scan
  }
  interface Node { id: ID! sources: [Source!]! @citations }
  enum Kind { CHILD ADULT }
  type Name @embedded { text: String! language: String }
  type Span @embedded { from: Date! to: Date }
  type PageInfo { hasNextPage: Boolean! }
  type Person implements Node @node(order: ["name", "age desc"]) @index(columns: ["kind"]) {
    name: String! @folded @filter @order
    age: Int! @filter @order
    kind: Kind @filter
    email: String
    names: [Name!]!
    life: Span @filter
    town: Town @edge(link: "Lives", direction: OUT) @filter
    friends(since: Date @filter(column: "since", of: LINK)): [Person!]!
      @edge(link: "Knows", direction: OUT, order: ["link.since desc"], first: 5, max: 7, list: "Friend") @filter
  }
  type Town implements Node @node {
    people: [Person!]! @edge(link: "Lives", direction: IN)
  }
  type Source implements Node @node { id: ID! }
  type Lives @link(from: ["Person"], to: ["Town"], says: "lives in", one: true)
  type Knows @link(from: ["Person"], to: ["Person"], says: "knows", repeats: true) { since: Date! @filter @order through: Person }
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
    expect(friends?.kind === 'edge' && friends.filters.get('since')).toMatchObject({
      of: 'link',
      column: { name: 'since' },
    })
  })

  it('has the links with their ends and columns', () => {
    expect(town.links.get('Lives')).toEqual({
      name: 'Lives',
      from: ['Person'],
      to: ['Town'],
      says: 'lives in',
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
    expect(people?.kind === 'scan' && people.filters.get('kind')).toMatchObject({
      of: 'node',
      column: { name: 'kind' },
    })
  })

  it('spells lists, with their connections, edges and arguments', () => {
    const served = new Map(
      town.served.definitions.flatMap((each) => ('name' in each && each.name ? [[each.name.value, each]] : [])),
    )
    const shown = (name: string) => print(served.get(name) as never).replaceAll(/^ *"""[^"]*"""\n|^ *"[^"]*"\n/gm, '')
    expect(shown('Town')).toMatchInlineSnapshot(`
      "type Town implements Node {
        people(where: PersonWhere, orderBy: [PersonOrder!], first: Int = 20, after: String): PersonConnection!
        id: ID!
        sources(where: CitationWhere, orderBy: [CitationOrder!], first: Int = 20, after: String): CitationConnection!
      }"
    `)
    expect(shown('Person')).toMatchInlineSnapshot(`
      "type Person implements Node {
        name: String!
        age: Int!
        kind: Kind
        email: String
        names: [Name!]!
        life: Span
        town: Town
        friends(since: Date, where: FriendWhere, orderBy: [FriendOrder!], first: Int = 5, after: String): FriendConnection!
        id: ID!
        sources(where: CitationWhere, orderBy: [CitationOrder!], first: Int = 20, after: String): CitationConnection!
      }"
    `)
    expect(shown('FriendConnection')).toMatchInlineSnapshot(`
      "type FriendConnection {
        edges: [FriendEdge!]!
        nodes: [Person!]!
        pageInfo: PageInfo!
        totalCount: Int!
        undecidedCount: Int!
      }"
    `)
    expect(shown('FriendEdge')).toMatchInlineSnapshot(`
      "type FriendEdge {
        cursor: String!
        node: Person!
        since: Date!
        through: Person
        sources(where: CitationWhere, orderBy: [CitationOrder!], first: Int = 20, after: String): CitationConnection!
      }"
    `)
  })

  it('spells what can be asked of the records of a list, and in which order', () => {
    const served = new Map(
      town.served.definitions.flatMap((each) => ('name' in each && each.name ? [[each.name.value, each]] : [])),
    )
    const shown = (name: string) => print(served.get(name) as never).replaceAll(/^ *"""[^"]*"""\n|^ *"[^"]*"\n/gm, '')
    expect(
      ['FriendWhere', 'KnowsLinkWhere', 'FriendListWhere', 'SpanWhere', 'TextIs', 'KindIs', 'FriendOrder']
        .map(shown)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "input FriendWhere {
        and: [FriendWhere!]
        or: [FriendWhere!]
        not: FriendWhere
        id: IDIs
        name: TextIs
        age: IntIs
        kind: KindIs
        life: SpanWhere
        town: TownWhere
        friends: FriendListWhere
        known: Boolean
        link: KnowsLinkWhere
      }
      input KnowsLinkWhere {
        since: DateIs
      }
      input FriendListWhere {
        some: FriendWhere
        none: FriendWhere
        every: FriendWhere
        count: IntIs
      }
      input SpanWhere {
        from: DateIs
        to: DateIs
        known: Boolean
      }
      input TextIs {
        eq: String
        in: [String!]
        contains: String
        startsWith: String
        known: Boolean
      }
      input KindIs {
        eq: Kind
        in: [Kind!]
        known: Boolean
      }
      enum FriendOrder {
        NAME_ASC
        NAME_DESC
        AGE_ASC
        AGE_DESC
        LINK_SINCE_ASC
        LINK_SINCE_DESC
        ID_ASC
        ID_DESC
      }"
    `)
  })

  it('serves the schema without its mapping', () => {
    const served = print(readGraphShape(schemaText).served)
    expect(served).not.toMatch(
      /@(node|link|embedded|folded|edge|citations|lookup|scan|filter|order|index|graph|since|change|edition)\b/,
    )
    expect(served).not.toMatch(/^(type|interface) (Lives|Concern|Membership|Holding) /m)
    expect(served).not.toMatch(/^(enum Direction|enum Of|input Only)\b/m)
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
      'people: [Person!]! @edge(link: "Lives", direction: IN)',
      'people: [Person!]! @edge(link: "Lives", direction: OUT)',
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
      'people: [Person!]! @edge(link: "Lives", direction: IN)',
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
      'field "Town.people" gives nodes and needs @edge, @scan or @citations',
    ],
    [
      'citations that are no list',
      'type Source implements Node @node { id: ID! }',
      'type Source implements Node @node { id: ID! sources: Source @citations }',
      'field "Source.sources" says @citations and gives no list',
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
      '@node of type "Person" is ordered by "height", and there is no such column',
    ],
    [
      'an order by a column that may be empty',
      'order: ["name", "age desc"]',
      'order: ["email"]',
      '@node of type "Person" is ordered by "email", and not every record has a value there',
    ],
    [
      'an order by a column of the link that is not there',
      'order: ["link.since desc"]',
      'order: ["link.until"]',
      'field "Person.friends" is ordered by "link.until", and there is no such column',
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
      'people(kind: Kind @filter(column: "kind")): [Person!]! @scan',
      'people: Person @scan',
      'field "Query.people" says @scan and gives no list',
    ],
    [
      'a filter of a list of records of all types',
      '[Person!]! @scan',
      '[Node!]! @scan(list: "Node")',
      'field "Query.people", argument "kind": there is no column "kind" of the node',
    ],
    [
      'a field of an edge that is not a column of the link',
      'type Town implements',
      'type FriendEdge { until: Date! } type Town implements',
      'field "Person.friends" has edges of type "FriendEdge", whose field "until" is not a column of the link "Knows" with the same type',
    ],
    [
      'two lists of one name whose edges are unlike',
      '@edge(link: "Lives", direction: IN)',
      '@edge(link: "Lives", direction: IN, list: "Friend")',
      'field "Town.people" is a list "Friend", and so is another whose records or links are of another type',
    ],
    [
      'a filter by what gives several values',
      'names: [Name!]!',
      'names: [Name!]! @filter',
      'field "Person.names" says @filter, and nothing can be asked of what it gives',
    ],
    [
      'an order by what is not a column',
      'life: Span @filter',
      'life: Span @order',
      'field "Person.life" says @order, and is not a column',
    ],
    [
      'an index of a column that is not there',
      '@index(columns: ["kind"])',
      '@index(columns: ["sort"])',
      '@index of type "Person" names the column "sort", which it has not',
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
