import type { Plugin } from 'graphql-yoga'
import type { Documents } from '../../ask/documents.js'
import { refuse } from '../../ask/refuse.js'

/** What a client sends in place of a document, or with it. */
interface Persisted {
  readonly version: 1
  readonly sha256Hash: string
}

/** What is said of a document that is asked for by its hash; nothing where it is said otherwise than it should. */
export const persistedIn = (extensions: unknown): Persisted | undefined => {
  const { persistedQuery } = (extensions ?? {}) as { readonly persistedQuery?: Partial<Persisted> | null }
  const { version, sha256Hash } = persistedQuery ?? {}
  return version === 1 && typeof sha256Hash === 'string' && /^[0-9a-f]{64}$/.test(sha256Hash)
    ? { version, sha256Hash }
    : undefined
}

/**
 * Automatic persisted queries: a client sends the hash of a document in its place (Apollo's link, urql's
 * `persistedExchange`); where it is not known, it is told so, sends both once, and the hash alone from then on. Clients
 * know the answer by its very message and code, and read it where the status is 200. As many are kept as documents are.
 */
export const persistedQueries = (documents: Documents): Plugin => ({
  onParams({ params, setParams }) {
    const { query, extensions } = params
    if (!extensions?.['persistedQuery']) return
    const persisted = persistedIn(extensions)
    if (!persisted) {
      const sentence =
        '`extensions.persistedQuery` has to be an object with `version`, which is 1, and `sha256Hash`, the SHA-256 of the document in 64 hexadecimal digits. Send it so, or the document alone.'
      throw refuse('BAD_REQUEST', 400, sentence)
    }
    if (query) {
      if (documents.persist(persisted.sha256Hash, query)) return
      const sentence = `The document has another SHA-256 than \`sha256Hash\` says. Nothing was kept; send the hash of the document as it is sent.`
      throw refuse('PERSISTED_QUERY_MISMATCH', 400, sentence)
    }
    const known = documents.persisted(persisted.sha256Hash)
    if (known === undefined) throw refuse('PERSISTED_QUERY_NOT_FOUND', 200, 'PersistedQueryNotFound')
    setParams({ ...params, query: known })
  },
})
