import { RapporteurError } from '../errors.js'
import type { GraphShape } from '../model/graph-shape.js'
import { describeStore } from '../serve/describe-store.js'
import type { Log } from '../serve/log.js'
import type { ServeOptions, Serving } from '../serve/serve.js'
import { readSettings, type Settings, type StoreSettings } from '../settings.js'
import type { GraphStore } from '../store/graph-store.js'
import { openStore } from '../store/open-store.js'
import { openPrepared, readShape } from './open-for-command.js'
import { type ExitCode, number, say } from './terminal.js'

/** What the command line says besides. */
export interface ServeFlags {
  readonly host?: string
  readonly port?: string
  readonly follow?: string
  readonly seed: boolean
}

/** Serves the store until a signal comes. */
export const runServe = async ({ host, port, follow, seed }: ServeFlags): Promise<ExitCode> => {
  const settings = readSettings({
    ...(host && { RAPPORTEUR_HOST: host }),
    ...(port && { RAPPORTEUR_PORT: port }),
    ...(follow && { RAPPORTEUR_FOLLOW: follow }),
  })
  const shape = readShape()
  // No other command needs the server's libraries in memory.
  const { openLog } = await import('../serve/log.js')
  const { logRequests } = await import('../serve/log-requests.js')
  const { serve } = await import('../serve/serve.js')
  const { log, requests } = openLog(settings.log, process.stderr.isTTY)
  const serving = await serve({
    ...settings,
    shape,
    open: () => openPrepared(settings.store, shape, { seed, onUnverified: (sentence) => log(sentence) }, log),
    ...copiesOf(settings, (path) => openCopy(path, shape)),
    log,
    onRequest: requests === 'off' ? [] : [logRequests(log, { ...settings.log, requests })],
  })
  const stopped = untilSignalled(serving, settings.stopTimeout, log)
  // A signal may come while the store is still being made.
  await Promise.race([stopped, introduce(serving, settings.store)])
  await stopped
  return 0
}

/** How copies of the store are given, and where those of another server's are had. */
const copiesOf = (
  { store, replica: { give, key, follow: origin, every } }: Settings,
  open: (path: string) => Promise<GraphStore>,
): Pick<ServeOptions, 'giving' | 'following'> => {
  if (!give && !origin) return {}
  if (store.engine === 'Neo4j' || store.path === ':memory:') {
    const [name, what] = origin
      ? ['RAPPORTEUR_FOLLOW', 'copies could be kept beside']
      : ['RAPPORTEUR_REPLICA', 'could be copied']
    const instead = store.engine === 'Neo4j' ? 'Several servers may have one Neo4j as their store instead. ' : ''
    const sentence = `${name} is set, and RAPPORTEUR_STORE names no file that ${what}. ${instead}Nothing was started; name a file, or leave ${name} out.`
    throw new RapporteurError('BAD_SETTING', sentence)
  }
  return {
    ...(give && { giving: { folder: `${store.path}.copies`, key, open } }),
    ...(origin && { following: { folder: `${store.path}.followed`, key, origin, every, open } }),
  }
}

/** Opens a copy of a store, which is only read. @throws RapporteurError where this program cannot serve it as it is */
const openCopy = async (path: string, shape: GraphShape): Promise<GraphStore> => {
  const store = await openStore({ engine: 'SQLite', path }, shape, { readOnly: true })
  try {
    await store.prepare({ make: false, exact: true })
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Says what is served once the store has answered or has failed to. */
const introduce = async (serving: Serving, { engine }: StoreSettings): Promise<void> => {
  if (!(await serving.started)) return
  say(`Rapporteur answers at ${serving.url} (open it in a browser to try some questions).`)
  if (serving.store) say(await describeStore(serving.store))
  else say(`The store, ${engine}, does not answer yet. It is asked again until it does.`)
  if (serving.metricsUrl) say(`Its metrics are at ${serving.metricsUrl}.`)
  say('Ctrl-C stops it.')
}

/**
 * Waits for SIGTERM, SIGINT or SIGHUP and stops the server cleanly. A second signal ends the process at once, but for a
 * hang-up: a terminal that is closed may send several.
 */
const untilSignalled = (serving: Serving, timeout: number, log: Log): Promise<void> =>
  new Promise((resolve, reject) => {
    let stopping = false
    const onSignal = (signal: NodeJS.Signals): void => {
      if (stopping && signal !== 'SIGHUP') process.exit(1)
      if (stopping) return
      stopping = true
      log(`${signal}: stopping; requests under way have ${timeout / 1000} s to finish.`)
      serving.stop(timeout).then((cut) => {
        if (cut > 0) log(`${number(cut)} of them had not finished and were cut off.`)
        resolve()
      }, reject)
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
