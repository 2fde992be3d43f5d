import { createHash } from 'node:crypto'
import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from 'graphql'
import { LRUCache } from 'lru-cache'
import { DOCUMENT_LIMITS, type DocumentLimits, parseDocument } from './check-document.js'
import { introspectionLists } from './introspection-size.js'

/** Documents kept, and their characters: parsed, each takes some 50 bytes. */
const KEPT = { max: 1000, maxSize: 400_000 }
/** Errors of validation that are told: each costs a walk through the document's lines, and some through all names of the schema. */
const MAX_ERRORS = 10

/** A document that was read: within the limits, and what the schema says against it. */
export interface ReadDocument {
  readonly document: DocumentNode
  readonly errors: readonly GraphQLError[]
  /** How long reading it took. */
  readonly milliseconds: number
}

/** Reads documents for a schema, each text once. */
export class Documents {
  readonly #read = new LRUCache<string, ReadDocument>({ ...KEPT, sizeCalculation: (_, text) => text.length + 1 })
  readonly #byHash = new LRUCache<string, string>({ ...KEPT, sizeCalculation: (text) => text.length + 64 })
  readonly #byDocument = new WeakMap<DocumentNode, ReadDocument>()
  readonly #lists

  constructor(
    readonly schema: GraphQLSchema,
    readonly limits: DocumentLimits = DOCUMENT_LIMITS,
  ) {
    this.#lists = introspectionLists(schema)
  }

  /** @throws GraphQLError for what is no document, and with the code of the first limit that it is beyond */
  read(text: string): ReadDocument {
    const known = this.#read.get(text)
    if (known) return known
    const start = performance.now()
    const document = parseDocument(text, this.limits, this.#lists)
    const errors = validate(this.schema, document, undefined, { maxErrors: MAX_ERRORS })
    const read = { document, errors, milliseconds: performance.now() - start }
    this.#read.set(text, read)
    this.#byDocument.set(document, read)
    return read
  }

  /** What was read before, if it was. */
  known(text: string): ReadDocument | undefined {
    return this.#read.get(text)
  }

  /** The text of a document that was kept under its hash: SHA-256, in hexadecimal. */
  persisted(hash: string): string | undefined {
    return this.#byHash.get(hash)
  }

  /**
   * Keeps the text of a document, to be asked for by its hash.
   * @returns whether it is the text's hash
   */
  persist(hash: string, text: string): boolean {
    if (this.#byHash.get(hash) === text) return true
    if (createHash('sha256').update(text).digest('hex') !== hash) return false
    this.#byHash.set(hash, text)
    return true
  }

  /** What is known of a document that `read` gave. */
  of(document: DocumentNode): ReadDocument | undefined {
    return this.#byDocument.get(document)
  }
}
