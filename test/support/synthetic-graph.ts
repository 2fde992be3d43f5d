import { type FuzzyDate, parseFuzzyDate } from '../../src/model/fuzzy-date.js'
import {
  type Column,
  type GraphShape,
  type LinkShape,
  MERGE,
  mergedIdOf,
  mergeIdOf,
  type NodeShape,
} from '../../src/model/graph-shape.js'
import type { GraphRecord, LinkRecord, NodeRecord, Value } from '../../src/model/records.js'
import { type Random, randomFrom } from './random.js'

/** Texts that engines are apt to treat differently: scripts, quotes, control characters, what sorts in odd ways. */
const TEXTS = [
  'a',
  'A',
  'ä',
  'b',
  'Zoë',
  'Қазақстан',
  'ß',
  '"quoted"',
  "it's",
  'back\\slash',
  'tab\tline\nend',
  '\u2028',
  '😀 b',
  '',
  '{"a":1}',
  '$p0 `x`',
  'ﬀ',
  '10',
  '9',
]

/**
 * A synthetic graph with records of every type and links of every kind, which mean nothing and cover everything:
 * empty values, ties in every order, several links between the same two nodes, nodes without links.
 */
export const syntheticGraph = (shape: GraphShape, perType: number, seed = 1): readonly GraphRecord[] => {
  const ofSources = Array.from({ length: perType }, (_, i) => `source:synthetic-${i}`)
  const citations = (random: Random) => [
    { source: random.pick(ofSources), ...(random.chance(0.5) && { locator: random.pick(['p 1', 'p 2']) }) },
    ...(random.chance(0.3) ? [{ source: random.pick(ofSources) }] : []),
  ]
  const idsOf = (type: string) => {
    const ids = Array.from({ length: perType }, (_, i) => `synthetic:${type}-${i}`)
    return type === MERGE.type ? ids.map(mergeIdOf) : ids
  }
  const given = [...shape.nodes.values()].filter(({ own }) => !own)
  const ids: Ids = new Map(given.map(({ name }) => [name, name === 'Source' ? ofSources : idsOf(name)]))
  // Each type has chances of its own, so that a column more changes nothing of the others.
  const chances = (name: string) => randomFrom([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), seed))
  const nodes = given.flatMap(({ name, columns }) => {
    const random = chances(name)
    const make = (id: string): NodeRecord => ({
      type: name,
      id,
      values: { ...randomValues(columns, random, ids), ...fixedValues(name, id) },
      citations: citations(random),
    })
    return (ids.get(name) ?? []).map(make)
  })
  const links = [...shape.links.values()].filter(isGiven(ids)).flatMap((link) => {
    const random = chances(link.name)
    return randomLinks(link, random, ids, perType * 6).map((record) => ({ ...record, citations: citations(random) }))
  })
  return [...nodes, ...others(given, ids, ofSources, chances), ...links]
}

/** Second sources of some nodes, which say other things of them: so there are statements and conflicts. */
const others = (
  types: readonly NodeShape[],
  ids: Ids,
  sources: readonly string[],
  chances: (name: string) => Random,
): readonly NodeRecord[] =>
  types.flatMap(({ name, columns }) => {
    const random = chances(`others of ${name}`)
    return (ids.get(name) ?? [])
      .filter(() => random.chance(0.4))
      .map((id) => ({
        type: name,
        id,
        values: { ...randomValues(columns, random, ids), ...fixedValues(name, id) },
        // Together they say nothing else, so this is a voice of its own.
        citations: sources.map((source) => ({ source, locator: 'again' })),
      }))
  })

const isGiven =
  (ids: Ids) =>
  (link: LinkShape): boolean =>
    link.from.every((type) => ids.has(type))

type Ids = ReadonlyMap<string, readonly string[]>

