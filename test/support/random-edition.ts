import { createHash } from 'node:crypto'
import type { Importer } from '../../src/import/importer.js'
import { type GraphShape, MERGE, mergeIdOf } from '../../src/model/graph-shape.js'
import { type GraphRecord, isNode, type LinkRecord, type NodeRecord } from '../../src/model/records.js'
import { type Random, randomFrom } from './random.js'
import { syntheticGraph } from './synthetic-graph.js'

/** Ids of each type: few, so that all editions speak of the same records. */
const PER_TYPE = 3

/**
 * An importer of one synthetic edition. All editions speak of the same few records, of every type: they agree and
 * contradict each other, say things in passing, cite sources of different trust and merge ids into others. Each can
 * stand alone: what its links need is in it.
 */
export const randomEdition = (shape: GraphShape, source: string, seed: number): Importer => {
  const random = randomFrom(seed)
  const date = random.pick([null, '2022-01-20', '2024-04-24'])
  const records = randomRecords(shape, random)
  const contentHash = createHash('sha256').update(JSON.stringify(records)).digest('hex')
  const opened = { source, date, contentHash, size: records.length }
  return {
    name: 'synthetic',
    version: '1',
    summary: 'A synthetic edition',
    recognises: () => false,
    open: async () => [
      {
        ...opened,
        async *read() {
          yield records
        },
      },
    ],
  }
}

const randomRecords = (shape: GraphShape, random: Random): readonly GraphRecord[] => {
  const isOfMerge = (record: GraphRecord) => (isNode(record) ? record.type === MERGE.type : record.link === MERGE.link)
  const graph = syntheticGraph(shape, PER_TYPE, random.below(2 ** 30))
    .filter((record) => !isOfMerge(record))
    .map((record) => JSON.parse(JSON.stringify(record).replaceAll('source:synthetic-0', SOURCES[0])) as GraphRecord)
  const isSource = (record: GraphRecord) => isNode(record) && record.type === 'Source'
  // Of a record that is left out, what other sources say is left out, too.
  const left = new Set(graph.filter(isNode).flatMap((node) => (isSource(node) || random.chance(0.6) ? [] : [node.id])))
  const kept = graph.filter((record) =>
    isNode(record)
      ? !left.has(record.id)
      : random.chance(0.7) && !endsOf(shape, record).some((id) => left.has(String(id))),
  )
  const nodes = kept.filter(isNode)
  const said = [...nodes, ...randomMerges(shape, random, nodes), ...kept.filter((record) => !isNode(record))]
  return said.map(citing(random)).map((record) => cutDown(random, dated(random, record)))
}

/** The ids of the records that a link cannot do without. */
const endsOf = (shape: GraphShape, { link, from, to, values }: LinkRecord): readonly unknown[] => {
  const columns = [...(shape.links.get(link)?.columns.values() ?? [])].filter(({ kind }) => kind === 'reference')
  return [from, to, ...columns.map(({ name }) => values[name])]
}

const randomMerges = (shape: GraphShape, random: Random, nodes: readonly NodeRecord[]): readonly GraphRecord[] => {
  const types = new Set(
    (shape.links.get(MERGE.link)?.to ?? []).flatMap((type) => shape.possibleTypes.get(type) ?? [type]),
  )
  const merges = new Map<string, readonly GraphRecord[]>()
  for (const { type, id: into, citations } of nodes) {
    if (!types.has(type) || !random.chance(0.1)) continue
    const merged = into.replace(/\d$/, String(random.below(PER_TYPE)))
    const id = mergeIdOf(merged)
    if (merged !== into)
      merges.set(id, [
        { type: MERGE.type, id, values: { merged }, citations },
        { link: MERGE.link, from: id, to: into, values: {}, citations },
      ])
  }
  return [...merges.values()].flat()
}

/** Sources of different trust; the last one says what an edition says of a record besides. */
const SOURCES = ['source:ep-synthetic-0', 'source:synthetic-1', 'source:synthetic-2'] as const

/** Cites other sources for the second that is said of a node, since no source may say two things of it. */
const citing = (random: Random) => {
  const before = new Set<string>()
  return (record: GraphRecord): GraphRecord => {
    const again = isNode(record) && before.has(record.id)
    if (isNode(record)) before.add(record.id)
    const sources = again
      ? SOURCES.slice(2)
      : random.pick([SOURCES.slice(0, 1), SOURCES.slice(1, 2), SOURCES.slice(0, 2)])
    const locator = random.pick([undefined, 'p 1', 'p 2'])
    return { ...record, citations: sources.map((source) => ({ source, ...(locator && { locator }) })) }
  }
}

const DATES = [
  ['2021', '2021-01-01', '2021-12-31'],
  ['2021-05', '2021-05-01', '2021-05-31'],
  ['2021-05-03', '2021-05-03', '2021-05-03'],
  ['2022-01-20', '2022-01-20', '2022-01-20'],
  ['../2021-05-03', undefined, '2021-05-03'],
] as const

/** Gives vague dates that exist: the parts of one belong together. */
const dated = (random: Random, record: GraphRecord): GraphRecord => {
  const values = { ...record.values }
  for (const [, part] of Object.keys(values).flatMap((name) => [/^(.+)(?:Edtf|Earliest|Latest)$/.exec(name) ?? []])) {
    if (part === undefined) continue
    const [edtf, earliest, latest] = random.pick(DATES)
    Object.assign(values, { [`${part}Edtf`]: edtf, [`${part}Earliest`]: earliest, [`${part}Latest`]: latest })
  }
  return { ...record, values }
}

/** Says some of a record's values in passing. */
const cutDown = (random: Random, record: GraphRecord): GraphRecord => {
  if (!random.chance(0.2)) return record
  const weak = Object.keys(record.values).filter((name) => record.values[name] !== undefined && random.chance(0.5))
  return weak.length > 0 ? { ...record, weak } : record
}
