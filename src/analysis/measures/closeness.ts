import { chunkOf, type VoteBits, WORD } from '../vote-table.js'
import type { Measure } from './measure.js'

/** How many ballots were close. */
export const closeness: Measure = {
  formula: ({ share }) =>
    `ballots in which |Y − N| / (Y + N) is at most ${share} / ballots in which Y and N are known and not both 0; Y votes for, N against`,
  of: () => 'all',
  with: () => null,
  base: () => 'totals',
  rest: () => null,
  run({ bits, segments, ask, meant }, sink) {
    sink.touch(0)
    for (const { from, mask } of segments) {
      mask.forEach((ballots, w) => {
        for (let left = ballots; left !== 0; left &= left - 1) {
          const bit = left & -left
          const slot = (from + w) * WORD + 31 - Math.clz32(bit)
          const totals = totalsOf(bits, slot, meant)
          if (!totals) sink.exclude(0, 'TOTALS_NOT_KNOWN', from + w, bit)
          else if (totals[0] + totals[1] === 0) sink.exclude(0, 'NOBODY_CAST', from + w, bit)
          else {
            const isClose = Math.abs(totals[0] - totals[1]) <= ask.share * (totals[0] + totals[1])
            sink.count(0, from + w, bit, isClose ? bit : 0)
          }
        }
      })
    }
  },
}

/** Votes for and against in a ballot: the published totals; as meant, with what corrections add and take away. */
export const totalsOf = (bits: VoteBits, slot: number, meant: boolean): readonly [number, number] | null => {
  const [yes, no] = [bits.totals[slot * 3] as number, bits.totals[slot * 3 + 1] as number]
  if (yes < 0 || no < 0) return null
  if (!meant) return [yes, no]
  const [more, fewer] = shiftsOf(bits, slot)
  return [yes + more, no + fewer]
}

/** By how many votes corrections change what is for, and what is against. */
const shiftsOf = (bits: VoteBits, slot: number): readonly [number, number] => {
  const [word, bit] = [slot >>> 5, 1 << (slot & 31)]
  if (((bits.corrected[word] as number) & bit) === 0) return [0, 0]
  const chunk = chunkOf(bits, slot)
  let [yes, no] = [0, 0]
  chunk?.meant.forEach((meant, row) => {
    if (meant === row) return
    const count = (at: number, sign: number) => {
      const [p, q] = [0, 1].map(
        (plane) => ((chunk.planes[at + plane * chunk.words + word - chunk.word] as number) & bit) !== 0,
      )
      if (p && !q) yes += sign
      if (q && !p) no += sign
    }
    count(row * chunk.words * 3, -1)
    count(meant * chunk.words * 3, 1)
  })
  return [yes, no]
}
