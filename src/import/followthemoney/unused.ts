import { clip } from '../read/clip.js'
import { UnusedValues } from '../read/unused-values.js'
import type { FtmEntity, FtmValue } from './entity.js'
import { isPublic, KIND_TOPICS } from './nodes.js'

/** Properties that become something, by type of node or by schema of a link; all others are left out and counted. */
const NAMES = ['name', 'alias', 'previousName', 'weakAlias']
const USED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    Person: new Set([
      ...NAMES,
      'abbreviation',
      'firstName',
      'lastName',
      'birthDate',
      'email',
      'website',
      'wikipediaUrl',
    ]),
    Organization: new Set([...NAMES, 'abbreviation', 'website', 'topics', 'parent', 'jurisdiction', 'country']),
    Office: new Set([...NAMES, 'organization']),
    Event: new Set([
      ...NAMES,
      'summary',
      'description',
      'date',
      'startDate',
      'endDate',
      'country',
      'addressEntity',
      'startLocation',
      'endLocation',
      'organizer',
      'involved',
    ]),
    Place: new Set([...NAMES, 'full', 'country', 'partOf']),
    Membership: new Set(['member', 'organization', 'role', 'startDate', 'endDate']),
    Directorship: new Set(['director', 'organization', 'role', 'startDate', 'endDate']),
    Employment: new Set(['employee', 'employer', 'role', 'startDate', 'endDate']),
    Occupancy: new Set(['holder', 'post', 'startDate', 'endDate', 'date', 'status']),
  }),
)

/** Counts the values of entities that become nothing, by schema and property. */
export class UnusedProperties extends UnusedValues {
  see(entity: FtmEntity, schema: string, type: string | null): void {
    const used = USED.get(type ?? schema)
    const governs = type === 'Organization' && isPublic(entity, schema)
    for (const { values } of entity.said)
      for (const [property, found] of values) {
        const many = used?.has(property) ? lost(type, property, found, governs) : found.length
        if (many === 0) continue
        this.count(`${schema}.${clip(property)}`, many)
      }
  }
}

/** How many values of a property of an organisation become nothing although those of others do. */
const lost = (type: string | null, property: string, found: readonly FtmValue[], governs: boolean): number => {
  if (type !== 'Organization') return 0
  if (property === 'topics') return found.filter(({ text }) => !KIND_TOPICS.has(text)).length
  return !governs && (property === 'country' || property === 'jurisdiction') ? found.length : 0
}
