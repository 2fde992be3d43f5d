import { RapporteurError } from '../../errors.js'
import type { PreparedStatements } from './prepared-statements.js'

/** Ids whose keys are kept at hand; beyond that many, all are looked up anew. */
const MAX_KEPT = 500_000

/** The whole numbers by which tables name nodes, by the nodes' ids. */
export class NodeKeys {
  readonly #kept = new Map<string, number>()

  constructor(readonly statements: PreparedStatements) {}

  /** @throws RapporteurError `BAD_INPUT` where there is no such node */
  of(id: string): number {
    const key = this.find(id)
    if (key !== undefined) return key
    throw new RapporteurError(
      'BAD_INPUT',
      `A link leads to "${id}", and there is no such record. The batch was not written; mend the source.`,
    )
  }

  /** The key of a node; undefined where there is none. */
  find(id: string): number | undefined {
    const known = this.#kept.get(id)
    if (known !== undefined) return known
    const row = this.statements.get('SELECT key FROM node WHERE id = ?').get(id) as [number] | undefined
    if (row) this.keep(id, row[0])
    return row?.[0]
  }

  /** The key of a node that is at hand; `fetch` brings it there. */
  atHand(id: string): number | undefined {
    return this.#kept.get(id)
  }

  /** Brings keys to hand, with one statement for all that are not. */
  fetch(ids: Iterable<string>): void {
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear()
    const unknown = new Set<string>()
    for (const id of ids) if (!this.#kept.has(id)) unknown.add(id)
    if (unknown.size === 0) return
    const sql = 'SELECT n.id, n.key FROM json_each(?) j CROSS JOIN node n ON n.id = j.value'
    for (const [id, key] of this.statements.get(sql).all(JSON.stringify([...unknown])) as [string, number][])
      this.#kept.set(id, key)
  }

  idOf(key: number): string {
    const [id] = this.statements.get('SELECT id FROM node WHERE key = ?').get(key) as [string]
    return id
  }

  keep(id: string, key: number): void {
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear()
    this.#kept.set(id, key)
  }

  forget(id: string): void {
    this.#kept.delete(id)
  }

  forgetAll(): void {
    this.#kept.clear()
  }
}
