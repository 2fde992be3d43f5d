import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser as TurtleParser } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { RapporteurError } from '../../errors.js'
import { clip } from '../read/clip.js'
import { readWhole } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { API_CONTEXT, CONTEXT_ADDRESS, PREFIXES } from './opendata-context.js'

const BASE = 'https://data.europarl.europa.eu/'
const TYPE = `${PREFIXES['rdf']}type`

/** What a statement says of its subject: an address, or a text with its language. */
export interface Term {
  readonly value: string
  readonly isAddress: boolean
  readonly language: string | null
}

/** Terms of a property beyond which comparing with each of them takes too long. */
const LONG_LIST = 50

/** The statements of a file, by subject; it knows which of them were asked for, so that none is lost unseen. */
export class Statements {
  readonly #subjects = new Map<string, Map<string, Term[]>>()
  readonly #asked = new Set<string>()
  readonly #referred = new Set<string>()
  readonly #longLists = new Map<readonly Term[], Set<string>>()

  /** What the answer of the API is about, where the file is one. */
  roots: readonly string[] = []

  constructor(readonly text: string) {}

  add(subject: string, predicate: string, term: Term): void {
    const properties = this.#subjects.get(subject) ?? new Map<string, Term[]>()
    this.#subjects.set(subject, properties)
    const terms = properties.get(predicate) ?? []
    properties.set(predicate, terms)
    if (!this.#isKnown(terms, term)) terms.push(term)
    if (term.isAddress && predicate !== TYPE && term.value !== subject) this.#referred.add(term.value)
  }

  /** Whether a property has a term already; a long list, such as that of the voters, is looked up in a set. */
  #isKnown(terms: readonly Term[], { value, language }: Term): boolean {
    if (terms.length < LONG_LIST) return terms.some((each) => each.value === value && each.language === language)
    const set = this.#longLists.get(terms) ?? new Set(terms.map((each) => `${each.language} ${each.value}`))
    this.#longLists.set(terms, set)
    const size = set.size
    return set.add(`${language} ${value}`).size === size
  }

  subjects(): Iterable<string> {
    return this.#subjects.keys()
  }

  /** Whether a subject says something under a property; asks for nothing. */
  has(subject: string, property: string): boolean {
    return this.#subjects.get(subject)?.has(predicateOf(property)) ?? false
  }

  /** Whether another subject refers to this one. */
  isReferredTo(subject: string): boolean {
    return this.#referred.has(subject)
  }

  /** The types of a subject. */
  types(subject: string): readonly string[] {
    return this.all(subject, TYPE).map(({ value }) => value)
  }

  /** What a subject says under a property written with a prefix, `eli-dl:activity_date`; an empty list where nothing. */
  all(subject: string, property: string): readonly Term[] {
    const predicate = predicateOf(property)
    this.#asked.add(`${subject} ${predicate}`)
    return this.#subjects.get(subject)?.get(predicate) ?? []
  }

  first(subject: string, property: string): string | null {
    return this.all(subject, property)[0]?.value ?? null
  }

  /** How often each property was never asked for. */
  notAsked(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const [subject, properties] of this.#subjects) {
      for (const [predicate, terms] of properties) {
        if (predicate === TYPE || this.#asked.has(`${subject} ${predicate}`)) continue
        counts.set(predicate, (counts.get(predicate) ?? 0) + terms.length)
      }
    }
    return counts
  }

  /** The line on which a subject is first named. */
  lineOf(subject: string): number {
    const name = subject.startsWith(BASE) ? subject.slice(BASE.length) : subject
    const at = this.text.indexOf(name)
    return at < 0 ? 1 : this.text.slice(0, at).split('\n').length
  }
}

/** The address of a property written with a prefix, `eli-dl:activity_date`. */
const predicateOf = (property: string): string => {
  const colon = property.indexOf(':')
  return property.includes('/') ? property : `${PREFIXES[property.slice(0, colon)]}${property.slice(colon + 1)}`
}

/** The largest file in characters; a year of meetings has one million. */
const LARGEST = 64_000_000
/** Statements in a file. */
const MAX_STATEMENTS = 2_000_000

/** The formats that are read, by the end of a file's name. */
export const FORMATS = /\.(?<format>ttl|xml|rdf|json|jsonld)(?:\.gz)?$/i

/**
 * Reads a file in Turtle, RDF/XML or JSON-LD.
 * @throws RapporteurError `BAD_INPUT` for a file that is none of these, is malformed, too large, or declares entities
 */
export const readStatements = async (file: SourceFile, advance: (bytes: number) => void): Promise<Statements> => {
  const text = await readWhole(file, LARGEST, 'file', advance)
  const statements = new Statements(text)
  const format = FORMATS.exec(file.name)?.groups?.['format']?.toLowerCase()
  try {
    if (format === 'ttl') readTurtle(statements)
    else if (format === 'xml' || format === 'rdf') await readRdfXml(file, statements)
    else if (format === 'json' || format === 'jsonld') await readJson(file, statements)
    else throw badFile(file.name, 'the name of the file ends in none of .ttl, .xml, .rdf, .json and .jsonld')
  } catch (cause) {
    if (cause instanceof RapporteurError) throw cause
    const { where, what } = explain(cause as Error)
    throw badFile(`${file.name}${where}`, what, cause)
  }
  return statements
}

