import { boundOf, dayOf, mostExact } from './dates.js'

/** One stay in a body or office. */
export interface Stay {
  /** What orders and names it: the day it began, as exactly as it is known (`2019-00-00`). */
  readonly first: string
  readonly startDate: string | null
  readonly endDate: string | null
}

/**
 * The stays that an entity’s starts and ends tell. Several starts without an end between them are one start that sources tell
 * differently, of which the earliest counts, and several ends one end, the latest; but what begins after the end before it
 * is another stay. Where all ends come before all starts, it is one that cannot be, and stays one.
 */
export const staysOf = (starts: readonly string[], ends: readonly string[]): readonly Stay[] => {
  const days = [
    ...mostExact(starts).map((text) => ({ text, isEnd: false, day: placeOf(text, 'earliest') })),
    ...mostExact(ends).map((text) => ({ text, isEnd: true, day: placeOf(text, 'latest') })),
  ]
    // What begins on the day on which something ends comes before it.
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.isEnd) - Number(b.isEnd)))
  const stays: { starts: string[]; ends: string[] }[] = []
  for (const { text, isEnd } of days) {
    const open = stays.at(-1)
    if (!open || (!isEnd && open.ends.length > 0)) stays.push({ starts: [], ends: [] })
    stays.at(-1)?.[isEnd ? 'ends' : 'starts'].push(text)
  }
  const [first, second, ...more] = stays
  if (first?.starts.length === 0 && second?.ends.length === 0 && more.length === 0)
    return [stayOf(second.starts, first.ends)]
  return stays.length > 0 ? stays.map((stay) => stayOf(stay.starts, stay.ends)) : [stayOf([], [])]
}

/** Where a date stands among others: known to the year only, a start is at its beginning and an end at its end. */
const placeOf = (text: string, which: 'earliest' | 'latest'): string => boundOf([text], which) ?? dayOf(text)

const stayOf = (starts: readonly string[], ends: readonly string[]): Stay => ({
  first: (starts.map(dayOf).sort()[0] ?? '0000').padEnd(10, '-00'),
  startDate: boundOf(starts, 'earliest'),
  endDate: boundOf(ends, 'latest'),
})
