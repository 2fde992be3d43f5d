import { isObject, type Json, type JsonObject } from './json.js'
import type { NumberedSource } from './tool-result.js'

/** Sources that a result names, and places in each. */
const MOST_SOURCES = 20
const MOST_LOCATORS = 5

/** A source as a record refers to it. */
type SourceReference = {
  readonly source: number
  readonly locator: string | null
}

/** An answer with its sources apart. */
export interface Sourced {
  readonly data: Json
  readonly sources: readonly NumberedSource[]
  readonly more: number
}

/**
 * Takes the sources out of an answer: each is named once, by a number, and each `sources` of a record becomes a list of
 * these numbers with the place in the source.
 */
export const numberSources = (answer: Json): Sourced => {
  const found = new Map<string, NumberedSource & { readonly locators: string[] }>()
  const unnamed = new Set<string>()
  const refer = (edge: Json): readonly SourceReference[] => {
    const node = isObject(edge) ? edge['node'] : undefined
    const id = isObject(node) ? node['id'] : undefined
    if (!isObject(edge) || !isObject(node) || typeof id !== 'string') return []
    const locator = textOf(edge['locator'])
    if (!found.has(id)) {
      if (found.size >= MOST_SOURCES) {
        unnamed.add(id)
        return []
      }
      const { title, url, license } = node
      const named = { title: textOf(title), url: textOf(url), license: textOf(license) }
      found.set(id, { number: found.size + 1, id, ...named, locators: [] })
    }
    const source = found.get(id)
    if (!source) return []
    if (locator && source.locators.length < MOST_LOCATORS && !source.locators.includes(locator))
      source.locators.push(locator)
    return [{ source: source.number, locator }]
  }
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isObject(value)) return value
    const walked: JsonObject = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        (key === 'sources' ? citationsOf(inner)?.flatMap(refer) : undefined) ?? walk(inner),
      ]),
    )
    return walked
  }
  return { data: walk(answer), sources: [...found.values()], more: unnamed.size }
}

/** The sources of a record as edges, whichever way a document asks for them; none where the list is of another kind. */
const citationsOf = (sources: Json): readonly Json[] | undefined => {
  if (isObject(sources) && Array.isArray(sources['edges'])) return sources['edges'] as readonly Json[]
  const nodes = isObject(sources) ? sources['nodes'] : sources
  return Array.isArray(nodes) ? (nodes as readonly Json[]).map((node) => ({ node })) : undefined
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)
