import neo4j from 'neo4j-driver'

/** Deletes all that a server of the benchmarks holds; whatever its process has learnt to do fast, it keeps. */
export const emptyNeo4j = async (uri: string): Promise<void> => {
  const driver = neo4j.driver(uri)
  const session = driver.session()
  try {
    await session.run('MATCH ()-[e]->() CALL (e) { DELETE e } IN TRANSACTIONS OF 10000 ROWS')
    await session.run('MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS')
  } finally {
    await session.close()
    await driver.close()
  }
}