const explain = (cause: Error): { readonly where: string; readonly what: string } => {
  const context = (cause as { readonly context?: { readonly line?: number } }).context
  const line = context?.line ?? (cause as { readonly line?: number }).line ?? /^(\d+):\d+: /.exec(cause.message)?.[1]
  const message = cause.message
    .replace(/^\d+:\d+: /, '')
    .replace(/ on line \d+\.?$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
  return { where: line ? `, line ${line}` : '', what: `the file is malformed: ${message.replace(/\.$/, '')}` }
}

interface RdfTerm {
  readonly termType: string
  readonly value: string
  readonly language?: string
}

const keep = (statements: Statements, subject: RdfTerm, predicate: RdfTerm, object: RdfTerm, count: number): void => {
  if (count > MAX_STATEMENTS) throw new Error(`it has more than ${MAX_STATEMENTS.toLocaleString('en')} statements`)
  const isAddress = object.termType !== 'Literal'
  statements.add(subject.value, predicate.value, {
    value: object.value,
    isAddress,
    language: isAddress ? null : object.language || null,
  })
}

const readTurtle = (statements: Statements): void => {
  let count = 0
  for (const { subject, predicate, object } of new TurtleParser({ baseIRI: BASE }).parse(statements.text))
    keep(statements, subject, predicate, object, ++count)
}

const readRdfXml = async (file: SourceFile, statements: Statements): Promise<void> => {
  const { text } = statements
  // The parser would declare the entities of a document type; no file of the Parliament has one.
  // What a DOCTYPE names outside the file is never fetched; what it declares inside could be a trap.
  const doctype = /<!DOCTYPE[^>[]*\[/i.exec(text)
  if (doctype)
    throw badFile(
      `${file.name}, line ${text.slice(0, doctype.index).split('\n').length}`,
      'the file has a document type (<!DOCTYPE) with declarations, which are not read',
    )
  // The parser (3.3) ends in peace where the file ends too early.
  const root = /<([A-Za-z_][\w.:-]*)/.exec(text)?.[1]
  const last = /<\/([A-Za-z_][\w.:-]*)\s*>\s*(?:<!--[^>]*-->\s*)*$/.exec(text.slice(-10_000))?.[1]
  if (root !== undefined && root !== last)
    throw badFile(
      `${file.name}, line ${text.trimEnd().split('\n').length}`,
      `the file ends before its first element "${root}" is closed`,
    )
  let count = 0
  await new Promise<void>((resolve, reject) => {
    const parser = new RdfXmlParser({ baseIRI: BASE, trackPosition: true })
    parser.on('data', ({ subject, predicate, object }: { subject: RdfTerm; predicate: RdfTerm; object: RdfTerm }) => {
      try {
        keep(statements, subject, predicate, object, ++count)
      } catch (error) {
        reject(error)
      }
    })
    parser.on('error', reject)
    parser.on('end', resolve)
    parser.write(text)
    parser.end()
  })
  if (count === 0) throw badFile(file.name, 'the file has no statement in RDF/XML')
}

const readJson = async (file: SourceFile, statements: Statements): Promise<void> => {
  const value = parseJson(file, statements.text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badFile(file.name, 'the file is not an answer of the API: it is not a JSON object')
  const isGraph = '@graph' in value
  if (!isGraph && (!('@context' in value) || !('data' in value)))
    throw badFile(
      file.name,
      `the file is not an answer of the API: it has no "${'data' in value ? '@context' : 'data'}"${'data' in value ? '' : ', nor is it a "@graph" of JSON-LD'}`,
    )
  const data: unknown = 'data' in value && !isGraph ? value.data : []
  statements.roots = (Array.isArray(data) ? data : [data]).flatMap((each: { readonly id?: unknown } | null) =>
    typeof each?.id === 'string' && URL.canParse(each.id, BASE) ? [new URL(each.id, BASE).href] : [],
  )
  if (depthOf(value) > DEEPEST) throw badFile(file.name, `the file nests deeper than ${DEEPEST} levels`)
  let count = 0
  await new Promise<void>((resolve, reject) => {
    const parser = new JsonLdParser({
      baseIRI: BASE,
      documentLoader: {
        load: async (address: string) => {
          if (address === CONTEXT_ADDRESS) return API_CONTEXT
          throw new Error(
            `it names the context "${clip(address, 200)}", which this program does not know and does not fetch`,
          )
        },
      },
    })
    parser.on('data', ({ subject, predicate, object }: { subject: RdfTerm; predicate: RdfTerm; object: RdfTerm }) => {
      try {
        keep(statements, subject, predicate, object, ++count)
      } catch (error) {
        reject(error)
      }
    })
    parser.on('error', reject)
    parser.on('end', resolve)
    // The context comes first, so that nothing has to wait for it.
    const { '@context': context, ...rest } = value as Readonly<Record<string, unknown>>
    parser.write(JSON.stringify({ '@context': context, ...rest }))
    parser.end()
  })
}

const parseJson = (file: SourceFile, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = (cause as Error).message
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
    const what = message.replace(/ in JSON at position.*$/s, '').slice(0, 200)
    throw badFile(`${file.name}, line ${text.slice(0, at).split('\n').length}`, `the file is not JSON: ${what}`, cause)
  }
}

const DEEPEST = 100

const depthOf = (value: unknown): number => {
  let level: unknown[] = [value]
  let depth = 0
  while (level.length > 0 && depth <= DEEPEST) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
    depth++
  }
  return depth
}
