import { epCommitteeId, epMemberId, placeId } from '../../model/ids.js'
import type { Citation, GraphRecord, LinkRecord, Value } from '../../model/records.js'
import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { COUNTRIES } from '../read/countries.js'
import { link, node } from '../read/make-records.js'
import { groupIdOf, groupRecords, motionRecord, PARLIAMENT } from './minutes.js'
import { groupCode, partyOf } from './opendata-bodies.js'
import { lastOf, localDay } from './opendata-names.js'
import type { Statements, Term } from './opendata-triples.js'

/** Countries that the institutions of the Union write otherwise than ISO 3166-1. */
const COUNTRY_CODES: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB' }

/** Collects the records of one file, each node once in an edition of a document, and what is told of the rest. */
export class OpenDataOutput {
  readonly records: GraphRecord[] = []
  readonly #links = new Set<string>()
  readonly #leftOut = new Map<string, number>()
  #rows = 0

  constructor(
    readonly file: string,
    readonly statements: Statements,
    readonly citations: readonly Citation[],
    readonly given: Set<string>,
    /** The texts that some file of the edition describes, so that none is given by its reference alone. */
    readonly whole: ReadonlySet<string>,
    readonly pass: Pass,
  ) {}

  /** Counts rows that gave records. */
  count(rows: number): void {
    this.#rows += rows
  }

  /** Tells how many rows were read, and which were left out; after the last of them. */
  finish(): void {
    this.pass.rows(this.file, this.#rows)
    for (const [why, count] of this.#leftOut) this.pass.leftOut(this.file, why, count)
  }

  /** Counts a row that is left out on purpose. */
  skip(why: string): void {
    this.#leftOut.set(why, (this.#leftOut.get(why) ?? 0) + 1)
    this.#rows++
  }

  /** Tells of a bad row. */
  problem(subject: string, reason: string, lost: readonly string[] = []): void {
    this.pass.problem({ file: this.file, line: this.statements.lineOf(subject), reason, lost })
    this.#rows++
  }

  /** Gives a node, unless the edition has it. */
  node(type: string, id: string, values: Readonly<Record<string, Value | null>>, weak: readonly string[] = []): void {
    if (this.given.has(id)) return
    this.given.add(id)
    this.records.push(node(type, id, values, this.citations, weak))
  }

  /** Gives a link, unless the file has it. */
  link(
    name: string,
    from: string,
    to: string,
    values: Readonly<Record<string, Value | null>> = {},
    key?: string,
    weak?: readonly string[],
  ): void {
    const known = `${name} ${from} ${to} ${key ?? ''}`
    if (this.#links.has(known)) return
    this.#links.add(known)
    const made: LinkRecord = link(name, from, to, this.citations, values)
    this.records.push({ ...made, ...(key !== undefined && { key }), ...(weak && { weak }) })
  }

  /** A day of a subject: null where there is none, undefined where it is not a day, which is told. */
  day(subject: string, property: string, lost?: string): string | null | undefined {
    const written = this.statements.first(subject, property)
    if (written === null) return null
    const day = localDay(written)
    if (day !== null) return day
    this.problem(
      subject,
      `The property "${property}" of "${lastOf(subject)}" is "${clip(written)}", which is not a day or moment that exists.`,
      lost ? [lost] : [],
    )
    return undefined
  }

  /** Names or titles in all languages, and the one shown: in English where there is one. */
  named(terms: readonly Term[]): {
    readonly shown: string | null
    readonly all: readonly { text: string; language: string }[]
  } {
    const all = terms
      .filter(({ value }) => value.trim() !== '')
      .map(({ value, language }) => ({ text: value.replace(/\s+/g, ' ').trim(), language: language ?? '' }))
      .sort((a, b) => (a.language < b.language ? -1 : a.language > b.language ? 1 : 0))
    const shown = all.find(({ language }) => language === 'en') ?? all[0]
    return { shown: shown?.text ?? null, all: all.filter(({ language }) => language !== '') }
  }

  /** The Parliament itself. */
  parliament(): void {
    this.node('Organization', PARLIAMENT, { kind: 'PARLIAMENT', name: 'European Parliament' })
  }

  /** A member, by number. */
  member(number: string): void {
    const id = epMemberId(number)
    // A file gives numbers of members without names: the number stands for the name until a source tells it.
    this.node('Person', id, { name: id, sortName: id }, ['name', 'sortName'])
  }

  /** A text put to the vote, by its reference alone. */
  motion(id: string, procedure: string | null = null): void {
    if (this.given.has(id) || this.whole.has(id)) return
    this.given.add(id)
    const motion = motionRecord(id.slice('ep-doc:'.length), this.citations)
    this.records.push({ ...motion, values: { ...motion.values, procedure } })
  }

  /** A political group, by its code in the open data or in the minutes; gives its id. @throws BadCell */
  group(code: string): string {
    this.parliament()
    const written = groupCode(code)
    const id = groupIdOf(written)
    if (!this.given.has(id)) {
      this.given.add(id)
      this.records.push(...groupRecords(written, this.citations))
    }
    return id
  }

  /** A committee, by its code; gives its id. */
  committee(code: string): string {
    this.parliament()
    const id = epCommitteeId(code)
    this.node('Organization', id, { kind: 'COMMITTEE', name: code, shortName: code }, ['name', 'shortName'])
    this.link('OrganizationPart', id, PARLIAMENT)
    return id
  }

  /** Whoever an address stands for; gives the id, or null for somebody whom this importer does not know. @throws BadCell */
  party(address: string): string | null {
    const party = partyOf(address)
    if (party === null) return null
    if (party.is === 'group') return this.group(party.code)
    if (party.is === 'committee') return this.committee(party.code)
    if (party.is === 'body') {
      this.node('Organization', party.id, { kind: party.kind, name: party.name }, ['kind', 'name'])
      return party.id
    }
    this.member(party.number)
    return epMemberId(party.number)
  }

  /** A country, by its code in two or three letters; gives its id, or null where there is none with this code. */
  country(code: string): string | null {
    const written = COUNTRY_CODES[code] ?? code
    const country = COUNTRIES.find(({ alpha2, alpha3 }) => alpha2 === written || alpha3 === written)
    if (!country) return null
    const { alpha2, alpha3, name } = country
    const id = placeId(alpha2)
    this.node('Place', id, { kind: 'COUNTRY', name, isoAlpha2: alpha2, isoAlpha3: alpha3 }, ['name'])
    return id
  }
}
