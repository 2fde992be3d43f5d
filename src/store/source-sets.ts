import { TO } from '../model/contradictions.js'
import type { Citation, Languages, NamedAs } from '../model/records.js'
import { compareTrust } from '../model/trust.js'
import { type Citations, type Voice, voiceKey } from '../model/voices.js'
import type { SourceSet } from './graph-store.js'

/**
 * The sets of sources that records refer to by one small number: who speaks of a record, and of which columns. Each set
 * is kept once, so that a million records of one table share one.
 */
export class SourceSets {
  readonly #numbers = new Map<string, number>()
  readonly #voices = new Map<number, readonly Voice[]>()
  #single = new WeakMap<readonly Citation[], Single>()
  readonly #derived = new Map<string, number>()
  #new: SourceSet[] = []
  #last = 0

  constructor(stored: readonly SourceSet[]) {
    for (const { number, voices } of stored) this.#keep(keyOf(voices), number, voices)
  }

  /** The set in which one edition alone speaks. */
  single(
    edition: string,
    citations: readonly Citation[],
    weak: readonly string[] = NONE,
    { as, languages }: { readonly as?: NamedAs | undefined; readonly languages?: Languages | null } = {},
  ): number {
    if (as || languages) {
      const names = { ...(as && { as }), ...(languages && { languages }) }
      return this.of([{ edition, citations: cited(citations), says: null, weak, differs: NONE, ...names }])
    }
    const known = this.#single.get(citations)
    if (known?.edition === edition && sameNames(known.weak, weak)) return known.number
    const number = this.of([{ edition, citations: cited(citations), says: null, weak, differs: NONE }])
    this.#single.set(citations, { edition, weak, number })
    return number
  }

  of(voices: readonly Voice[]): number {
    const sorted = [...voices].sort((a, b) => (voiceKey(a) < voiceKey(b) ? -1 : 1))
    const key = keyOf(sorted)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#last + 1
    this.#keep(key, number, sorted)
    this.#new.push({ number, citations: united(sorted), voices: sorted })
    return number
  }

  /** The set of something that follows from what these sources say. */
  following(citations: Citations): number {
    return this.of([{ edition: '', citations: oneEach(citations), says: null, weak: NONE, differs: NONE }])
  }

  /** The set of something that follows from records with these sets. */
  derived(numbers: readonly number[]): number {
    const key = [...new Set(numbers)].sort((a, b) => a - b).join(' ')
    const known = this.#derived.get(key)
    if (known !== undefined) return known
    const citations = united(numbers.flatMap((number) => this.voices(number)))
    const number = this.following(citations)
    this.#derived.set(key, number)
    return number
  }

  voices(number: number): readonly Voice[] {
    return this.#voices.get(number) ?? []
  }

  /** The sets in which an edition speaks, with how often in each. */
  speaking(edition: string): ReadonlyMap<number, number> {
    const found = new Map<number, number>()
    for (const [number, voices] of this.#voices) {
      const count = voices.filter((voice) => voice.edition === edition).length
      if (count > 0) found.set(number, count)
    }
    return found
  }

  /** The sets of records of which a voice names something by an id that is not shown: merged, or led to by others only. */
  renamed(): readonly number[] {
    const isOther = ({ as, differs }: Voice) => as !== undefined || differs.includes(TO.name)
    return [...this.#voices].flatMap(([number, voices]) => (voices.some(isOther) ? [number] : []))
  }

  /** The ids by which voices name what is shown under another id: of records, and of what links lead to or refer to. */
  names(): { readonly ofRecords: ReadonlySet<string>; readonly ofEnds: ReadonlySet<string> } {
    const [ofRecords, ofEnds] = [new Set<string>(), new Set<string>()]
    for (const voices of this.#voices.values())
      for (const { as } of voices)
        for (const [name, id] of Object.entries(as ?? {})) (name === 'id' ? ofRecords : ofEnds).add(id)
    return { ofRecords, ofEnds }
  }

  /** Forgets the sets that cite a source, which goes with them. */
  forget(source: string): void {
    for (const [number, voices] of this.#voices) {
      if (!voices.some(({ citations }) => citations.some((each) => each.source === source))) continue
      this.#voices.delete(number)
      this.#numbers.delete(keyOf(voices))
    }
    this.#single = new WeakMap()
    this.#derived.clear()
  }

  /** The sets made since the last call, to be written before what refers to them. */
  takeNew(): readonly SourceSet[] {
    const made = this.#new
    this.#new = []
    return made
  }

  #keep(key: string, number: number, voices: readonly Voice[]): void {
    this.#numbers.set(key, number)
    this.#voices.set(number, voices)
    this.#last = Math.max(this.#last, number)
  }
}

interface Single {
  readonly edition: string
  readonly weak: readonly string[]
  readonly number: number
}

const NONE: readonly string[] = []

/** Citations as a voice has them: each source once, in the order of ids; its places stand side by side. */
export const cited = (citations: readonly Citation[]): Citations =>
  oneEach(citations.map(({ source, locator }) => ({ source, locator: locator ?? null })))

/** The most trusted source of a voice; of several, the one whose id comes first. */
export const bestSource = ({ citations }: Pick<Voice, 'citations'>): string =>
  citations.reduce((best, { source }) => (best === '' || compareTrust(source, best) > 0 ? source : best), '')

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((name, i) => name === b[i]))

const keyOf = (voices: readonly Voice[]): string =>
  JSON.stringify(
    voices.map(({ edition, citations, says, weak, differs, as, languages }) => [
      edition,
      citations.map(({ source, locator }) => [source, locator]),
      says,
      weak,
      differs,
      ...(as || languages ? [as ?? null, languages ?? null] : []),
    ]),
  )

const united = (voices: readonly Voice[]): Citations => oneEach(voices.flatMap(({ citations }) => citations))

/** Each source once, in the order of ids; its places stand side by side. */
export const oneEach = (citations: Citations): Citations => {
  const places = new Map<string, Set<string>>()
  for (const { source, locator } of citations) {
    const there = places.get(source) ?? new Set()
    for (const place of locator?.split('; ') ?? []) there.add(place)
    places.set(source, there)
  }
  const sources = [...places.keys()].sort()
  return sources.map((source) => ({ source, locator: [...(places.get(source) ?? [])].sort().join('; ') || null }))
}
