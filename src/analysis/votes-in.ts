import { planesAt } from './measures/measure.js'
import { CAST, chunkOf, optionAt, type VoteBits } from './vote-table.js'

/** A vote, by the places of its member, group and country; -1 for none. */
export interface FoundVote {
  readonly member: number
  readonly group: number
  readonly country: number
  readonly option: string
}

/** The votes in the ballot of a slot. */
export const votesIn = (bits: VoteBits, slot: number, isMeant: boolean): readonly FoundVote[] => {
  const chunk = chunkOf(bits, slot)
  if (!chunk) return []
  const { word, words, planes, members, groups, countries } = chunk
  const bit = 1 << (slot & 31)
  const found: FoundVote[] = []
  members.forEach((member, row) => {
    const at = planesAt(chunk, row, isMeant) + (slot >>> 5) - word
    const [p, q, absent] = [planes[at], planes[at + words], planes[at + 2 * words]] as [number, number, number]
    if (((p | q | absent) & bit) === 0) return
    const option = CAST[optionAt(p, q, absent, bit)] ?? 'DID_NOT_VOTE'
    found.push({ member, group: groups[row] as number, country: countries[row] as number, option })
  })
  return found
}