const randomLinks = (
  link: LinkShape,
  random: Random,
  ids: Ids,
  count: number,
): readonly Omit<LinkRecord, 'citations'>[] => {
  const links = new Map<string, Omit<LinkRecord, 'citations'>>()
  for (let i = 0; i < count; i += 1) {
    // Every type in its turn, so that no list stays empty.
    const from = random.pick(ids.get(random.pick(link.from)) as string[])
    const targets = link.to.filter((type) => ids.has(type))
    const to = random.pick(ids.get(targets[links.size % targets.length] as string) as string[])
    const key = link.repeats ? { key: random.pick(['2019', '2020', '2021/b']) } : {}
    const name = link.one ? from : `${from} ${to} ${key.key}`
    const values = randomValues(link.columns, random, ids)
    // Inferred links are the rules' to make.
    if (!links.has(name))
      links.set(name, {
        link: link.name,
        from,
        to,
        ...key,
        values: 'inferred' in values ? { ...values, inferred: false } : values,
      })
  }
  // Which ballot is the final one is a rule's to say: at most one.
  return [...links.values()].map((each) =>
    'isFinal' in each.values ? { ...each, values: { ...each.values, isFinal: false } } : each,
  )
}

/** What is merged is the id that the merge's own tells. */
const fixedValues = (type: string, id: string) => (type === MERGE.type ? { merged: mergedIdOf(id) } : {})

const randomValues = (columns: ReadonlyMap<string, Column>, random: Random, ids: Ids): Record<string, Value> => {
  const values: Record<string, Value> = {}
  for (const column of columns.values()) {
    if (column.derived || column.edition === 'own' || (!column.required && random.chance(0.3))) continue
    values[column.name] = randomValue(column, random, ids)
  }
  return values
}

const randomValue = (column: Column, random: Random, ids: Ids): Value => {
  if (column.words) return random.pick(column.words)
  switch (column.kind) {
    case 'integer':
      return random.below(4)
    case 'number':
      return random.pick(column.positive ? [1, 0.5, 2.25, 1e6] : [0, 1, 225, 4578, 0.5, -2.25, 1e6])
    case 'boolean':
      return random.chance(0.5)
    case 'values':
      return column.type === 'URL'
        ? ['https://example.org/1']
        : [{ text: random.pick(TEXTS), language: 'kk' }, { text: 'b' }]
    case 'reference':
      return random.pick(
        column.type === 'Document' ? (ids.get('Motion') as string[]) : (ids.get(column.type) as string[]),
      )
    default:
      return randomText(column.type, random)
  }
}

const randomText = (type: string, random: Random): string => {
  const day = `202${random.below(3)}-01-0${1 + random.below(3)}`
  if (type === 'Date') return day
  if (type === 'DateTime') return `${day}T12:00:0${random.below(9)}+01:00`
  return type === 'URL' ? 'https://example.org/' : random.pick(TEXTS)
}

const VAGUE_DATES = [
  '2020',
  '2021-01',
  '2020-01-02',
  '2021-01-01/2021-01-03',
  '2021-01-02/..',
  '../2021-01-01',
  '2022~',
]

/** The same records with vague dates that are some: with the bounds that follow from them, which are open at some ends. */
export const withVagueDates = (shape: GraphShape, records: readonly GraphRecord[]): readonly GraphRecord[] => {
  const random = randomFrom(1)
  return records.map((record) => {
    const columns = 'type' in record ? shape.nodes.get(record.type)?.columns : shape.links.get(record.link)?.columns
    const values = { ...record.values }
    for (const { name, part } of columns?.values() ?? []) {
      if (!part || name !== `${part}Edtf`) continue
      const date = random.chance(0.7) ? (parseFuzzyDate(random.pick(VAGUE_DATES)) as FuzzyDate) : null
      for (const bound of ['edtf', 'earliest', 'latest'] as const) {
        const column = `${part}${bound.charAt(0).toUpperCase()}${bound.slice(1)}`
        delete values[column]
        const value = date?.[bound]
        if (value) values[column] = value
      }
    }
    return { ...record, values }
  })
}
