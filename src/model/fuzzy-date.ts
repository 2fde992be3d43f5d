import edtf, { type ExtendedDate } from 'edtf'

/** A date as exactly as it is known; a bound that is open is left out. */
export interface FuzzyDate {
  /** The date in EDTF (ISO 8601-2), in the spelling of the standard. */
  readonly edtf: string
  /** The first day it can mean. */
  readonly earliest?: string
  /** The last day it can mean. */
  readonly latest?: string
}

/** Quarters and halves of a year: the only divisions whose months are the same everywhere and that edtf 4.11 bounds rightly. */
const DIVISIONS = /^-?\d{4}-(33|34|35|36|40|41)$/
/** A year, month and day with the marks that EDTF allows between them. */
const FULL_DAY = /(?<![\dX])(\d{4})[?~%]?-[?~%]?(\d{2})[?~%]?-[?~%]?(\d{2})(?![\dX])/g

/**
 * Parses a date in EDTF: `2022`, `2022-01`, `2022-01-20`, `2022~`, `202X`, `2022-01-02/2022-01-11`, `2022-01-02/..`.
 * @returns the date with its bounds, or the end of a sentence that says why it is none ("is "…", which …")
 */
export const parseFuzzyDate = (text: string): FuzzyDate | string => {
  const plain = parsePlain(text)
  if (plain) return plain
  const shown = text.length > 60 ? `"${text.slice(0, 60)}…"` : `"${text}"`
  const missing = [...text.matchAll(FULL_DAY)].find((day) => !exists(Number(day[1]), Number(day[2]), Number(day[3])))
  // edtf 4.11 reads the 29 February of a common year as 1 March.
  if (missing) return `is ${shown}, and there is no day "${missing[0]}"`
  const [from, to, ...more] = text.split('/').map(parsePlain)
  if (from?.earliest && to?.latest && more.length === 0 && to.latest < from.earliest)
    return `is ${shown}, which ends before it begins`
  const date = parse(text)
  if (!date || text.includes('T') || (date.type === 'Interval' && !/\d/.test(text))) {
    return `is ${shown}, which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11`
  }
  if (date.type === 'Season' && !DIVISIONS.test(text)) {
    return `is ${shown}, a season, whose months differ from place to place; write its months, such as 2022-03/2022-05`
  }
  const earliest = isOpen(text, 'start') ? undefined : dayOf(date.min)
  const latest = isOpen(text, 'end') ? undefined : dayOf(date.max)
  if (earliest === null || latest === null) return `is ${shown}, which is not between the years 0 and 9999`
  return { edtf: date.edtf, ...(earliest && { earliest }), ...(latest && { latest }) }
}

/** A year, month or day by itself: most dates are, and edtf 4.11 takes a quarter of a millisecond for one. */
const parsePlain = (text: string): FuzzyDate | null => {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  if (year === undefined || !exists(Number(year), Number(month ?? 1), Number(day ?? 1))) return null
  const last = month === undefined ? '12-31' : `${month}-${day ?? daysOf(Number(year), Number(month))}`
  return { edtf: text, earliest: `${year}-${month ?? '01'}-${day ?? '01'}`, latest: `${year}-${last}` }
}

const parse = (text: string): ExtendedDate | null => {
  try {
    return edtf(text)
  } catch {
    return null
  }
}

const exists = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)

const daysOf = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whether an interval has no start or end that is known; edtf 4.11 gives 1970 for one that is unknown (`2022/`). */
const isOpen = (text: string, side: 'start' | 'end'): boolean =>
  side === 'start' ? /^([[{]\s*\.\.|\.\.\/|\/)/.test(text) : /(\.\.\s*[\]}]|\/\.\.|\/)$/.test(text)

const dayOf = (milliseconds: number): string | null => {
  if (!Number.isFinite(milliseconds)) return null
  const day = new Date(milliseconds).toISOString()
  return /^\d{4}-/.test(day) ? day.slice(0, 10) : null
}
