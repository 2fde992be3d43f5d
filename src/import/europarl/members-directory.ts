import { epMemberId, placeId } from '../../model/ids.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import type { Batch, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { COUNTRIES } from '../read/countries.js'
import { FirstReasons } from '../read/first-reasons.js'
import { attempt, FileRows, link, node } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { groupIdOf, groupRecords, PARLIAMENT } from './minutes.js'
import { documentRecords, type PublishedDocument } from './open-documents.js'
import { UnknownXml } from './unknown-xml.js'
import { childrenOf, readXml, textOf, type XmlElement } from './xml.js'

const MEMBER = 'mep'
const FIELDS = ['fullName', 'country', 'politicalGroup', 'id', 'nationalPoliticalGroup']
const KNOWN = { meps: { elements: [MEMBER] }, [MEMBER]: { elements: FIELDS } }

/** Words by which the name of a group is told, and the group as the minutes write it; the first that fits. */
const GROUPS: readonly (readonly [words: RegExp, group: string])[] = [
  [/European People.s Party.*European Democrats/i, 'PPE-DE'],
  [/European People.s Party/i, 'PPE'],
  [/Socialists and Democrats/i, 'S&D'],
  [/Socialist Group/i, 'PSE'],
  [/Renew Europe/i, 'Renew'],
  [/Liberals and Democrats/i, 'ALDE'],
  [/Greens/i, 'Verts/ALE'],
  [/European Conservatives and Reformists/i, 'ECR'],
  [/The Left|European United Left/i, 'The Left'],
  [/Identity and Democracy/i, 'ID'],
  [/Identity, Tradition/i, 'ITS'],
  [/Patriots for Europe/i, 'PfE'],
  [/Europe of Sovereign Nations/i, 'ESN'],
  [/Europe of Freedom and Direct Democracy/i, 'EFDD'],
  [/Europe of Freedom and Democracy/i, 'EFD'],
  [/Europe of Nations and Freedom/i, 'ENF'],
  [/Union for Europe of the Nations/i, 'UEN'],
  [/Independence.{1,3}Democracy/i, 'IND/DEM'],
  [/Non-attached/i, 'NI'],
]

/** The keys of memberships without days, and without a term, as the other importers of the Parliament write them. */
const UNDATED = '0000-00-00/00'

/** The source that a directory is. */
export const directoryOf = (term: number | null): PublishedDocument => ({
  source: term === null ? 'source:ep-meps-directory' : `source:ep-meps-directory-term${term}`,
  title: `Directory of the members of the European Parliament${term === null ? '' : `, parliamentary term ${term}`}`,
  kind: 'DATA_SET',
  url: 'https://www.europarl.europa.eu/meps/en/full-list/xml',
  published: null,
})

interface Directory {
  readonly file: SourceFile
  readonly term: number | null
  readonly document: PublishedDocument
}

/** Reads the directory of members in XML. */
export async function* readDirectory(
  { file, term, document }: Directory,
  contentHash: string,
  importer: string,
  told: Pass,
): AsyncIterable<Batch> {
  const reasons = new FirstReasons(told)
  const { pass } = reasons
  const unknown = new UnknownXml(KNOWN, pass, file)
  yield documentRecords(document, contentHash, importer)
  const rows = new FileRows(file.name)
  const given = new Set<string>()
  const shape = { root: 'meps', records: [MEMBER], look: unknown.start }
  for await (const element of readXml(file, shape, pass.advance)) {
    if (element.name !== MEMBER) continue
    unknown.inside(element)
    pass.rows(file.name, 1)
    const number = fieldOf(element, 'id')
    const lost = /^\d+$/.test(number) && !given.has(epMemberId(number)) ? [epMemberId(number)] : []
    attempt(pass, file, element.line, lost, () => {
      const id = memberOf(number, given)
      const tell = (what: string) => pass.note(`${file.name}, line ${element.line}: ${what} and was left out.`)
      const records = memberRecords(element, id, term, [{ source: document.source }], tell)
      rows.add(
        element.line,
        records.filter((record) => !('type' in record) || !given.has(record.id)),
      )
      for (const record of records) if ('type' in record) given.add(record.id)
    })
  }
  if (rows.records.length === 0) throw badFile(file.name, `the directory has no member that can be read${reasons.said}`)
  yield rows
}

const fieldOf = (member: XmlElement, name: string): string => textOf(childrenOf(member, name)[0])

/** The id of a member by number. @throws BadCell */
const memberOf = (number: string, given: ReadonlySet<string>): string => {
  if (!/^\d{1,9}$/.test(number))
    throw new BadCell(`The element "id" is "${clip(number)}", which is not a number of a member.`)
  const id = epMemberId(number)
  if (given.has(id)) throw new BadCell(`The member "${id}" stands twice.`)
  return id
}

/** A member, the country represented, the group and the party. @throws BadCell */
const memberRecords = (
  member: XmlElement,
  id: string,
  term: number | null,
  citations: readonly Citation[],
  tell: (what: string) => void,
): readonly GraphRecord[] => {
  const name = fieldOf(member, 'fullName')
  if (name === '') throw new BadCell(`The member "${id}" has no "fullName".`)
  // The family name is in capitals, so that how it is written otherwise is not known.
  const family = /(?:^|\s)((?:(?!\p{Lu}\p{Ll})[^\s]*\p{Lu}{2,}[^\s]*)(?:\s\S+)*)$/u.exec(name)?.[1]
  const sortName = family ? `${family}, ${name.slice(0, name.length - family.length).trim()}` : name
  const records: GraphRecord[] = [node('Person', id, { name, sortName }, citations, ['name', 'sortName'])]
  const joins = (to: string, key: string, values = {}) =>
    records.push({ ...link('Membership', id, to, citations, { role: 'MEMBER', ...values }), key })
  const written = fieldOf(member, 'country')
  const country = COUNTRIES.find((each) => each.name === written || each.aliases.includes(written))
  if (country) {
    const { alpha2, alpha3 } = country
    const place = placeId(alpha2)
    const values = { kind: 'COUNTRY', name: country.name, isoAlpha2: alpha2, isoAlpha3: alpha3 }
    records.push(node('Place', place, values, citations, ['name']), link('Represents', id, place, citations))
  } else if (written) tell(`the country "${clip(written)}" is not known to this importer`)
  if (term !== null) joins(PARLIAMENT, `0000-00-00/${String(term).padStart(2, '0')}`, { term })
  const groupName = fieldOf(member, 'politicalGroup')
  const group = GROUPS.find(([words]) => words.test(groupName))?.[1]
  if (group) {
    records.push(...groupRecords(group, citations))
    joins(groupIdOf(group), UNDATED)
  } else if (groupName) tell(`the group "${clip(groupName)}" is not known to this importer`)
  const party = fieldOf(member, 'nationalPoliticalGroup')
  if (party && !/^(?:-|–|Independent|Independente|Indépendant|Ind\.)$/i.test(party)) {
    const partyId = `org:party-${country?.alpha2.toLowerCase() ?? 'eu'}-${slugOf(party)}`
    records.push(node('Organization', partyId, { kind: 'PARTY', name: party }, citations, ['name']))
    if (country) records.push(link('Jurisdiction', partyId, placeId(country.alpha2), citations))
    joins(partyId, UNDATED)
  }
  return records
}

/** The name of a party as part of an id: letters and digits of any script, joined by hyphens. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100) || 'unnamed'
