import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import neo4j, { type Driver } from 'neo4j-driver'
import { startNeo4j } from '../../scripts/neo4j-server.mjs'
import type { Cell, PeerTable } from './peer-tables.js'

/** Starts a Neo4j for the peer, like the one that this program is measured on, and fills it unless that is done. */
export const startPeerNeo4j = async (folder: string, tables: () => Promise<readonly PeerTable[]>) => {
  const filled = join(folder, 'filled')
  if (!existsSync(filled)) rmSync(folder, { recursive: true, force: true })
  const server = await startNeo4j({ home: folder, heapMegabytes: 2048, onProgress: console.error })
  if (existsSync(filled)) return server
  const driver = neo4j.driver(server.uri)
  try {
    for (const statement of [...CONSTRAINTS, ...INDEXES]) await driver.executeQuery(statement)
    for (const table of await tables()) await load(driver, table)
    await driver.executeQuery('CALL db.awaitIndexes(300)')
    writeFileSync(filled, '')
  } catch (error) {
    await server.stop()
    throw error
  } finally {
    await driver.close()
  }
  return server
}

const BATCH = 10_000

const load = async (driver: Driver, table: PeerTable): Promise<void> => {
  const statement = STATEMENTS[table.name]
  if (!statement) throw new Error(`Nothing says how the table ${table.name} is loaded into Neo4j.`)
  const write = async (rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> => {
    await driver.executeQuery(`UNWIND $rows AS row ${statement}`, { rows })
  }
  let rows: Readonly<Record<string, unknown>>[] = []
  for await (const row of table.rows()) {
    rows.push(Object.fromEntries(table.columns.map((column, i) => [column, storedAs(column, row[i] ?? null)])))
    if (rows.length < BATCH) continue
    await write(rows)
    rows = []
  }
  await write(rows)
}

const storedAs = (column: string, cell: Cell): unknown => {
  if (cell === null) return null
  if (column === 'date') return neo4j.types.Date.fromStandardDate(new Date(String(cell)))
  if (column === 'moment') return neo4j.types.DateTime.fromStandardDate(new Date(String(cell)))
  return typeof cell === 'number' ? neo4j.int(cell) : cell
}

const CONSTRAINTS = ['Place', 'Organization', 'Topic', 'Member', 'VoteEvent', 'VoteCount'].map(
  (label) => `CREATE CONSTRAINT FOR (n:${label}) REQUIRE n.id IS UNIQUE`,
)
const INDEXES = [
  'CREATE INDEX FOR (n:VoteEvent) ON (n.moment)',
  'CREATE INDEX FOR (n:VoteEvent) ON (n.date)',
  'CREATE INDEX FOR (n:VoteEvent) ON (n.isMain, n.date)',
  'CREATE INDEX FOR (n:VoteEvent) ON (n.votesFor)',
  'CREATE TEXT INDEX FOR (n:VoteEvent) ON (n.titleFolded)',
  'CREATE INDEX FOR (n:VoteCount) ON (n.majority)',
]

const TALLY = 'votesFor: row.votes_for, votesAgainst: row.votes_against, abstentions: row.abstentions'
const BALLOT = 'MATCH (v:VoteEvent {id: row.vote_event_id})'

/** One statement for each table. What a vote's own group and country are called stands on the vote: links have no neighbours. */
const STATEMENTS: Readonly<Record<string, string>> = {
  place: 'CREATE (:Place {id: row.id, name: row.name})',
  organization: 'CREATE (:Organization {id: row.id, name: row.name, shortName: row.short_name})',
  topic: 'CREATE (:Topic {id: row.id, name: row.name})',
  member: 'CREATE (:Member {id: row.id, name: row.name, sortKey: row.sort_key})',
  vote_event: `CREATE (:VoteEvent {id: row.id, title: row.title, titleFolded: row.title_folded, date: row.date,
    moment: row.moment, isMain: row.is_main, result: row.result, ${TALLY}})`,
  vote_event_place: `${BALLOT} MATCH (p:Place {id: row.place_id}) CREATE (v)-[:ABOUT]->(p)`,
  vote_event_topic: `${BALLOT} MATCH (t:Topic {id: row.topic_id}) CREATE (v)-[:FILED_UNDER]->(t)`,
  vote_count: `${BALLOT} CREATE (c:VoteCount {id: row.id, majority: row.majority, ${TALLY}})-[:COUNT_OF]->(v)
    WITH c, row MATCH (o:Organization {id: row.organization_id}) CREATE (c)-[:COUNT_FOR]->(o)`,
  member_vote: `${BALLOT} MATCH (m:Member {id: row.member_id})
    OPTIONAL MATCH (g:Organization {id: row.group_id}) OPTIONAL MATCH (c:Place {id: row.country_id})
    CREATE (m)-[:VOTED {option: row.option, moment: row.moment, groupId: row.group_id, groupShortName: g.shortName,
      countryId: row.country_id, countryName: c.name}]->(v)`,
}
