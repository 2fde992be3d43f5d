import { epMemberId } from '../../model/ids.js'
import { clip } from '../read/clip.js'
import { BadCell } from '../read/read-cells.js'
import { groupIdOf, isGroup, PARLIAMENT, termOf } from './minutes.js'
import { lastOf, lastWord } from './opendata-names.js'
import type { OpenDataOutput } from './opendata-output.js'
import type { Statements } from './opendata-triples.js'

/** The number of a member in the address of a person. */
export const MEMBER = /^https:\/\/data\.europarl\.europa\.eu\/person\/(\d{1,9})$/

const GROUP_NOW = 'api:political-group'
const COUNTRY_NOW = 'api:country-of-representation'
/** The key of a membership without a first day, as the other importers write it: it comes before every other. */
const NO_DAY = '0000-00-00'
const pad = (term: number | null): string => String(term ?? 0).padStart(2, '0')

/** A membership as a file gives it. */
interface Sat {
  /** The last part of the body's address: `ep-9` is the Parliament in its ninth term, `5153` some body. */
  readonly body: string
  readonly isGroup: boolean
  readonly role: string
  readonly start: string | null
  readonly end: string | null
}

/** Which group a body's number is: by the members whose only group without a last day is the one they are in now. */
export const groupNumbers = (statements: Statements): ReadonlyMap<string, string> => {
  const codes = new Map<string, string>()
  const unclear = new Set<string>()
  for (const subject of statements.subjects()) {
    if (!statements.types(subject).some((type) => lastWord(type) === 'Person')) continue
    const code = statements.first(subject, GROUP_NOW)
    const [open, other] = statements
      .all(subject, 'org:hasMembership')
      .filter(({ value }) => isOfGroup(statements, value) && !periodOf(statements, value, 'endDate'))
    if (!code || !open || other) continue
    const body = bodyOf(statements, open.value)
    const known = codes.get(body)
    if (known !== undefined && groupOr(known) !== groupOr(code)) unclear.add(body)
    codes.set(body, code)
  }
  for (const body of unclear) codes.delete(body)
  return codes
}

/** The id of a group, or its code where that is none. */
const groupOr = (code: string): string => {
  try {
    return groupIdOf(code)
  } catch {
    return code
  }
}

const isOfGroup = (statements: Statements, membership: string): boolean =>
  /^(?:EU_POLITICAL|EP)_GROUP$/.test(lastOf(statements.first(membership, 'epvoc:membershipClassification') ?? ''))
const bodyOf = (statements: Statements, membership: string): string =>
  lastOf(statements.first(membership, 'org:organization') ?? '')
const periodOf = (statements: Statements, membership: string, end: 'startDate' | 'endDate'): string | null => {
  const period = statements.first(membership, 'org:memberDuring')
  return period && statements.first(period, `dcat:${end}`)
}

/** Gives a member: who it is, whom it represents, and when it sat in the Parliament and its groups. */
export const readMember = (out: OpenDataOutput, subject: string, groups: ReadonlyMap<string, string>): void => {
  const { statements } = out
  const number = MEMBER.exec(subject)?.[1]
  const [givenName, familyName] = [
    statements.first(subject, 'foaf:givenName'),
    statements.first(subject, 'foaf:familyName'),
  ]
  const name = statements.first(subject, 'rdfs:label') ?? ([givenName, familyName].filter(Boolean).join(' ') || null)
  statements.all(subject, 'dcterms:identifier')
  if (!number || !name) {
    out.problem(subject, `The person "${lastOf(subject)}" has no number of a member, or no name.`)
    return
  }
  const born = out.day(subject, 'vcard:bday')
  if (born === undefined) return
  const birth = born ? { birthDateEdtf: born, birthDateEarliest: born, birthDateLatest: born } : {}
  const id = epMemberId(number)
  out.node('Person', id, { name, givenName, familyName, ...birth })
  const memberships = readMemberships(out, subject)
  giveCountry(out, subject, id)
  giveParliament(out, id, memberships)
  giveGroups(out, subject, id, memberships, groups)
}

