/** Who voted how: members × ballots, row by row; 1 is for, -1 against, 0 nothing cast, or an abstention. */
export interface VoteMatrix {
  readonly members: number
  readonly ballots: number
  readonly votes: Int8Array
}

/** What is left of a matrix for a fit, once by members and once by ballots, and what each row of it was before. */
export interface PackedVotes {
  /** The numbers that the packed members had in the whole matrix, ascending. */
  readonly members: Int32Array
  readonly ballots: Int32Array
  /** members × ballots. */
  readonly byMember: Int8Array
  /** ballots × members. */
  readonly byBallot: Int8Array
  /** How many votes each member of the whole matrix has in the ballots that are used. */
  readonly votesOf: Int32Array
  /** Ballots of the whole matrix in which too few were in the minority. */
  readonly lopsided: number
  /** Ballots left out since the members who can be placed were of one mind in them. */
  readonly unanimous: number
}

/**
 * Leaves out what says nothing about positions: ballots with fewer than `leastMinority` (a share) of the votes for and
 * against in the minority, then members with fewer than `leastVotes` votes in the others, then ballots on which the
 * members left are of one mind, and so on until nothing changes. Every vote is looked at a few times, whatever is left out.
 */
export const packVotes = (
  { members, ballots, votes }: VoteMatrix,
  { leastMinority, leastVotes }: { readonly leastMinority: number; readonly leastVotes: number },
): PackedVotes => {
  const inFavour = new Int32Array(ballots)
  const against = new Int32Array(ballots)
  for (let i = 0, cell = 0; i < members; i++) {
    for (let j = 0; j < ballots; j++, cell++) {
      const vote = votes[cell] as number
      if (vote > 0) inFavour[j] = (inFavour[j] as number) + 1
      else if (vote < 0) against[j] = (against[j] as number) + 1
    }
  }
  const minority = (j: number): number => Math.min(inFavour[j] as number, against[j] as number)
  const isUsed = new Uint8Array(ballots)
  let lopsided = 0
  for (let j = 0; j < ballots; j++) {
    const cast = (inFavour[j] as number) + (against[j] as number)
    if (minority(j) === 0 || minority(j) < leastMinority * cast) lopsided++
    else isUsed[j] = 1
  }

  const votesOf = new Int32Array(members)
  for (let i = 0, cell = 0; i < members; i++) {
    let count = 0
    for (let j = 0; j < ballots; j++, cell++) if (isUsed[j] === 1 && votes[cell] !== 0) count++
    votesOf[i] = count
  }
  // A member left out takes votes from ballots, and a ballot left out takes votes from members: each once.
  const isPlaced = new Uint8Array(members).fill(1)
  const tooFew: number[] = []
  const leaveOut = (i: number): void => {
    if (isPlaced[i] === 0 || (votesOf[i] as number) >= leastVotes) return
    isPlaced[i] = 0
    tooFew.push(i)
  }
  for (let i = 0; i < members; i++) leaveOut(i)
  let unanimous = 0
  for (let member = tooFew.pop(); member !== undefined; member = tooFew.pop()) {
    for (let j = 0, cell = member * ballots; j < ballots; j++, cell++) {
      const vote = votes[cell] as number
      if (vote === 0 || isUsed[j] === 0) continue
      if (vote > 0) inFavour[j] = (inFavour[j] as number) - 1
      else against[j] = (against[j] as number) - 1
      if (minority(j) > 0) continue
      isUsed[j] = 0
      unanimous++
      for (let i = 0; i < members; i++) {
        if (votes[i * ballots + j] === 0) continue
        votesOf[i] = (votesOf[i] as number) - 1
        leaveOut(i)
      }
    }
  }

  const packedMembers = whereSet(isPlaced)
  const packedBallots = whereSet(isUsed)
  const [n, m] = [packedMembers.length, packedBallots.length]
  const byMember = new Int8Array(n * m)
  const byBallot = new Int8Array(n * m)
  for (let i = 0, cell = 0; i < n; i++) {
    const row = (packedMembers[i] as number) * ballots
    for (let j = 0; j < m; j++, cell++) {
      const vote = Math.sign(votes[row + (packedBallots[j] as number)] as number)
      byMember[cell] = vote
      byBallot[j * n + i] = vote
    }
  }
  return { members: packedMembers, ballots: packedBallots, byMember, byBallot, votesOf, lopsided, unanimous }
}

/** The places at which flags are set, ascending. */
const whereSet = (flags: Uint8Array): Int32Array => {
  const places: number[] = []
  flags.forEach((flag, place) => {
    if (flag === 1) places.push(place)
  })
  return Int32Array.from(places)
}
