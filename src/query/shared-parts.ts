/** Gives one object for all parts of a plan that are alike, so that what is asked under two names is one thing. */
export class SharedParts {
  readonly #known = new Map<string, object>()
  readonly #numbers = new Map<object, number>()

  /**
   * The part itself, or the one like it that came before. Parts within it must have been given here already.
   * @param scope what the part is one of: alike parts of unlike things are two
   */
  of<T extends object>(part: T, scope = ''): T {
    const key = scope + JSON.stringify(part instanceof Map ? [...part] : part, this.#numbered)
    const known = this.#known.get(key) as T | undefined
    if (known) return known
    this.#known.set(key, part)
    this.#numbers.set(part, this.#numbers.size)
    return part
  }

  /** A part within a part stands as its number, so that a key is as long as what is new in it. */
  readonly #numbered = (_name: string, value: unknown): unknown => {
    const number = typeof value === 'object' && value !== null ? this.#numbers.get(value) : undefined
    return number === undefined ? value : { part: number }
  }
}
