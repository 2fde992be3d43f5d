import type { Column, LinkShape, OrderKey } from './graph-shape.js'
import { orderedAs } from './read-columns.js'
import { fail } from './schema-document.js'

/** Reads an order: `date desc`, `link.key`. It is total, since the id comes last, and each of its keys has a value. */
export const readOrder = (
  where: string,
  order: readonly string[],
  nodeColumns: ReadonlyMap<string, Column> | undefined,
  link: LinkShape | undefined,
): readonly OrderKey[] => {
  const keys = order.map((text): OrderKey => {
    const [path = '', direction] = text.split(' ')
    const of = path.startsWith('link.') ? 'link' : 'node'
    const name = path.replace(/^link\./, '')
    if (of === 'link' && name === 'key' && link?.repeats) return { of, column: name, descending: direction === 'desc' }
    const columns = of === 'link' ? link?.columns : nodeColumns
    const ordered = orderedAs(columns, name)
    // An index of Neo4j's on nodes gives an order only to records that have a value.
    const orEmpty = of === 'link' && ordered?.kind === 'text' && !ordered.required
    if (!ordered || (!ordered.required && !orEmpty))
      fail(`${where} is ordered by "${text}", and there is no such column that always has a value`)
    return { of, column: ordered.name, descending: direction === 'desc', ...(orEmpty && { orEmpty }) }
  })
  return [...keys, { of: 'node', column: 'id', descending: false }]
}
