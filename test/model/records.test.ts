import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badRecord, checkRecord, type LinkRecord, type NodeRecord, type Value } from '../../src/model/records.js'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'

const shape = readGraphShape(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const citations = [{ source: 'source:a' }]

const place = (values: Record<string, unknown> = {}, more: Partial<NodeRecord> = {}): NodeRecord => ({
  type: 'Place',
  id: 'iso:KZ',
  values: { name: 'Kazakhstan', kind: 'COUNTRY', ...values } as NodeRecord['values'],
  citations,
  ...more,
})
const ballot = (values: Record<string, unknown>): NodeRecord => ({
  type: 'VoteEvent',
  id: 'ep-vote:1',
  values: { title: 'A ballot', date: '2022-01-20', isMain: true, isRollCall: true, ...values } as NodeRecord['values'],
  citations,
})
const link = (more: Partial<LinkRecord> = {}): LinkRecord => ({
  link: 'PlacePart',
  from: 'iso:KZ',
  to: 'place:asia',
  values: {},
  citations,
  ...more,
})

describe('a record that fits the schema', () => {
  it('gets its folded columns and an empty list where a list must be, and loses what is null', () => {
    expect(checkRecord(shape, place({ name: 'Қазақстан Ł', isoAlpha2: null, names: undefined }))).toEqual({
      name: 'Қазақстан Ł',
      nameFolded: 'қазақстан l',
      names: [],
      kind: 'COUNTRY',
    })
  })

  it.each([
    [{ familyName: 'Tokayev', givenName: 'Kassym-Jomart' }, 'Tokayev, Kassym-Jomart'],
    [{ familyName: 'Tokayev' }, 'Tokayev'],
    [{}, 'K.-J. Tokayev'],
    [{ familyName: 'Tokayev', sortName: 'Toqaev' }, 'Toqaev'],
  ])('sorts a person with %j as "%s"', (values, sortName) => {
    const person = { type: 'Person', id: 'person:1', values: { name: 'K.-J. Tokayev', ...values }, citations }
    expect(checkRecord(shape, person)).toMatchObject({ sortName })
  })

  it.each([
    [{ tallyFor: 3, tallyAgainst: 2, tallyAbstention: 2 }, 'FOR', 1],
    [{ tallyFor: 2, tallyAgainst: 3, tallyAbstention: 0 }, 'AGAINST', 1],
    [{ tallyFor: 2, tallyAgainst: 2, tallyAbstention: 3 }, 'ABSTENTION', 0],
    [{ tallyFor: 2, tallyAgainst: 0, tallyAbstention: 2 }, undefined, 2],
    [{ tallyFor: 2, tallyAgainst: 0 }, undefined, 2],
    [{ tallyFor: 2, tallyAbstention: 0 }, undefined, undefined],
  ])('of the tally %j has the majority %s and the margin %s', (tally, majority, margin) => {
    const values = checkRecord(shape, ballot(tally)) as Readonly<Record<string, Value>>
    expect([values['majority'], values['margin']]).toEqual([majority, margin])
  })

  it('keeps values exactly as they are', () => {
    const values = { name: '"quoted" it\'s \\ 😀 \t', names: [{ text: '', language: 'kk' }] }
    expect(checkRecord(shape, place(values))).toMatchObject(values)
  })
})

describe('a record that does not fit is told why', () => {
  it.each<[string, NodeRecord | LinkRecord, string | RegExp]>([
    ['no source', place({}, { citations: [] }), 'it has no source'],
    ['an unknown type', place({}, { type: 'Planet' }), /^"Planet" is not a type of record; one of Person, .* is$/],
    ['an unknown link', link({ link: 'Orbits' }), '"Orbits" is not a type of link'],
    ['an empty id', place({}, { id: '' }), 'the id is empty'],
    ['a long id', place({}, { id: `x:${'é'.repeat(199)}` }), /^the id "x:é{38}…" is longer than 200 characters$/],
    ['half of a pair in the id', place({}, { id: 'x:\ud83d' }), 'the id has half of a surrogate pair'],
    ['a space in the id', place({}, { id: 'x: y' }), 'the id "x: y" has a space or a control character'],
    ['a control character in the id', place({}, { id: 'x:\u007f' }), /^the id "x:\u007f" has a space or a control/],
    ['an empty end', link({ to: '' }), 'the id is empty'],
    ['a key that the link has not', link({ key: 'k' }), 'a link "PlacePart" has no key'],
    ['no key', link({ link: 'Holding' }), 'a link "Holding" needs a key'],
    ['an empty key', link({ link: 'Holding', key: '' }), 'a link "Holding" needs a key that is not empty'],
    ['a column that is not there', place({ height: 3 }), '"height" is not one of its columns'],
    [
      'a folded column, which is made and not given',
      place({ nameFolded: 'x' }),
      '"nameFolded" is not one of its columns',
    ],
    ['a value that must be there', place({ name: null }), '"name" is missing'],
    ['a word that is not of the enum', place({ kind: 'PLANET' }), /^"kind" is "PLANET"; it must be one of COUNTRY, /],
    ['a number for a text', place({ name: 3 }), '"name" is 3, which is not text'],
    ['half of a pair in a text', place({ name: '\udc00' }), /^"name" is .*, which has half of a surrogate pair$/],
    ['a null character', place({ name: 'a\u0000' }), /^"name" is .*, which has a null character$/],
    [
      'half of a pair in a list',
      place({ names: [{ text: '\ud83d' }] }),
      '"names" is [{"text":"\\ud83d"}], which has half of a surrogate pair',
    ],
    [
      'a null character in a list',
      place({ names: [{ text: 'a\u0000' }] }),
      '"names" is [{"text":"a\\u0000"}], which has a null character',
    ],
    ['a text for a list', place({ names: 'x' }), '"names" is "x", which is not a list'],
    ['a fraction for a whole number', ballot({ tallyFor: 1.5 }), '"tallyFor" is 1.5, which is not a whole number'],
    [
      'a whole number beyond 2^53',
      ballot({ tallyFor: 2 ** 53 }),
      /^"tallyFor" is 9007199254740992, which is not a whole/,
    ],
    ['a text for a number', ballot({ tallyFor: '1' }), '"tallyFor" is "1", which is not a whole number'],
    ['a number for yes or no', ballot({ isMain: 1 }), '"isMain" is 1, which is neither true nor false'],
    [
      'a day that does not exist',
      ballot({ date: '2022-02-29' }),
      '"date" is "2022-02-29", which is not a day such as 2022-01-20',
    ],
    [
      'a moment without an offset',
      ballot({ time: '2022-01-20T15:33:04' }),
      /^"time" is .*, which is not a moment such as/,
    ],
    [
      'a moment on a day that does not exist',
      ballot({ time: '2022-02-30T15:33:04Z' }),
      /^"time" is .*, which is not a moment/,
    ],
    [
      'a long text, which is cut',
      ballot({ date: 'x'.repeat(99) }),
      `"date" is "${'x'.repeat(60)}…", which is not a day such as 2022-01-20`,
    ],
  ])('%s', (_what, record, problem) => {
    const found = checkRecord(shape, record)
    if (typeof problem === 'string') expect(found).toBe(problem)
    else expect(found).toMatch(problem)
  })

  it.each(['ftp://example.org', 'example.org', 'http://', 'https://exa mple.org', 'javascript:alert(1)'])(
    'the address %j',
    (url) => {
      const source = {
        type: 'Source',
        id: 'source:b',
        values: { title: 'B', kind: 'PUBLICATION', url },
        citations,
      } as NodeRecord
      expect(checkRecord(shape, source)).toMatch(/^"url" is ".*", which is not an http or https address$/)
    },
  )

  it('infinity and not-a-number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const claim = { type: 'Claim', id: 'claim:1', values: { property: 'DEATHS', value, status: 'OPEN' }, citations }
      expect(checkRecord(shape, claim as NodeRecord)).toMatch(/^"value" is null, which is not a number$/)
    }
  })
})

