import type { PackedVotes } from './pack-votes.js'

const ROUNDS = 12

/** Takes the mean from numbers, and what they share with others that are scaled already, and makes their spread 1. */
const scale = (values: Float64Array, others: readonly Float64Array[]): void => {
  const n = values.length
  let mean = 0
  for (const value of values) mean += value / n
  for (let i = 0; i < n; i++) values[i] = (values[i] as number) - mean
  for (const other of others) {
    let shared = 0
    for (let i = 0; i < n; i++) shared += ((values[i] as number) * (other[i] as number)) / n
    for (let i = 0; i < n; i++) values[i] = (values[i] as number) - shared * (other[i] as number)
  }
  let square = 0
  for (const value of values) square += (value * value) / n
  const spread = Math.sqrt(square) || 1
  for (let i = 0; i < n; i++) values[i] = (values[i] as number) / spread
}

/**
 * Where a fit begins: for each dimension a position of every member, mean 0 and spread 1, from the strongest directions of
 * the matrix of votes less each ballot's mean (by orthogonal iteration, from a start that is always the same).
 */
export const firstGuess = (
  { members, ballots, byMember, byBallot }: PackedVotes,
  dimensions: number,
): Float64Array[] => {
  const [n, m] = [members.length, ballots.length]
  const means = new Float64Array(m)
  for (let j = 0, cell = 0; j < m; j++) {
    let sum = 0
    let cast = 0
    for (let i = 0; i < n; i++, cell++) {
      const vote = byBallot[cell] as number
      sum += vote
      cast += vote * vote
    }
    means[j] = sum / cast
  }
  const guesses = Array.from({ length: dimensions }, (_, k) =>
    Float64Array.from({ length: n }, (_, i) => ((i + 1) * Math.sqrt(k + 2)) % 1),
  )
  guesses.forEach((guess, k) => {
    scale(guess, guesses.slice(0, k))
  })
  const directions = new Float64Array(m)
  for (let round = 0; round < ROUNDS; round++) {
    guesses.forEach((guess, k) => {
      for (let j = 0, cell = 0; j < m; j++) {
        const mean = means[j] as number
        let sum = 0
        for (let i = 0; i < n; i++, cell++) {
          const vote = byBallot[cell] as number
          sum += (vote - vote * vote * mean) * (guess[i] as number)
        }
        directions[j] = sum
      }
      for (let i = 0, cell = 0; i < n; i++) {
        let sum = 0
        let cast = 0
        for (let j = 0; j < m; j++, cell++) {
          const vote = byMember[cell] as number
          const isCast = vote * vote
          sum += (vote - isCast * (means[j] as number)) * (directions[j] as number)
          cast += isCast
        }
        // By vote, or whoever came late or seldom would stand in the middle.
        guess[i] = sum / cast
      }
      scale(guess, guesses.slice(0, k))
    })
  }
  return guesses
}
