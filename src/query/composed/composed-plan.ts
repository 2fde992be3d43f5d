import type { Plan } from '../../store/plan.js'
import { type Bound, boundValue, type Value } from '../../store/values.js'
import type { Given } from './composer.js'

/** An answer that a composer puts together, and what is given of it. */
export interface ComposedPlan {
  readonly kind: 'composed'
  /** The composer's name. */
  readonly by: string
  /** What was given, by the names of arguments. */
  readonly given: GivenValues
  /** By the names of arguments: the plans that give the ids of what filters ask for. */
  readonly lists: ReadonlyMap<string, AskedIds>
  /** The most things that one place of the answer has. */
  readonly atMost: number
  readonly entries: readonly ComposedEntry[]
}

export type GivenValues = ReadonlyMap<string, Value>

/** The records that a filter asks for, and those of which it is not known whether it does. */
export interface AskedIds {
  readonly known: Plan
  readonly undecided: Plan
}

/** What is given of an object, under which name. */
export interface ComposedEntry {
  readonly as: string
  readonly name: string
  readonly value:
    | { readonly kind: 'fact' }
    | { readonly kind: 'type'; readonly text: string }
    | { readonly kind: 'object'; readonly entries: readonly ComposedEntry[] }
    /** Records, of which the composer gives the ids, by a plan that gives all of them. */
    | { readonly kind: 'records'; readonly plan: Plan & { readonly kind: 'many' }; readonly given: GivenValues }
}

/** The ids of records, in the plans that give them. */
export const RECORDS: Value = { from: 'variable', path: [], read: { how: 'ids' } }

/** The plans of an answer's records, by where they are given. */
export const recordPlans = (
  entries: readonly ComposedEntry[],
  path = '',
): readonly { readonly path: string; readonly plan: Plan & { readonly kind: 'many' } }[] =>
  entries.flatMap(({ as, value }) => {
    if (value.kind === 'object') return recordPlans(value.entries, `${path}/${as}`)
    return value.kind === 'records' ? [{ path: `${path}/${as}`, plan: value.plan }] : []
  })

type Facts = Readonly<Record<string, unknown>>

export const givenIn = (given: GivenValues, bound: Bound): Given =>
  new Map([...given].map(([name, value]) => [name, boundValue(value, bound)]))

/** A fact that depends on what is asked of it is given as what makes it of that. */
const factOf = ({ name, value }: ComposedEntry, facts: Facts, bound: Bound): unknown => {
  const fact = facts[name] ?? null
  if (typeof fact !== 'function') return fact
  return fact(givenIn(value.kind === 'records' ? value.given : NOTHING, bound))
}

const NOTHING: GivenValues = new Map()

/** Whether something is asked of an answer, by the names of its fields. */
export const isAskedOf = (entries: readonly ComposedEntry[], [first, ...rest]: readonly string[]): boolean =>
  entries.some(
    ({ name, value }) =>
      name === first && (rest.length === 0 || (value.kind === 'object' && isAskedOf(value.entries, rest))),
  )

/**
 * Writes what is asked of an answer.
 * @param facts what the composer gave: objects, lists of them, facts, and the ids of records
 * @param bound the values of the request
 * @param read gives records by their ids; null for one that is not there, or no longer
 */
export const fillRecords = async (
  entries: readonly ComposedEntry[],
  facts: unknown,
  bound: Bound,
  read: (plan: Plan & { readonly kind: 'many' }, ids: readonly string[]) => Promise<readonly unknown[]>,
): Promise<unknown> => {
  const ids = new Map<ComposedEntry, Set<string>>()
  collect(entries, facts, bound, ids)
  const records = new Map<ComposedEntry, ReadonlyMap<string, unknown>>()
  const ask = async (entry: ComposedEntry, plan: Plan & { readonly kind: 'many' }): Promise<void> => {
    const asked = [...(ids.get(entry) ?? [])]
    const given = asked.length > 0 ? await read(plan, asked) : []
    records.set(entry, new Map(asked.map((id, i) => [id, given[i] ?? null])))
  }
  await Promise.all([...ids.keys()].map((entry) => entry.value.kind === 'records' && ask(entry, entry.value.plan)))
  const filled = fill(entries, facts, bound, records)
  return filled === GONE ? null : filled
}

/** Stands for what cannot be given, since a record of it is gone. */
const GONE = Symbol('gone')

const collect = (
  entries: readonly ComposedEntry[],
  facts: unknown,
  bound: Bound,
  ids: Map<ComposedEntry, Set<string>>,
): void => {
  if (Array.isArray(facts)) for (const each of facts) collect(entries, each, bound, ids)
  else if (facts !== null && facts !== undefined) {
    for (const entry of entries) {
      const fact = factOf(entry, facts as Facts, bound)
      if (entry.value.kind === 'object') collect(entry.value.entries, fact, bound, ids)
      if (entry.value.kind !== 'records') continue
      const known = ids.get(entry) ?? new Set()
      for (const id of [fact].flat()) if (typeof id === 'string') known.add(id)
      ids.set(entry, known)
    }
  }
}

const fill = (
  entries: readonly ComposedEntry[],
  facts: unknown,
  bound: Bound,
  records: ReadonlyMap<ComposedEntry, ReadonlyMap<string, unknown>>,
): unknown => {
  if (Array.isArray(facts))
    return facts.map((each) => fill(entries, each, bound, records)).filter((each) => each !== GONE)
  if (facts === null || facts === undefined) return null
  const given = entries.map((entry): readonly [string, unknown] => {
    const fact = factOf(entry, facts as Facts, bound)
    const { value } = entry
    if (value.kind === 'type') return [entry.as, value.text]
    if (value.kind === 'object') return [entry.as, fill(value.entries, fact, bound, records)]
    if (value.kind === 'fact') return [entry.as, fact]
    const record = (id: unknown) => records.get(entry)?.get(String(id)) ?? GONE
    if (Array.isArray(fact)) return [entry.as, fact.map(record).filter((each) => each !== GONE)]
    return [entry.as, fact === null ? null : record(fact)]
  })
  return given.some(([, value]) => value === GONE) ? GONE : Object.fromEntries(given)
}
