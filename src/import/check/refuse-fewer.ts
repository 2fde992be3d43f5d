import type { TakenBack } from '../../store/edition-names.js'

/** An edition may take back as many records and links as this, whatever its source said. */
const FEW = 20
/** And this share of what its source said. */
const SHARE = 0.1
/** Types that a message names. */
const MAX_NAMED = 3

/**
 * Why an edition is rather a part of a file than a newer one: it would take back much of what its source said, or a record
 * of a type that a newer edition always has; null where it is not.
 */
export const fewerProblem = (
  source: string,
  { said, gone, byType }: TakenBack,
  kept: readonly string[] = [],
): string | null => {
  const lost = kept.filter((type) => (byType[type] ?? 0) > 0)
  if (lost.length === 0 && (gone <= FEW || gone <= said * SHARE)) return null
  const types = Object.entries(byType).map(([type, many]) => `${number(many)} of ${type}`)
  const named =
    types.length > MAX_NAMED ? [...types.slice(0, MAX_NAMED), `${types.length - MAX_NAMED} types more`] : types
  const all = `Of ${number(said)} records and links that the store has from ${source} this edition would take back ${number(gone)}: ${named.join(', ')}.`
  const why =
    gone > FEW && gone > said * SHARE
      ? 'It may be only a part of the whole.'
      : `A newer edition of it has every ${lost.join(' and ')} that the earlier one has, so this is another part or an older one.`
  return `${all} ${why} Nothing was loaded; import the whole, or allow it with --allow-fewer.`
}

const number = (value: number): string => value.toLocaleString('en')
