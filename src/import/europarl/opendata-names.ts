import { isDay } from '../../model/records.js'
import { PARLIAMENT } from './minutes.js'

/** The last part of an address. */
export const lastOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1)
const brusselsDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels', dateStyle: 'short' })

/** The local day in Brussels of a date or a moment; null for what is none. */
export const localDay = (written: string): string | null => {
  if (isDay(written)) return written
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(written)) return null
  const moment = new Date(written)
  return !isDay(written.slice(0, 10)) || Number.isNaN(moment.getTime()) ? null : brusselsDay.format(moment)
}

/** The name of a type, without its vocabulary. */
export const lastWord = (type: string): string => /[^/#]+$/.exec(type)?.[0] ?? ''

/** What an event is called: a sitting by what it is and its day, anything else as the source labels it. */
export const eventName = (
  type: string,
  date: string,
  label: string | null,
  about: string | null,
  isDecision: boolean,
  body: string | null,
): string => {
  if (type === 'EP_PLENARY_SITTING') return `Plenary sitting of the European Parliament, ${date}`
  if (type === 'EP_PLENARY_PART_SESSION') return `Part-session of the European Parliament, ${date}`
  const what = isDecision
    ? 'Decision'
    : capital(
        type
          .replace(/_byEP$/, '')
          .replaceAll('_', ' ')
          .toLowerCase(),
      ) || 'Activity'
  if (label) return label
  if (about) return `${what}: ${about}`
  const committee = /^ep-committee:(.+)$/.exec(body ?? '')?.[1]
  const whose = committee ? ` of the committee ${committee}` : body === PARLIAMENT ? ' of the European Parliament' : ''
  return `${what}${whose}, ${date}`
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