/** The memberships of a person; one whose days cannot be is told and left out. */
const readMemberships = (out: OpenDataOutput, subject: string): readonly Sat[] => {
  const { statements } = out
  return statements.all(subject, 'org:hasMembership').flatMap(({ value: membership }) => {
    statements.all(membership, 'dcterms:identifier')
    const period = statements.first(membership, 'org:memberDuring')
    const start = period === null ? null : out.day(period, 'dcat:startDate')
    const end = period === null ? null : out.day(period, 'dcat:endDate')
    const role = lastOf(statements.first(membership, 'org:role') ?? 'MEMBER')
    if (start === undefined || end === undefined) return []
    return [{ body: bodyOf(statements, membership), isGroup: isOfGroup(statements, membership), role, start, end }]
  })
}

/** The country represented: the one of now, or else the only one of all terms. */
const giveCountry = (out: OpenDataOutput, subject: string, person: string): void => {
  const { statements } = out
  const ofTerms = statements
    .all(subject, 'org:hasMembership')
    .flatMap(({ value }) => statements.all(value, 'euvoc:represents').map(({ value: country }) => lastOf(country)))
  const [only, other] = new Set(ofTerms)
  const code = statements.first(subject, COUNTRY_NOW) ?? (other === undefined ? only : undefined)
  if (code === undefined) return
  const country = out.country(code)
  if (country) out.link('Represents', person, country)
  else out.problem(subject, `The country represented is "${clip(code)}", which is not a code of a country.`)
}

/** Gives a membership with the key that the other importers give it, so that they meet. */
const giveMembership = (
  out: OpenDataOutput,
  person: string,
  body: string,
  term: number | null,
  sat: Sat,
  key: string,
) =>
  out.link(
    'Membership',
    person,
    body,
    { role: sat.role, term, startDate: sat.start, endDate: sat.end },
    sat.role === 'MEMBER' ? key : `${key}/${sat.role}`,
  )

const PARLIAMENT_OF = /^ep-(\d{1,2})$/

const giveParliament = (out: OpenDataOutput, person: string, memberships: readonly Sat[]): void => {
  const mandates = memberships.filter(({ body }) => PARLIAMENT_OF.test(body))
  const inTerm = new Map<string, number>()
  for (const { body } of mandates) inTerm.set(body, (inTerm.get(body) ?? 0) + 1)
  for (const mandate of mandates) {
    const term = Number(PARLIAMENT_OF.exec(mandate.body)?.[1])
    // The tables of members give one membership a term, without days; a second mandate in a term is one of its own.
    const start = inTerm.get(mandate.body) === 1 ? null : mandate.start
    const key = `${start ?? NO_DAY}/${pad(term)}`
    out.parliament()
    giveMembership(out, person, PARLIAMENT, term, { ...mandate, role: 'MEMBER' }, key)
  }
}

const giveGroups = (
  out: OpenDataOutput,
  subject: string,
  person: string,
  memberships: readonly Sat[],
  numbers: ReadonlyMap<string, string>,
): void => {
  const now = out.statements.first(subject, GROUP_NOW)
  const found = new Set<string>()
  for (const sat of memberships) {
    if (PARLIAMENT_OF.test(sat.body)) continue
    const code = sat.isGroup ? numbers.get(sat.body) : undefined
    if (code === undefined) {
      out.skip('a membership of a body that the file names by a number alone')
      continue
    }
    const group = groupOf(out, subject, code)
    if (group === null) continue
    if (!sat.end) found.add(group)
    const term = sat.start === null ? null : termOf(sat.start)
    giveMembership(out, person, group, term, sat, `${sat.start ?? NO_DAY}/${pad(term)}`)
  }
  const group = now === null ? null : groupOf(out, subject, now)
  if (group === null || found.has(group)) return
  const undated = { body: group, isGroup: true, role: 'MEMBER', start: null, end: null }
  giveMembership(out, person, group, null, undated, `${NO_DAY}/${pad(null)}`)
}

/** The id of a group by its code; null where it is none, which is told. */
const groupOf = (out: OpenDataOutput, subject: string, code: string): string | null => {
  try {
    const id = out.group(code)
    if (!isGroup(code)) out.pass.note(`The group "${code}" is not known to this importer; it is "${id}".`)
    return id
  } catch (error) {
    if (!(error instanceof BadCell)) throw error
    out.problem(subject, error.message)
    return null
  }
}
