import { isNode, type LinkRecord } from '../../model/records.js'
import type { Finding } from '../importer.js'
import type { GateRule } from './gate-rule.js'

/**
 * A membership or the holding of an office does not end before it begins. It is loaded as it was published, since nothing
 * tells which of the two days is wrong; it holds on no day.
 */
export const endsBeforeItBegins = (): GateRule => {
  const findings: Finding[] = []
  return {
    kinds: ['Membership', 'Holding'],
    see: (record) => {
      const finding = isNode(record) ? null : contradiction(record)
      if (finding) findings.push(finding)
    },
    findings: () => findings,
  }
}

const contradiction = ({ link, from, to, key, values }: LinkRecord): Finding | null => {
  const { startDate, endDate } = values
  if (typeof startDate !== 'string' || typeof endDate !== 'string' || startDate <= endDate) return null
  const what = link === 'Holding' ? `The holding of "${to}"` : `The membership of "${to}"`
  return {
    rule: 'ENDS_BEFORE_IT_BEGINS',
    record: from,
    part: `${to}:${key ?? ''}`,
    message: `${what} ends on ${endDate}, before it begins on ${startDate}.`,
    expected: `${startDate} or later`,
    found: endDate,
  }
}
