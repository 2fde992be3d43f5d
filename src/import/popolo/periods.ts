import { boundOf } from './values.js'

/** When a legislative period was, as far as it is known, and the number of its term. */
export interface Period {
  readonly start: string | null
  readonly end: string | null
  readonly term: number | null
}

/** The number of a term, where the id of a legislative period tells it: `term/5`, `term/5th`. A year, `term/2014`, is none. */
export const termOfId = (id: string): number | null => numberIn(/^term\/(\d{1,3})(?:st|nd|rd|th)?$/i, id)

/** The number of a term, where the name of a legislative period is plainly of it: `5`, `5th`, `9th Parliament`, `Term 5`. */
export const termOfName = (name: string): number | null =>
  numberIn(/^(?:(?:term|legislature|parliament) )?(\d{1,3})$/i, name) ??
  numberIn(/^(\d{1,3})(?:st|nd|rd|th)(?: \D*)?$/i, name)

const numberIn = (pattern: RegExp, written: string): number | null => {
  const number = pattern.exec(written)?.[1]
  return number === undefined ? null : Number(number)
}

/** The first and last day of a membership at their widest; one that is not told is that of its legislative period, where that fits. */
export const boundsOf = (
  start: string | null,
  end: string | null,
  period: Period | null,
): { readonly startDate: string | null; readonly endDate: string | null } => {
  const own = { startDate: boundOf(start, 'earliest'), endDate: boundOf(end, 'latest') }
  if (period === null) return own
  const startDate = own.startDate ?? boundOf(period.start, 'earliest')
  const endDate = own.endDate ?? boundOf(period.end, 'latest')
  return startDate !== null && endDate !== null && endDate < startDate ? own : { startDate, endDate }
}
