import { type Sql, text } from './sql-rows.js'

/** A function takes 127 arguments (SQLite 3.45). */
const MAX_ARGUMENTS = 100

interface Piece {
  /** The condition under which the piece is there; empty for always. */
  readonly guard: Sql
  readonly sql: Sql
  /** The text itself, where it is constant. */
  readonly constant: string | null
}

/**
 * Builds the expression that gives a JSON text, as a flat list of pieces in a row, some only under a condition. It costs
 * what `json_object` does, and saves what that would cost beyond a row: lists within are put in as they are, instead of
 * being parsed again, and objects within objects take no room on the parser's stack, which has little.
 */
export class JsonText {
  readonly #pieces: Piece[] = []
  #guard: Sql = ''

  /** Adds a constant part. */
  constant(part: string): this {
    const last = this.#pieces.at(-1)
    if (last?.constant != null && last.guard === this.#guard) this.#pieces.pop()
    const whole = last?.constant != null && last.guard === this.#guard ? last.constant + part : part
    this.#pieces.push({ guard: this.#guard, sql: text(whole), constant: whole })
    return this
  }

  /** Adds the value of an expression, which must be JSON already. */
  json(sql: Sql): this {
    this.#pieces.push({ guard: this.#guard, sql, constant: null })
    return this
  }

  /** Adds what `write` writes, under a condition. */
  when(condition: Sql, write: () => void): this {
    const outer = this.#guard
    this.#guard = outer ? `${outer} AND ${condition}` : condition
    write()
    this.#guard = outer
    return this
  }

  /** An object of these members, each written by its own function. */
  object(members: readonly (readonly [name: string, write: () => void])[]): this {
    members.forEach(([name, write], i) => {
      this.constant(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`)
      write()
    })
    return this.constant(members.length === 0 ? '{}' : '}')
  }

  /** The expression; never null. */
  print(): Sql {
    const groups: { guard: Sql; parts: Sql[] }[] = []
    for (const { guard, sql } of this.#pieces) {
      const last = groups.at(-1)
      // A condition is said again rather than that a function stands within a function under it.
      if (last?.guard === guard && !(guard && last.parts.length === MAX_ARGUMENTS)) last.parts.push(sql)
      else groups.push({ guard, parts: [sql] })
    }
    return joined(
      groups.flatMap(({ guard, parts }) => (guard ? `CASE WHEN ${guard} THEN ${joined(parts)} END` : parts)),
    )
  }
}

/** The texts one after the other; `concat` leaves nulls out. */
const joined = (parts: readonly Sql[]): Sql => {
  if (parts.length === 1) return parts[0] as Sql
  if (parts.length <= MAX_ARGUMENTS) return `concat(${parts.join(', ')})`
  const groups: Sql[] = []
  for (let i = 0; i < parts.length; i += MAX_ARGUMENTS) groups.push(joined(parts.slice(i, i + MAX_ARGUMENTS)))
  return joined(groups)
}
