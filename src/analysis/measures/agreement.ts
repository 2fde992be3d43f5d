import type { Segment } from '../selection.js'
import type { Chunk } from '../vote-table.js'
import { askedRows } from './asked-rows.js'
import { areListed, isAsked, keyOf, type Measure, type MeasureInput, planesAt, type Sink } from './measure.js'
import { decided, nowhere, pluralitiesIn, withMost } from './pluralities.js'

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
      const rows = [...chunk.members.keys()]
      const isVoter = (row: number) => isAsked(ask.voters, chunk, row, segment)
      const others = rows.filter(isVoter).map((row) => castIn(input, segment, row, ask.voters.during))
      const isOwn = (row: number) => chunk.members[row] === ask.of
      const own = ask.of === null ? others : rows.filter(isOwn).map((row) => castIn(input, segment, row, null))
      for (const a of own) {
        for (const b of others) {
          if (a.member === b.member || (ask.of === null && a.member > b.member)) continue
          comparePair(input, a, b, keyOf(a.member, b.member, ask.width), segment, sink)
        }
      }
    }
  },
}

/** The ballots of a segment in which a member cast a vote that counts. */
interface Cast {
  readonly member: number
  readonly counted: Uint32Array
  /** Those in which the member is on the list, as cast or as meant. */
  readonly listed: Uint32Array
  /** Where the planes of the segment begin. */
  readonly at: number
}

const castIn = (
  { bits, ask, meant }: MeasureInput,
  { chunk: place, from, mask }: Segment,
  row: number,
  during: MeasureInput['ask']['voters']['during'],
): Cast => {
  const chunk = bits.chunks[place] as Chunk
  const { planes, words } = chunk
  const member = chunk.members[row] as number
  const asked = during?.get(member)
  const at = planesAt(chunk, row, meant) + from - chunk.word
  const isLeftOut = ask.variant === 'LEFT_OUT'
  const [cast, said] = [false, true].map((isMeant) => planesAt(chunk, row, isMeant) + from - chunk.word) as [
    number,
    number,
  ]
  const [counted, listed] = [new Uint32Array(mask.length), new Uint32Array(mask.length)]
  for (let w = 0; w < mask.length; w += 1) {
    const [p, q] = [planes[at + w] as number, planes[at + words + w] as number]
    const all = (mask[w] as number) & (asked ? (asked[from + w] as number) : -1)
    counted[w] = all & (bits.whole[from + w] as number) & (isLeftOut ? p ^ q : p | q)
    for (const place of cast === said ? [cast] : [cast, said])
      for (let plane = 0; plane < 3; plane += 1)
        listed[w] = (listed[w] as number) | (all & (planes[place + plane * words + w] as number))
  }
  return { member, counted, listed, at }
}

const comparePair = ({ bits }: MeasureInput, a: Cast, b: Cast, key: number, segment: Segment, sink: Sink): void => {
  const chunk = bits.chunks[segment.chunk] as Chunk
  const { planes, words } = chunk
  let isCounted = false
  for (let w = 0; w < a.counted.length; w += 1) {
    const both = (a.counted[w] as number) & (b.counted[w] as number)
    if (both === 0) continue
    const p = (planes[a.at + w] as number) ^ (planes[b.at + w] as number)
    const q = (planes[a.at + words + w] as number) ^ (planes[b.at + words + w] as number)
    sink.count(key, segment.from + w, both, both & ~p & ~q)
    isCounted = true
  }
  if (!isCounted && a.listed.some((ballots, w) => (ballots & (b.listed[w] as number)) !== 0)) sink.touch(key)
}

/** How often a member votes as most of each group. */
export const memberGroupAgreement: Measure = {
  formula: ({ variant }) => formulaOf(variant, 'the member and most of the group'),
  of: () => 'member',
  with: () => 'group',
  base: () => 'members',
  rest: () => 'NOT_CAST',
  run(input, sink) {
    const { bits, segments, ask, meant } = input
    const wanted = ask.groups && new Set(ask.groups)
    const isLeftOut = ask.variant === 'LEFT_OUT'
    const found = segments.map((segment) => ({ segment, groups: pluralitiesIn(bits, segment, meant) }))
    // A group that is in none of a segment's ballots was absent from them, and may be in others.
    const all = [...new Set(found.flatMap(({ groups }) => [...groups.keys()]))].filter(
      (group) => wanted?.has(group) ?? true,
    )
    for (const { segment, groups } of found) {
      const isOwn = (chunk: Chunk, row: number) =>
        chunk.members[row] === ask.of && areListed(chunk, [row], segment, null)
      for (const { member, eachWord } of askedRows(input, segment, isOwn)) {
        for (const group of all) {
          const of = groups.get(group) ?? nowhere(segment.mask.length)
          const key = keyOf(member, group, ask.width)
          sink.touch(key)
          eachWord((word, ballots, p, q) => {
            const w = word - segment.from
            const cast = (isLeftOut ? p ^ q : p | q) & ballots
            const counted = cast & (isLeftOut ? (of.most[0][w] as number) | (of.most[1][w] as number) : decided(of, w))
            const present = of.present[w] as number
            sink.count(key, word, counted, counted & withMost(of, w, p, q))
            sink.exclude(key, 'NO_PLURALITY', word, cast & ~counted & present)
            sink.exclude(key, 'NOT_PRESENT', word, cast & ~present)
          })
        }
      }
    }
  },
}
