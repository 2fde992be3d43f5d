import { proofs as day } from './day.js'
import { proofs as documents } from './documents.js'
import { proofs as eventLoop } from './event-loop.js'
import { proofs as faultsNeo4j } from './faults-neo4j.js'
import { proofs as faultsSqlite } from './faults-sqlite.js'
import { proofs as idleConnections } from './idle-connections.js'
import { proofs as otherServers } from './other-servers.js'
import { proofs as overload } from './overload.js'
import type { Proof } from './proof.js'
import { proofs as randomDocuments } from './random-documents.js'
import { proofs as replica } from './replica.js'
import { proofs as schemathesis } from './schemathesis.js'
import { proofs as shapes } from './shapes.js'
import { proofs as stalledReaders } from './stalled-readers.js'

/** Every promise that is tried by `npm run bench:hardening`, as docs/operating/promises.md has them. */
export const PROOFS: readonly Proof[] = [
  ...randomDocuments,
  ...documents,
  ...eventLoop,
  ...shapes,
  ...schemathesis,
  ...otherServers,
  ...idleConnections,
  ...faultsNeo4j,
  ...faultsSqlite,
  ...stalledReaders,
  ...overload,
  ...day,
  ...replica,
]
