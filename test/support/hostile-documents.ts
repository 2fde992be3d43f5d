/** A document that costs more than it looks. */
export interface HostileDocument {
  readonly name: string
  readonly query: string
}

const times = (count: number, part: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ')

const inOsce = (selection: string): string => `{ organization(id: "org:osce") { ${selection} } }`

/** Fragments each of which asks for a neighbour under several names, and of it the same again. */
const repeated = (
  names: readonly string[],
  levels: number,
  { root = 'organization(id: "org:osce")', leaf = 'id' } = {},
): string =>
  `{ ${root} { ...F0 } } ${times(levels, (i) => {
    const below = i === levels - 1 ? leaf : `...F${i + 1}`
    return `fragment F${i} on Organization { ${names.map((name) => `${name}partOf { ${below} }`).join(' ')} }`
  })}`

/** Fragments whose merged fields are others on each way down. */
const unlike = (levels: number): string =>
  `{ organization(id: "org:osce") { ...F0a ...F0b } } ${times(levels, (i) =>
    ['a', 'b']
      .map((own) => {
        const all = i === levels - 1 ? 'id name' : `...F${i + 1}a ...F${i + 1}b`
        const one = i === levels - 1 ? 'id' : `...F${i + 1}${own}`
        return `fragment F${i}${own} on Organization { x: partOf { ${all} } partOf { ${one} } }`
      })
      .join(' '),
  )}`

const lists = (levels: number, selection: (inner: string) => string): string =>
  levels === 0 ? 'id' : selection(lists(levels - 1, selection))

const nested = (levels: number, open: string, close: string, inner: string): string =>
  `${open.repeat(levels)}${inner}${close.repeat(levels)}`

const ENTITY_TYPES = ['Person', 'Organization', 'Office', 'Place', 'Event']
const NODE_TYPES = [...ENTITY_TYPES, 'Motion', 'Resolution', 'Amendment', 'Paragraph', 'Procedure', 'VoteEvent']

/** Documents at the limits and beyond them; each is to be answered or refused in no time. */
export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [
  { name: 'a neighbour under 3 names, 10 levels', query: repeated(['', 'a: ', 'b: '], 10) },
  { name: 'a neighbour under 3 names, 6 levels', query: repeated(['', 'a: ', 'b: '], 6) },
  { name: 'a neighbour under 3 names, 5 levels', query: repeated(['', 'a: ', 'b: '], 5) },
  { name: 'a neighbour under 2 names, 6 levels', query: repeated(['', 'a: '], 6) },
  { name: 'a neighbour under 2 names, 8 levels', query: repeated(['', 'a: '], 8) },
  { name: 'a neighbour under 2 names, 9 levels', query: repeated(['', 'a: '], 9) },
  { name: 'a neighbour under 2 names, 11 levels', query: repeated(['', 'a: '], 11) },
  { name: 'a neighbour under 30 names, 1 level', query: inOsce(times(30, (i) => `n${i}: partOf { id name }`)) },
  {
    name: 'a neighbour under 5 names, 4 levels, of a record of any type',
    query: repeated(
      times(5, (i) => `n${i}:`)
        .split(' ')
        .map((name) => `${name} `),
      4,
      { root: 'node(id: "org:osce")' },
    ),
  },
  {
    name: 'the same with all that a record of any type has',
    query: repeated(['', 'a: '], 7, {
      root: 'node(id: "org:osce")',
      leaf: '__typename id name names { text language } updatedAt jurisdiction { id name }',
    }),
  },
  {
    name: 'the same in 20 root fields',
    query: `{ ${times(20, (i) => `r${i}: organization(id: "org:osce") { ...F0 }`)} } ${repeated(['', 'a: '], 5).replace(/^\{.*?\} \} /, '')}`,
  },
  { name: 'fragments that are merged another way at each level', query: unlike(10) },
  {
    name: 'fragments in lists, 6 names at each of 4 levels',
    query: `{ place(id: "iso:KZ") { ...F0 } } ${times(4, (i) => {
      const below = i === 3 ? 'id' : `...F${i + 1}`
      return `fragment F${i} on Place { ${times(6, (n) => `n${n}: parts(first: 1) { nodes { k${n}: id ${below} } }`)} }`
    })}`,
  },
  { name: '490 times the same neighbour', query: inOsce(times(490, () => 'partOf { id }')) },
  { name: '240 times a neighbour, of which two things', query: inOsce(times(240, () => 'partOf { id name }')) },
  { name: '100 times the same neighbour', query: inOsce(times(100, () => 'partOf { id }')) },
  {
    name: '1,900 times the same field',
    query: inOsce(times(1900, () => 'id')),
  },
  { name: '140 times the same field', query: inOsce(times(140, () => 'id')) },
  {
    name: 'the same neighbour 6 times at each of 3 levels',
    query: inOsce(times(6, () => `partOf { ${times(6, () => `partOf { ${times(6, () => 'partOf { id }')} }`)} }`)),
  },
  {
    name: 'the same neighbour 4 times at each of 4 levels',
    query: inOsce(lists(4, (inner) => times(4, () => `partOf { ${inner} }`))),
  },
  {
    name: '150 fragments with the same field, at one place',
    query: `${inOsce(times(150, (i) => `...F${i}`))} ${times(150, (i) => `fragment F${i} on Organization { id }`)}`,
  },
  {
    name: '60 fragments with the same neighbour, at one place',
    query: `${inOsce(times(60, (i) => `...F${i}`))} ${times(60, (i) => `fragment F${i} on Organization { partOf { id name } }`)}`,
  },
  {
    name: '200 inline fragments with the same neighbour',
    query: inOsce(times(200, () => '... { partOf { id } }')),
  },
  {
    name: 'fragments that no operation uses, with the same fields',
    query: `{ graph { version } } ${times(3, (i) => `fragment F${i} on Organization { ${times(200, () => 'id')} }`)}`,
  },
  {
    name: '120 operations that all use 80 fragments',
    query: `${times(120, (i) => `query Q${i} { graph { ...F0 } }`)} ${times(80, (i) => `fragment F${i} on Graph { ${i < 79 ? `...F${i + 1}` : 'version'} }`)}`,
  },
  {
    name: '60 operations with variables that all use 30 fragments',
    query: `${times(60, (i) => `query Q${i}($n: Int) { person(id: "x") { ...F0 } }`)} ${times(30, (i) => `fragment F${i} on Person { ${i < 29 ? `...F${i + 1}` : 'offices(first: $n) { totalCount }'} }`)}`,
  },
  { name: '300 operations without a name', query: times(300, () => '{ graph { version } }') },
  { name: '600 variables that nobody uses', query: `query(${times(320, (i) => `$v${i}: ID`)}) { graph { version } }` },
  {
    name: '600 variables that nobody declares',
    query: `{ ${times(19, (i) => `nodes(ids: [${times(20, (n) => `$v${i}x${n}`)}]) { id }`)} }`,
  },
  { name: '900 unknown fields', query: inOsce(times(900, (i) => `nam${i}`)) },
  {
    name: '900 unknown fields with long names',
    query: inOsce(times(900, (i) => `jurisdictionOfOrganizationParts${i}`)),
  },
  { name: '300 unknown types', query: inOsce(times(300, (i) => `... on Organizatio${i} { f${i} }`)) },
  {
    name: '300 unknown types with long names',
    query: inOsce(times(300, (i) => `... on ResolutionBallotConnectionEdge${i} { f${i} }`)),
  },
  { name: '70 unknown fragments', query: inOsce(times(70, (i) => `...F${i}`)) },
  { name: '300 unknown fragments', query: inOsce(times(300, (i) => `...F${i}`)) },
  {
    name: '540 unknown arguments',
    query: inOsce(times(18, (i) => `parts(${times(30, (n) => `firs${i}x${n}: 1`)}) { totalCount }`)),
  },
  { name: '300 unknown directives', query: inOsce(times(300, (i) => `f${i} @ski${i}`)) },
  {
    name: 'unknown words of an enum',
    query: `{ ${times(20, (i) => `claims(${times(30, (n) => `property: DEATH${i}x${n}`)}) { totalCount }`)} }`,
  },
  { name: '200 directives on a field', query: inOsce(`id ${times(200, () => '@skip(if: false)')}`) },
  {
    name: '200 fragments that spread each other in a ring',
    query: `${inOsce('...F0')} ${times(200, (i) => `fragment F${i} on Organization { ...F${(i + 1) % 200} }`)}`,
  },
  {
    name: '25 fragments that all spread each other',
    query: `${inOsce('...F0')} ${times(25, (i) => `fragment F${i} on Organization { ${times(25, (n) => `...F${n}`)} }`)}`,
  },
  { name: '400 inline fragments within each other', query: inOsce(nested(400, '... { ', ' }', 'id')) },
  { name: '600 levels', query: nested(600, '{ partOf ', ' }', '{ id }') },
  { name: 'a list of lists, 900 deep', query: `{ nodes(ids: ${nested(900, '[', ']', '"x"')}) { id } }` },
  { name: 'an object in an object, 400 deep', query: `{ nodes(ids: ${nested(400, '{a: ', '}', '"x"')}) { id } }` },
  { name: 'a type of lists, 900 deep', query: `query($v: ${nested(900, '[', ']', 'ID')}) { graph { version } }` },
  { name: '1,900 ids', query: `{ nodes(ids: [${times(1900, (i) => `"x${i}"`)}]) { id } }` },
  { name: 'an id of 200,000 characters', query: `{ node(id: "${'x'.repeat(200_000)}") { id } }` },
  { name: 'a block of 60,000 lines', query: `{ node(id: """${' \n'.repeat(60_000)}""") { id } }` },
  { name: 'a comment of 250,000 characters', query: `#${'x'.repeat(250_000)}\n{ graph { version } }` },
  {
    name: '110,000 lines, then 600 unknown fields',
    query: `${'\n'.repeat(110_000)}${inOsce(times(600, (i) => `x${i}`))}`,
  },
  { name: '110,000 lines, then a syntax error', query: `${'\n'.repeat(110_000)}{` },
  {
    name: '110,000 lines, then an empty id in 20 fields',
    query: `${'\n'.repeat(110_000)}{ ${times(20, (i) => `a${i}: node(id: "") { id }`)} }`,
  },
  { name: '9,000 lines, then 600 unknown fields', query: `${'\n'.repeat(9000)}${inOsce(times(600, (i) => `x${i}`))}` },
  { name: '1,900 lines, then 600 unknown fields', query: `${'\n'.repeat(1900)}${inOsce(times(600, (i) => `x${i}`))}` },
  {
    name: 'the fields of all types, three levels deep',
    query:
      '{ __schema { types { name fields { name type { name fields { name type { name fields { name args { name } } } } } } } } }',
  },
  {
    name: 'the fields of all types under 10 names, twice',
    query: `{ __schema { types { ${times(10, (i) => `a${i}: fields { name type { ${times(2, (n) => `b${i}x${n}: fields { name args { name type { name } } }`)} } }`)} } } }`,
  },
  {
    name: 'the types under 20 names',
    query: `{ ${times(20, (i) => `s${i}: __schema { types { name fields { name args { name } type { name } } } }`)} }`,
  },
  {
    name: 'the possible types of all types, three levels deep',
    query: '{ __schema { types { possibleTypes { interfaces { possibleTypes { name } } } } } }',
  },
  {
    name: 'the possible types of all types under 10 names, and theirs',
    query: `{ __schema { types { ${times(10, (i) => `p${i}: possibleTypes { ${times(2, (n) => `i${i}x${n}: interfaces { name possibleTypes { name } }`)} }`)} } } }`,
  },
  {
    name: 'what contains a type, 17 levels deep, under 2 names each',
    query: `{ __type(name: "Query") { fields { type { ...T0 } } } } ${times(14, (i) => `fragment T${i} on __Type { name ${i < 13 ? `ofType { ...T${i + 1} } o: ofType { ...T${i + 1} }` : ''} }`)}`,
  },
  {
    name: 'every field of an interface, for each of its types',
    query: `{ issues(first: 5) { nodes { record { __typename id updatedAt ${NODE_TYPES.map((type) => `... on ${type} { __typename id updatedAt sources { totalCount nodes { id title } } }`).join(' ')} } } } }`,
  },
  {
    name: 'neighbours of several types in neighbours of several types',
    query: `{ claim(id: "claim:x") { ${lists(5, (inner) => `about { ${ENTITY_TYPES.map((type) => `... on ${type} { id claimed: claims(first: 1) { nodes { about { id } } } }`).join(' ')} } id ${inner}`)} } }`,
  },
  {
    name: '40 lists with all they give',
    query: `{ place(id: "iso:KZ") { ${times(20, (i) => `a${i}: parts(first: ${i + 1}) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name names { text } } } }`)} } }`,
  },
  {
    name: '25,000 rows',
    query:
      '{ places(first: 100) { nodes { parts(first: 100) { nodes { id name kind } } claims(first: 100) { nodes { id } } } } }',
  },
  {
    name: "a Parliament's ballots for each vote of each member",
    query: `{ ${times(20, (i) => `f${i}: persons(first: 100) { nodes { votes(first: ${60 - i}) { nodes { organization { voteEvents(first: 1) { nodes { id } } } } } } }`)} }`,
  },
]
