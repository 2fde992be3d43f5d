import { createHash } from 'node:crypto'
import type { CheckedValues, Name, StoredLink, StoredNode } from '../model/records.js'
import type { ExportFormat } from './export-format.js'
import type { ExportedGraph } from './exported-graph.js'
import { type NodeWithLinks, nodesWithLinks } from './nodes-with-links.js'
import { ballotsOf } from './popolo-ballots.js'

/** One document of Popolo. */
export const popolo: ExportFormat = {
  name: 'popolo',
  summary: 'one Popolo document: persons, organizations, memberships, posts, areas, events, motions, vote events',
  async write(graph, folder) {
    await folder.write('popolo.json', documentOf(graph))
  },
  next: () => '"rapporteur import popolo" and other readers of Popolo take it; docs/export.md says what becomes what.',
}

/** Written as it is read: lists one after the other, a member a line. */
async function* documentOf(graph: ExportedGraph): AsyncGenerator<string> {
  let before = '{'
  for (const [name, members] of listsOf(graph)) {
    yield `${before}"${name}":[`
    let separator = '\n'
    for await (const member of members) {
      yield separator + JSON.stringify(member)
      separator = ',\n'
    }
    before = '\n],\n'
  }
  yield '\n]}\n'
}

function* listsOf(graph: ExportedGraph): Generator<readonly [string, AsyncIterable<object>]> {
  const sources = sourcesOf(graph)
  yield ['persons', each(nodesWithLinks(graph, 'Person', []), sources, person)]
  yield [
    'organizations',
    each(nodesWithLinks(graph, 'Organization', ['OrganizationPart', 'Jurisdiction']), sources, organization),
  ]
  yield ['posts', each(nodesWithLinks(graph, 'Office', ['OfficeOf']), sources, post)]
  yield ['areas', each(nodesWithLinks(graph, 'Place', ['PlacePart']), sources, area)]
  yield ['memberships', memberships(graph, sources)]
  yield ['events', each(nodesWithLinks(graph, 'Event', ['EventPlace']), sources, (found) => event(graph, found))]
  yield ['motions', motions(graph, sources)]
  yield ['vote_events', each(ballotsOf(graph), sources, ({ ballot }) => ballot)]
}

type SourcesOf = (sourceSet: number) => { readonly sources?: readonly object[] }

async function* each<T extends { readonly node: StoredNode }>(
  found: AsyncIterable<T>,
  sources: SourcesOf,
  memberOf: (found: T) => object,
): AsyncGenerator<object> {
  for await (const one of found) yield { id: one.node.id, ...memberOf(one), ...sources(one.node.sourceSet) }
}

/** The sources of a member, as links with a note of their title and of where in them. */
const sourcesOf = ({ citations, sources }: ExportedGraph): SourcesOf => {
  const known = new Map(sources.map(({ id, values }) => [id, values]))
  const written = citations.map((set) =>
    set.map(({ source, locator }) => ({
      url: known.get(source)?.['url'] ?? source,
      note: [known.get(source)?.['title'] ?? source, ...(locator === null ? [] : [locator])].join(': '),
    })),
  )
  return (sourceSet) => (sourceSet > 0 ? { sources: written[sourceSet - 1] ?? [] } : {})
}

const others = (values: CheckedValues, ...columns: readonly string[]) => {
  const names = ((values['names'] ?? []) as readonly Name[]).map(({ text, language }) => ({
    name: text,
    lang: language,
  }))
  const further = columns.flatMap((column) => (values[column] === undefined ? [] : [{ name: values[column] }]))
  return [...names, ...further]
}

const first = (found: NodeWithLinks, link: string): string | undefined => found.links[link]?.[0]?.to

/** `POLITICAL_GROUP` → `political group`. */
const inWords = (word: unknown): string | undefined =>
  typeof word === 'string' ? word.toLowerCase().replaceAll('_', ' ') : undefined

/** A date of Popolo is a day, month or year; another is left off. */
const plainDate = (edtf: unknown): string | undefined =>
  typeof edtf === 'string' && /^\d{4}(-\d\d(-\d\d)?)?$/.test(edtf) ? edtf : undefined

const person = ({ node: { values } }: NodeWithLinks) => ({
  name: values['name'],
  sort_name: values['sortName'],
  given_name: values['givenName'],
  family_name: values['familyName'],
  other_names: others(values),
  birth_date: plainDate(values['birthDateEdtf']),
  email: values['email'],
  links: ((values['urls'] ?? []) as readonly string[]).map((url) => ({ url })),
})

const organization = (found: NodeWithLinks) => ({
  name: found.node.values['name'],
  other_names: others(found.node.values, 'shortName', 'officialName'),
  classification: inWords(found.node.values['kind']),
  parent_id: first(found, 'OrganizationPart'),
  area_id: first(found, 'Jurisdiction'),
  links: found.node.values['url'] === undefined ? [] : [{ url: found.node.values['url'] }],
})

const post = (found: NodeWithLinks) => ({
  label: found.node.values['name'],
  other_labels: others(found.node.values),
  organization_id: first(found, 'OfficeOf'),
})

const area = (found: NodeWithLinks) => ({
  name: found.node.values['name'],
  other_names: others(found.node.values),
  identifier: found.node.values['isoAlpha2'],
  classification: inWords(found.node.values['kind']),
  parent_id: first(found, 'PlacePart'),
})

const event = (graph: ExportedGraph, found: NodeWithLinks) => {
  const { values } = found.node
  const date = plainDate(values['dateEdtf'])
  graph.leaveOut('EventPlace', Math.max(0, (found.links['EventPlace'] ?? []).length - 1))
  return {
    name: values['name'],
    description: values['summary'],
    classification: inWords(values['type']),
    start_date: date ?? values['dateEarliest'],
    end_date: date ?? values['dateLatest'],
    area_id: first(found, 'EventPlace'),
  }
}

/** Memberships of organizations, and of posts, which are the offices that a person holds. */
async function* memberships(graph: ExportedGraph, sources: SourcesOf): AsyncGenerator<object> {
  for (const [type, end] of [
    ['Membership', 'organization_id'],
    ['Holding', 'post_id'],
  ] as const) {
    for await (const link of graph.links(type)) {
      const { from, to, values, sourceSet } = link
      yield {
        id: membershipId(link),
        person_id: from,
        [end]: to,
        role: values['role'],
        start_date: values['startDate'],
        end_date: values['endDate'],
        ...sources(sourceSet),
      }
    }
  }
}

const membershipId = ({ link, from, to, key }: StoredLink): string =>
  createHash('sha1')
    .update(JSON.stringify([link, from, to, key]))
    .digest('hex')

async function* motions(graph: ExportedGraph, sources: SourcesOf): AsyncGenerator<object> {
  for (const type of ['Motion', 'Amendment'])
    yield* each(nodesWithLinks(graph, type, []), sources, ({ node: { values } }) => ({
      text: values['title'],
      identifier: values['reference'],
      classification: inWords(values['kind'] ?? type),
      date: values['tabledOn'],
    }))
}
