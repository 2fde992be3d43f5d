import { type Chunk, WORD } from '../vote-table.js'
import { shared } from './shared-array.js'

/** What the votes of a row have in common, by their numbers; -1 for no group or country. */
export type RowKey = readonly [member: number, group: number, country: number]

/** The rows of a chunk while it is filled. */
export class ChunkBuilder {
  length = 0
  /** By member: the rows of each, mostly one. */
  readonly #byMember: number[][] = []
  readonly #keys: RowKey[] = []
  #planes = new Uint32Array(0)
  /** Rows whose planes tell what was meant, by the row that they are of. */
  readonly #meant = new Map<number, Uint32Array>()

  constructor(readonly word: number) {}

  get words(): number {
    return Math.ceil(this.length / WORD)
  }

  /** @returns the slot */
  add(): number {
    this.length += 1
    return this.word * WORD + this.length - 1
  }

  row(member: number, group: number, country: number): number {
    const rows = this.#byMember[member] ?? []
    for (const row of rows) {
      const key = this.#keys[row] as RowKey
      if (key[1] === group && key[2] === country) return row
    }
    const row = this.#keys.push([member, group, country]) - 1
    rows.push(row)
    this.#byMember[member] = rows
    const needed = (row + 1) * this.#perRow
    if (needed > this.#planes.length) {
      const grown = new Uint32Array(Math.max(needed, this.#planes.length * 2))
      grown.set(this.#planes)
      this.#planes = grown
    }
    return row
  }

  set(row: number, slot: number, option: number): void {
    setOption(this.#planes, row * this.#perRow, this.words, slot - this.word * WORD, option)
  }

  /** The row with which a member stands on the list of a ballot. */
  rowOf(member: number, slot: number): number | undefined {
    const place = slot - this.word * WORD
    return this.#byMember[member]?.find((row) => {
      const from = row * this.#perRow + (place >>> 5)
      const [p = 0, q = 0, d = 0] = [0, 1, 2].map((plane) => this.#planes[from + plane * this.words] as number)
      return (((p | q | d) >>> (place & 31)) & 1) === 1
    })
  }

  /** The member, group and country of a row. */
  keyOf(row: number): RowKey {
    return this.#keys[row] as RowKey
  }

  /** Says what was meant in a ballot, beside what was cast. */
  correct(row: number, slot: number, option: number): void {
    const planes = this.#meant.get(row) ?? this.#planes.slice(row * this.#perRow, (row + 1) * this.#perRow)
    this.#meant.set(row, planes)
    setOption(planes, 0, this.words, slot - this.word * WORD, option)
  }

  /** @param places of members, groups and countries in the order of ids, by the numbers they were given */
  build(places: readonly [Int32Array, Int32Array, Int32Array]): Chunk {
    const rows = this.#keys.length
    const column = (part: 0 | 1 | 2) => {
      const values = shared(Int32Array, rows)
      this.#keys.forEach((key, i) => {
        values[i] = key[part] < 0 ? -1 : (places[part][key[part]] as number)
      })
      return values
    }
    const planes = shared(Uint32Array, (rows + this.#meant.size) * this.#perRow)
    planes.set(this.#planes.subarray(0, rows * this.#perRow))
    const meant = shared(Int32Array, rows)
    for (let row = 0; row < rows; row += 1) meant[row] = row
    ;[...this.#meant].forEach(([row, corrected], i) => {
      meant[row] = rows + i
      planes.set(corrected, (rows + i) * this.#perRow)
    })
    const { word, words } = this
    return { word, words, members: column(0), groups: column(1), countries: column(2), planes, meant }
  }

  get #perRow(): number {
    return this.words * 3
  }
}

/** Sets the three bits of a slot in the planes of a row. */
const setOption = (planes: Uint32Array, at: number, words: number, place: number, option: number): void => {
  const bit = 1 << (place & 31)
  const p = at + (place >>> 5)
  const q = p + words
  const d = q + words
  planes[p] = option === 0 || option === 2 ? (planes[p] as number) | bit : (planes[p] as number) & ~bit
  planes[q] = option === 1 || option === 2 ? (planes[q] as number) | bit : (planes[q] as number) & ~bit
  planes[d] = option < 0 ? (planes[d] as number) | bit : (planes[d] as number) & ~bit
}
