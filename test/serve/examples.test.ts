import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import { EXAMPLES } from '../../src/serve/examples.js'
import type { Serving } from '../../src/serve/serve.js'
import { openStore } from '../../src/store/open-store.js'
import { serveOnFreePort, shape } from './fake-store.js'

/** What each example's answer must have in it. */
const TELLS: Readonly<Record<string, string>> = {
  Timeline: 'Protests in Kazakhstan, January 2022 happened in Kazakhstan',
  Path: 'Situation in Kazakhstan is about Kazakhstan',
  Vote: '"for":589,"against":35,"abstention":47',
  Resolution: '"reference":"P9_TA(2022)0012"',
  Demands: '"totalCount":9',
  OSCE: '"name":"Government of Kazakhstan"',
  Borrell: '"inferred":true',
  Claims: '"value":225',
  Sources: '"name":"Perlid"',
  Filter: '"totalCount":3',
  Figures: '"by":{"majority":"FOR"},"count":7',
  Cohesion: '"of":{"name":"European Conservatives and Reformists"},"value":',
  Coalitions: '"value":1,"numerator":1,"denominator":1',
  Rebels:
    '"why":"None of those who were asked for has a vote that can be counted in these 5 ballots.","ballotCount":5,"rows":[]',
  Search: '"id":"person:josep-borrell"',
  Explained: '"extensions":{"explain":',
}

describe('the examples in GraphiQL', () => {
  let serving: Serving
  beforeAll(async () => {
    serving = await serveOnFreePort({
      open: async () => {
        const store = await openStore({ engine: 'SQLite', path: ':memory:' }, shape)
        await prepareStore(store, shape, { seed: true })
        return store
      },
    })
  })
  afterAll(() => serving.stop(1000))

  it.each(EXAMPLES.map(({ name, query, headers }) => [name, query, headers] as const))(
    'answer "%s" from the seed, without an error',
    async (name, query, headers) => {
      const response = await fetch(serving.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...JSON.parse(headers ?? '{}') },
        body: JSON.stringify({ query }),
      })
      const text = await response.text()
      expect(response.status).toBe(200)
      expect(text).not.toContain('"errors"')
      expect(text).toContain(TELLS[name])
    },
  )
})
