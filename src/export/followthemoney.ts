import { createHash } from 'node:crypto'
import type { CheckedValues, Name, StoredLink, StoredNode } from '../model/records.js'
import type { ExportFormat } from './export-format.js'
import type { ExportedGraph } from './exported-graph.js'
import { nodesWithLinks } from './nodes-with-links.js'

type Properties = Readonly<Record<string, readonly string[]>>

/** Entities of FollowTheMoney as JSON lines. */
export const followthemoney: ExportFormat = {
  name: 'followthemoney',
  summary: 'entities of FollowTheMoney as JSON lines, for Aleph, OpenSanctions’ tools …; votes have no place in it',
  async write(graph, folder) {
    const countries = await countryCodes(graph)
    await folder.write('entities.ftm.json', entities(graph, countries))
    await folder.write('datasets.json', [`${JSON.stringify(graph.sources.map(dataset), null, 2)}\n`])
  },
  next: (folder) => `"ftm validate -i ${folder}/entities.ftm.json" reads them; docs/export.md says what becomes what.`,
}

async function* entities(graph: ExportedGraph, countries: ReadonlyMap<string, string>): AsyncGenerator<string> {
  const write = (id: string, schema: string, properties: Properties, sourceSet: number): string => {
    const citations = graph.citations[sourceSet - 1] ?? []
    const datasets = [...new Set(citations.map(({ source }) => datasetName(source)))]
    const filled = Object.entries(cutToLength(properties)).flatMap(([name, values]) => {
      const given = values.filter((value) => value !== '')
      return given.length > 0 ? [[name, given] as const] : []
    })
    return `${JSON.stringify({ id, schema, properties: Object.fromEntries(filled), datasets })}\n`
  }
  for (const [type, { joins, entity }] of Object.entries(NODES)) {
    for await (const { node, links } of nodesWithLinks(graph, type, joins)) {
      const endsOf = (link: string) => (links[link] ?? []).map(({ to }) => to)
      const keep = (link: string, kept: readonly string[]) => {
        graph.leaveOut(link, endsOf(link).length - kept.length)
        return kept
      }
      const joined: Joined = {
        idsOf: (link) =>
          keep(
            link,
            endsOf(link).flatMap((id) => (id === node.id ? [] : [entityId(id)])),
          ),
        codesOf: (link) =>
          keep(
            link,
            endsOf(link).flatMap((id) => countries.get(id) ?? []),
          ),
      }
      const { schema, properties } = entity(node.values, joined, node.id)
      yield write(entityId(node.id), schema, properties, node.sourceSet)
    }
  }
  for (const [type, { schema, ends, properties }] of Object.entries(LINKS)) {
    for await (const link of graph.links(type)) {
      const [from, to] = ends
      const all = { [from]: [entityId(link.from)], [to]: [entityId(link.to)], ...properties(link.values) }
      yield write(linkId(link), schema, all, link.sourceSet)
    }
  }
}

interface Joined {
  /** The entities where the links of a type lead; one that leads back to its record is left out, which readers refuse. */
  idsOf(link: string): readonly string[]
  /** The countries where they lead, by code; of a place that has none the link is left out. */
  codesOf(link: string): readonly string[]
}

interface NodeMapping {
  /** The links that become properties of the entity. */
  readonly joins: readonly string[]
  entity(
    values: CheckedValues,
    joined: Joined,
    id: string,
  ): { readonly schema: string; readonly properties: Properties }
}

interface LinkMapping {
  readonly schema: string
  /** The properties that name the ends: where the link goes out from, and where it leads. */
  readonly ends: readonly [from: string, to: string]
  properties(values: CheckedValues): Properties
}

