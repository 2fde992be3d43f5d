import type { GraphShape } from '../../model/graph-shape.js'
import { normaliseId } from '../../model/ids.js'
import { type GraphRecord, type LinkRecord, recordProblem } from '../../model/records.js'
import type { Problem } from '../importer.js'
import type { Fault } from '../read/yaml-document.js'
import type { Entry, LinkEntry, Spot } from './entries.js'

/** An id that a record names and that none of the edition's records has. */
export interface OutsideTarget extends Spot {
  readonly id: string
}

/** The parts of an edition, in the order in which its records are given: `wholes` are records with the links that they need. */
export const PARTS = ['sources', 'nodes', 'wholes', 'links'] as const
export type Part = (typeof PARTS)[number]

/** A node or link with the place where it stands. */
export interface Placed extends Spot {
  readonly record: GraphRecord
  readonly part: Part
}

/** The part of an edition to which a record belongs. */
export const partOf = ({ node, links }: Entry): Exclude<Part, 'links'> =>
  node.type === 'Source' ? 'sources' : links.some(({ required }) => required) ? 'wholes' : 'nodes'

/** What is left of an edition after all checks, and what is wrong with the rest. */
export interface Gathered {
  readonly records: readonly Placed[]
  readonly problems: readonly Problem[]
  readonly leftOut: readonly { readonly file: string; readonly why: string; readonly rows: number }[]
  readonly outside: readonly OutsideTarget[]
  /** The ids of the records that were left out. */
  readonly lost: ReadonlySet<string>
}

/** One fault of all that is wrong with a record, on the line of the first. */
const joinFaults = (faults: readonly Fault[], what: string): Fault => {
  const [first, ...others] = faults.toSorted((a, b) => a.line - b.line)
  const more = others.map(({ line, reason }) => ` Line ${line}: ${reason}`).join('')
  return { line: first?.line ?? 1, reason: `${what}: ${first?.reason ?? ''}${more}` }
}

/** What is wrong with a record as a problem of its file. */
export const problemOf = (file: string, type: string, value: unknown, faults: readonly Fault[]): Problem => {
  const id = typeof value === 'object' && value && 'id' in value ? normaliseId(String(value.id)) : undefined
  return { file, ...joinFaults(faults, id ? `${type} "${id}"` : `A record of ${type}`), ...(id && { lost: [id] }) }
}

export const UNSOURCED = 'records and links whose source was left out'
export const LINK_TO_LOST = 'links to records that were left out'
export const INCOMPLETE = 'records that need one that was left out'

export interface GatherOptions {
  /** Whether records may name only records of the same edition. */
  readonly closed: boolean
  /** The type of a record that another file of the edition has. */
  readonly typeElsewhere?: (id: string) => string | undefined
}

/**
 * Keeps the records whose id is there once, whose links lead to something of the right type, and whose values fit their columns.
 * @param problems those found before; their records are left out, and so is what hangs on them
 */
export const gatherRecords = (
  shape: GraphShape,
  entries: readonly Entry[],
  problems: readonly Problem[],
  options: GatherOptions,
): Gathered => new Gathering(shape, entries, problems, options).gather()

class Gathering {
  readonly #problems: Problem[]
  readonly #lost: Set<string>
  readonly #byId = new Map<string, Entry>()
  readonly #outside: OutsideTarget[] = []
  /** Where each link stands, and where a node's first link of a type does. */
  readonly #links = new Map<string, Spot>()
  readonly #ends = new Map<string, Spot & { readonly to: string }>()

  constructor(
    readonly shape: GraphShape,
    readonly entries: readonly Entry[],
    problems: readonly Problem[],
    readonly options: GatherOptions,
  ) {
    this.#problems = [...problems]
    this.#lost = new Set(problems.flatMap(({ lost }) => lost ?? []))
  }

  gather(): Gathered {
    for (const entry of this.entries) this.#enter(entry)
    const good: Entry[] = []
    for (const entry of this.#byId.values()) {
      const faults = this.#faultsOf(entry)
      if (faults.length === 0) good.push(entry)
      else this.#leaveOut(entry, joinFaults(faults, `${entry.node.type} "${entry.node.id}"`))
    }
    const { alive, unsourced, incomplete } = this.#withoutLost(good)
    const links = alive.flatMap((entry) => entry.links).filter(({ required }) => !required)
    const found = links.filter(({ record }) => !this.#lost.has(record.to))
    return {
      records: [
        ...alive.flatMap(withRequired),
        ...found.map(({ record, file, line }) => ({ record, file, line, part: 'links' as const })),
      ],
      problems: this.#problems,
      leftOut: [
        ...counted(unsourced, UNSOURCED),
        ...counted(incomplete, INCOMPLETE),
        ...counted(
          links.filter(({ record }) => this.#lost.has(record.to)),
          LINK_TO_LOST,
        ),
      ],
      outside: this.#outside,
      lost: this.#lost,
    }
  }

  #enter(entry: Entry): void {
    const { id } = entry.node
    const other = this.#byId.get(id)
    if (!other) this.#byId.set(id, entry)
    else {
      const reason = `The id "${id}" stands already in ${other.file}, line ${other.line}; keep one of the two records.`
      this.#problems.push({ file: entry.file, line: entry.line, reason })
    }
  }

  #leaveOut({ file, node }: Entry, fault: Fault): void {
    this.#lost.add(node.id)
    this.#problems.push({ file, lost: [node.id], ...fault })
  }

