import { type Chunk, WORD } from '../vote-table.js'
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
    const found = new Map<number, Found>()
    // A member is counted with each group or country by itself, where these are asked.
    const isSplit = ask.by === 'group' || ask.by === 'country'
    const first = segments[0]?.from ?? 0
    const words = Math.max(0, ...segments.map(({ to }) => to)) - first
    for (const segment of segments) {
      const chunk = bits.chunks[segment.chunk] as Chunk
      const { from, to, mask } = segment
      for (let row = 0; row < chunk.members.length; row += 1) {
        if (!isAsked(ask.voters, chunk, row, segment)) continue
        const member = chunk.members[row] as number
        const place = placeOf(ask.by, chunk, row)
        if (place < 0) continue
        const id = isSplit ? keyOf(member, place, ask.width) : member
        const of = found.get(id) ?? none(member, ask.by === 'all' ? 0 : place, words)
        found.set(id, of)
        const during = ask.voters.during?.get(member)
        const at = row * chunk.words * 3 - chunk.word
        for (let word = from; word < to; word += 1) {
          const all =
            (mask[word - from] as number) & (bits.whole[word] as number) & (during ? (during[word] as number) : -1)
          const [p, q, d] = [0, 1, 2].map((plane) => chunk.planes[at + plane * chunk.words + word]) as [
            number,
            number,
            number,
          ]
          const told = bits.absences[word] as number
          const w = word - first
          of.could[w] = (of.could[w] as number) | ((p | q | d) & all & told)
          of.cast[w] = (of.cast[w] as number) | ((p | q) & all)
        }
      }
    }
    const { voters, seats } = ask
    // Who held a seat and cast no vote has no row.
    if (seats && !isSplit && voters.group === null && voters.country === null)
      for (const member of seats.keys()) {
        const isOneOf =
          (!voters.members || voters.members[member] === 1) && (!voters.during || voters.during.has(member))
        if (isOneOf && !found.has(member)) found.set(member, none(member, ask.by === 'all' ? 0 : member, words))
      }
    for (const of of found.values()) {
      const { member } = of
      const seat = isSplit ? undefined : seats?.get(member)
      const during = ask.voters.during?.get(member)
      // Where a list names only those who voted, a seat tells who could have.
      for (const { from, to, mask } of segments) {
        for (let word = from; word < to; word += 1) {
          const w = word - first
          const silent = (mask[word - from] as number) & (bits.whole[word] as number) & ~(bits.absences[word] as number)
          const seated = silent & (seat ? (seat[word] as number) : 0) & (during ? (during[word] as number) : -1)
          of.could[w] = (of.could[w] as number) | seated
          of.open[w] = (of.open[w] as number) | ((of.cast[w] as number) & silent & ~seated)
        }
      }
      tell(input, sink, of, first)
    }
  },
}

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

const tell = ({ ask }: MeasureInput, sink: Sink, { key, could, cast, open }: Found, first: number): void => {
  sink.touch(key)
  if (ask.variant !== 'DAYS' || !ask.days) {
    could.forEach((ballots, w) => {
      sink.count(key, first + w, ballots, ballots & (cast[w] as number))
      sink.exclude(key, 'ABSENCE_NOT_KNOWN', first + w, open[w] as number)
    })
    return
  }
  // A day is counted by its first ballot.
  let day = -1
  let slotOfDay = 0
  let isCast = false
  const end = () => {
    if (day >= 0) sink.count(key, slotOfDay >>> 5, 1 << (slotOfDay & 31), isCast ? 1 << (slotOfDay & 31) : 0)
  }
  could.forEach((ballots, w) => {
    for (let left = ballots; left !== 0; left &= left - 1) {
      const bit = left & -left
      const slot = (first + w) * WORD + 31 - Math.clz32(bit)
      if (ask.days?.[slot] !== day) {
        end()
        day = ask.days?.[slot] ?? -1
        slotOfDay = slot
        isCast = false
      }
      isCast ||= ((cast[w] as number) & bit) !== 0
    }
  })
  end()
}