/** The texts of a column; none where it has no value. */
const of = (values: CheckedValues, name: string): readonly string[] => {
  const value = values[name]
  if (value === undefined) return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

const named = (values: CheckedValues): Properties => ({
  name: of(values, 'name'),
  alias: ((values['names'] ?? []) as readonly Name[]).map(({ text }) => text),
})

/** Days, months and years are dates there; a date that is vague otherwise is the time from the first day it can mean to the last. */
const PLAIN = /^\d{4}(-\d\d(-\d\d)?)?$/

const dates = (values: CheckedValues): Properties => {
  const [edtf = ''] = of(values, 'dateEdtf')
  return PLAIN.test(edtf)
    ? { date: [edtf] }
    : { startDate: of(values, 'dateEarliest'), endDate: of(values, 'dateLatest') }
}

const document = (day: string): NodeMapping => ({
  joins: [],
  entity: (values, _, id) => ({
    schema: 'Document',
    properties: {
      fileName: [of(values, 'reference')[0] ?? id],
      title: [...of(values, 'title'), ...((values['titles'] ?? []) as readonly Name[]).map(({ text }) => text)],
      date: of(values, day),
      sourceUrl: of(values, 'url'),
      publishedAt: of(values, 'published'),
      keywords: of(values, 'kind'),
    },
  }),
})

const PUBLIC = new Set(['PARLIAMENT', 'GOVERNMENT', 'INTERGOVERNMENTAL'])
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  PARTY: ['pol.party'],
  INTERGOVERNMENTAL: ['gov.igo'],
  GOVERNMENT: ['gov'],
  PARLIAMENT: ['gov.legislative'],
}

const NODES: Readonly<Record<string, NodeMapping>> = {
  Place: {
    joins: ['PlacePart'],
    entity: (values, { idsOf }) => ({
      schema: 'Territory',
      properties: {
        ...named(values),
        country: countryOf(values),
        partOf: idsOf('PlacePart'),
      },
    }),
  },
  Person: {
    joins: ['Represents'],
    entity: (values, { codesOf }) => ({
      schema: 'Person',
      properties: {
        ...named(values),
        firstName: of(values, 'givenName'),
        lastName: of(values, 'familyName'),
        birthDate: of(values, 'birthDateEdtf').filter((date) => PLAIN.test(date)),
        email: of(values, 'email'),
        website: of(values, 'urls'),
        country: codesOf('Represents'),
      },
    }),
  },
  Organization: {
    joins: ['OrganizationPart', 'Jurisdiction'],
    entity: (values, { idsOf, codesOf }) => ({
      schema: PUBLIC.has(String(values['kind'])) ? 'PublicBody' : 'Organization',
      properties: {
        ...named(values),
        abbreviation: of(values, 'shortName'),
        website: of(values, 'url'),
        classification: of(values, 'kind'),
        topics: TOPICS[String(values['kind'])] ?? [],
        parent: idsOf('OrganizationPart'),
        jurisdiction: codesOf('Jurisdiction'),
      },
    }),
  },
  Office: {
    joins: ['OfficeOf'],
    entity: (values, { idsOf }) => ({
      schema: 'Position',
      properties: { ...named(values), organization: idsOf('OfficeOf') },
    }),
  },
  Event: {
    joins: [],
    entity: (values) => ({
      schema: 'Event',
      properties: { ...named(values), summary: of(values, 'summary'), keywords: of(values, 'type'), ...dates(values) },
    }),
  },
  VoteEvent: {
    joins: ['HeldIn'],
    entity: (values, { idsOf }, id) => ({
      schema: 'Event',
      properties: {
        name: [of(values, 'title')[0] ?? of(values, 'description')[0] ?? id],
        summary: of(values, 'description'),
        date: of(values, 'date'),
        keywords: ['VOTE', ...of(values, 'result')],
        organizer: idsOf('HeldIn'),
      },
    }),
  },
  Motion: document('tabledOn'),
  Resolution: document('adoptedOn'),
  Amendment: document(''),
  Source: document(''),
}

