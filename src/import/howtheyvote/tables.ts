import { epCommitteeId, epGroupId, epMemberId, eurovocId, oeilId, placeId } from '../../model/ids.js'
import type { Citation, GraphRecord, LinkRecord, NodeRecord, Values } from '../../model/records.js'
import { addressOf } from '../read/address-of.js'
import {
  BadCell,
  type Cells,
  codeCell,
  dayCell,
  numberIdCell,
  optionalCell,
  textCell,
  wholeCell,
} from '../read/read-cells.js'

/** The columns that are read of each table of the export; `docs/sources/howtheyvote.md` says what becomes of each. */
export const TABLES = {
  countries: ['code', 'iso_alpha_2', 'label'],
  geo_areas: ['code', 'label', 'iso_alpha_2'],
  groups: ['code', 'official_label', 'label', 'short_label'],
  committees: ['code', 'label', 'abbreviation'],
  eurovoc_concepts: ['id', 'label'],
  oeil_subjects: ['code', 'label'],
  members: ['id', 'first_name', 'last_name', 'country_code', 'date_of_birth', 'email', 'facebook', 'twitter'],
  group_memberships: ['member_id', 'group_code', 'term', 'start_date', 'end_date'],
  votes: [
    'id',
    'timestamp',
    'display_title',
    'reference',
    'description',
    'is_main',
    'procedure_reference',
    'procedure_title',
    'procedure_type',
    'procedure_stage',
    'count_for',
    'count_against',
    'count_abstention',
    'count_did_not_vote',
    'result',
  ],
  geo_area_votes: ['vote_id', 'geo_area_code'],
  eurovoc_concept_votes: ['vote_id', 'eurovoc_concept_id'],
  oeil_subject_votes: ['vote_id', 'oeil_subject_code'],
  responsible_committee_votes: ['vote_id', 'committee_code'],
  group_votes: ['code', 'label', 'count_for', 'count_against', 'count_abstentions', 'count_did_not_vote', 'vote_id'],
  member_votes: ['vote_id', 'member_id', 'position', 'country_code', 'group_code'],
} as const

export type TableName = keyof typeof TABLES
export type TableCells<Name extends TableName> = Cells<(typeof TABLES)[Name][number]>

export const SOURCE = 'source:howtheyvote'
export const PARLIAMENT = 'org:european-parliament'
/** Every record of the export has this one source; its own key tells where it stands. */
const CITATIONS: readonly Citation[] = [{ source: SOURCE }]

export const node = (type: string, id: string, values: Values): NodeRecord => ({
  type,
  id,
  values,
  citations: CITATIONS,
})
export const link = (name: string, from: string, to: string, values: Values = {}): LinkRecord => ({
  link: name,
  from,
  to,
  values,
  citations: CITATIONS,
})

/** The source itself, its publisher, and the parliament whose votes it lists. */
export const sourceRecords = (
  contentHash: string,
  importer: string,
  retrieved: string | null,
): readonly GraphRecord[] => [
  node('Organization', 'org:howtheyvote', { kind: 'OTHER', name: 'HowTheyVote.eu', url: 'https://howtheyvote.eu' }),
  node('Source', SOURCE, {
    kind: 'DATA_SET',
    title: 'HowTheyVote.eu: roll-call votes of the European Parliament',
    url: 'https://github.com/HowTheyVote/data',
    license: 'ODbL-1.0',
    retrieved,
    contentHash,
    importer,
  }),
  link('Publisher', SOURCE, 'org:howtheyvote'),
  node('Organization', PARLIAMENT, { kind: 'PARLIAMENT', name: 'European Parliament' }),
]

/** Areas without a code in ISO 3166-1 alpha-2 that have one in common use. */
const COMMON_ALPHA_2: Readonly<Record<string, string>> = { XKX: 'XK' }

