import type { PackedVotes } from './pack-votes.js'

/**
 * Which packed members are tied to one of them by ballots: who voted in a ballot with this member, who did with one of those,
 * and so on. How far others are apart from these nothing tells. Reads each vote twice.
 */
export const tiedMembers = ({ members, ballots, byMember, byBallot }: PackedVotes, member: number): Uint8Array => {
  const [n, m] = [members.length, ballots.length]
  const isTied = new Uint8Array(n)
  const isRead = new Uint8Array(m)
  isTied[member] = 1
  const waiting = [member]
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    for (let j = 0; j < m; j++) {
      if (isRead[j] === 1 || byMember[i * m + j] === 0) continue
      isRead[j] = 1
      for (let other = 0; other < n; other++) {
        if (isTied[other] === 1 || byBallot[j * n + other] === 0) continue
        isTied[other] = 1
        waiting.push(other)
      }
    }
  }
  return isTied
}
