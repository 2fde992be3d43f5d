import { clip } from '../read/clip.js'
import { BadCell } from '../read/read-cells.js'

/** The types of PLOVER's map of 2021. */
const TYPES: ReadonlySet<string> = new Set(
  'AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT'.split(
    ' ',
  ),
)
/** Types of earlier drafts, and where the map of 2021 puts them. */
const EARLIER_TYPES: Readonly<Record<string, string | null>> = {
  CRIME: null,
  DEMAND: 'REQUEST',
  DISAPPROVE: 'ACCUSE',
  FIGHT: 'ASSAULT',
  INVESTIGATE: 'ACCUSE',
}

/** The type that is shown for a type of PLOVER, in capitals; null where the map of 2021 has none. @throws BadCell */
export const eventType = (column: string, written: string): string | null => {
  const type = TYPES.has(written) ? written : EARLIER_TYPES[written]
  if (type === undefined)
    throw new BadCell(
      `The column "${column}" is "${clip(written)}", which is not a type of PLOVER; one of ${[...TYPES].join(', ')} is.`,
    )
  return type
}
