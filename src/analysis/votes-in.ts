import { CAST, type VoteBits } from './vote-table.js'

/** A vote, by the places of its member, group and country; -1 for none. */
export interface FoundVote {
  readonly member: number
  readonly group: number
  readonly country: number
  readonly option: string
}

/** The votes in the ballot of a slot. */
export const votesIn = ({ chunks }: VoteBits, slot: number, isMeant: boolean): readonly FoundVote[] => {
  const word = slot >>> 5
  const chunk = chunks.find(({ word: first, words }) => word >= first && word < first + words)
  if (!chunk) return []
  const found: FoundVote[] = []
  chunk.members.forEach((member, row) => {
    const at = (isMeant ? (chunk.meant[row] as number) : row) * chunk.words * 3 + word - chunk.word
    const [p, q, d] = [0, 1, 2].map((plane) => ((chunk.planes[at + plane * chunk.words] as number) >>> (slot & 31)) & 1)
    if (!p && !q && !d) return
    const option = p ? CAST[q ? 2 : 0] : q ? CAST[1] : 'DID_NOT_VOTE'
    found.push({ member, group: chunk.groups[row] as number, country: chunk.countries[row] as number, option })
  })
  return found
}
