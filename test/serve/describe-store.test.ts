import { describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { describeStore } from '../../src/serve/describe-store.js'
import { fakeStore } from './fake-store.js'

describe('what is said of a store', () => {
  it('is where it is, and how many records it has without its links', async () => {
    const nodes = new Map([
      ['Person', 1200],
      ['Place', 34],
    ])
    const links = new Map([['Vote', { all: 500, out: 1, in: 1 }]])
    const store = { ...fakeStore(), sizes: async () => ({ nodes, links }) }
    expect(await describeStore(store)).toBe('The store is SQLite at :memory:, with 1,234 records.')
  })

  it('is not a failure where it has gone again', async () => {
    const sizes = async () => {
      throw new RapporteurError('UNAVAILABLE', 'The Neo4j at bolt://x does not answer.')
    }
    expect(await describeStore({ ...fakeStore(), sizes })).toBe(
      'The store is SQLite at :memory:. Its records could not be counted: The Neo4j at bolt://x does not answer.',
    )
  })
})
