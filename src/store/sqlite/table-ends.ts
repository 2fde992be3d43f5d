import type { GraphShape, LinkShape } from '../../model/graph-shape.js'
import { quoted } from './names.js'
import type { PreparedStatements } from './prepared-statements.js'
import { clusterOf } from './tables.js'

export interface Keys {
  readonly fromKey: number
  readonly toKey: number
}

/** In which order the rows of the tables of links lie, and where each table ends: what would lie beyond is not in it. */
export class TableEnds {
  readonly #clusters = new Map<string, 'fromKey' | 'toKey'>()
  /** By link type, the last key by which its rows lie. */
  readonly #last = new Map<string, number>()

  constructor(
    readonly shape: GraphShape,
    readonly statements: PreparedStatements,
  ) {}

  /** Whether a link with these ends can be in its table; `to` is not known where the store has no such node. */
  mayHold(link: string, from: number, to: number | undefined): boolean {
    const shape = this.shape.links.get(link) as LinkShape
    if (to === undefined && !shape.one) return false
    return (this.#clusterOf(link) === 'fromKey' ? from : (to as number)) <= this.#lastOf(link)
  }

  /** Rows in the order in which they lie in the table: those at its end fill their pages. */
  inPlace<Row extends Keys>(link: string, rows: readonly Row[]): readonly Row[] {
    return [...rows].sort(
      this.#clusterOf(link) === 'fromKey'
        ? (a, b) => a.fromKey - b.fromKey || a.toKey - b.toKey
        : (a, b) => a.toKey - b.toKey || a.fromKey - b.fromKey,
    )
  }

  /** Takes note of rows that are added, the last of them given. */
  extend(link: string, last: Keys): void {
    this.#last.set(link, Math.max(this.#lastOf(link), last[this.#clusterOf(link)]))
  }

  forget(): void {
    this.#last.clear()
  }

  /** The column by which the rows of a table lie. */
  #clusterOf(link: string): 'fromKey' | 'toKey' {
    const known = this.#clusters.get(link)
    if (known) return known
    const [first] = clusterOf(this.shape.links.get(link) as LinkShape, this.shape)
    const cluster = first === 'from_key' ? 'fromKey' : 'toKey'
    this.#clusters.set(link, cluster)
    return cluster
  }

  /** The last key by which the rows of a table lie; 0 where it has none. */
  #lastOf(link: string): number {
    const known = this.#last.get(link)
    if (known !== undefined) return known
    const column = this.#clusterOf(link) === 'fromKey' ? 'from_key' : 'to_key'
    const [last] = this.statements.get(`SELECT coalesce(max(${column}), 0) FROM ${quoted(link)}`).get() as [number]
    this.#last.set(link, last)
    return last
  }
}
