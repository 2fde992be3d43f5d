import type { Column, GraphShape } from '../model/graph-shape.js'
import type { LinkColumns } from './graph-store.js'

/** A node's links at which it stands: its id, the ids of the other ends, and the values of each column, all in one order. */
export type LinksOfNode = readonly [id: string, others: readonly string[], ...columns: (readonly unknown[])[]]

/** An answer of `GraphStore.linkColumns` as it is written: each text that repeats is told once, by a number. */
interface Written {
  /** Of the other end, and of each column: whether a number there stands for a text. */
  readonly coded: readonly boolean[]
  /** Those texts. Where a number may stand for one, a text may also stand for itself. */
  readonly texts: Readonly<Record<number, string>>
  /** Each node with all of its links in one list: of each the other end, then the value of each column. */
  readonly nodes: readonly (readonly [id: string, links: readonly unknown[]])[]
}

const decoder = new TextDecoder()

const parse = (json: string | Uint8Array): Written =>
  JSON.parse(typeof json === 'string' ? json : decoder.decode(json)) as Written

/** Reads an answer of `GraphStore.linkColumns`; null where there is no value. */
export const readLinkColumns = (json: string | Uint8Array): readonly LinksOfNode[] => {
  const { coded, texts, nodes } = parse(json)
  const listOf = (links: readonly unknown[], column: number): readonly unknown[] => {
    const list: unknown[] = []
    for (let i = column; i < links.length; i += coded.length)
      list.push(coded[column] ? textOf(texts, links[i]) : links[i])
    return list
  }
  return nodes.map(([id, links]) => [id, ...coded.map((_, column) => listOf(links, column))] as unknown as LinksOfNode)
}

const textOf = (texts: Written['texts'], value: unknown): unknown => (typeof value === 'number' ? texts[value] : value)

/**
 * Reads the same as numbers, for who goes through millions: for each node its id, and link by link one for the other end
 * and for each column.
 * @param numberings give the number for a value, and are asked once for each
 */
export const readNumberedLinks = (
  json: string | Uint8Array,
  numberings: readonly ((value: unknown) => number)[],
): readonly (readonly [id: string, numbers: readonly number[]])[] => {
  const { coded, texts, nodes } = parse(json)
  const known = numberings.map(() => new Map<unknown, number>())
  const numberOf = (value: unknown, column: number): number => {
    const number = numberings[column]?.(coded[column] ? textOf(texts, value) : value) ?? -1
    known[column]?.set(value, number)
    return number
  }
  for (const [, links] of nodes) {
    const numbers = links as unknown[]
    for (let column = 0; column < coded.length; column += 1) {
      const numbered = known[column] as Map<unknown, number>
      for (let i = column; i < numbers.length; i += coded.length)
        numbers[i] = numbered.get(numbers[i]) ?? numberOf(numbers[i], column)
    }
  }
  return nodes as readonly (readonly [id: string, numbers: readonly number[]])[]
}

/** The columns asked, as the schema has them. */
export const linkColumnsOf = (shape: GraphShape, { link, columns }: LinkColumns): readonly Column[] =>
  columns.map((name) => {
    const column = shape.links.get(link)?.columns.get(name)
    if (!column) throw new Error(`The link "${link}" has no column "${name}".`)
    return column
  })

/** Whether a column has texts, which are told by number: ids, words, and what else repeats. */
export const isCoded = ({ kind }: Column): boolean => kind === 'text' || kind === 'reference'

/** What an answer says of its columns, as JSON text. */
export const printedCoded = (columns: readonly Column[]): string => JSON.stringify([true, ...columns.map(isCoded)])

/** The words of the columns by number, each less than 0: what is above is for ids. */
export const numberedWords = (columns: readonly Column[]): ReadonlyMap<string, number> => {
  const words = new Set(columns.flatMap((column) => column.words ?? []))
  return new Map([...words].map((word, i) => [word, -1 - i]))
}
