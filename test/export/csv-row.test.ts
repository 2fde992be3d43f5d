import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRow } from '../../src/export/csv-row.js'

/** Reads a row as the importer of Neo4j does: a cell without quotes and without text is not a value. */
const read = (row: string): unknown =>
  (
    parse(row, {
      record_delimiter: '\n',
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    }) as readonly unknown[]
  )[0]

describe('a row of CSV', () => {
  it('quotes only what could be taken for something else', () => {
    expect(csvRow(['a', null, '', 'b, c', 'say "d"', ' e', '1.5', "it's", 'two\r\nlines'])).toBe(
      'a,,"","b, c","say ""d"""," e",1.5,it\'s,"two\r\nlines"\n',
    )
  })

  it('gives back every text, and tells an empty one from none', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', '\t', '\\', ';', "'", 'a', '\ufeff', '\u2028') }),
    )
    const cells = fc.array(fc.option(text), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(cells, (row) => {
        expect(read(csvRow(row))).toEqual(row)
      }),
    )
  })
})
