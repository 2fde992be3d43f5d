import { documentId, epGroupId } from '../../model/ids.js'
import type { Citation, GraphRecord, NodeRecord } from '../../model/records.js'
import { clip } from '../read/clip.js'
import { link, node } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import type { XmlElement } from './xml.js'

export const PARLIAMENT = 'org:european-parliament'

/** The groups as the minutes write them: the code of their id, their name and short name in English. */
const GROUPS: Readonly<Record<string, readonly [code: string, name: string, shortName: string]>> = {
  PPE: ['EPP', 'European People’s Party', 'EPP'],
  'S&D': ['SD', 'Progressive Alliance of Socialists and Democrats', 'S&D'],
  RENEW: ['RENEW', 'Renew Europe', 'Renew'],
  'VERTS/ALE': ['GREEN_EFA', 'Greens/European Free Alliance', 'Greens/EFA'],
  ID: ['ID', 'Identity and Democracy', 'ID'],
  ECR: ['ECR', 'European Conservatives and Reformists', 'ECR'],
  'GUE/NGL': ['GUE_NGL', 'The Left in the European Parliament – GUE/NGL', 'GUE/NGL'],
  'THE LEFT': ['GUE_NGL', 'The Left in the European Parliament – GUE/NGL', 'GUE/NGL'],
  NI: ['NI', 'Non-attached Members', 'Non-attached'],
  PFE: ['PFE', 'Patriots for Europe', 'Patriots for Europe'],
  ESN: ['ESN', 'Europe of Sovereign Nations', 'ESN'],
  ALDE: ['ALDE', 'Alliance of Liberals and Democrats for Europe', 'ALDE'],
  EFDD: ['EFDD', 'Europe of Freedom and Direct Democracy', 'EFDD'],
  EFD: ['EFD', 'Europe of Freedom and Democracy', 'EFD'],
  ENF: ['ENF', 'Europe of Nations and Freedom', 'ENF'],
  PSE: ['PSE', 'Socialist Group in the European Parliament', 'PSE'],
  'PPE-DE': ['PPE_DE', 'European People’s Party and European Democrats', 'EPP-ED'],
  UEN: ['UEN', 'Union for Europe of the Nations', 'UEN'],
  'IND/DEM': ['IND_DEM', 'Independence/Democracy', 'IND/DEM'],
  ITS: ['ITS', 'Identity, Tradition and Sovereignty', 'ITS'],
}

/** Whether the minutes write a group so. */
export const isGroup = (written: string): boolean => written.trim().toUpperCase() in GROUPS

/** The id of a group, by its code in the minutes: `Verts/ALE` is `ep-group:GREEN_EFA`. @throws BadCell */
export const groupIdOf = (written: string): string => {
  const code = written.trim().toUpperCase()
  const id = GROUPS[code]?.[0] ?? code.replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  if (!/^[A-Z0-9_]{1,40}$/.test(id)) throw new BadCell(`The group is "${clip(written)}", which is not a code.`)
  return epGroupId(id)
}

/** The records of a group: as little as its links need. */
export const groupRecords = (written: string, citations: readonly Citation[]): readonly GraphRecord[] => {
  const id = groupIdOf(written)
  const [, name = written.trim(), shortName = null] = GROUPS[written.trim().toUpperCase()] ?? []
  return [
    node('Organization', id, { kind: 'POLITICAL_GROUP', name, shortName }, citations, ['name', 'shortName']),
    link('OrganizationPart', id, PARLIAMENT, citations),
  ]
}

const MOTION_KINDS: Readonly<Record<string, string>> = { RC: 'JOINT_MOTION', B: 'MOTION', A: 'REPORT', C: 'PROPOSAL' }
/** The record of a text put to the vote. */
export const motionRecord = (
  reference: string,
  citations: readonly Citation[],
  title: string | null = null,
): NodeRecord =>
  node(
    'Motion',
    documentId(reference),
    { kind: MOTION_KINDS[/^(RC|[ABC])/.exec(reference)?.[1] ?? ''] ?? 'OTHER', reference, title },
    citations,
    ['title'],
  )

/** First days of the parliamentary terms. */
const TERMS: readonly (readonly [term: number, firstDay: string])[] = [
  [10, '2024-07-16'],
  [9, '2019-07-02'],
  [8, '2014-07-01'],
  [7, '2009-07-14'],
  [6, '2004-07-20'],
  [5, '1999-07-20'],
  [4, '1994-07-19'],
  [3, '1989-07-25'],
  [2, '1984-07-24'],
  [1, '1979-07-17'],
]
/** When the term after the last one begins at the earliest: the elections of 2029 are in June. */
const NEXT_TERM = '2029-06-01'

/** The parliamentary term of a day. */
export const termOf = (day: string): number =>
  day >= NEXT_TERM ? 11 : (TERMS.find(([, first]) => day >= first)?.[0] ?? 1)

/** The first day of a parliamentary term; null where it is not known. */
export const firstDayOf = (term: number): string | null => TERMS.find(([number]) => number === term)?.[1] ?? null

/** A whole number in an attribute; null where the attribute is missing. @throws BadCell */
export const wholeAttribute = ({ name, attributes }: XmlElement, attribute: string): number | null => {
  const value = attributes[attribute]?.trim()
  if (value === undefined || value === '') return null
  if (!/^\d{1,9}$/.test(value))
    throw new BadCell(`The attribute "${attribute}" of "${name}" is "${clip(value)}", which is not a whole number.`)
  return Number(value)
}

/** A number that must be there and is an id. @throws BadCell */
export const idAttribute = (element: XmlElement, attribute: string): string => {
  const number = wholeAttribute(element, attribute)
  if (number === null) throw new BadCell(`The element "${element.name}" has no "${attribute}".`)
  return String(number)
}
