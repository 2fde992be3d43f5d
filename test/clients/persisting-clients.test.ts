import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client/core'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { Client, fetchExchange } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Listening } from '../../src/serve/listen.js'
import { engines, type Graph } from '../support/engines.js'
import { serveGraph } from '../support/serve-graph.js'

const BALLOT = 'query Ballot($id: ID!) { voteEvent(id: $id) { id tally { for against abstention } } }'
const ANSWER = { voteEvent: { id: 'ep-vote:139038', tally: { for: 589, against: 35, abstention: 47 } } }
const variables = { id: 'ep-vote:139038' }
const sha256 = async (text: string) => createHash('sha256').update(text).digest('hex')

describe.each(engines)('a client that sends hashes, on $name', ({ seeded }) => {
  let graph: Graph
  let listening: Listening
  /** What was sent: whether the document was in it, and the method. */
  let sent: { readonly method: string; readonly hasDocument: boolean }[] = []
  beforeAll(async () => {
    graph = await seeded()
    listening = await serveGraph(graph)
  }, 120_000)
  afterEach(() => {
    sent = []
  })
  afterAll(async () => {
    await listening.stop(1000)
    await graph.close()
  })

  const watched: typeof fetch = async (input, init) => {
    const url = new URL(String(input))
    const body = init?.body ? (JSON.parse(String(init.body)) as { query?: string }) : {}
    sent.push({ method: init?.method ?? 'GET', hasDocument: body.query !== undefined || url.searchParams.has('query') })
    return fetch(input, init)
  }

  const apollo = (useGETForHashedQueries: boolean) =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([
        new PersistedQueryLink({ sha256, useGETForHashedQueries }),
        new HttpLink({ uri: `${listening.url}/graphql`, fetch: watched }),
      ]),
    })

  it.each([false, true])(
    'is answered as Apollo Client, with the hash alone from the second time on (GET: %s)',
    async (get) => {
      const query = gql(get ? BALLOT.replace('Ballot', 'BallotByGet') : BALLOT)
      const method = get ? 'GET' : 'POST'
      const first = await apollo(get).query({ query, variables })
      expect(first.data).toMatchObject(ANSWER)
      expect(sent).toEqual([
        { method, hasDocument: false },
        { method: 'POST', hasDocument: true },
      ])
      sent = []
      const again = await apollo(get).query({ query, variables })
      expect(again.data).toMatchObject(ANSWER)
      expect(sent).toEqual([{ method, hasDocument: false }])
    },
  )

  it('is answered as urql', async () => {
    const urql = () =>
      new Client({
        url: `${listening.url}/graphql`,
        preferGetMethod: false,
        fetch: watched,
        exchanges: [persistedExchange({ preferGetForPersistedQueries: true, generateHash: sha256 }), fetchExchange],
      })
    const query = BALLOT.replace('Ballot', 'BallotOfUrql')
    const first = await urql().query(query, variables).toPromise()
    expect([first.error, first.data]).toEqual([undefined, ANSWER])
    expect(sent.map(({ hasDocument }) => hasDocument)).toEqual([false, true])
    sent = []
    const again = await urql().query(query, variables).toPromise()
    expect(again.data).toEqual(ANSWER)
    expect(sent).toEqual([{ method: 'GET', hasDocument: false }])
  })
})
