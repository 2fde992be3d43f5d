import type { Pass, Problem } from '../importer.js'

/** How many of the reasons are said. */
const MAX_REASONS = 3

/**
 * A pass that keeps why the first rows were bad. Where no row at all is good, a file is refused with these reasons, which
 * nobody would see otherwise.
 */
export class FirstReasons {
  readonly pass: Pass
  readonly #first: Problem[] = []
  #more = 0

  constructor(pass: Pass) {
    this.pass = {
      ...pass,
      problem: (problem) => {
        if (this.#first.length < MAX_REASONS) this.#first.push(problem)
        else this.#more++
        pass.problem(problem)
      },
    }
  }

  /** What the refusal says of the rows: `; line 6: the reason, and 3 more`. Empty where no row was bad. */
  get said(): string {
    const reasons = this.#first.map(({ file, line, reason }) => `${file}, line ${line}: ${reason.replace(/\.$/, '')}`)
    const all = this.#more > 0 ? [...reasons, `and ${this.#more} more`] : reasons
    return all.length > 0 ? ` (${all.join('; ')})` : ''
  }
}
