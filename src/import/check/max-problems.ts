import { RapporteurError } from '../../errors.js'

/** How many rows of a file may be bad: a number, or a share of the file's rows. */
export type MaxProblems = { readonly rows: number } | { readonly share: number; readonly atLeast: number }

/** One row in a hundred, or ten, whichever is more. */
export const DEFAULT_MAX_PROBLEMS: MaxProblems = { share: 0.01, atLeast: 10 }

/**
 * Reads the value of `--max-problems`: `0`, `25`, `0.5%`.
 * @throws RapporteurError `BAD_ARGUMENT`
 */
export const parseMaxProblems = (text: string): MaxProblems => {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? []
  if (number !== undefined && percent && Number(number) <= 100) return { share: Number(number) / 100, atLeast: 0 }
  if (number !== undefined && !percent && /^\d+$/.test(number)) return { rows: Number(number) }
  throw new RapporteurError(
    'BAD_ARGUMENT',
    `The number of problems "${text}" is neither a whole number nor a percentage such as 0.5%.`,
  )
}

/** The number of bad rows that a file with so many rows may have. */
export const allowedProblems = (max: MaxProblems, rows: number): number =>
  'rows' in max ? max.rows : Math.max(Math.floor(rows * max.share), max.atLeast)
