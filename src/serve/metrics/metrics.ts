import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { PROGRAM_VERSION } from '../../settings.js'
import type { OnRequest } from '../front/tell-requests.js'
import { GAUGES, type Seen } from './gauges.js'

/** The figures of a server, in the format of Prometheus. */
export interface Metrics {
  readonly contentType: string
  readonly onRequest: OnRequest
  /** Told of each statement that was answered: by which engine, for which root field, and how long it took with its wait. */
  onStatement(engine: string, field: string, milliseconds: number): void
  /** All figures as they are now. */
  text(): Promise<string>
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const POINTS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000]

/**
 * Makes the figures of a server. What they are told apart by is a short list each time: an address, a status, a code, a root
 * field of the schema; never anything that a client chooses.
 * @param see what is looked at whenever the figures are asked for
 */
export const createMetrics = (see: () => Promise<Seen>): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  // They count what they have by type as well, under names that are those of counters (prom-client 15.1).
  for (const name of ['nodejs_active_resources', 'nodejs_active_handles', 'nodejs_active_requests'])
    registry.removeSingleMetric(`${name}_total`)
  const requests = new Counter({
    name: 'rapporteur_requests_total',
    help: 'Requests that have ended, by address, status and the code of the first error (empty for none).',
    labelNames: ['front', 'status', 'code'],
    registers,
  })
  const cut = new Counter({
    name: 'rapporteur_requests_cut_total',
    help: 'Requests whose client went away before it had the answer.',
    labelNames: ['front'],
    registers,
  })
  const seconds = new Histogram({
    name: 'rapporteur_request_seconds',
    help: 'Seconds from the head of a request to the end of the answer.',
    labelNames: ['front'],
    buckets: SECONDS,
    registers,
  })
  const bytes = new Counter({
    name: 'rapporteur_sent_bytes_total',
    help: 'Bytes sent in answers, their heads included.',
    labelNames: ['front'],
    registers,
  })
  const points = new Histogram({
    name: 'rapporteur_cost_points',
    help: 'What questions cost, in points.',
    buckets: POINTS,
    registers,
  })
  const statements = new Histogram({
    name: 'rapporteur_statement_seconds',
    help: 'Seconds of the statements that were answered, with their wait for a connection, by root field.',
    labelNames: ['engine', 'field'],
    buckets: SECONDS,
    registers,
  })
  const about = new Gauge({
    name: 'rapporteur_info',
    help: 'What runs; always 1.',
    labelNames: ['version', 'node'],
    registers,
  })
  about.set({ version: PROGRAM_VERSION, node: process.versions.node }, 1)
  const gauges = GAUGES.map(({ name, help, label, read }) => {
    const labelNames = label ? [label] : []
    return { label, read, gauge: new Gauge({ name, help, labelNames, registers }) }
  })
  return {
    contentType: registry.contentType,
    onRequest: ({ front, status, milliseconds, bytes: sent, isCut, noted: { code = '', cost } }) => {
      requests.inc({ front, status, code })
      if (isCut) cut.inc({ front })
      seconds.observe({ front }, milliseconds / 1000)
      bytes.inc({ front }, sent)
      if (cost !== undefined) points.observe(cost)
    },
    onStatement: (engine, field, milliseconds) => statements.observe({ engine, field }, milliseconds / 1000),
    text: async () => {
      const seen = await see()
      for (const { gauge, label, read } of gauges) {
        gauge.reset()
        const values = read(seen)
        // What is not known is left out, and is not 0.
        if (values === undefined && !label) gauge.remove()
        if (typeof values === 'number') gauge.set(values)
        else for (const [word, value] of Object.entries(values ?? {})) gauge.set({ [label as string]: word }, value)
      }
      return registry.metrics()
    },
  }
}
