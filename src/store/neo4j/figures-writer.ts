import { writeCursor } from '../cursor.js'
import type { Figures, FiguresEntry, KindEntry } from '../figures.js'

type Values = readonly unknown[]

/** Makes what writes the JSON text of figures from the list that `print-figures.ts` has printed, and the count beside it. */
export const figuresWriter = (figures: Figures, entries: readonly FiguresEntry[]): ((value: Values) => string) => {
  const kinds = entries.map(({ value }) => (value.kind === 'rows' ? kindWriter(figures, value.entries) : null))
  return (value) => {
    const [found, undecided] = value as readonly [Values, number | null]
    const [page, shown, all, rows, after] = found as readonly [Values[], number, number, number, number]
    const write = (value: FiguresEntry['value'], i: number): string => {
      switch (value.kind) {
        case 'constant':
          return JSON.stringify(value.text)
        case 'number':
          return String(value.number)
        case 'rows':
          return `[${page.map((kind) => kinds[i]?.(kind, rows)).join(',')}]`
        case 'kindCount':
          return String(all)
        case 'suppressed':
          return String(all - shown)
        case 'totalCount':
          return String(rows)
        case 'undecidedCount':
          return String(undecided ?? 0)
        case 'pageInfo':
          return objectOf(value.fields.map(({ as, name }) => [as, pageInfo(name, figures, page.length, shown, after)]))
      }
    }
    return objectOf(entries.map(({ as, value }, i) => [as, write(value, i)]))
  }
}

const kindWriter = ({ keys }: Figures, entries: readonly KindEntry[]): ((kind: Values, rows: number) => string) => {
  const count = keys.length
  const write = (value: KindEntry['value'], kind: Values, rows: number): string => {
    switch (value.kind) {
      case 'constant':
        return JSON.stringify(value.text)
      case 'object':
        return objectOf(value.entries.map(({ as, value }) => [as, write(value, kind, rows)]))
      case 'key':
        return JSON.stringify(kind[value.key] ?? null)
      case 'count':
        return String(kind[count])
      case 'share':
        return ratioOf(kind[count], rows)
      case 'measure':
        return JSON.stringify(kind[count + 1 + value.measure] ?? null)
      case 'mean':
        return ratioOf(kind[count + 1 + value.sum], kind[count + 1 + value.known])
    }
  }
  return (kind, rows) => objectOf(entries.map(({ as, value }) => [as, write(value, kind, rows)]))
}

/** Two whole numbers divided, to six places, as SQLite does it in whole numbers. */
const ratioOf = (of: unknown, to: unknown): string => {
  if (typeof of !== 'number' || typeof to !== 'number' || to === 0) return 'null'
  return JSON.stringify(Math.trunc((of * 2_000_000 + to) / (2 * to)) / 1_000_000)
}

const pageInfo = (name: string, { mark }: Figures, length: number, shown: number, after: number): string => {
  const cursor = (at: number) => (length === 0 ? 'null' : JSON.stringify(writeCursor(mark, [at])))
  switch (name) {
    case 'hasNextPage':
      return String(shown > after + length)
    case 'hasPreviousPage':
      return String(after > 0)
    case 'startCursor':
      return cursor(after + 1)
    case 'endCursor':
      return cursor(after + length)
    default:
      return JSON.stringify('PageInfo')
  }
}

const objectOf = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
