import { documentId, epGroupId, normaliseReference } from '../../model/ids.js'
import type { Citation, GraphRecord, NodeRecord } from '../../model/records.js'
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
}

/** Whether the minutes write a group so. */
export const isGroup = (written: string): boolean => written.trim().toUpperCase() in GROUPS

/** The id of a group, by its code in the minutes: `Verts/ALE` is `ep-group:GREEN_EFA`. @throws BadCell */
export const groupIdOf = (written: string): string => {
  const code = written.trim().toUpperCase()
  const id = GROUPS[code]?.[0] ?? code.replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  if (!/^[A-Z0-9_]{1,40}$/.test(id)) throw new BadCell(`The group is "${written.slice(0, 60)}", which is no code.`)
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
/** What stands between the parts of a reference: hyphens of all kinds, spaces, a slash. */
const BETWEEN = String.raw`[\p{Pd}\u2212\s\u00ad\u200b/_]{0,3}`
/** A joint motion in any spelling: `RC-B9-0065/2022`, `RC B9-0065/2022`, `RC/B9-0065/2022`, `RC-9-2022-0065`. */
const JOINT = new RegExp(
  String.raw`RC\d?${BETWEEN}B?${BETWEEN}(\d{1,2}[\p{Pd}\u2212](?:\d{4}\/\d{4}|(?:19|20)\d{2}[\p{Pd}\u2212]\d{4}))(?!\d)`,
  'giu',
)
const REFERENCE = /(?:RC-B|(?<!\p{L})[ABC])\d{1,2}[\p{Pd}\u2212]\d{4}\/\d{4}(?!\d)/giu

/** A text in which every joint motion has the spelling of the minutes: its end alone would be another motion. */
const withJointMotions = (text: string): string =>
  text.replace(JOINT, (_whole, number: string) => normaliseReference(`RC-B${number}`))

/** The references of texts in a text, in the spelling of the minutes, each once. */
export const referencesIn = (text: string): readonly string[] => [
  ...new Set([...withJointMotions(text).matchAll(REFERENCE)].map(([reference]) => normaliseReference(reference))),
]

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

/** What the description of a ballot says: `A9-0163/2024 - Gabriele Bischoff - Article 10 - Am 1`. */
export interface BallotWords {
  readonly reference: string | null
  /** What stands before the reference. */
  readonly title: string | null
  /** What stands after it, and after the name of the rapporteur. */
  readonly description: string | null
}

const DASH = /\s+[-‐‑–—]\s+/
/** Names of persons, as they follow the reference of a report. */
const RAPPORTEURS = /^(?:\p{Lu}[\p{L}'’.-]+|d[aeiou]l?l?a?|de[nrs]?|te[nr]|v[ao]n|in|'t|la|le|y|i|et|,)(?:[ ,]+|$)/u

export const ballotWords = (text: string): BallotWords => {
  const parts = withJointMotions(text)
    .split(DASH)
    .filter((part) => part !== '')
  const at = parts.findIndex((part) => referencesIn(part).length > 0)
  if (at < 0) return { reference: null, title: text || null, description: null }
  const reference = referencesIn(parts[at] ?? '')[0] as string
  const after = parts.slice(at + 1)
  if (reference.startsWith('A') && after.length > 1 && areNames(after[0] as string)) after.shift()
  return { reference, title: parts.slice(0, at).join(' – ') || null, description: after.join(' - ') || null }
}

const areNames = (text: string): boolean => {
  if (!text.includes(' ')) return false
  let rest = text
  for (let found = RAPPORTEURS.exec(rest); found && found[0] !== ''; found = RAPPORTEURS.exec(rest))
    rest = rest.slice(found[0].length)
  return rest === ''
}

const WHOLE =
  /as a whole|ensemble du texte|vote unique|single vote|^(?:joint )?motion for a resolution|^proposition de résolution|^(?:proposal|projet|draft|joint text|provisional agreement|accord provisoire|proposition de la commission|commission proposal|council position|election|élection)/i

/** Whether a ballot is on a text as a whole, as far as its description tells. */
export const isOnWhole = (description: string | null): boolean => description !== null && WHOLE.test(description)

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
    throw new BadCell(`The attribute "${attribute}" of "${name}" is "${value.slice(0, 60)}", which is no whole number.`)
  return Number(value)
}

/** A number that must be there and is an id. @throws BadCell */
export const idAttribute = (element: XmlElement, attribute: string): string => {
  const number = wholeAttribute(element, attribute)
  if (number === null) throw new BadCell(`The element "${element.name}" has no "${attribute}".`)
  return String(number)
}
