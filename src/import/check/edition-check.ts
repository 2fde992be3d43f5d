import { RapporteurError } from '../../errors.js'
import type { GraphShape } from '../../model/graph-shape.js'
import { type GraphRecord, isNode, type LinkRecord, type NodeRecord, recordProblem } from '../../model/records.js'
import type { EditionNames } from '../../store/edition-names.js'
import { NameSet } from '../../store/name-set.js'
import type { GateRule } from '../gate/gate-rule.js'
import type { Batch, Finding, Pass, Problem } from '../importer.js'
import { NEEDS_LOST, SAME_ROW } from '../read/make-records.js'
import { KnownNodes, type Place } from './known-nodes.js'
import { LinkEnds, LOST } from './link-ends.js'
import { type FileCount, RowCounts } from './row-counts.js'
import { eachRow, nameOf, type RowsOf, rowsOf, whole } from './rows-of.js'
import { SaidSources } from './said-sources.js'

/** Gives the types of stored nodes, by id; ids that the store does not have are not in the answer. */
export type FindStored = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/**
 * The first of an import's two passes: checks every record by itself, that no source gives an id twice, and that every link and
 * reference has its ends in this edition or in the store; shows the records to the rules of the gate. Writes nothing.
 */
export class EditionCheck {
  readonly findings: Finding[] = []
  readonly #counts = new RowCounts()
  readonly notes = new Set<string>()
  /** Records that will be loaded, by type. */
  readonly records = new Map<string, number>()
  /** The nodes that the edition has given so far; with each, the number of the set of the sources that have said it. */
  readonly #known: KnownNodes
  readonly #sourceSets = new SaidSources()
  readonly #stored = new Map<string, string | null>()
  /** Of which nodes a source gives a link of which they have at most one, and where to. */
  #from = new NameSet()
  #fromTo = new NameSet()
  readonly #lost = new Set<string>()
  readonly #cited = new Set<string>()
  /** Rows that are not loaded: by file and line, the first record of each. */
  readonly #excluded = new Map<string, Map<number, Set<string>>>()
  readonly #ends: LinkEnds
  readonly #rules = new Map<string, GateRule[]>()

  constructor(
    readonly shape: GraphShape,
    private rules: readonly GateRule[],
    readonly findStored: FindStored,
    /** Where records that come without lines name an id. */
    readonly whereNamed: (id: string) => Place | undefined = () => undefined,
    /** Takes note of what the edition speaks of, where the store has an earlier one. */
    public names: EditionNames | null = null,
  ) {
    this.#known = new KnownNodes([...shape.nodes.keys()])
    this.#ends = new LinkEnds(shape, (id) => this.#typeOf(id) ?? (this.#lost.has(id) ? LOST : this.#stored.get(id)))
    for (const rule of rules)
      for (const kind of rule.kinds) this.#rules.set(kind, [...(this.#rules.get(kind) ?? []), rule])
  }

  /** What became of the rows of each file. */
  get files(): ReadonlyMap<string, FileCount> {
    return this.#counts.files
  }

  get problems(): readonly Problem[] {
    return this.#counts.problems
  }

  /** What the importer tells during this pass. */
  pass(advance: (bytes: number) => void): Pass {
    return {
      rows: (file, count) => {
        this.#counts.read(file, count)
      },
      problem: (problem) => this.#problem(problem),
      finding: (finding) => this.findings.push(finding),
      unnamedVote: (vote) => {
        for (const rule of this.rules) rule.seeUnnamed?.(vote)
      },
      leftOut: (file, why, rows = 1) => this.#counts.leaveOut(file, why, rows),
      fell: (file, why, rows = 1) => this.#counts.fell(file, why, rows),
      note: (sentence) => this.notes.add(sentence),
      advance,
    }
  }

  /** Checks a batch. */
  async check(batch: Batch): Promise<void> {
    const rows = rowsOf(batch)
    const bad = new Set<number>()
    eachRow(rows, (start, end) => {
      for (let at = start; at < end; at++) {
        const problem = this.#checkAlone(rows.records[at] as GraphRecord, rows, at)
        if (problem === REPEATED) return this.#excludeRepeated(rows, start, end, bad)
        if (problem !== null) return this.#exclude(rows, start, end, bad, problem)
      }
    })
    await this.#checkTypes(rows, bad)
    await this.#checkEnds(rows, bad)
    eachRow(rows, (start, end) => {
      if (!bad.has(start)) for (let at = start; at < end; at++) this.#accept(rows.records[at] as GraphRecord)
    })
  }

