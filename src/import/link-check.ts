import type { Column, GraphShape, LinkShape } from '../model/graph-shape.js'
import { checkRecord, type LinkRecord } from '../model/records.js'

/** Values remembered for each column; a table of votes has some ten groups, thirty countries and thousands of days. */
const REMEMBERED = 50_000

interface Memory {
  readonly link: LinkShape
  readonly required: readonly string[]
  /** Values of each column that were found good. */
  readonly good: ReadonlyMap<string, Set<unknown>>
}

/**
 * Makes a check of links like `checkRecord`, for millions of them: it remembers the values that it found good, and leaves
 * the ids of the ends to whoever looks for their nodes. Measured on the votes of members: 0.4 µs a link instead of 3.4.
 */
export const linkCheck = (shape: GraphShape): ((record: LinkRecord) => string | null) => {
  const memories = new Map<string, Memory>()
  for (const link of shape.links.values()) {
    const columns = [...link.columns.values()].filter((column) => column.kind !== 'values' && !column.foldedFrom)
    const good = new Map(columns.map(({ name }) => [name, new Set<unknown>()]))
    memories.set(link.name, { link, required: columns.filter(isRequired).map(({ name }) => name), good })
  }
  return (record) => {
    const memory = memories.get(record.link)
    if (memory && isRemembered(memory, record)) return null
    const checked = checkRecord(shape, record)
    if (typeof checked === 'string') return checked
    for (const [name, value] of Object.entries(checked)) {
      const good = memory?.good.get(name)
      if (good && good.size < REMEMBERED) good.add(value)
    }
    return null
  }
}

const isRequired = (column: Column): boolean => column.required && column.name !== 'key'

const isRemembered = ({ link, required, good }: Memory, { key, values, citations }: LinkRecord): boolean => {
  if (citations.length === 0 || link.repeats || key !== undefined) return false
  for (const name in values) {
    const value = values[name]
    const known = good.get(name)
    if (!known || !(value === null || value === undefined || known.has(value))) return false
  }
  for (const name of required) if (values[name] === null || values[name] === undefined) return false
  return true
}
