import type Database from 'libsql'

/** The statements of a session, each prepared once; rows come as lists. */
export class PreparedStatements {
  readonly #statements = new Map<string, Database.Statement>()

  constructor(readonly database: Database.Database) {}

  get(sql: string): Database.Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.database.prepare(sql)
      // Statements that give no rows refuse the setting.
      if (/^(SELECT|WITH)/.test(sql)) statement.raw(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  clear(): void {
    this.#statements.clear()
  }
}
