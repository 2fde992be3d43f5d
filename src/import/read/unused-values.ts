/** Names that are told; whoever writes a file may put any number of names into it. */
const MAX_NAMES = 500

/** Counts values that become nothing, by the name of where they stand. */
export class UnusedValues {
  readonly #counts = new Map<string, number>()

  count(name: string, many: number): void {
    const counted = this.#counts.size < MAX_NAMES || this.#counts.has(name) ? name : 'others'
    this.#counts.set(counted, (this.#counts.get(counted) ?? 0) + many)
  }

  /** `Person.gender (12), Person.height (3)`; empty where everything became something. */
  toString(): string {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, many]) => `${name} (${many.toLocaleString('en')})`)
      .join(', ')
  }
}
