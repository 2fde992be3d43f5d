import type { ColumnKind } from '../../model/graph-shape.js'
import { type Sql, text } from './sql-rows.js'

/**
 * Arguments of a `concat`. SQLite (3.45) puts aside a call's constants only where one is among its first 32 arguments; one
 * further on, with none before it, is kept in a register that the next call overwrites, and is missing from the text.
 */
const MAX_ARGUMENTS = 32
/** Members of a `json_object`, which takes 127 arguments and begins with a constant. */
const MAX_MEMBERS = 60

interface Piece {
  /** The conditions under which the piece is there, as a list and joined; empty for always. */
  readonly conditions: readonly Sql[]
  readonly guard: Sql
  readonly sql: Sql
  /** The text itself, where it is constant. */
  readonly constant: string | null
  /** Whether it is a function already, and has to stand alone under its condition. */
  readonly alone?: boolean
}

/**
 * Builds the expression that gives a JSON text, as a flat list of pieces in a row, some only under a condition. It costs
 * what `json_object` does, and saves what that would cost beyond a row: lists within are put in as they are, instead of
 * being parsed again, and objects within objects take no room on the parser's stack, which has little.
 */
export class JsonText {
  readonly #pieces: Piece[] = []
  #conditions: readonly Sql[] = []
  #guard: Sql = ''

  /** Adds a constant part. */
  constant(part: string): this {
    const last = this.#pieces.at(-1)
    if (last?.constant != null && last.guard === this.#guard) this.#pieces.pop()
    const whole = last?.constant != null && last.guard === this.#guard ? last.constant + part : part
    this.#add({ sql: text(whole), constant: whole })
    return this
  }

  /** Adds the value of an expression, which must be JSON already. */
  json(sql: Sql): this {
    this.#add({ sql, constant: null })
    return this
  }

  /**
   * Adds what `write` writes, under a condition.
   * @param implied the condition around it that this one implies, so that it need not be said again
   */
  when(condition: Sql, write: () => void, implied?: Sql): this {
    return this.#within([...this.#conditions.filter((each) => each !== implied), condition], write)
  }

  #within(conditions: readonly Sql[], write: () => void): this {
    const [outer, guard] = [this.#conditions, this.#guard]
    this.#conditions = conditions
    this.#guard = conditions.join(' AND ')
    write()
    this.#conditions = outer
    this.#guard = guard
    return this
  }

  #add(piece: Omit<Piece, 'conditions' | 'guard'>): void {
    this.#pieces.push({ ...piece, conditions: this.#conditions, guard: this.#guard })
  }

  /** An object of these members, each written by its own function. */
  object(members: readonly (readonly [name: string, write: () => void])[]): this {
    members.forEach(([name, write], i) => {
      this.constant(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`)
      write()
    })
    return this.constant(members.length === 0 ? '{}' : '}')
  }

  /**
   * An object of plain values. As a whole, or alone under a condition, `json_object` writes it, one call instead of one
   * for each value; within another object it is put in flat.
   */
  plainObject(members: readonly (readonly [name: string, value: Sql])[]): this {
    if ((this.#guard === '' && this.#pieces.length > 0) || members.length === 0 || members.length > MAX_MEMBERS) {
      return this.object(members.map(([name, value]) => [name, () => this.json(`json_quote(${value})`)]))
    }
    const pairs = members.map(([name, value]) => `${text(name)}, ${value}`)
    this.#add({ sql: `json_object(${pairs.join(', ')})`, constant: null, alone: true })
    return this
  }

  /** Whether it is one plain object, or nothing but a constant. */
  get isPlain(): boolean {
    const [piece, ...others] = this.#pieces
    return piece !== undefined && others.length === 0 && (piece.alone === true || piece.constant !== null)
  }

  /** Adds the text that goes with the value of an expression. */
  choice(of: Sql, texts: readonly (readonly [value: Sql, text: JsonText])[], otherwise: Sql | null): this {
    if (this.#guard === '' && texts.every(([, each]) => each.isPlain)) {
      const cases = texts.map(([value, each]) => `WHEN ${value} THEN ${each.print()}`)
      return this.json(`CASE ${of} ${cases.join(' ')}${otherwise ? ` ELSE ${otherwise}` : ''} END`)
    }
    for (const [value, each] of texts) this.when(`${of} = ${value}`, () => this.#append(each))
    return otherwise ? this.when(`${of} IS NULL`, () => this.json(otherwise)) : this
  }

  #append(other: JsonText): void {
    for (const piece of other.#pieces) {
      this.#within([...this.#conditions, ...piece.conditions], () =>
        piece.constant === null ? this.#add(piece) : this.constant(piece.constant),
      )
    }
  }

  /** The expression; never null. */
  print(): Sql {
    const groups: { guard: Sql; parts: Sql[]; full: boolean }[] = []
    for (const { guard, sql, alone = false } of this.#pieces) {
      const last = groups.at(-1)
      // A condition is said again rather than that a function stands within a function under it.
      const joins = last?.guard === guard && !(guard && (alone || last.full || last.parts.length === MAX_ARGUMENTS))
      if (joins) last.parts.push(sql)
      else groups.push({ guard, parts: [sql], full: alone })
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

/** The value of a column of this kind as JSON. */
export const asJson = (kind: ColumnKind, sql: Sql): Sql => {
  if (kind === 'boolean') return `CASE ${sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END`
  // A short list is kept as its JSON text.
  return kind === 'values' ? sql : `json_quote(${sql})`
}