  /** After the last batch: asks the rules of the gate, and checks that every source cited is there. */
  async finish(): Promise<void> {
    for (const rule of this.rules) for (const finding of rule.findings()) this.findings.push(finding)
    // What only checking needs does not stay in memory while the edition is loaded.
    this.rules = []
    this.#rules.clear()
    this.#from = new NameSet()
    this.#fromTo = new NameSet()
    const absent = [...this.#cited].filter((id) => this.#typeOf(id) === undefined)
    await this.#lookUp(absent)
    const missing = [...this.#cited].find((id) => this.#typeOf(id) !== 'Source')
    if (missing !== undefined) {
      const named = this.whereNamed(missing)
      const where = named ? ` in ${named.file}, line ${named.line}` : ''
      throw new RapporteurError(
        'BAD_INPUT',
        `The source "${missing}" is cited${where}, and is neither among the records nor in the store. Nothing was loaded.`,
      )
    }
  }

  /** The rows of a batch that may be loaded. */
  accepted(batch: Batch): readonly GraphRecord[] {
    const rows = rowsOf(batch)
    const lines = this.#excluded.get(rows.file)
    if (!lines) return rows.records
    const records: GraphRecord[] = []
    eachRow(rows, (start, end) => {
      const excluded = lines.get(rows.lines[start] ?? 0)?.has(whole(rows.records[start] as GraphRecord))
      if (!excluded) for (let at = start; at < end; at++) records.push(rows.records[at] as GraphRecord)
    })
    return records
  }

  /** Whether the edition gives a record that will be loaded, and where: `votes.csv.gz, line 12`. */
  where(id: string): string | null {
    return this.#known.has(id) ? this.#place(id) : null
  }

  /** The nodes that the edition gives, with their types. */
  given(): Iterable<readonly [id: string, type: string]> {
    return this.#known.types()
  }

  /** The nodes of the store that the edition needs and does not give. */
  needs(): readonly string[] {
    return [...this.#stored].flatMap(([id, type]) => (type === null ? [] : [id]))
  }

  /** The type of a node of this edition, or of one in the store that it refers to. */
  typeOf(id: string): string | undefined {
    return this.#typeOf(id) ?? undefined
  }

  #checkAlone(record: GraphRecord, rows: RowsOf, at: number): string | typeof REPEATED | null {
    const problem = recordProblem(this.shape, record)
    if (problem !== null) return `${nameOf(record)}: ${problem}`
    if (!isNode(record)) {
      if (record.values['inferred'] !== true) return this.#secondProblem(record)
      return `${nameOf(record)}: "inferred" is true of what follows from other records only, which is worked out here; a source states a link, with \`inferred: false\``
    }
    const { id } = record
    const type = this.#known.type(id)
    if (type === undefined) {
      const said = this.#sourceSets.add(undefined, record)
      const digest = rows.digests?.[at] ?? 0
      this.#known.add(id, record.type, { file: rows.file, line: rows.lines[at] ?? 0, digest }, said)
      return null
    }
    const digest = rows.digests?.[at] ?? 0
    if (digest !== 0 && digest === this.#known.digest(id)) return REPEATED
    if (type !== record.type)
      return `the id "${id}" stands twice: here as ${record.type}, in ${this.#place(id)} as ${type}`
    // What another source of the same edition says of a node is a record of its own.
    const said = this.#known.note(id)
    if (this.#sourceSets.overlap(said, record)) return `the id "${id}" stands twice: here and in ${this.#place(id)}`
    this.#known.setNote(id, this.#sourceSets.add(said, record))
    return null
  }

  /** What the store has under an id is of the same type. */
  async #checkTypes(rows: RowsOf, bad: Set<number>): Promise<void> {
    const nodes = rows.records.filter(isNode)
    const stored = await this.findStored([...new Set(nodes.map(({ id }) => id))])
    const isOther = (record: GraphRecord): record is NodeRecord =>
      isNode(record) && (stored.get(record.id) ?? record.type) !== record.type
    if (!nodes.some(isOther)) return
    eachRow(rows, (start, end) => {
      const other = bad.has(start) ? undefined : rows.records.slice(start, end).find(isOther)
      if (!other) return
      const problem = `${nameOf(other)} is a ${other.type} here, and a ${stored.get(other.id)} in the store`
      this.#exclude(rows, start, end, bad, problem)
    })
  }

  /** Two sources may differ in where such a link leads; one and the same may not. */
  #secondProblem(record: LinkRecord): string | null {
    const { link, from, to, citations } = record
    if (!this.shape.links.get(link)?.one) return null
    const name = `${link}\n${from}\n${citations.map(({ source }) => source).join('\n')}`
    const isFirst = this.#from.add(name)
    const isNew = this.#fromTo.add(`${name}\n${to}`)
    return isFirst || !isNew
      ? null
      : `${nameOf(record)}: the same source has it lead to another record before, and it can lead to one only`
  }

  /** Checks the ends of the links of a batch; ends that the edition has not given are looked for in the store at once. */
  async #checkEnds(rows: RowsOf, bad: Set<number>): Promise<void> {
    for (let again = true; again; ) {
      again = false
      const unknown = new Set<string>()
      eachRow(rows, (start, end) => {
        if (bad.has(start)) return
        for (let at = start; at < end; at++) {
          const record = rows.records[at] as GraphRecord
          const verdict = isNode(record) ? null : this.#ends.check(record)
          if (verdict === null) continue
          if ('unknown' in verdict) {
            unknown.add(verdict.unknown)
            continue
          }
          // A row whose node is lost may be needed by a row of this batch that was found good before.
          again ||= rows.records.slice(start, end).some(isNode)
          return 'problem' in verdict
            ? this.#exclude(rows, start, end, bad, verdict.problem, verdict.nowhere)
            : this.#exclude(rows, start, end, bad, null)
        }
      })
      if (unknown.size > 0) {
        await this.#lookUp([...unknown])
        again = true
      }
    }
  }

  async #lookUp(ids: readonly string[]): Promise<void> {
    const found = ids.length > 0 ? await this.findStored(ids) : new Map<string, string>()
    for (const id of ids) this.#stored.set(id, found.get(id) ?? null)
  }

