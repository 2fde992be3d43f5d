import { RapporteurError } from '../../errors.js'
import type { Problem } from '../importer.js'

/** What became of the rows of a file. */
export interface FileCount {
  rows: number
  bad: number
  /** Rows that bad rows take with them, here or in another file; they are among those left out. */
  fell: number
  /** Rows left out on purpose, by the reason. */
  readonly leftOut: Map<string, number>
}

/** Beyond this a source is no table with bad rows but something else; it bounds what the check keeps. */
const MAX_PROBLEMS = 200_000

/** Counts what becomes of the rows of an edition's files, and keeps what is wrong with them. */
export class RowCounts {
  readonly files = new Map<string, FileCount>()
  readonly problems: Problem[] = []

  read(file: string, rows: number): void {
    this.#file(file).rows += rows
  }

  /** @throws RapporteurError `BAD_INPUT` where there are too many to be bad rows of a table */
  problem(problem: Problem): void {
    if (this.problems.length >= MAX_PROBLEMS) {
      throw new RapporteurError(
        'BAD_INPUT',
        `More than ${MAX_PROBLEMS.toLocaleString('en')} rows are bad, the last on line ${problem.line} of ${problem.file}: ${problem.reason} Nothing was loaded.`,
      )
    }
    this.problems.push(problem)
    this.#file(problem.file).bad += 1
  }

  leaveOut(file: string, why: string, rows: number): void {
    const { leftOut } = this.#file(file)
    leftOut.set(why, (leftOut.get(why) ?? 0) + rows)
  }

  /** Counts rows that fall with bad ones. */
  fell(file: string, why: string, rows: number): void {
    this.leaveOut(file, why, rows)
    this.#file(file).fell += rows
  }

  #file(name: string): FileCount {
    const known = this.files.get(name) ?? { rows: 0, bad: 0, fell: 0, leftOut: new Map() }
    this.files.set(name, known)
    return known
  }
}
