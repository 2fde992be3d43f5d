import { isAsked, type Measure, planesAt } from './measure.js'
import { pluralitiesIn } from './pluralities.js'

/** How often a member votes as most of the member's group. */
export const loyalty: Measure = {
  formula: ({ variant }) =>
    variant === 'REBELLION'
      ? 'votes cast that differ from the option with most votes in the member’s group / votes cast where the group has one'
      : 'votes cast for the option with most votes in the member’s group / votes cast where the group has one',
  of: () => 'member',
  with: () => null,
  base: () => 'members',
  rest: () => 'NOT_CAST',
  run({ bits, segments, ask, meant }, sink) {
    const unattached = new Set(ask.groups ?? [])
    for (const segment of segments) {
      const { from, to, mask } = segment
      const chunk = bits.chunks[segment.chunk] as NonNullable<(typeof bits.chunks)[number]>
      const { planes, words } = chunk
      const groups = pluralitiesIn(bits, segment, meant)
      for (let row = 0; row < chunk.members.length; row += 1) {
        if (!isAsked(ask.voters, chunk, row, segment)) continue
        const member = chunk.members[row] as number
        const group = chunk.groups[row] as number
        const of = group < 0 || unattached.has(group) ? undefined : groups.get(group)
        const during = ask.voters.during?.get(member)
        const at = planesAt(chunk, row, meant) - chunk.word
        sink.touch(member)
        for (let word = from; word < to; word += 1) {
          const w = word - from
          const all = (mask[w] as number) & (bits.whole[word] as number) & (during ? (during[word] as number) : -1)
          const [p, q] = [planes[at + word] as number, planes[at + words + word] as number]
          const cast = (p | q) & all
          if (cast === 0) continue
          if (!of) {
            sink.exclude(member, 'NO_GROUP', word, cast)
            continue
          }
          const [yes, no, abstained] = [of.most[0][w], of.most[1][w], of.most[2][w]] as [number, number, number]
          const counted = cast & (yes | no | abstained)
          const loyal = counted & ((p & ~q & yes) | (q & ~p & no) | (p & q & abstained))
          sink.count(member, word, counted, ask.variant === 'REBELLION' ? counted & ~loyal : loyal)
          if (cast !== counted) sink.exclude(member, 'NO_PLURALITY', word, cast & ~counted)
        }
      }
    }
  },
}
