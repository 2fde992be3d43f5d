import type { Values } from '../../model/records.js'

/** How the minutes and the open data write the method of a vote: `RAISE_HAND`, `ELECTRONICAL`, `VOTE_ELECTRONIC_ROLLCALL`. */
const METHODS: readonly (readonly [written: RegExp, method: string])[] = [
  [/ROLL_?CALL/, 'ROLL_CALL'],
  [/SECRET/, 'SECRET'],
  [/HANDS?|SHOW/, 'SHOW_OF_HANDS'],
  [/ELECTRONIC|MACHINE|^EV$/, 'ELECTRONIC'],
]

/** The method of a ballot and whether it was a roll call, both null where none is written or it is not known, which is told. */
export const votingMethod = (written: string | null, tell: (sentence: string) => void): Values => {
  if (!written) return { method: null, isRollCall: null }
  const method = METHODS.find(([pattern]) => pattern.test(written.toUpperCase()))?.[1] ?? null
  if (!method) tell(`the method "${written.slice(0, 60)}" is not known to this importer and was left out.`)
  return { method, isRollCall: method && method === 'ROLL_CALL' }
}
