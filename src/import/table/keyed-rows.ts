import type { GraphRecord } from '../../model/records.js'
import type { Place } from '../check/known-nodes.js'
import { digestOf } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'

/** A ballot or a member, and what votes have to know of it. */
export interface Keyed {
  readonly id: string
  /** The day of a ballot; null where it is not known. */
  readonly date: string | null
  /** Set where no good row has given it: what needs it falls with its bad one. */
  readonly isBad?: boolean
}

interface Entry extends Keyed {
  date: string | null
  isBad: boolean
  /** Where its first good row stands, and what that says; 0 where there is none yet. */
  place: Place
  digest: number
}

/** The ballots or members that tables give: by their ids, and by the key by which other tables name them. */
export class KeyedRows {
  readonly #byId = new Map<string, Entry>()
  readonly #byKey = new Map<string, Entry>()

  /**
   * Takes note of a row before the rest of it is read, so that what names it falls with it and is no bad row of its own.
   * @returns whether it has a key of its own
   */
  add(id: string, key: string | null, place: Place): boolean {
    const entry = this.#byId.get(id) ?? { id, date: null, isBad: true, place, digest: 0 }
    this.#byId.set(id, entry)
    if (key === null) return false
    const other = this.#byKey.get(key)
    if (other && other !== entry)
      throw new BadCell(
        `The key "${key}" stands twice, for "${id}" here and for "${other.id}" in ${other.place.file}, line ${other.place.line}.`,
      )
    this.#byKey.set(key, entry)
    return other === undefined
  }

  /**
   * Whether a row is the first of its id; false where it says what an earlier one said.
   * @throws BadCell where it says otherwise
   */
  isFirst(id: string, records: readonly GraphRecord[], place: Place, date: string | null): boolean {
    const entry = this.#byId.get(id) as Entry
    const digest = digestOf(JSON.stringify(records))
    if (entry.digest === digest) return false
    if (entry.digest !== 0)
      throw new BadCell(
        `"${id}" stands twice, here and in ${entry.place.file}, line ${entry.place.line}, and not in the same words.`,
      )
    Object.assign(entry, { place, digest, date, isBad: false })
    return true
  }

  byKey(key: string): Keyed | undefined {
    return this.#byKey.get(key)
  }

  byId(id: string): Keyed | undefined {
    return this.#byId.get(id)
  }
}
