import { type Chunk, type VoteBits, WORD } from '../vote-table.js'
import { isAsked, keyOf, type Measure, type MeasureInput, placeOf, type Sink } from './measure.js'

/** How often members cast a vote, of the ballots or the days on which they could. */
export const participation: Measure = {
  formula: ({ variant }) =>
    variant === 'DAYS'
      ? 'days with a vote cast / days with a ballot while a member'
      : 'votes cast / ballots while a member',
  of: ({ by }) => by,
  with: () => null,
  base: () => 'members',
  rest: ({ variant, by }) => (variant === 'DAYS' || by !== 'member' ? null : 'NOT_A_MEMBER'),
  run(input, sink) {
    const { bits, segments, ask } = input
    const { voters } = ask
    const found = new Map<number, Found>()
    // A member is counted with each group or country by itself, where these are asked.
    const isSplit = ask.by === 'group' || ask.by === 'country'
    const first = segments[0]?.from ?? 0
    const words = Math.max(first, ...segments.map(({ to }) => to)) - first
    const foundOf = (member: number, place: number): Found => {
      const id = isSplit ? keyOf(member, place, ask.width) : member
      const of = found.get(id) ?? none(member, ask.by === 'all' ? 0 : place, words)
      found.set(id, of)
      return of
    }
    for (const segment of segments) {
      const chunk = bits.chunks[segment.chunk] as Chunk
      const { from, to, mask } = segment
      for (let row = 0; row < chunk.members.length; row += 1) {
        if (!isAsked(voters, chunk, row, segment)) continue
        const member = chunk.members[row] as number
        const place = placeOf(ask.by, chunk, row)
        if (place < 0) continue
        const during = voters.during?.get(member)
        const at = row * chunk.words * 3 - chunk.word
        let of: Found | null = null
        for (let word = from; word < to; word += 1) {
          const asked = (mask[word - from] as number) & (during ? (during[word] as number) : -1)
          const [p, q, d] = [0, 1, 2].map((plane) => chunk.planes[at + plane * chunk.words + word]) as [
            number,
            number,
            number,
          ]
          if (((p | q | d) & asked) === 0) continue
          of ??= foundOf(member, place)
          const all = asked & (bits.whole[word] as number)
          const w = word - first
          of.could[w] = (of.could[w] as number) | ((p | q | d) & all & (bits.absences[word] as number))
          of.cast[w] = (of.cast[w] as number) | ((p | q) & all)
        }
      }
    }
    // Which group or country somebody without a row would have voted for, a seat does not tell.
    const seats = isSplit || voters.group !== null || voters.country !== null ? null : ask.seats
    for (const [member, seat] of seats ?? []) {
      const isOneOf = (!voters.members || voters.members[member] === 1) && (!voters.during || voters.during.has(member))
      if (!isOneOf) continue
      const during = voters.during?.get(member)
      for (const { from, mask } of segments)
        mask.forEach((ballots, i) => {
          const word = from + i
          const seated =
            ballots & silentIn(bits, word) & (seat[word] as number) & (during ? (during[word] as number) : -1)
          if (seated === 0) return
          const of = foundOf(member, member)
          of.could[word - first] = (of.could[word - first] as number) | seated
        })
    }
    for (const of of found.values()) {
      for (const { from, mask } of segments)
        mask.forEach((ballots, i) => {
          const w = from + i - first
          of.open[w] = (of.open[w] as number) | (ballots & (of.cast[w] as number) & ~(of.could[w] as number))
        })
      tell(input, sink, of, first)
    }
  },
}

/** Ballots of which the list names only those who voted, so that a seat must tell who else could have. */
const silentIn = ({ whole, absences }: VoteBits, word: number): number =>
  (whole[word] as number) & ~(absences[word] as number)

/** Ballots of a member: of which it is known whether a vote was cast, those in which it was, and those of which it is not. */
interface Found {
  readonly member: number
  readonly key: number
  readonly could: Uint32Array
  readonly cast: Uint32Array
  readonly open: Uint32Array
}

const none = (member: number, key: number, words: number): Found => {
  const set = () => new Uint32Array(words)
  return { member, key, could: set(), cast: set(), open: set() }
}

const tell = ({ ask }: MeasureInput, sink: Sink, of: Found, first: number): void => {
  sink.touch(of.key)
  if (ask.variant === 'DAYS' && ask.days) {
    tellDays(ask.days, sink, of, first)
    return
  }
  of.could.forEach((ballots, w) => {
    sink.count(of.key, first + w, ballots, ballots & (of.cast[w] as number))
    sink.exclude(of.key, 'ABSENCE_NOT_KNOWN', first + w, of.open[w] as number)
  })
}

/** A day counts once, whatever the bodies in which its ballots were; all of them are behind it. */
const tellDays = (days: Int32Array, sink: Sink, { key, could, cast, open }: Found, first: number): void => {
  const daysOf = (ballots: Uint32Array): ReadonlySet<number> =>
    new Set(slotsOf(ballots, first).map((slot) => days[slot] as number))
  const [known, present] = [daysOf(could), daysOf(cast)]
  const told = new Set<number>()
  for (const slot of slotsOf(could, first)) {
    const day = days[slot] as number
    const isPresent = present.has(day)
    if (day < 0) sink.exclude(key, 'DATE_NOT_KNOWN', slot >>> 5, 1 << (slot & 31))
    else if (told.has(day)) sink.value(key, slot, 0, 0, isPresent)
    else sink.value(key, slot, isPresent ? 1 : 0, 1, isPresent)
    told.add(day)
  }
  for (const slot of slotsOf(open, first)) {
    const day = days[slot] as number
    if (day < 0) sink.exclude(key, 'DATE_NOT_KNOWN', slot >>> 5, 1 << (slot & 31))
    else if (!known.has(day)) sink.exclude(key, 'ABSENCE_NOT_KNOWN', slot >>> 5, 1 << (slot & 31))
  }
}

const slotsOf = (ballots: Uint32Array, first: number): readonly number[] => {
  const slots: number[] = []
  ballots.forEach((word, w) => {
    for (let left = word; left !== 0; left &= left - 1) slots.push((first + w) * WORD + 31 - Math.clz32(left & -left))
  })
  return slots
}
