import type { GraphRecord } from '../../src/model/records.js'

const citations = [{ source: 'source:kaztag-2022-01-21' }]

const person = (id: string, name: string, born?: string): GraphRecord => ({
  type: 'Person',
  id: `person:synthetic-${id}`,
  values: { name, ...(born && { birthDateEdtf: born, birthDateEarliest: born, birthDateLatest: born }) },
  citations,
})
const represents = (id: string, place: string): GraphRecord => ({
  link: 'Represents',
  from: `person:synthetic-${id}`,
  to: place,
  values: {},
  citations,
})

const issue = (id: string, about: string): readonly GraphRecord[] => [
  { type: 'Issue', id: `issue:synthetic-${id}`, values: { rule: 'BAD_ROW', message: 'Synthetic.' }, citations },
  { link: 'IssueAbout', from: `issue:synthetic-${id}`, to: about, values: {}, citations },
]

/** What must not be more than a name: markup, a text that turns the direction of writing, a bell, a template, a formula. */
export const HOSTILE = '=1+1 <img src=x onerror="alert(1)"> \u202Egnp.\u0007 {{id}}'

/** Synthetic persons, some of one name, and one whose name is markup; a place, and issues of records of several types. */
export const SYNTHETIC: readonly GraphRecord[] = [
  person('anna-1', 'Anna Synthetic-Berg', '1960-05-01'),
  person('anna-2', 'Anna Synthetic-Berg', '1971-12-31'),
  person('bert-1', 'Bert Synthetic', '1960-05-01'),
  person('bert-2', 'Bert Synthetic'),
  person('hostile', HOSTILE),
  { type: 'Place', id: 'place:synthetic-land', values: { name: 'Synthetic Land', kind: 'COUNTRY' }, citations },
  ...issue('1', 'source:kaztag-2022-01-21'),
  ...issue('2', 'ep-vote:139038'),
  represents('anna-1', 'iso:KZ'),
  represents('anna-2', 'place:synthetic-land'),
]
