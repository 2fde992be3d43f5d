import { type Chunk, optionAt, WORD } from '../vote-table.js'
import { isMarked, mark } from './slot-sets.js'

/** How a group voted in the ballot of a slot: votes for, against and abstentions. */
export interface TallyEntry {
  readonly slot: number
  group: number
  readonly numbers: readonly number[]
}

/** Puts sums of members' votes where those for and against were not published, of whole ballots. */
export const fillTotals = (
  { word, words, members, planes }: Chunk,
  whole: Uint32Array,
  totals: Int32Array,
  summed: Uint32Array,
): void => {
  for (let slot = word * WORD; slot < (word + words) * WORD; slot += 1) {
    const at = slot * 3
    const isPublished = totals.subarray(at, at + 2).every((number) => number >= 0)
    if (isPublished || !isMarked(whole, slot)) continue
    mark(summed, slot)
    totals.fill(0, at, at + 3)
    for (let row = 0; row < members.length; row += 1) {
      const from = row * words * 3 + (slot >>> 5) - word
      const [p, q] = [0, words].map((plane) => ((planes[from + plane] as number) >>> (slot & 31)) & 1)
      const option = p && q ? 2 : p ? 0 : q ? 1 : null
      if (option !== null) totals[at + option] = (totals[at + option] as number) + 1
    }
  }
}

/** How the groups of a chunk voted in its whole ballots, by their members' votes. */
export const countGroups = (chunk: Chunk, whole: Uint32Array, meant: boolean): readonly TallyEntry[] => {
  const { words, word, planes } = chunk
  const counts = new Map<number, Uint16Array>()
  const entries: TallyEntry[] = []
  chunk.groups.forEach((group, row) => {
    if (group < 0) return
    const of = counts.get(group) ?? new Uint16Array(words * WORD * 4)
    counts.set(group, of)
    const at = (meant ? (chunk.meant[row] as number) : row) * words * 3
    for (let w = 0; w < words; w += 1) {
      const m = whole[word + w] as number
      const p = (planes[at + w] as number) & m
      const q = (planes[at + words + w] as number) & m
      const d = (planes[at + 2 * words + w] as number) & m
      for (let any = p | q | d; any !== 0; any &= any - 1) {
        const bit = any & -any
        const at = (w * WORD + 31 - Math.clz32(bit)) * 4 + optionAt(p, q, d, bit)
        of[at] = (of[at] as number) + 1
      }
    }
  })
  for (const [group, of] of counts) {
    for (let i = 0; i < words * WORD; i += 1) {
      const [yes = 0, no = 0, abstained = 0, absent = 0] = of.subarray(i * 4, i * 4 + 4)
      if (yes + no + abstained + absent > 0)
        entries.push({ slot: word * WORD + i, group, numbers: [yes, no, abstained] })
    }
  }
  return entries
}
