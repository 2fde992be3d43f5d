import { describe, expect, it } from 'vitest'
import { serverKind, textIndexByHand } from '../../src/store/neo4j/server-kind.js'

describe('What a server for Cypher is', () => {
  it.each(['Neo4j/5.26.0', 'Neo4j/5.23.1', 'Neo4j/2025.06.2', 'Neo4j/5.26.12-SNAPSHOT'])(
    'is a Neo4j of which all is used, for "%s"',
    (agent) => expect(serverKind(agent)).toMatchObject({ awaitsIndexes: true, listsTransactions: true, notice: null }),
  )

  it('is ArcadeDB where that calls itself compatible with Neo4j; nothing is asked that it lacks', () => {
    const kind = serverKind('Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)')
    expect(kind).toMatchObject({ name: 'ArcadeDB 26.10.2', awaitsIndexes: false, listsTransactions: false })
    expect(kind.notice).toContain('one import at a time')
    expect(textIndexByHand(kind)).toContain('ArcadeDB 26.10.2 makes it by SQL only')
  })

  it.each(['Neo4j/v5.11.0 compatible graph database server - Memgraph', 'Neo4j/4.4.3', 'Other/1.0', '', undefined])(
    'is not known for "%s": it is asked for little, and the name is said',
    (agent) => {
      const kind = serverKind(agent)
      expect(kind).toMatchObject({ awaitsIndexes: false, listsTransactions: false, hasSmallNumbers: false })
      expect(kind.notice).toContain(agent || 'a server without a name')
    },
  )
})
