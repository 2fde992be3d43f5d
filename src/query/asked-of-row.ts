import type { FiguresEntry } from '../store/figures.js'
import type { Entry, Layout, PageEntry } from '../store/plan.js'

/** Entries asked of a row, each object once. */
export type Asked = ReadonlySet<readonly Entry[]>

/** The entries that a list asks of its rows. */
export const askedOfPage = (entries: readonly PageEntry[]): Asked =>
  new Set(
    entries.flatMap(({ value }) => {
      if (value.kind === 'nodes') return [...value.layout.values()]
      return value.kind === 'edges' ? [value.entries] : []
    }),
  )

export interface Collected {
  readonly lists: ReadonlyMap<string, ReadonlySet<readonly PageEntry[]>>
  readonly neighbours: ReadonlyMap<string, Asked>
  readonly figures: ReadonlyMap<string, readonly FiguresEntry[]>
}

/** The lists and single neighbours that entries ask of a row, by slot. */
export const collect = (asked: Asked): Collected => {
  const lists = new Map<string, Set<readonly PageEntry[]>>()
  const neighbours = new Map<string, Set<readonly Entry[]>>()
  const figures = new Map<string, readonly FiguresEntry[]>()
  // A set gives what is added while it is gone through as well.
  const entered = new Set(asked)
  const enter = (layout: Layout, into: Set<readonly Entry[]>) => {
    for (const entries of layout.values()) into.add(entries)
  }
  for (const entries of entered) {
    for (const { value } of entries) {
      if (value.kind === 'self') enter(value.layout, entered)
      else if (value.kind === 'figures') figures.set(value.slot, value.entries)
      else if (value.kind === 'page') setOf(lists, value.slot).add(value.entries)
      else if (value.kind === 'node') enter(value.layout, setOf(neighbours, value.slot))
    }
  }
  return { lists, neighbours, figures }
}

const setOf = <T>(sets: Map<string, Set<T>>, key: string): Set<T> => {
  const set = sets.get(key) ?? new Set<T>()
  sets.set(key, set)
  return set
}
