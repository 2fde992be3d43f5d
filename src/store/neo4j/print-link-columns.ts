import type { Column, GraphShape } from '../../model/graph-shape.js'
import type { LinkColumns, Statement } from '../graph-store.js'
import { isCoded, linkColumnsOf, printedCoded } from '../link-columns.js'
import { NODE_LABEL, quoted, relationshipType } from './names.js'

/** A node with its links as JSON text, and whether that has all of them; or another end and its number. */
export interface LinkColumnsRow {
  readonly id: string
  readonly number: number | null
  readonly links: string | null
  readonly isWhole: boolean
}

type TextNumber = readonly [text: string, number: number]

/** Numbers given to texts, so that the server can write them: those of other ends are its own, from 0 upwards. */
export class TextNumbers {
  readonly #numbers = new Map<string, number>()

  constructor(readonly most = 20_000) {}

  /** Gives each text a number; those known before may be forgotten for it. @returns at least the numbers of these */
  learn(texts: readonly string[]): readonly TextNumber[] {
    if (this.#numbers.size + texts.length > this.most) this.#numbers.clear()
    for (const text of texts) if (!this.#numbers.has(text)) this.#numbers.set(text, -1 - this.#numbers.size)
    return this.entries()
  }

  entries(): readonly TextNumber[] {
    return [...this.#numbers]
  }
}

/**
 * The statement that gives columns of the links at some nodes, a row for each node. The server writes each node's links
 * as one text, which the driver reads in a fourth of the time that it takes for a list. What it would have to escape for that are
 * numbers instead, the values' from those that it is given; a link with a value that has none is left out, and told of.
 */
export const printLinkColumns = (
  shape: GraphShape,
  query: LinkColumns,
  numbers: readonly TextNumber[],
  /** The other ends, where the server's own numbers for them are too large to be told. */
  ends?: readonly string[],
): Statement => {
  const columns = linkColumnsOf(shape, query)
  const other = ends ? '$ends[o.id]' : 'id(o)'
  const link = [other, ...columns.map(written)].join(' + ')
  // What is joined piece by piece is copied each time: in about as many parts as each has pieces that takes the least.
  const inPart = "reduce(text = '', each IN list[first..first + part] | text + each)"
  const text = `${MATCHED}
    CALL (a) { ${around(query)} WITH collect(',' + ${link}) AS list, count(*) AS links WHERE links > 0
      WITH list, links, toInteger(sqrt(links)) + 1 AS part
      RETURN reduce(all = '', first IN range(0, size(list) - 1, part) | all + ${inPart}) AS text, size(list) = links AS isWhole }
    RETURN a.id AS id, null AS number, text AS links, isWhole
    UNION ALL ${MATCHED} ${around(query)} WITH DISTINCT o
    RETURN o.id AS id, ${ends ? `toInteger(${other})` : other} AS number, null AS links, true AS isWhole`
  return {
    text,
    parameters: {
      ...given(query),
      numbers: Object.fromEntries(numbers.map(([each, number]) => [each, `,${number}`])),
      ...(ends && { ends: Object.fromEntries(ends.map((id, i) => [id, String(i)])) }),
    },
  }
}

/** The statement that gives the ids of the other ends. */
export const printLinkEnds = (query: LinkColumns): Statement => ({
  text: `${MATCHED} ${around(query)} WITH DISTINCT o RETURN o.id AS id`,
  parameters: given(query),
})

/** The statement that gives the texts that stand in these columns. */
export const printLinkTexts = (shape: GraphShape, query: LinkColumns): Statement => {
  const columns = linkColumnsOf(shape, query).filter(isCoded)
  const values = columns.map(({ name }) => `e.${quoted(name)}`).join(', ')
  const text = `${MATCHED} ${around(query)} UNWIND [${values}] AS text WITH DISTINCT text WHERE text IS NOT NULL RETURN text`
  return { text, parameters: given(query) }
}

/** The JSON text of those rows; undefined where a link of one is missing, since a value had no number. */
export const writeLinkColumns = (
  columns: readonly Column[],
  rows: readonly LinkColumnsRow[],
  numbers: readonly TextNumber[],
): Uint8Array | undefined => {
  if (rows.some(({ isWhole }) => !isWhole)) return undefined
  const texts = [...numbers]
  const nodes: string[] = []
  for (const { id, number, links } of rows) {
    if (links === null) texts.push([id, number as number])
    else nodes.push(`[${JSON.stringify(id)},[${links.slice(1)}]]`)
  }
  const told = JSON.stringify(Object.fromEntries(texts.map(([text, number]) => [number, text])))
  return Buffer.from(`{"coded":${printedCoded(columns)},"texts":${told},"nodes":[${nodes.join(',')}]}`)
}

const MATCHED = `UNWIND $ids AS id MATCH (a:${NODE_LABEL} {id: id})`

const around = ({ link, at, among }: LinkColumns): string => {
  const type = `[e:${quoted(relationshipType(link))}]`
  const found = `MATCH (a)${at === 'to' ? '<' : ''}-${type}-${at === 'from' ? '>' : ''}(o:${NODE_LABEL})`
  return among ? `${found} WHERE o.id IN $among` : found
}

const given = ({ ids, among }: LinkColumns) => ({ ids: [...new Set(ids)], among: among ?? [] })

/** A comma and a column's value as JSON text; null where the value is a text without a number. */
const written = (column: Column): string => {
  const value = `e.${quoted(column.name)}`
  const text = isCoded(column)
    ? `$numbers[${value}]`
    : column.kind === 'values'
      ? `',' + ${value}`
      : `',' + toString(${value})`
  return `CASE WHEN ${value} IS NULL THEN ',null' ELSE ${text} END`
}