describe('a column that follows from others', () => {
  it('is refused where a source gives it', () => {
    expect(checkRecord(shape, ballot({ tallyFor: 3, majority: 'FOR' }))).toBe('"majority" is not one of its columns')
  })
})

describe('checking', () => {
  const anything: fc.Arbitrary<Value> = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.array(fc.record({ text: fc.string({ unit: 'binary' }) })),
  )

  it('lets only texts through that every engine can keep', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const checked = checkRecord(shape, place({ name }))
        expect(typeof checked === 'object').toBe(name.isWellFormed() && !name.includes('\u0000'))
      }),
    )
  })

  it('never throws, whatever the values are', () => {
    const values = fc.dictionary(fc.constantFrom('name', 'names', 'kind', 'id', 'nameFolded', '__proto__'), anything)
    fc.assert(fc.property(values, (given) => void checkRecord(shape, place(given))))
  })
})

describe('the error for a record', () => {
  it('names the record, or the link with its ends', () => {
    expect(badRecord(place(), 'it has no source', 'places.yaml:3').message).toBe(
      'places.yaml:3: The record "iso:KZ" cannot be loaded: it has no source. Nothing was loaded; mend the file and run again.',
    )
    expect(badRecord(link(), 'it has no source', 'import').message).toBe(
      'import: The link PlacePart from "iso:KZ" to "place:asia" cannot be loaded: it has no source. Nothing was loaded; mend the file and run again.',
    )
  })
})
