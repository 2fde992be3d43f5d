// Serves PostGraphile as its own documentation says, with the two plugins that the questions need: filters over
// neighbours, and figures. `node serve-postgraphile.mjs <connection string> <port>`
import { createServer } from 'node:http'
import { PgAggregatesPreset } from '@graphile/pg-aggregates'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'

const [connectionString = '', port] = process.argv.slice(2)
const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset, PgAggregatesPreset],
  pgServices: [makePgService({ connectionString, schemas: ['public'], poolConfig: { max: 16 } })],
  // Which columns can be asked is not to depend on which have an index.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  schema: { connectionFilterRelations: true },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
})
const server = createServer()
server.on('error', (error) => {
  throw error
})
const serving = instance.createServ(grafserv)
await serving.addTo(server)
await serving.ready()
server.listen(Number(port), '127.0.0.1')
