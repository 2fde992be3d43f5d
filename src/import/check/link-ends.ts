import { type GraphShape, MERGE, mergedIdOf } from '../../model/graph-shape.js'
import type { LinkRecord } from '../../model/records.js'
import { nameOf } from './rows-of.js'

/** A link type's ends and references, ready for a quick check. */
interface Ends {
  readonly from: ReadonlySet<string>
  readonly to: ReadonlySet<string>
  readonly references: readonly { readonly column: string; readonly types: ReadonlySet<string> }[]
}

/** Whether a record's neighbours are there: fine, a sentence's part, an id to look for in the store, or the id of a record whose row is bad. */
type Verdict =
  | null
  | { readonly problem: string; readonly nowhere?: string }
  | { readonly unknown: string }
  | { readonly lost: string }

/** What is known of an id whose own row is bad. */
export const LOST = Symbol('lost')

/** Checks that links lead from and to records of the right types. */
export class LinkEnds {
  readonly #ends = new Map<string, Ends>()

  constructor(
    shape: GraphShape,
    /** The type of the record with an id; undefined: not looked for yet; null: nowhere. */
    readonly typeOf: (id: string) => string | typeof LOST | null | undefined,
  ) {
    for (const link of shape.links.values()) {
      const references = [...link.columns.values()]
        .filter((column) => column.kind === 'reference')
        .map((column) => ({
          column: column.name,
          types: new Set(shape.possibleTypes.get(column.type) ?? [column.type]),
        }))
      this.#ends.set(link.name, { from: new Set(link.from), to: new Set(link.to), references })
    }
  }

  /** Looks at the ends of a link and the records to which its columns refer. */
  check(record: LinkRecord): Verdict {
    const ends = this.#ends.get(record.link) as Ends
    const verdict = this.#checkEnd(record, record.from, ends.from) ?? this.#checkEnd(record, record.to, ends.to)
    if (verdict !== null) return verdict
    if (record.link === MERGE.link) return this.#checkMerge(record)
    return this.#checkReferences(record, ends)
  }

  #checkReferences(record: LinkRecord, ends: Ends): Verdict {
    for (const { column, types } of ends.references) {
      const id = record.values[column]
      const problem = typeof id === 'string' ? this.#checkEnd(record, id, types) : null
      if (problem) return problem
    }
    return null
  }

  /** A record takes the place of one of its own type; of one that nobody has given yet, any. */
  #checkMerge({ from, to }: LinkRecord): Verdict {
    const merged = mergedIdOf(from)
    const [type, into] = [this.typeOf(merged), this.typeOf(to)]
    if (type === undefined) return { unknown: merged }
    if (type === null || type === into || type === LOST) return null
    return { problem: `"${merged}" is a ${String(type)} and cannot be merged into "${to}", which is a ${String(into)}` }
  }

  #checkEnd(record: LinkRecord, id: string, types: ReadonlySet<string>): Verdict {
    const type = this.typeOf(id)
    if (typeof type === 'string') {
      return types.has(type)
        ? null
        : { problem: `${nameOf(record)}: "${id}" is a ${type}, and must be one of ${[...types].join(', ')}` }
    }
    if (type === LOST) return { lost: id }
    return type === null
      ? { problem: `${nameOf(record)}: "${id}" is neither among the records nor in the store`, nowhere: id }
      : { unknown: id }
  }
}
