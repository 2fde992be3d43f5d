import type { Citation } from '../model/records.js'
import { compareTrust } from '../model/trust.js'
import type { SourceSet } from './graph-store.js'

type Members = SourceSet['citations']

/** The sets of sources that records refer to by one small number; each set is kept once. */
export class SourceSets {
  readonly #numbers = new Map<string, number>()
  readonly #members = new Map<number, Members>()
  readonly #ofCitations = new WeakMap<readonly Citation[], number>()
  readonly #unions = new Map<string, number>()
  readonly #bestSources = new Map<number, string>()
  #new: SourceSet[] = []
  #last = 0

  constructor(stored: readonly SourceSet[]) {
    for (const { number, citations } of stored) this.#keep(number, citations)
  }

  /** The number of the set that these citations make. */
  of(citations: readonly Citation[]): number {
    const known = this.#ofCitations.get(citations)
    if (known !== undefined) return known
    const number = this.#number(citations.map(({ source, locator }) => ({ source, locator: locator ?? null })))
    this.#ofCitations.set(citations, number)
    return number
  }

  /** The number of a set with these citations added. */
  unite(set: number, citations: readonly Citation[]): number {
    return this.uniteAll([set, this.of(citations)])
  }

  uniteAll(sets: readonly number[]): number {
    const [first = 0, ...others] = sets
    return others.reduce((a, b) => this.#union(a, b), first)
  }

  /** Whether what these citations say goes before what the set says: their best source is trusted more, or is the same. */
  goesBefore(citations: readonly Citation[], set: number): boolean {
    const [ours, theirs] = [this.#best(this.of(citations)), this.#best(set)]
    return compareTrust(ours, theirs) >= 0
  }

  /** The most trusted source of a set. */
  #best(set: number): string {
    const known = this.#bestSources.get(set)
    if (known !== undefined) return known
    const sources = (this.#members.get(set) ?? []).map(({ source }) => source)
    const best = sources.reduce((a, b) => (compareTrust(b, a) > 0 ? b : a))
    this.#bestSources.set(set, best)
    return best
  }

  /** The sets made since the last call, to be written before what refers to them. */
  takeNew(): readonly SourceSet[] {
    const made = this.#new
    this.#new = []
    return made
  }

  #union(a: number, b: number): number {
    if (a === b) return a
    const key = `${a} ${b}`
    const known = this.#unions.get(key)
    if (known !== undefined) return known
    const number = this.#number([...(this.#members.get(a) ?? []), ...(this.#members.get(b) ?? [])])
    this.#unions.set(key, number)
    return number
  }

  #number(citations: Members): number {
    const members = oneEach(citations)
    const known = this.#numbers.get(keyOf(members))
    if (known !== undefined) return known
    const number = this.#last + 1
    this.#keep(number, members)
    this.#new.push({ number, citations: members })
    return number
  }

  #keep(number: number, citations: Members): void {
    const members = oneEach(citations)
    this.#numbers.set(keyOf(members), number)
    this.#members.set(number, members)
    this.#last = Math.max(this.#last, number)
  }
}

const keyOf = (members: Members): string => JSON.stringify(members.map(({ source, locator }) => [source, locator]))

/** Each source once, in the order of ids; where one is cited at several places, they stand side by side. */
const oneEach = (citations: Members): Members => {
  const places = new Map<string, Set<string>>()
  for (const { source, locator } of citations) {
    const there = places.get(source) ?? new Set()
    for (const place of locator?.split('; ') ?? []) there.add(place)
    places.set(source, there)
  }
  const sources = [...places.keys()].sort()
  return sources.map((source) => ({ source, locator: [...(places.get(source) ?? [])].sort().join('; ') || null }))
}
