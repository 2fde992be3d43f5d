/** One promise about a threat or a fault, and how it is tried. */
export interface Proof {
  /** The threat or fault, in two or three words; `npm run bench:hardening -- <words>` runs the proofs whose row has them. */
  readonly row: string
  /** What is promised, with the figure that it is held to. */
  readonly promise: string
  /** Tries it on a server or store of its own, with bounded counts and times, and leaves nothing behind. */
  measure(): Promise<Seen>
}

/** What was seen when a promise was tried. */
interface Seen {
  /** The figures, as they stand in the table. */
  readonly figure: string
  readonly holds: boolean
}
