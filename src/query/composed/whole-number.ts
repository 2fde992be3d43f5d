import { RapporteurError } from '../../errors.js'

/** @throws RapporteurError `BAD_ARGUMENT` for what is no number from the least to the most */
export const wholeNumber = (
  name: string,
  value: unknown,
  fallback: number,
  [least, most]: readonly [number, number],
): number => {
  const number = (value as number | null | undefined) ?? fallback
  if (Number.isInteger(number) && number >= least && number <= most) return number
  throw new RapporteurError(
    'BAD_ARGUMENT',
    `\`${name}\` is ${number}; it must be a whole number from ${least} to ${most}.`,
  )
}
