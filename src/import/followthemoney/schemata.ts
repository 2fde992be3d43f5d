/** What becomes of an entity of a schema: a node of a type, or a link between two entities. */
export const NODE_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Person: 'Person',
    LegalEntity: 'Organization',
    Organization: 'Organization',
    Company: 'Organization',
    PublicBody: 'Organization',
    Position: 'Office',
    Event: 'Event',
    Trip: 'Event',
    Address: 'Place',
    Territory: 'Place',
  }),
)

/** A schema whose entities are links: the properties that name its ends, and what is known of them. */
export interface LinkSchema {
  readonly link: 'Membership' | 'Holding'
  readonly from: string
  readonly to: string
  /** The types that the link goes from and to. */
  readonly types: readonly [from: string, to: string]
  /** The role where the entity names none. */
  readonly role: string | null
}

const MEMBERSHIP = { link: 'Membership', types: ['Person', 'Organization'] } as const
export const LINK_SCHEMATA: ReadonlyMap<string, LinkSchema> = new Map(
  Object.entries<LinkSchema>({
    Membership: { ...MEMBERSHIP, from: 'member', to: 'organization', role: 'MEMBER' },
    Directorship: { ...MEMBERSHIP, from: 'director', to: 'organization', role: 'DIRECTOR' },
    Employment: { ...MEMBERSHIP, from: 'employee', to: 'employer', role: 'EMPLOYEE' },
    Occupancy: { link: 'Holding', from: 'holder', to: 'post', types: ['Person', 'Office'], role: null },
  }),
)

/**
 * Properties by which an entity names others, by the properties that mirror them: a person's `positionOccupancies` are the
 * occupancies of which it is the `holder`. Only where entities are nested are the mirrors written.
 */
export const MIRRORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    membershipMember: 'member',
    membershipOrganization: 'organization',
    directorshipDirector: 'director',
    directorshipOrganization: 'organization',
    employers: 'employee',
    employees: 'employer',
    positionOccupancies: 'holder',
    occupancies: 'post',
    positions: 'organization',
    subsidiaries: 'parent',
    subdivisions: 'partOf',
    eventsOrganized: 'organizer',
    eventsInvolved: 'involved',
    tripsDeparting: 'startLocation',
    tripsIncoming: 'endLocation',
    things: 'addressEntity',
  }),
)

/** The more general schemata of those that the graph has a place for. */
const ABOVE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    LegalEntity: ['Thing'],
    Person: ['LegalEntity', 'Thing'],
    Organization: ['LegalEntity', 'Thing'],
    Company: ['Organization', 'LegalEntity', 'Asset', 'Thing', 'Value'],
    PublicBody: ['Organization', 'LegalEntity', 'Thing'],
    Position: ['Thing'],
    Event: ['Interval', 'Analyzable', 'Thing'],
    Trip: ['Event', 'Interval', 'Analyzable', 'Thing'],
    Address: ['Thing'],
    Territory: ['Thing'],
  }),
)

/** The more special one of two schemata that an entity is said to have; null where it cannot have both. */
export const commonSchema = (a: string, b: string): string | null => {
  if (a === b || ABOVE.get(a)?.includes(b)) return a
  return ABOVE.get(b)?.includes(a) ? b : null
}

/** Properties whose values are days, months or years and become something. */
export const DATES: ReadonlySet<string> = new Set(['birthDate', 'date', 'startDate', 'endDate'])

/** The properties by which an event names addresses. */
export const EVENT_PLACES = ['addressEntity', 'startLocation', 'endLocation'] as const
