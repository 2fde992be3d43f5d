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
      const rowOf = (during: MeasureInput['ask']['voters']['during']) => (row: number) =>
        comparedRow(input, segment, row, during)
      const others = rows.filter((row) => isAsked(ask.voters, chunk, row, segment)).map(rowOf(ask.voters.during))
      const isOwn = (row: number) => chunk.members[row] === ask.of
      const own = ask.of === null ? others : rows.filter(isOwn).map(rowOf(null))
      for (const a of own) {
        const counted = countedOf(input, segment, a)
        for (const b of others) {
          if (a.member === b.member || (ask.of === null && a.member > b.member)) continue
          comparePair(input, segment, { a, counted, b }, keyOf(a.member, b.member, ask.width), sink)
        }
      }
    }
  },
}

/** A member's row of a segment's chunk. */
interface ComparedRow {
  readonly member: number
  /** Where the planes of the segment begin: as they are asked, and those of the votes cast and meant. */
  readonly at: number
  readonly cast: number
  readonly said: number
  /** The ballots in which its votes are asked; undefined for all. */
  readonly during: Uint32Array | undefined
}

const comparedRow = (
  { bits, meant }: MeasureInput,
  { chunk: place, from }: Segment,
  row: number,
  during: MeasureInput['ask']['voters']['during'],
): ComparedRow => {
  const chunk = bits.chunks[place] as Chunk
  const member = chunk.members[row] as number
  const cast = planesAt(chunk, row, false) + from - chunk.word
  const said = planesAt(chunk, row, true) + from - chunk.word
  return { member, at: meant ? said : cast, cast, said, during: during?.get(member) }
}

/** The ballots of a segment in which a row has a vote that counts. */
const countedOf = (
  { bits, ask }: MeasureInput,
  { chunk: place, from, mask }: Segment,
  { at, during }: ComparedRow,
): Uint32Array => {
  const { planes, words } = bits.chunks[place] as Chunk
  return mask.map((asked, w) => {
    const p = planes[at + w] as number
    const q = planes[at + words + w] as number
    const all = asked & (bits.whole[from + w] as number) & (during ? (during[from + w] as number) : -1)
    return all & (ask.variant === 'LEFT_OUT' ? p ^ q : p | q)
  })
}

const comparePair = (
  input: MeasureInput,
  segment: Segment,
  { a, counted, b }: { readonly a: ComparedRow; readonly counted: Uint32Array; readonly b: ComparedRow },
  key: number,
  sink: Sink,
): void => {
  const { planes, words } = input.bits.chunks[segment.chunk] as Chunk
  const { from } = segment
  const { during } = b
  const isLeftOut = input.ask.variant === 'LEFT_OUT'
  let isCounted = false
  for (let w = 0; w < counted.length; w += 1) {
    const p = planes[b.at + w] as number
    const q = planes[b.at + words + w] as number
    const both = (counted[w] as number) & (isLeftOut ? p ^ q : p | q) & (during ? (during[from + w] as number) : -1)
    if (both === 0) continue
    const differ = (p ^ (planes[a.at + w] as number)) | (q ^ (planes[a.at + words + w] as number))
    sink.count(key, from + w, both, both & ~differ)
    isCounted = true
  }
  if (!isCounted && areTogether(input, segment, a, b)) sink.touch(key)
}

/** Whether two rows stand together on the list of some ballot that is asked, as cast or as meant. */
const areTogether = (
  { bits }: MeasureInput,
  { chunk: place, from, mask }: Segment,
  a: ComparedRow,
  b: ComparedRow,
): boolean => {
  const { planes, words } = bits.chunks[place] as Chunk
  const listed = ({ cast, said, during }: ComparedRow, w: number): number => {
    let known = 0
    for (let plane = w; plane < w + 3 * words; plane += words)
      known |= (planes[cast + plane] as number) | (planes[said + plane] as number)
    return during ? known & (during[from + w] as number) : known
  }
  return mask.some((asked, w) => (asked & listed(a, w) & listed(b, w)) !== 0)
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
      const own = (chunk: Chunk, row: number) =>
        chunk.members[row] === ask.of && areListed(chunk, [row], segment, null) ? 'all' : 'none'
      for (const { member, eachWord } of askedRows(input, segment, own)) {
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
