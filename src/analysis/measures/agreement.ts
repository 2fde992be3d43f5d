import type { Segment } from '../selection.js'
import type { Chunk } from '../vote-table.js'
import { isAsked, keyOf, type Measure, type MeasureInput, planesAt, type Sink } from './measure.js'
import { pluralitiesIn } from './pluralities.js'

const formulaOf = (variant: string, others: string): string =>
  variant === 'LEFT_OUT'
    ? `ballots in which ${others} cast the same of for and against / ballots in which both cast one of them`
    : `ballots in which ${others} cast the same of for, against and abstention / ballots in which both cast one of them`

/** How often two members vote alike: one with all others, or all with each other. */
export const memberAgreement: Measure = {
  formula: ({ variant }) => formulaOf(variant, 'the two'),
  of: () => 'member',
  with: () => 'member',
  base: () => 'members',
  rest: () => 'NOT_CAST',
  run(input, sink) {
    const { bits, segments, ask } = input
    for (const segment of segments) {
      const chunk = bits.chunks[segment.chunk] as Chunk
      const all = [...chunk.members.keys()]
      const others = all.filter((row) => isAsked(ask.voters, chunk, row))
      const own = ask.of === null ? others : all.filter((row) => chunk.members[row] === ask.of)
      for (const a of own) {
        for (const b of others) {
          const [one, other] = [chunk.members[a] as number, chunk.members[b] as number]
          if (one === other || (ask.of === null && one > other)) continue
          comparePair(input, segment, chunk, a, b, keyOf(one, other, ask.width), sink)
        }
      }
    }
  },
}

const comparePair = (
  { bits, ask, meant }: MeasureInput,
  { from, to, mask }: Segment,
  chunk: Chunk,
  a: number,
  b: number,
  key: number,
  sink: Sink,
): void => {
  const { planes, words } = chunk
  const during = ask.voters.during?.get(chunk.members[b] as number)
  const [x, y] = [planesAt(chunk, a, meant) - chunk.word, planesAt(chunk, b, meant) - chunk.word]
  const isLeftOut = ask.variant === 'LEFT_OUT'
  sink.touch(key)
  for (let word = from; word < to; word += 1) {
    const all = (mask[word - from] as number) & (bits.whole[word] as number) & (during ? (during[word] as number) : -1)
    const [pa, qa] = [planes[x + word] as number, planes[x + words + word] as number]
    const [pb, qb] = [planes[y + word] as number, planes[y + words + word] as number]
    const both = isLeftOut ? (pa ^ qa) & (pb ^ qb) & all : (pa | qa) & (pb | qb) & all
    if (both !== 0) sink.count(key, word, both, both & ~(pa ^ pb) & ~(qa ^ qb))
  }
}

/** How often a member votes as most of each group. */
export const memberGroupAgreement: Measure = {
  formula: ({ variant }) => formulaOf(variant, 'the member and most of the group'),
  of: () => 'member',
  with: () => 'group',
  base: () => 'members',
  rest: () => 'NOT_CAST',
  run({ bits, segments, ask, meant }, sink) {
    const wanted = ask.groups && new Set(ask.groups)
    for (const segment of segments) {
      const { from, to, mask } = segment
      const chunk = bits.chunks[segment.chunk] as Chunk
      const { planes, words } = chunk
      const groups = pluralitiesIn(bits, segment, meant)
      for (let row = 0; row < chunk.members.length; row += 1) {
        if (chunk.members[row] !== ask.of) continue
        const at = planesAt(chunk, row, meant) - chunk.word
        for (const [group, of] of groups) {
          if (wanted && !wanted.has(group)) continue
          const key = keyOf(ask.of as number, group, ask.width)
          sink.touch(key)
          for (let word = from; word < to; word += 1) {
            const w = word - from
            const all = (mask[w] as number) & (bits.whole[word] as number)
            const [p, q] = [planes[at + word] as number, planes[at + words + word] as number]
            const isLeftOut = ask.variant === 'LEFT_OUT'
            const cast = (isLeftOut ? p ^ q : p | q) & all
            const [yes, no, abstained] = [of.most[0][w], of.most[1][w], of.most[2][w]] as [number, number, number]
            const counted = cast & (isLeftOut ? yes | no : yes | no | abstained)
            if (counted !== 0)
              sink.count(key, word, counted, counted & ((p & ~q & yes) | (q & ~p & no) | (p & q & abstained)))
            const open = cast & ~counted & (of.present[w] as number)
            if (open !== 0) sink.exclude(key, 'NO_PLURALITY', word, open)
            const absent = cast & ~(of.present[w] as number)
            if (absent !== 0) sink.exclude(key, 'NOT_PRESENT', word, absent)
          }
        }
      }
    }
  },
}
