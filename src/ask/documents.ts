import { createHash } from 'node:crypto'
import { type DocumentNode, GraphQLError, type GraphQLSchema, validate } from 'graphql'
import { LRUCache } from 'lru-cache'
import { DOCUMENT_LIMITS, type DocumentLimits, parseDocument } from './check-document.js'
import { introspectionLists } from './introspection-size.js'
import { refuse } from './refuse.js'

/** Documents kept, and their characters: parsed, each takes some 50 bytes. */
const KEPT = { max: 1000, maxSize: 400_000 }
/** Documents whose refusals are kept, and their characters: whoever asks has them told in a later step than they are found. */
const REFUSALS_KEPT = { max: 100, maxSize: 400_000 }
/** Errors of validation that are told: each costs a walk through the document's lines, and some through all names of the schema. */
const MAX_ERRORS = 10

/** A document that was read: within the limits, and what the schema says against it. */
export interface ReadDocument {
  readonly document: DocumentNode
  readonly errors: readonly GraphQLError[]
  /** How long reading it took. */
  readonly milliseconds: number
}

export interface DocumentsOptions {
  readonly limits?: DocumentLimits | undefined
  /** Whether a client may ask none but those that are listed. */
  readonly listedOnly?: boolean | undefined
}

/**
 * Reads documents for a schema, each text once. Where only those that are listed may be asked, every other is refused
 * here, unless the program itself says that it is its own.
 */
export class Documents {
  readonly limits: DocumentLimits
  readonly listedOnly: boolean
  readonly #listed = new Map<string, ReadDocument>()
  readonly #listedByHash = new Map<string, string>()
  readonly #read = new LRUCache<string, ReadDocument>({ ...KEPT, sizeCalculation: (_, text) => text.length + 1 })
  readonly #byHash = new LRUCache<string, string>({ ...KEPT, sizeCalculation: (text) => text.length + 64 })
  readonly #paid = new WeakSet<ReadDocument>()
  readonly #refused = new LRUCache<string, GraphQLError>({
    ...REFUSALS_KEPT,
    sizeCalculation: (_, text) => text.length + 1,
  })
  readonly #byDocument = new WeakMap<DocumentNode, ReadDocument>()
  readonly #lists

  constructor(
    readonly schema: GraphQLSchema,
    { limits = DOCUMENT_LIMITS, listedOnly = false }: DocumentsOptions = {},
  ) {
    this.limits = limits
    this.listedOnly = listedOnly
    this.#lists = introspectionLists(schema)
  }

  /**
   * Reads what a client asks.
   * @throws GraphQLError `DOCUMENT_NOT_LISTED`; for what is no document, and with the code of the first limit that it is beyond
   */
  read(text: string): ReadDocument {
    if (!this.mayAsk(text)) throw this.notListed()
    return this.readOwn(text)
  }

  /** Reads what the program asks itself, or makes of a document that was read. @throws GraphQLError as `read`, but for the list */
  readOwn(text: string): ReadDocument {
    const known = this.#listed.get(text) ?? this.#read.get(text)
    if (known) return known
    const refused = this.#refused.get(text)
    if (refused) throw refused
    try {
      const read = this.#readNew(text)
      this.#read.set(text, read)
      return read
    } catch (error) {
      if (error instanceof GraphQLError) this.#refused.set(text, error)
      throw error
    }
  }

  /** Whether reading it costs nothing, whatever comes of that. */
  isKnown(text: string): boolean {
    return [this.#listed, this.#read, this.#refused].some((kept) => kept.has(text))
  }

  /** What a client may ask and was read before. */
  known(text: string): ReadDocument | undefined {
    return this.#listed.get(text) ?? (this.listedOnly ? undefined : this.#read.get(text))
  }

  /**
   * Reads a document and keeps it for good, also under its hash; it may be asked where no other may.
   * @throws GraphQLError for what is no document, and with the code of the first limit that it is beyond
   */
  list(text: string): ReadDocument {
    const read = this.#readNew(text)
    this.#listed.set(text, read)
    this.#listedByHash.set(sha256(text), text)
    return read
  }

  /** Whether a client may ask it. */
  mayAsk(text: string): boolean {
    return !this.listedOnly || this.#listed.has(text)
  }

  /** What refuses a document that is not listed, where only those may be asked that are. */
  notListed(): GraphQLError {
    return refuse(
      'DOCUMENT_NOT_LISTED',
      403,
      'This server answers only the documents that it lists, and this is none of them. Ask for one at /q by its name, or send its exact text or hash.',
    )
  }

  #readNew(text: string): ReadDocument {
    const start = performance.now()
    const document = parseDocument(text, this.limits, this.#lists)
    const errors = validate(this.schema, document, undefined, { maxErrors: MAX_ERRORS })
    const read = { document, errors, milliseconds: performance.now() - start }
    this.#byDocument.set(document, read)
    return read
  }

  /** The text of a document that is listed, or was kept, under its hash: SHA-256, in hexadecimal. */
  persisted(hash: string): string | undefined {
    return this.#listedByHash.get(hash) ?? this.#byHash.get(hash)
  }

  /**
   * Keeps the text of a document, to be asked for by its hash.
   * @returns whether it is the text's hash
   */
  persist(hash: string, text: string): boolean {
    if (this.persisted(hash) === text) return true
    if (sha256(text) !== hash) return false
    this.#byHash.set(hash, text)
    return true
  }

  /** Milliseconds that reading a document took, once: whoever asks it afterwards need not pay for them. */
  payReading(document: DocumentNode): number {
    const read = this.#byDocument.get(document)
    if (!read || this.#paid.has(read)) return 0
    this.#paid.add(read)
    return read.milliseconds
  }

  /** What is known of a document that `read` gave. */
  of(document: DocumentNode): ReadDocument | undefined {
    return this.#byDocument.get(document)
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
