import type { Citation, GraphRecord } from '../../model/records.js'
import type { Place } from '../check/known-nodes.js'
import type { Finding } from '../importer.js'
import { node } from '../read/make-records.js'
import { withoutSpaces } from './columns.js'
import type { Keyed } from './keyed-rows.js'
import type { Members } from './mapping.js'

/** Members whom tables name and the table of members does not have: taken in by the word that names them, each an issue. */
export class UnknownMembers {
  readonly #found = new Map<string, Keyed & { rows: number; readonly place: Place }>()
  #fresh: GraphRecord[] = []

  constructor(
    readonly spec: Members['unknown'],
    readonly citations: readonly Citation[],
  ) {}

  /** The member of this word; undefined where the mapping does not take such members in. */
  find(word: string, place: Place): Keyed | undefined {
    if (!this.spec) return undefined
    const known = this.#found.get(word)
    if (known) {
      known.rows++
      return known
    }
    const id = this.spec.id.replaceAll('{value}', withoutSpaces(word))
    const name = this.spec.name.replaceAll('{value}', word)
    const found = { id, date: null, rows: 1, place }
    this.#found.set(word, found)
    this.#fresh.push(node('Person', id, { name }, this.citations, ['name', 'sortName']))
    return found
  }

  fresh(): readonly GraphRecord[] {
    const fresh = this.#fresh
    if (fresh.length > 0) this.#fresh = []
    return fresh
  }

  *findings(): Iterable<Finding> {
    for (const [word, { id, rows, place }] of this.#found) {
      const many = rows === 1 ? 'A row names' : `${rows.toLocaleString('en')} rows name`
      const first = `${rows === 1 ? '' : 'the first '}${place.file}, line ${place.line}`
      const message = `${many} the member "${word}" (${first}), whom the table of members does not have: the name is not known.`
      yield { rule: 'MEMBER_IS_LISTED', record: id, message, expected: '1', found: '0' }
    }
  }
}
