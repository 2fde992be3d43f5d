import type { JsonObject } from '../read/read-json-lines.js'

/**
 * Gives ballots ids that have none of their own. One with a number is named after its body, session, day and number; one
 * without after its motion, or else its body, session and day, and its place among those that have no more to be told by.
 */
export class BallotIds {
  readonly #places = new Map<string, number>()

  /** A ballot with its id; as it is where it has one, or nothing to be named after. */
  named(value: JsonObject): JsonObject {
    if (isTold(value['id']) || isTold(value['_id'])) return value
    const id = this.#idOf(value)
    return id === null ? value : { ...value, id }
  }

  #idOf(value: JsonObject): string | null {
    const number = told(value, 'identifier')
    const day = (told(value, 'start_date') ?? told(value, 'date'))?.slice(0, 10) ?? null
    const session = told(value, 'legislative_session_id') ?? told(value, 'legislative_session')
    const sitting = [told(value, 'organization_id') ?? told(value, 'organization'), session, day]
      .filter((part) => part !== null)
      .join('/')
    if (number !== null) return sitting === '' ? number : `${sitting}/vote-${number}`
    const about = told(value, 'motion_id') ?? told(value, 'motion') ?? (sitting || null)
    if (about === null) return null
    const place = (this.#places.get(about) ?? 0) + 1
    this.#places.set(about, place)
    return `${about}/vote-${place}`
  }
}

const isTold = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')

/** A text or number, or the id of what stands there whole; null where there is none. */
const told = (value: JsonObject, key: string): string | null => {
  const found = value[key]
  const written = typeof found === 'object' && found !== null && 'id' in found ? found['id'] : found
  return isTold(written) ? String(written).trim() : null
}
