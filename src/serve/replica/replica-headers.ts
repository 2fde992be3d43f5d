/** Where a server gives a copy of its store. */
export const REPLICA_PATH = '/replica'
/** Says of which version of the graph a copy is. */
export const VERSION_HEADER = 'rapporteur-data-version'
