import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fileShape } from '../../src/store/sqlite/tables.js'
import { shape } from '../support/engines.js'

describe('docs/datasette.yaml', () => {
  it('speaks of tables that a store has', () => {
    const text = readFileSync(new URL('../../docs/datasette.yaml', import.meta.url), 'utf8')
    const { databases } = parse(text)
    const tables = fileShape(shape).tables.map(({ name }) => name)
    expect(tables).toEqual(expect.arrayContaining(Object.keys(databases.rapporteur.tables)))
  })
})