/** A country or area: its id, and the record. */
export const placeOf = (
  cells: TableCells<'countries'> | TableCells<'geo_areas'>,
): { readonly code: string; readonly place: NodeRecord } => {
  const code = codeCell(cells, 'code')
  const alpha2 = optionalCell(cells, 'iso_alpha_2') ?? COMMON_ALPHA_2[code] ?? null
  if (alpha2 !== null && !/^[A-Z]{2}$/.test(alpha2))
    throw new BadCell(`The column "iso_alpha_2" is "${alpha2}", which is not two capitals.`)
  // The asterisk of "Kosovo*" points to a footnote of the publisher, and is no part of the name.
  const name = textCell(cells, 'label').replace(/\*+$/, '')
  const values = alpha2 ? { kind: 'COUNTRY', name, isoAlpha2: alpha2, isoAlpha3: code } : { name }
  return { code, place: node('Place', alpha2 ? placeId(alpha2) : `howtheyvote:${code}`, values) }
}

export const groupRecords = (cells: TableCells<'groups'>): readonly GraphRecord[] => {
  const id = epGroupId(codeCell(cells, 'code'))
  const values = {
    name: textCell(cells, 'label'),
    shortName: optionalCell(cells, 'short_label'),
    officialName: optionalCell(cells, 'official_label'),
  }
  return [node('Organization', id, { kind: 'POLITICAL_GROUP', ...values }), link('OrganizationPart', id, PARLIAMENT)]
}

export const committeeRecords = (cells: TableCells<'committees'>): readonly GraphRecord[] => {
  const id = epCommitteeId(codeCell(cells, 'code'))
  const values = { kind: 'COMMITTEE', name: textCell(cells, 'label'), shortName: optionalCell(cells, 'abbreviation') }
  return [node('Organization', id, values), link('OrganizationPart', id, PARLIAMENT)]
}

export const eurovocRecords = (cells: TableCells<'eurovoc_concepts'>): readonly GraphRecord[] => {
  const code = textCell(cells, 'id')
  return [node('Subject', eurovocId(code), { scheme: 'EUROVOC', code, name: textCell(cells, 'label') })]
}

export const oeilRecords = (cells: TableCells<'oeil_subjects'>): readonly GraphRecord[] => {
  const code = textCell(cells, 'code')
  return [node('Subject', oeilId(code), { scheme: 'OEIL', code, name: textCell(cells, 'label') })]
}

/** A member, and the country represented; `places` gives the id of a country by its three-letter code. */
export const memberRecords = (
  cells: TableCells<'members'>,
  places: ReadonlyMap<string, string>,
): readonly GraphRecord[] => {
  const id = epMemberId(numberIdCell(cells, 'id'))
  const givenName = textCell(cells, 'first_name')
  const familyName = textCell(cells, 'last_name')
  const born = dayCell(cells, 'date_of_birth')
  const country = codeCell(cells, 'country_code')
  const place = places.get(country)
  if (!place)
    throw new BadCell(
      `The column "country_code" is "${country}", which is neither in countries.csv nor in geo_areas.csv.`,
    )
  const values = {
    name: `${givenName} ${familyName}`,
    sortName: `${familyName}, ${givenName}`,
    givenName,
    familyName,
    email: optionalCell(cells, 'email'),
    urls: [cells.facebook, cells.twitter].map(addressOf).filter((address) => address !== null),
    ...(born && { birthDateEdtf: born, birthDateEarliest: born, birthDateLatest: born }),
  }
  return [node('Person', id, values), link('Represents', id, place)]
}

export const membershipRecords = (cells: TableCells<'group_memberships'>): readonly [LinkRecord] => {
  const startDate = dayCell(cells, 'start_date')
  const endDate = dayCell(cells, 'end_date')
  const term = wholeCell(cells, 'term')
  const [from, to] = [epMemberId(numberIdCell(cells, 'member_id')), epGroupId(codeCell(cells, 'group_code'))]
  // Sorted as text: an unknown first day comes before every other.
  const key = `${startDate ?? '0000-00-00'}/${String(term).padStart(2, '0')}`
  return [{ ...link('Membership', from, to, { role: 'MEMBER', term, startDate, endDate }), key }]
}
