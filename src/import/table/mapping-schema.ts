import type { GraphShape } from '../../model/graph-shape.js'

/** A JSON Schema, or a part of one. */
type JsonSchema = Readonly<Record<string, unknown>>

/** The columns of a ballot that a mapping gives by these names, with what each says. */
export const BALLOT_FIELDS = {
  title: ['title', 'What the ballot was about.'],
  description: ['description', 'What exactly was voted on.'],
  date: ['date', 'The day.'],
  isMain: ['isMain', 'Whether it was on a text as a whole, not on an amendment or a part.'],
  isRollCall: ['isRollCall', 'Whether each member’s vote is on record.'],
  method: ['method', 'How the ballot was taken.'],
  result: ['result', 'The outcome as published.'],
  stage: ['stage', 'The stage of the procedure.'],
  procedure: ['procedure', 'The reference of the procedure.'],
} as const

/** The columns of a tally that a mapping gives by these names. */
export const TALLY_FIELDS = {
  for: ['tallyFor', 'How many voted for.'],
  against: ['tallyAgainst', 'How many voted against.'],
  abstention: ['tallyAbstention', 'How many abstained.'],
  didNotVote: ['tallyDidNotVote', 'How many were entitled to vote and did not.'],
} as const

/** The columns of a member that a mapping gives by these names. */
export const MEMBER_FIELDS = {
  name: ['name', 'The name; without it, given and family name are put together.'],
  sortName: ['sortName', 'The name by which lists are sorted, family name first.'],
  givenName: ['givenName', 'Given name.'],
  familyName: ['familyName', 'Family name.'],
  email: ['email', 'Public e-mail address.'],
} as const

