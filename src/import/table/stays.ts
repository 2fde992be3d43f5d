/** A time in a group; null: in none. */
interface Stay {
  readonly group: string | null
  readonly start: string
  readonly end: string
}

/** In which groups members were, and when: what tells the group of a day. */
export class Stays {
  readonly #of = new Map<string, Stay[]>()

  add(member: string, group: string | null, start: unknown, end: unknown): void {
    const stays = this.#of.get(member) ?? []
    this.#of.set(member, stays)
    stays.push({ group, start: String(start ?? ''), end: String(end ?? '9999') })
  }

  /** The group of a member on a day; null where it was none, undefined where that is not known or there would be several. */
  groupOn(member: string, day: string | null): string | null | undefined {
    let found: string | null | undefined
    for (const { group, start, end } of this.#of.get(member) ?? []) {
      if (day === null || start > day || day > end) continue
      if (found !== undefined && found !== group) return undefined
      found = group
    }
    return found
  }
}
