import { isDay } from '../../model/records.js'

/** A local time with the day it falls on there. */
export interface LocalMoment {
  /** `2022-01-20` */
  readonly day: string
  /** `2022-01-20T15:33:04+01:00` */
  readonly moment: string
}

const WRITTEN = /^(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?$/
const DAY = 86_400_000

/**
 * Makes a reader of local times without an offset, `2022-01-20 15:33:04`, of a time zone such as `Europe/Brussels`.
 * The reader gives null for a day or time that does not exist; of a time that the end of summer time repeats it takes the first.
 */
export const localTimeReader = (timeZone: string): ((written: string) => LocalMoment | null) => {
  const offsetAt = offsetReader(timeZone)
  // Offsets change at most once an hour, and the ballots of a sitting share their hours.
  const offsets = new Map<string, number | null>()
  return (written) => {
    const [, day, time, fraction] = WRITTEN.exec(written) ?? []
    if (!day || !time || !isDay(day)) return null
    const hour = `${day}T${time.slice(0, 2)}`
    let offset = offsets.get(hour)
    if (offset === undefined) {
      const asIfUtc = Date.parse(`${hour}:00:00Z`)
      const candidates = [offsetAt(asIfUtc - DAY), offsetAt(asIfUtc + DAY)]
      offset = candidates.find((each) => offsetAt(asIfUtc - each * 60_000) === each) ?? null
      offsets.set(hour, offset)
    }
    if (offset === null) return null
    const part = fraction?.replace(/0+$/, '')
    return { day, moment: `${day}T${time}${part ? `.${part}` : ''}${writeOffset(offset)}` }
  }
}

/** Minutes east of Greenwich at a moment. */
const offsetReader = (timeZone: string): ((milliseconds: number) => number) => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  return (milliseconds) => {
    const name = format.formatToParts(milliseconds).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  }
}

const writeOffset = (minutes: number): string => {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}
