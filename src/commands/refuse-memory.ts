import { RapporteurError } from '../errors.js'
import type { StoreSettings } from '../settings.js'

/** Refuses a store in memory, which no other program has. @throws RapporteurError `NOT_A_FILE` */
export const refuseMemory = (settings: StoreSettings): void => {
  if (settings.engine === 'Neo4j' || settings.path !== ':memory:') return
  const sentence =
    'RAPPORTEUR_STORE is ":memory:", which is another store for each program. Nothing was done; name a file.'
  throw new RapporteurError('NOT_A_FILE', sentence)
}
