import { createHash } from 'node:crypto'
import { type GraphShape, TOMBSTONE } from '../model/graph-shape.js'
import type { CheckedValues } from '../model/records.js'
import type { GraphStore, SourceSet } from './graph-store.js'

/** Sums are taken modulo 2^128, so that the order of records means nothing and each record counts. */
const MODULUS = 1n << 128n

/**
 * The hash of all that a store says: the sum of the hashes of all nodes and links with their values and sources, by id.
 * The engine, the order of loading, times of import, tombstones and internal keys are no part of it.
 * @returns 32 hexadecimal digits
 */
export const graphHash = async (store: GraphStore, shape: GraphShape): Promise<string> => {
  const sources = new Map((await store.sourceSets()).map((set) => [set.number, canonicalVoices(set)]))
  let sum = 0n
  const add = (parts: readonly unknown[], values: CheckedValues, sourceSet: number): void => {
    const text = `${JSON.stringify(parts)}${canonicalValues(values)}${sources.get(sourceSet) ?? '[]'}`
    sum = (sum + BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`)) % MODULUS
  }
  for (const { name: type, columns } of shape.nodes.values()) {
    if (type === TOMBSTONE) continue
    const own = [...columns.values()].filter(({ edition }) => edition === 'own').map(({ name }) => name)
    for await (const { id, values, sourceSet } of store.scanNodes(type))
      add([type, id], without(values, own), sourceSet)
  }
  for (const link of shape.links.keys()) {
    for await (const { from, to, key, values, sourceSet } of store.scanLinks(link)) {
      add([link, from, to, key], values, sourceSet)
    }
  }
  return sum.toString(16).padStart(32, '0')
}

const canonicalValues = (values: CheckedValues): string =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))

const without = (values: CheckedValues, names: readonly string[]): CheckedValues =>
  names.length === 0 ? values : Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

/** Who says what of a record. In which edition it was said is no part of it: a file says the same alone and in a folder. */
const canonicalVoices = ({ voices }: SourceSet): string => {
  const texts = voices.map(({ citations, says, weak, as, languages }) =>
    JSON.stringify([
      citations.map(({ source, locator }) => [source, locator]),
      says,
      weak,
      ...(as ? [as] : []),
      ...(languages ? [languages] : []),
    ]),
  )
  return JSON.stringify([...new Set(texts)].sort())
}
