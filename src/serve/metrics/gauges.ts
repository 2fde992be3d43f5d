import type { Edition, StatementsUnderWay } from '../../store/graph-store.js'
import type { Traffic } from '../listen.js'

/** What a server looks at when its figures are asked for; what is not known is left out. */
export interface Seen extends Traffic {
  readonly ready: boolean
  readonly statements?: StatementsUnderWay | undefined
  readonly editions?: readonly Edition[] | undefined
  readonly state?: { readonly version: number; readonly changedAt: string | null } | undefined
  readonly votes?: VotesSeen | undefined
  /** As of when a follower answers. */
  readonly asOf?: Date | undefined
}

/** The votes that are kept in memory. */
export interface VotesSeen {
  readonly votes: number
  readonly bytes: number
  /** The version of the graph that they were read from, and when that was. */
  readonly version: number
  readonly readAt: number
}

/** A figure that is read when it is asked for: a number, or one for each word that its label may have; undefined where it is not known. */
interface GaugeRow {
  readonly name: string
  readonly help: string
  readonly label?: string
  read(seen: Seen): number | Readonly<Record<string, number>> | undefined
}

const STATES = ['complete', 'importing', 'removing'] as const

/** Every figure that is looked up; a further one is a line. */
export const GAUGES: readonly GaugeRow[] = [
  { name: 'rapporteur_connections', help: 'Connections that are open.', read: ({ connections }) => connections },
  { name: 'rapporteur_requests_in_flight', help: 'Requests under way.', read: ({ inFlight }) => inFlight },
  {
    name: 'rapporteur_waiting_bytes',
    help: 'Bytes of answers that wait for their clients to read.',
    read: ({ waitingBytes }) => waitingBytes,
  },
  {
    name: 'rapporteur_statements',
    help: 'Statements that run, or wait for their turn.',
    label: 'is',
    read: ({ statements }) => statements && { running: statements.running, waiting: statements.waiting },
  },
  { name: 'rapporteur_store_ready', help: '1 while the store answers, else 0.', read: ({ ready }) => Number(ready) },
  { name: 'rapporteur_graph_version', help: 'The version of the graph.', read: ({ state }) => state?.version },
  {
    name: 'rapporteur_graph_changed_timestamp_seconds',
    help: 'When the graph last changed.',
    read: ({ state }) => (state?.changedAt ? Date.parse(state.changedAt) / 1000 : undefined),
  },
  {
    name: 'rapporteur_editions',
    help: 'Editions of sources in the store: complete, or under way or cut off.',
    label: 'state',
    read: ({ editions }) =>
      editions &&
      Object.fromEntries(STATES.map((state) => [state, editions.filter((each) => each.state === state).length])),
  },
  {
    name: 'rapporteur_replica_age_seconds',
    help: 'Seconds since the origin had the graph as this follower has it.',
    read: ({ asOf }) => asOf && (Date.now() - asOf.getTime()) / 1000,
  },
  { name: 'rapporteur_votes', help: "Members' votes that are kept in memory.", read: ({ votes }) => votes?.votes },
  { name: 'rapporteur_votes_bytes', help: 'Bytes that these votes take.', read: ({ votes }) => votes?.bytes },
  {
    name: 'rapporteur_votes_version',
    help: 'The version of the graph that these votes were read from.',
    read: ({ votes }) => votes?.version,
  },
  {
    name: 'rapporteur_votes_age_seconds',
    help: 'Seconds since these votes were read.',
    read: ({ votes }) => votes && (performance.now() - votes.readAt) / 1000,
  },
]
