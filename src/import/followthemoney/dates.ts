import { parseFuzzyDate } from '../../model/fuzzy-date.js'
import { BadCell } from '../read/read-cells.js'
import { shown } from '../read/read-json-lines.js'

/** A year, month or day without a time: `2021-05-03T00:00:00` is `2021-05-03`. */
export const dayOf = (written: string): string => written.trim().split(/[T ]/, 1)[0] as string

/** Checks a value of a property that is a date. @throws BadCell for what is none */
export const checkDate = (property: string, written: string): void => {
  const day = dayOf(written)
  const problem = /^\d{4}(-\d{2}){0,2}$/.test(day) ? parseFuzzyDate(day) : `is ${shown(written)}, which is not a date`
  if (typeof problem === 'string') throw new BadCell(`The property "${property}" ${problem}.`)
}

/** The dates without those that say less than another one: `2021-05` beside `2021-05-03`. */
export const mostExact = (written: readonly string[]): readonly string[] => {
  const dates = [...new Set(written.map((each) => (each.includes('/') ? each : dayOf(each))))].sort()
  return dates.filter((date) => !dates.some((other) => other !== date && other.startsWith(`${date}-`)))
}

/** The first or last day that dates can mean; null where there is none. */
export const boundOf = (written: readonly string[], which: 'earliest' | 'latest'): string | null => {
  const days = mostExact(written).flatMap((each) => {
    const date = parseFuzzyDate(each)
    return (typeof date !== 'string' && date[which]) || []
  })
  return days.sort().at(which === 'earliest' ? 0 : -1) ?? null
}
