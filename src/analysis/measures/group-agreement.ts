import { keyOf, type Measure } from './measure.js'
import { alike, decided, pluralitiesIn } from './pluralities.js'

/** How often most of two groups vote alike. */
export const groupAgreement: Measure = {
  formula: () =>
    'ballots in which the same option has most votes in both groups / ballots in which one option has most votes in each',
  of: () => 'group',
  with: () => 'group',
  base: () => 'tallies',
  rest: () => 'NOT_PRESENT',
  run({ bits, segments, ask, meant }, sink) {
    // The one that others are compared with need not be named among them.
    const wanted = ask.groups && new Set([...ask.groups, ...(ask.of === null ? [] : [ask.of])])
    for (const segment of segments) {
      const { from, to } = segment
      const found = [...pluralitiesIn(bits, segment, meant)].filter(([group]) => !wanted || wanted.has(group))
      for (const [one, a] of found) {
        if (ask.of !== null && ask.of !== one) continue
        for (const [other, b] of found) {
          if (one === other || (ask.of === null && one > other)) continue
          const key = keyOf(one, other, ask.width)
          for (let word = from; word < to; word += 1) {
            const w = word - from
            const both = (a.present[w] as number) & (b.present[w] as number)
            if (both === 0) continue
            sink.touch(key)
            const counted = decided(a, w) & decided(b, w)
            sink.count(key, word, counted, alike(a, b, w))
            const cast = (a.cast[w] as number) & (b.cast[w] as number)
            sink.exclude(key, 'NO_PLURALITY', word, both & cast & ~counted)
            sink.exclude(key, 'NOBODY_CAST', word, both & ~cast)
          }
        }
      }
    }
  },
}
