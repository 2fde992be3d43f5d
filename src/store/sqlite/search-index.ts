import type { GraphShape } from '../../model/graph-shape.js'
import type { StoredNode } from '../../model/records.js'
import { isWordKey, type SearchEntry, searchEntry } from '../../model/search/search-keys.js'
import { NameSet } from '../name-set.js'
import type { PreparedStatements } from './prepared-statements.js'

/** Writes the keys by which records are found; to be called within a transaction. */
export class SearchIndex {
  #words = new NameSet()
  readonly #waiting: { readonly nodeKey: number; readonly entry: SearchEntry }[] = []

  constructor(
    readonly shape: GraphShape,
    readonly statements: PreparedStatements,
  ) {}

  /** Adds a record's keys, under the node's key; they are stored by `write`. */
  add(node: StoredNode, nodeKey: number): void {
    const entry = searchEntry(this.shape, node)
    if (entry) this.#waiting.push({ nodeKey, entry })
  }

  /** Stores what was added, in the order of rank: for each step back FTS5 (SQLite 3.45) would write all it holds to the file. */
  write(): void {
    const waiting = this.#waiting.splice(0).sort((a, b) => (a.entry.rank < b.entry.rank ? -1 : 1))
    const place = this.statements.get('INSERT OR IGNORE INTO search_entry (node_key, rank) VALUES (?, ?)')
    const keep = this.statements.get('INSERT INTO search_key (rowid, keys) VALUES (?, ?)')
    for (const { nodeKey, entry } of waiting) {
      let { rank } = entry
      // Two of ten million records have the same rank once in some hundred stores.
      while (place.run(nodeKey, rank).changes === 0) rank += 1n
      keep.run(rank, entry.keys.join(' '))
      for (const key of entry.keys)
        if (isWordKey(key) && this.#words.add(key))
          this.statements.get('INSERT OR IGNORE INTO search_word (word) VALUES (?)').run(key)
    }
  }

  remove(nodeKey: number): void {
    const rank = 'SELECT rank FROM search_entry WHERE node_key = ?'
    this.statements.get(`DELETE FROM search_key WHERE rowid = (${rank})`).run(nodeKey)
    this.statements.get('DELETE FROM search_entry WHERE node_key = ?').run(nodeKey)
  }

  /** Takes all keys away. */
  clear(): void {
    for (const sql of [
      "INSERT INTO search_key (search_key) VALUES ('delete-all')",
      'DELETE FROM search_entry',
      'DELETE FROM search_word',
    ])
      this.statements.get(sql).run()
    this.forget()
  }

  /** To be called where a transaction was undone. */
  forget(): void {
    this.#waiting.length = 0
    this.#words = new NameSet()
  }
}
