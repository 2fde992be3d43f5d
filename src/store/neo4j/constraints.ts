import { createHash } from 'node:crypto'
import { type GraphShape, STATE } from '../../model/graph-shape.js'
import { NODE_LABEL, quoted } from './names.js'
import { SEARCH_INDEX } from './search-cypher.js'

/** The version of the layout that this program writes, and the newest it reads. */
export const STORE_VERSION = 2

/** The constraints and indexes that a store has, by name. */
export const databaseShape = (
  graph: GraphShape,
): { readonly statements: ReadonlyMap<string, string>; readonly fingerprint: string } => {
  const statements = new Map<string, string>([
    ['node_id', `CREATE CONSTRAINT node_id IF NOT EXISTS FOR (n:${NODE_LABEL}) REQUIRE n.id IS UNIQUE`],
    [
      'source_set_number',
      'CREATE CONSTRAINT source_set_number IF NOT EXISTS FOR (n:SourceSet) REQUIRE n.number IS UNIQUE',
    ],
    ['edition_source', 'CREATE CONSTRAINT edition_source IF NOT EXISTS FOR (n:Edition) REQUIRE n.source IS UNIQUE'],
    ['graph_id', `CREATE CONSTRAINT graph_id IF NOT EXISTS FOR (n:${STATE.type}) REQUIRE n.id IS UNIQUE`],
    ['search_word', 'CREATE CONSTRAINT search_word IF NOT EXISTS FOR (n:SearchWord) REQUIRE n.word IS UNIQUE'],
    [
      SEARCH_INDEX,
      `CREATE FULLTEXT INDEX ${SEARCH_INDEX} IF NOT EXISTS FOR (n:${NODE_LABEL}) ON EACH [n.searchKeys] OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'whitespace'}}`,
    ],
    ['rapporteur_name', 'CREATE CONSTRAINT rapporteur_name IF NOT EXISTS FOR (n:Rapporteur) REQUIRE n.name IS UNIQUE'],
  ])
  const add = (type: string, columns: readonly string[]) => {
    const name = `${type}_by_${columns.join('_')}`
    statements.set(
      name,
      `CREATE INDEX ${quoted(name)} IF NOT EXISTS FOR (n:${quoted(type)}) ON (${columns.map((column) => `n.${quoted(column)}`).join(', ')})`,
    )
  }
  for (const mapping of graph.root.values()) {
    if (mapping.kind === 'lookup') {
      const [type] = mapping.types
      for (const column of mapping.columns.values()) if (column !== 'id' && type) add(type, [column])
      continue
    }
    if (mapping.kind !== 'scan') continue
    const order = mapping.order.map((key) => key.column)
    const label = mapping.types.length === 1 ? (mapping.types[0] as string) : NODE_LABEL
    add(label, order)
  }
  for (const { name, indexes, order } of graph.nodes.values())
    for (const columns of indexes) add(name, [...columns, ...order.map((key) => key.column)])
  return {
    statements,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([...statements, [...graph.nodes.keys()]]))
      .digest('hex'),
  }
}
