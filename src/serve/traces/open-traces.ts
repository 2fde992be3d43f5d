import { PROGRAM_VERSION } from '../../settings.js'
import type { Layer } from '../front/layer.js'
import type { Log } from '../log.js'
import { traceRequests } from './trace-requests.js'

/** Traces of requests that are sent away. */
export interface Traces {
  readonly layer: Layer
  /** Sends what is not sent yet, for a second at most. */
  stop(): Promise<void>
}

const NEEDED = '@opentelemetry/sdk-trace-base @opentelemetry/exporter-trace-otlp-http @opentelemetry/resources'
/** Milliseconds that the last spans have at the end. */
const LAST_WAIT = 1000

/**
 * Opens traces by OpenTelemetry's packages, which are no part of this one: without them there are none, and the log says so.
 * What else these packages read of the environment (`OTEL_…`) holds.
 * @param endpoint where a collector takes OTLP over HTTP
 */
export const openTraces = async (endpoint: string, log: Log): Promise<Traces | null> => {
  const packages = await load()
  if (!packages) {
    log(
      `OTEL_EXPORTER_OTLP_ENDPOINT is set, and what traces need is not installed: none are sent. Install it beside Rapporteur: npm install ${NEEDED}`,
      { level: 'warn' },
    )
    return null
  }
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources] = packages
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources
  const own = resourceFromAttributes({ 'service.name': 'rapporteur', 'service.version': PROGRAM_VERSION })
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })),
    ],
  })
  return {
    layer: traceRequests(provider.getTracer('rapporteur', PROGRAM_VERSION)),
    stop: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_WAIT).unref())
      // A collector that does not answer keeps nobody from stopping.
      await Promise.race([provider.shutdown().catch(() => undefined), late])
    },
  }
}

const load = async () => {
  try {
    return await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null
    throw error
  }
}
