import type { GraphRecord } from '../../model/records.js'

/** Sets of sources, each kept once under a number. */
export class SaidSources {
  readonly #numbers = new Map<string, number>()
  readonly #sets: ReadonlySet<string>[] = []

  /** The number of a set with the sources of a record added. */
  add(set: number | undefined, { citations }: GraphRecord): number {
    const sources = [...(this.#of(set) ?? []), ...citations.map(({ source }) => source)]
    const key = [...new Set(sources)].sort().join('\n')
    const known = this.#numbers.get(key) ?? this.#sets.push(new Set(sources)) - 1
    this.#numbers.set(key, known)
    return known
  }

  /** Whether a source of the record is in the set. */
  overlap(set: number | undefined, { citations }: GraphRecord): boolean {
    return citations.some(({ source }) => this.#of(set)?.has(source))
  }

  #of(set: number | undefined): ReadonlySet<string> | undefined {
    return set === undefined ? undefined : this.#sets[set]
  }
}