  #faultsOf(entry: Entry): readonly Fault[] {
    const faults: Fault[] = []
    const add = (line: number, problem: string | null) => problem && faults.push({ line, reason: `${problem}.` })
    for (const { id, ...spot } of entry.cited) add(spot.line, this.#citationProblem(id, spot))
    for (const link of entry.links) add(link.line, this.#linkProblem(entry, link))
    for (const record of [entry.node, ...entry.links.map((link) => link.record)]) {
      const problem = recordProblem(this.shape, record)
      if (problem !== null) add(entry.line, `It cannot be loaded: ${problem}`)
    }
    return faults
  }

  #citationProblem(id: string, spot: Spot): string | null {
    const type = this.#typeOf(id)
    if (type && type !== 'Source') return `"${id}" is named as a source, and is of type ${type}`
    return this.#missing(id, spot)
  }

  #linkProblem({ node }: Entry, { record, field, types, file, line }: LinkEntry): string | null {
    const spot = { file, line }
    const key = keyOf(record)
    const end = JSON.stringify([record.link, record.from])
    const same = this.#links.get(key)
    const other = this.#ends.get(end)
    this.#links.set(key, spot)
    this.#ends.set(end, { ...spot, to: record.to })
    const type = this.#typeOf(record.to)
    if (type && !types.includes(type)) {
      return `"${field}" leads to "${record.to}", which is of type ${type}, and must lead to ${types.join(' or ')}`
    }
    if (same) {
      const advice = record.key === undefined ? 'keep one of them' : 'keep one of them, or tell them apart by "key"'
      return `"${field}" gives the link to "${record.to}" that stands already in line ${same.line}; ${advice}`
    }
    if (other && this.shape.links.get(record.link)?.one) {
      return `"${field}" leads to "${record.to}", and line ${other.line} to "${other.to}"; a ${node.type} has one such link`
    }
    return this.#missing(record.to, spot)
  }

  #typeOf(id: string): string | undefined {
    return this.#byId.get(id)?.node.type ?? this.options.typeElsewhere?.(id)
  }

  #missing(id: string, spot: Spot): string | null {
    if (this.#typeOf(id) || this.#lost.has(id)) return null
    if (this.options.closed) return `"${id}" is the id of no record of these files; correct it, or write that record`
    this.#outside.push({ id, ...spot })
    return null
  }

  /** What hangs on a source that was left out, or needs another record that was, is left out with it, and so on. */
  #withoutLost(entries: readonly Entry[]): {
    readonly alive: readonly Entry[]
    readonly unsourced: readonly Entry[]
    readonly incomplete: readonly Entry[]
  } {
    const unsourced: Entry[] = []
    const incomplete: Entry[] = []
    let alive = entries
    for (;;) {
      const next: Entry[] = []
      const [withoutSource, cut] = [unsourced.length, incomplete.length]
      for (const entry of alive)
        if (entry.cited.some(({ id }) => this.#lost.has(id))) unsourced.push(entry)
        else if (needsLost(entry, this.#lost)) incomplete.push(entry)
        else next.push(entry)
      if (next.length === alive.length) return { alive, unsourced, incomplete }
      for (const { node } of [...unsourced.slice(withoutSource), ...incomplete.slice(cut)]) this.#lost.add(node.id)
      alive = next
    }
  }
}

/** Whether a record needs one that was left out. */
export const needsLost = ({ links }: Entry, lost: ReadonlySet<string>): boolean =>
  links.some(({ required, record }) => required && lost.has(record.to))

/** A record, and the links that it needs on its own line, so that they are one row and stand or fall together. */
const withRequired = (entry: Entry): readonly Placed[] => {
  const { node, links, file, line } = entry
  const together = [node, ...links.filter(({ required }) => required).map(({ record }) => record)]
  return together.map((record) => ({ record, file, line, part: partOf(entry) }))
}

const keyOf = ({ link, from, to, key }: LinkRecord): string => JSON.stringify([link, from, to, key])

const counted = (spots: readonly Spot[], why: string) =>
  [...new Set(spots.map(({ file }) => file))].map((file) => ({
    file,
    why,
    rows: spots.filter((spot) => spot.file === file).length,
  }))