const stay = (values: CheckedValues): Properties => ({
  role: of(values, 'role'),
  startDate: of(values, 'startDate'),
  endDate: of(values, 'endDate'),
  date: of(values, 'attestedOn'),
})

const documentation = (role: string): LinkMapping => ({
  schema: 'Documentation',
  ends: ['document', 'entity'],
  properties: () => ({ role: [role] }),
})

const LINKS: Readonly<Record<string, LinkMapping>> = {
  Membership: { schema: 'Membership', ends: ['member', 'organization'], properties: stay },
  Holding: { schema: 'Occupancy', ends: ['holder', 'post'], properties: stay },
  TabledBy: documentation('tabled by'),
  AdoptedBy: documentation('adopted by'),
  AdoptedFrom: documentation('adopted from'),
  Replacement: documentation('replaces'),
  AmendmentOf: documentation('amends'),
  Publisher: documentation('published by'),
  Citation: documentation('cites'),
  BallotOn: {
    schema: 'Documentation',
    ends: ['entity', 'document'],
    properties: () => ({ role: ['put to the vote'] }),
  },
  About: { schema: 'UnknownLink', ends: ['subject', 'object'], properties: () => ({ role: ['about'] }) },
  EventPlace: { schema: 'UnknownLink', ends: ['subject', 'object'], properties: () => ({ role: ['place'] }) },
  Participation: {
    schema: 'UnknownLink',
    ends: ['subject', 'object'],
    properties: (values) => ({ role: of(values, 'role') }),
  },
}

/** The characters that FollowTheMoney (4.11) takes of a name, of another text of these properties, and of an id. */
const LONGEST = { name: 384, alias: 384, abbreviation: 384, fileName: 1024, title: 1024, role: 1024 } as const
const LONGEST_ID = 200

/** What is too long is cut, and stands whole in the description. */
const cutToLength = (properties: Properties): Properties => {
  const whole: string[] = []
  const cut = Object.entries(LONGEST).flatMap(([name, longest]) => {
    const values = properties[name]
    if (!values?.some((value) => value.length > longest)) return []
    whole.push(...values.filter((value) => value.length > longest))
    return [
      [
        name,
        values.map((value) =>
          value.length > longest ? `${value.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : value,
        ),
      ] as const,
    ]
  })
  return whole.length === 0 ? properties : { ...properties, ...Object.fromEntries(cut), description: whole }
}

/**
 * An id that FollowTheMoney takes, which has letters, digits, points and hyphens: `ep-mep:840` is
 * `rapporteur-ep-mep.3a840`; a hash where that is too long.
 */
const entityId = (id: string): string => {
  const escaped = `rapporteur-${id.replace(/[^0-9a-zA-Z-]|-$/gu, (other) =>
    [...Buffer.from(other)].map((byte) => `.${byte.toString(16).padStart(2, '0')}`).join(''),
  )}`
  return escaped.length > LONGEST_ID ? hashedId([id]) : escaped
}

const hashedId = (parts: readonly string[]): string =>
  `rapporteur-${createHash('sha1').update(JSON.stringify(parts)).digest('hex')}`

const linkId = ({ link, from, to, key }: StoredLink): string => hashedId([link, from, to, key])

const datasetName = (source: string): string =>
  source
    .replace(/^source:/, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')

const dataset = ({ id, values }: StoredNode) => ({
  name: datasetName(id),
  title: values['title'],
  url: values['url'],
  license: values['license'],
  source: id,
})

const countryOf = (values: CheckedValues): readonly string[] =>
  of(values, 'isoAlpha2').flatMap((code) => (/^[A-Z]{2}$/.test(code) ? [code.toLowerCase()] : []))

const countryCodes = async (graph: ExportedGraph): Promise<ReadonlyMap<string, string>> => {
  const codes = new Map<string, string>()
  for await (const { id, values } of graph.nodes('Place')) for (const code of countryOf(values)) codes.set(id, code)
  return codes
}
