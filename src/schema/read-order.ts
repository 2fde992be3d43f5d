import { type Column, type LinkShape, type OrderKey, totalOrder } from '../model/graph-shape.js'
import { orderedAs } from './read-columns.js'
import { fail } from './schema-document.js'

/** Reads an order: `date desc`, `link.key`. It is total, since the id comes last. */
export const readOrder = (
  where: string,
  order: readonly string[],
  nodeColumns: ReadonlyMap<string, Column> | undefined,
  link: LinkShape | undefined,
): readonly OrderKey[] => {
  const keys = order.flatMap((text): readonly OrderKey[] => {
    const [path = '', direction] = text.split(' ')
    const descending = direction === 'desc'
    const of = path.startsWith('link.') ? 'link' : 'node'
    const name = path.replace(/^link\./, '')
    if (of === 'link' && name === 'key' && link?.repeats) return [{ of, column: name, descending }]
    const ordered = orderedAs(of === 'link' ? link?.columns : nodeColumns, name)
    if (!ordered) fail(`${where} is ordered by "${text}", and there is no such column`)
    const columnKeys = orderKeys(of, ordered, descending)
    // An index of Neo4j's on nodes gives an order only to records that have a value.
    if (of === 'node' && !ordered.required)
      fail(`${where} is ordered by "${text}", and not every record has a value there`)
    return columnKeys
  })
  return totalOrder(keys, link)
}

/** The keys of an order by a column; what has no value comes last, whatever the direction. */
export const orderKeys = (of: 'node' | 'link', column: Column, descending: boolean): readonly OrderKey[] => {
  const key = { of, column: column.name, descending }
  const isMoment = column.derived?.how === 'moment'
  // As the empty text, it comes last of itself where the order descends.
  const lastAnyhow = descending && column.kind === 'text'
  if (column.required && !isMoment) return [key]
  const value: OrderKey = column.required ? key : { ...key, absent: column.kind === 'text' ? '' : 0 }
  if (lastAnyhow) return [value]
  return [{ ...key, descending: false, missing: isMoment ? 'empty' : 'null' }, value]
}
