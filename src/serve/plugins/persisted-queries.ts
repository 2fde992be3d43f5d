import type { Plugin } from 'graphql-yoga'
import type { Ask } from '../../ask/ask.js'
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
 * Documents that are asked for by something shorter. By `documentId`, as GraphQL over HTTP has it: the name of a
 * document, or `sha256:` and its hash. Or as automatic persisted queries: a client sends the hash of a document in its
 * place (Apollo's link, urql's `persistedExchange`); where it is not known, it is told so, sends both once, and the hash
 * alone from then on. Clients know the answer by its very message and code, and read it where the status is 200. As many
 * are kept as documents are.
 */
export const persistedQueries = (ask: Ask): Plugin => ({
  onParams({ params, setParams, request }) {
    const { documents } = ask
    const { documentId, ...more } = params as typeof params & { readonly documentId?: unknown }
    const id = documentId ?? (request.method === 'GET' ? new URL(request.url).searchParams.get('documentId') : null)
    if (id !== null) {
      if (more.query)
        throw refuse('BAD_REQUEST', 400, 'The request has a `query` and a `documentId`; send one of them.')
      setParams({ ...more, query: textOf(ask, id) })
      return
    }
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
    if (known !== undefined) return setParams({ ...params, query: known })
    // To send the text would not help.
    if (documents.listedOnly) throw documents.notListed()
    throw refuse('PERSISTED_QUERY_NOT_FOUND', 200, 'PersistedQueryNotFound')
  },
})

/** The text of the document with an id. @throws GraphQLError for one that there is not */
const textOf = ({ documents, named }: Ask, id: unknown): string => {
  const [, hash] = /^sha256:([0-9a-f]{64})$/.exec(String(id)) ?? []
  const text = hash ? documents.persisted(hash) : named.get(String(id))?.text
  if (text !== undefined) return text
  const sentence = `No document is known under "${String(id).slice(0, 80)}". \`documentId\` is the name of one that /q lists, or "sha256:" and its hash.`
  throw refuse('PERSISTED_QUERY_NOT_FOUND', 400, sentence)
}