const ref = (name: string, description: string): JsonSchema => ({ $ref: `#/$defs/${name}`, description })
const closed = (properties: JsonSchema, required: readonly string[], description: string): JsonSchema => ({
  description,
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const text = (description: string): JsonSchema => ({ description, type: 'string', minLength: 1 })
const address = (description: string): JsonSchema => ({
  description,
  type: 'string',
  format: 'uri',
  pattern: '^https?://',
})
const day = (description: string): JsonSchema => ({ description, type: 'string', format: 'date' })

const fieldsOf = (fields: Readonly<Record<string, readonly [column: string, description: string]>>): JsonSchema =>
  Object.fromEntries(
    Object.entries(fields).map(([name, [, description]]) => [
      name,
      ref(name === 'date' ? 'day' : 'field', description),
    ]),
  )

const COLUMN = text('The name of a column.')
const PATTERN = { ...text('A text with columns in braces.'), pattern: '\\{[^{}]+\\}' }
const CONSTANT = { description: 'The same in every row.', type: ['string', 'number', 'boolean'] }
const TAKEN = '^[^{}]*\\{value\\}[^{}]*$'
const TAKE = {
  description:
    'What is taken of the cell: `{value}` stands for it, `*` for anything else. Of several patterns, the first that fits.',
  type: ['string', 'array'],
  pattern: TAKEN,
  minItems: 1,
  items: { type: 'string', pattern: TAKEN },
}
const VALUES = {
  description: 'What each word of the cell means. Null: there is none; of a required field, the row is left out.',
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
}

/** A field told apart: just one of column, pattern and constant, and what else is said. */
const source = (...more: readonly JsonSchema[]): JsonSchema => {
  const properties = Object.assign(
    { column: COLUMN, pattern: PATTERN, constant: CONSTANT, take: TAKE, values: VALUES },
    ...more,
  )
  const ways = ['column', 'pattern', 'constant', ...(Object.hasOwn(properties, 'from') ? ['from'] : [])]
  return {
    type: ['string', 'number', 'boolean', 'object'],
    minLength: 1,
    properties,
    additionalProperties: false,
    if: { type: 'object' },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
    then: {
      oneOf: ways.map((way) => ({ required: [way] })),
      dependentSchemas: { constant: { maxProperties: 1 }, from: { maxProperties: 1 } },
    },
  }
}

const FORMAT = {
  description: 'How days are written: YYYY for the year, MM or M for the month, DD or D for the day.',
  type: 'string',
  pattern: '^(?=[^Y]*YYYY[^Y]*$)(?=[^M]*MM?[^M]*$)(?=[^D]*DD?[^D]*$)',
}

const part = (properties: JsonSchema, required: readonly string[], description: string): JsonSchema =>
  closed(
    {
      file: ref('file', 'The table, or a list of tables with the same columns.'),
      only: {
        description: 'Only rows in which these columns have one of these words; the others are counted as left out.',
        type: 'object',
        additionalProperties: { type: 'array', minItems: 1, items: { type: 'string' } },
      },
      spread: closed(
        {
          columns: {
            description: 'Which columns: `{value}` stands for what is taken of the name, `*` for anything else.',
            type: 'string',
            pattern: TAKEN,
          },
          name: text('What the column is called that has what was taken of the name.'),
          cell: text('What the column is called that has the cell.'),
        },
        ['columns', 'name', 'cell'],
        'Makes a row of each of several columns, as of a table with a column for each ballot or member.',
      ),
      ...properties,
    },
    ['file', ...required],
    description,
  )

/** A part, or a list of parts of its kind. */
const oneOrSeveral = (name: string): JsonSchema => ({
  if: { type: 'array' },
  // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
  then: { type: 'array', minItems: 1, items: { $ref: `#/$defs/${name}` } },
  else: { $ref: `#/$defs/${name}` },
})

const directory = (of: string): JsonSchema => ({
  ...closed(
    {
      words: {
        description: `What each word means that the tables have for a ${of}; null where it says that there is none.`,
        type: 'object',
        minProperties: 1,
        additionalProperties: { ...named(of), type: ['object', 'null'] },
      },
      id: ref('wordId', `The id of a ${of} by any other word, which is its name: \`council-group:{value}\`.`),
    },
    [],
    `The ${of === 'country' ? 'countries' : `${of}s`} that tables name.`,
  ),
  minProperties: 1,
})

const named = (of: string): JsonSchema =>
  closed(
    {
      id: ref('id', 'The id in the graph.'),
      name: text('The name shown.'),
      ...(of === 'country'
        ? { isoAlpha2: { description: 'ISO 3166-1 alpha-2 code.', type: 'string', pattern: '^[A-Z]{2}$' } }
        : {
            shortName: text('The name by which it is commonly called, or its abbreviation.'),
            officialName: text('The full official name.'),
            url: address('Its own page.'),
          }),
    },
    ['id', 'name'],
    `A ${of}.`,
  )

/** Makes the JSON Schema (draft 2020-12) of mappings of tables; its words are those of the graph. */
export const mappingSchema = (shape: GraphShape): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Mapping of tables for Rapporteur',
  description: 'Which columns of which tables are the ballots, members, memberships and votes of a parliament.',
  ...closed(
    {
      source: closed(
        {
          id: {
            ...ref('id', 'The id of the source in the graph: `source:council-2024`.'),
            type: 'string',
            pattern: '^source:\\S+$',
          },
          title: text('Its title.'),
          kind: {
            description: 'What it is; a data set, where nothing is said.',
            enum: shape.nodes.get('Source')?.columns.get('kind')?.words ?? [],
          },
          url: address('Where it can be had.'),
          license: text('The licence under which it may be used.'),
          published: day('The day it was published.'),
          retrieved: day('The day you had it.'),
          publisher: closed(
            { id: ref('id', 'The id of the organisation.'), name: text('Its name.'), url: address('Its own page.') },
            ['id', 'name'],
            'Who published it.',
          ),
        },
        ['id', 'title'],
        'Where the tables are from.',
      ),
      language: {
        description: 'The language of titles and names, as a BCP 47 tag: `de`.',
        type: 'string',
        pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
      },
      csv: closed(
        {
          separator: {
            description: 'What stands between cells, where it is no comma.',
            type: 'string',
            pattern: '^[^"\\r\\n]$',
          },
          encoding: { description: 'How characters are written, where not in UTF-8.', enum: ['utf-8', 'windows-1252'] },
        },
        [],
        'How all of the tables are written.',
      ),
      body: { ...named('body'), description: 'The parliament or council that votes.' },
      groups: directory('group'),
      committees: directory('committee'),
      countries: directory('country'),
      ballots: oneOrSeveral('ballot'),
      members: oneOrSeveral('member'),
      memberships: oneOrSeveral('membership'),
      tallies: oneOrSeveral('tally'),
      votes: oneOrSeveral('vote'),
    },
    ['source'],
    'A mapping.',
  ),
  $defs: {
    ballot: part(
      {
        key: ref('column', 'The column by which other tables name the ballot.'),
        id: ref('rowId', 'The id in the graph.'),
        ...fieldsOf(BALLOT_FIELDS),
        ...fieldsOf(TALLY_FIELDS),
        committee: ref('field', 'The committee responsible.'),
      },
      ['id'],
      'A ballot for each row.',
    ),
    member: part(
      {
        key: ref('column', 'The column by which other tables name the member.'),
        id: ref('rowId', 'The id in the graph.'),
        ...fieldsOf(MEMBER_FIELDS),
        birthDate: ref('day', 'Date of birth.'),
        url: ref('field', 'A public page.'),
        country: ref('field', 'The country represented.'),
        unknown: closed(
          {
            id: ref('wordId', 'The id: `council-seat:{value}`.'),
            name: text('The name shown until another source gives one.'),
          },
          ['id', 'name'],
          'What becomes of members whom other tables name and this one does not have; `{value}` is the word by which they are named.',
        ),
      },
      ['id'],
      'A member for each row; rows of the same member may repeat.',
    ),
    membership: part(
      {
        member: ref('reference', 'The member.'),
        body: { description: 'The membership is of the body.', const: true },
        group: ref('field', 'The membership is of this group.'),
        committee: ref('field', 'The membership is of this committee.'),
        role: ref('field', 'As what; a member, where nothing is said.'),
        term: ref('field', 'The number of the term.'),
        start: ref('day', 'The first day.'),
        end: ref('day', 'The last day.'),
        split: text('What stands between several in one cell.'),
      },
      ['member'],
      'A membership for each row.',
    ),
    tally: part(
      {
        ballot: ref('reference', 'The ballot.'),
        group: ref('field', 'The group whose votes are counted.'),
        country: ref('field', 'The country whose votes are counted.'),
        ...fieldsOf(TALLY_FIELDS),
      },
      ['ballot'],
      'The votes of a group or country in a ballot, as published, for each row.',
    ),
    vote: part(
      {
        ballot: ref('reference', 'The ballot.'),
        member: ref('reference', 'The member.'),
        option: ref(
          'field',
          `How the member voted: ${(shape.links.get('Vote')?.columns.get('option')?.words ?? []).join(', ')}.`,
        ),
        group: ref('group', 'The group to which the member belonged at that moment.'),
        country: ref('field', 'The country that the member represented at that moment.'),
      },
      ['ballot', 'member', 'option'],
      'The vote of a member for each row.',
    ),
    id: { description: 'An id.', type: 'string', minLength: 1, maxLength: 200, pattern: '^\\S+$' },
    file: {
      description: 'The name of a table, as it is in its folder; `*` stands for anything.',
      type: ['string', 'array'],
      pattern: '^[^/\\\\]+$',
      minLength: 1,
      minItems: 1,
      items: { type: 'string', pattern: '^[^/\\\\]+$' },
    },
    column: COLUMN,
    rowId: {
      ...PATTERN,
      description: 'An id with columns in braces: `council-vote:{number}`.',
      pattern: '^[^\\s{}]*(\\{[^{}]+\\}[^\\s{}]*)+$',
    },
    wordId: { ...PATTERN, description: 'An id with `{value}`.', pattern: '^[^\\s{}]*\\{value\\}[^\\s{}]*$' },
    field: { description: 'A column by its name, a text with columns in braces, or more about it.', ...source() },
    day: { description: 'A day, by its column.', ...source({ format: FORMAT }) },
    reference: {
      description: 'The column that has the key of the other table, or the id with columns in braces.',
      ...source(),
    },
    group: {
      description: 'A column, or the group by the memberships and the day of the ballot.',
      ...source({
        from: { description: 'The group of which the member was on the day of the ballot.', const: 'memberships' },
      }),
    },
  },
})