  /** Undefined: not looked for yet; null: nowhere. */
  #typeOf(id: string): string | null | undefined {
    return this.#known.type(id) ?? this.#stored.get(id)
  }

  #accept(record: GraphRecord): void {
    const kind = isNode(record) ? record.type : record.link
    this.records.set(kind, (this.records.get(kind) ?? 0) + 1)
    for (const { source } of record.citations) this.#cited.add(source)
    this.names?.add(record)
    for (const rule of this.#rules.get(kind) ?? []) rule.see(record)
  }

  /** Leaves a row out: a bad one with its problem, or one that needs a record of a bad row. */
  #exclude(rows: RowsOf, start: number, end: number, bad: Set<number>, problem: string | null, nowhere?: string): void {
    const line = this.#leave(rows, start, bad)
    for (const record of rows.records.slice(start, end)) {
      if (!isNode(record)) continue
      // An id that an earlier row gave stays with that row.
      const known = this.#known.place(record.id)
      if (known && (known.file !== rows.file || known.line !== line)) continue
      this.#known.delete(record.id)
      this.#lost.add(record.id)
    }
    if (problem === null) {
      this.#counts.fell(rows.file, NEEDS_LOST, 1)
      return
    }
    const missing = line === 0 && nowhere !== undefined ? this.whereNamed(nowhere) : undefined
    this.#problem({
      file: missing?.file ?? rows.file,
      line: missing?.line ?? line,
      reason: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`,
    })
  }

  /** Leaves a row out that says what an earlier one said in the same words. */
  #excludeRepeated(rows: RowsOf, start: number, end: number, bad: Set<number>): void {
    this.#leave(rows, start, bad)
    for (const record of rows.records.slice(start, end)) {
      // What the row gives beside the record that is known is of no earlier row.
      if (isNode(record) && this.#isOf(record.id, rows, start)) this.#known.delete(record.id)
    }
    this.#counts.leaveOut(rows.file, SAME_ROW, 1)
  }

  #isOf(id: string, rows: RowsOf, start: number): boolean {
    const known = this.#known.place(id)
    return known?.file === rows.file && known.line === (rows.lines[start] ?? 0)
  }

  /** Notes a row that is not loaded; gives its line. */
  #leave(rows: RowsOf, start: number, bad: Set<number>): number {
    bad.add(start)
    const line = rows.lines[start] ?? 0
    const lines = this.#excluded.get(rows.file) ?? new Map<number, Set<string>>()
    this.#excluded.set(rows.file, lines)
    lines.set(line, (lines.get(line) ?? new Set()).add(whole(rows.records[start] as GraphRecord)))
    return line
  }

  #problem(problem: Problem): void {
    this.#counts.problem(problem)
    for (const id of problem.lost ?? []) if (!this.#known.has(id)) this.#lost.add(id)
  }

  #place(id: string): string {
    const { file, line } = this.#known.place(id) ?? { file: '', line: 0 }
    return line > 0 ? `${file}, line ${line}` : file || 'these records'
  }
}

/** The verdict on a record that an earlier row of the same words has given. */
const REPEATED = Symbol('repeated')
