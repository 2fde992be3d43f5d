import type { GraphRecord } from '../../model/records.js'
import type { Finding, UnnamedVote } from '../importer.js'

/** A rule of the integrity gate: sees the records of an edition once, in their order, and tells what does not add up. */
export interface GateRule {
  /** The types of nodes and links that it wants to see. */
  readonly kinds: readonly string[]
  see(record: GraphRecord): void
  /** Sees a member's vote that is not a record, since nobody knows whose it is. */
  seeUnnamed?(vote: UnnamedVote): void
  /** What does not add up, after the last record; in the order of the records. */
  findings(): Iterable<Finding>
}
