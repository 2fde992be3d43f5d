import { askedRows } from './asked-rows.js'
import type { Measure } from './measure.js'
import { decided, pluralitiesIn, withMost } from './pluralities.js'

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
  run(input, sink) {
    const { bits, segments, ask, meant } = input
    const unattached = new Set(ask.groups ?? [])
    for (const segment of segments) {
      const groups = pluralitiesIn(bits, segment, meant)
      for (const { member, group, eachWord } of askedRows(input, segment)) {
        const of = group < 0 || unattached.has(group) ? undefined : groups.get(group)
        sink.touch(member)
        eachWord((word, ballots, p, q) => {
          const cast = (p | q) & ballots
          if (cast === 0) return
          if (!of) {
            sink.exclude(member, 'NO_GROUP', word, cast)
            return
          }
          const w = word - segment.from
          const counted = cast & decided(of, w)
          const loyal = counted & withMost(of, w, p, q)
          sink.count(member, word, counted, ask.variant === 'REBELLION' ? counted & ~loyal : loyal)
          sink.exclude(member, 'NO_PLURALITY', word, cast & ~counted)
        })
      }
    }
  },
}
