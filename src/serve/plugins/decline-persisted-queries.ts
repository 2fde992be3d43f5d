import type { Plugin } from 'graphql-yoga'
import { refuse } from '../../ask/refuse.js'

/**
 * Tells a client that sends the hash of a document in its place (Apollo's automatic persisted queries, urql's
 * `persistedExchange`) that documents are not kept here. It then sends the document, now and from then on. Both know
 * the answer by this very message and code, and read it where the status is 200.
 */
export const declinePersistedQueries = (): Plugin => ({
  onParams({ params: { query, extensions } }) {
    if (query || !extensions?.['persistedQuery']) return
    throw refuse('PERSISTED_QUERY_NOT_SUPPORTED', 200, 'PersistedQueryNotSupported')
  },
})
