// npm run neo4j [-- --port 7687 --home <folder> --password <word>]: a Neo4j server for as long as this command runs.
import { parseArgs } from 'node:util'
import { defaultHome, startNeo4j } from './neo4j-server.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7687' },
    home: { type: 'string', default: defaultHome },
    password: { type: 'string' },
  },
})

/** A word as a shell reads it. @param {string} word */
const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`

// Also while it starts: the exit then takes the server with it.
let stop = async () => {}
let stopping = false
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, async () => {
    if (stopping) return
    stopping = true
    console.log('Stopping Neo4j.')
    await stop()
    process.exit(0)
  })
}

try {
  const server = await startNeo4j({
    port: Number(values.port),
    home: values.home,
    heapMegabytes: 1024,
    onProgress: console.log,
    ...(values.password === undefined ? {} : { password: values.password }),
  })
  stop = server.stop
  const account =
    values.password === undefined
      ? ''
      : `RAPPORTEUR_NEO4J_USER=neo4j RAPPORTEUR_NEO4J_PASSWORD=${quoted(values.password)} `
  console.log(`Neo4j keeps its graph in ${values.home}. Ctrl-C stops it. In another terminal:

  RAPPORTEUR_STORE=${server.uri} ${account}npm start
`)
  const lastWords = await server.stopped
  if (!stopping) throw new Error(`Neo4j ended. ${lastWords}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
