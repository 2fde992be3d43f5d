import fc from 'fast-check'
import type { FieldNode, OperationDefinitionNode } from 'graphql'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScanMapping } from '../../src/model/graph-shape.js'
import { planQuery } from '../../src/query/plan-query.js'
import { PlanValues } from '../../src/query/plan-values.js'
import { listMark, writeCursor } from '../../src/store/cursor.js'
import { printCypher } from '../../src/store/neo4j/print-cypher.js'
import type { Plan } from '../../src/store/plan.js'
import { printSql } from '../../src/store/sqlite/print-sql.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'

/** What the cursors of a list of all records begin with. */
const markOf = (field: string): string => {
  const { types, order } = shape.root.get(field) as ScanMapping
  return listMark({ kind: 'scan', types }, types, order)
}

/** What each engine is asked for a question with one root field. */
const print = (question: string, variables: Record<string, unknown> = {}) => {
  const operation = parse(question).definitions[0] as OperationDefinitionNode
  const field = operation.selectionSet.selections[0] as FieldNode
  const mapping = shape.root.get(field.name.value)
  if (!mapping) throw new Error(`"${field.name.value}" is not a root field.`)
  const request = { schema, fragments: {}, variables, looked: { selections: 0 } }
  const plan = planQuery(request, shape, new PlanValues(), mapping, [field]).plan as Plan
  return { SQLite: printSql(plan, shape), Neo4j: printCypher(plan, shape) }
}

describe('the statement and the answer for', () => {
  const graphs: { readonly name: 'SQLite' | 'Neo4j'; readonly graph: Graph }[] = []
  beforeAll(async () => {
    for (const engine of engines) graphs.push({ name: engine.name, graph: await engine.seeded() })
  }, 120_000)
  afterAll(async () => {
    for (const { graph } of graphs) await graph.close()
  })

  /** Asks every engine, which must take one statement, the printed one, and give one answer. */
  const ask = async (question: string) => {
    const printed = print(question)
    const answers: unknown[] = []
    for (const { name, graph } of graphs) {
      const { data, errors, statements } = await graph.ask(question)
      expect(errors).toBeUndefined()
      expect(statements.map(({ text }) => text)).toEqual([printed[name].text])
      answers.push(data)
    }
    for (const answer of answers) expect(answer).toEqual(answers[0])
    return { answer: answers[0], sql: printed.SQLite.text, cypher: printed.Neo4j.text }
  }

  it('a record by its id, with an embedded object', async () => {
    const { answer, sql, cypher } = await ask(
      '{ voteEvent(id: "ep-vote:139038") { id isMain tally { for against abstention voting } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "voteEvent": {
          "id": "ep-vote:139038",
          "isMain": true,
          "tally": {
            "abstention": 47,
            "against": 35,
            "for": 589,
            "voting": 671,
          },
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"id":', json_quote(p1.k1), ',"isMain":', CASE p1.k2 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END, ',"tally":', CASE WHEN p1.k3 IS NOT NULL THEN json_object('for', p1.k3, 'against', p1.k4, 'abstention', p1.k5, 'voting', p1.k6) END, CASE WHEN p1.k3 IS NULL THEN 'null' END, '}') AS BLOB) AS json FROM (SELECT t.key AS k0, t.id AS k1, t."is_main" AS k2, t."tally_for" AS k3, t."tally_against" AS k4, t."tally_abstention" AS k5, t."tally_voting" AS k6 FROM "vote_event" t WHERE t."id" = coalesce((SELECT n.id FROM "merge" m CROSS JOIN "merged_into" i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key WHERE m.id = concat('merge:', ?1)), ?1)) p1"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "OPTIONAL MATCH (:Node {id: 'merge:' + $p0})-[:\`MERGED_INTO\`]->(used)
      WITH coalesce(used.id, $p0) AS id
      MATCH (n1:Node {id: id}) WHERE n1:\`VoteEvent\`
      RETURN [n1.\`isMain\`, n1.\`tallyAbstention\`, n1.\`tallyAgainst\`, n1.\`tallyFor\`, n1.\`tallyVoting\`, n1.id] AS answer"
    `)
  })

  it('a record by its reference, with a single neighbour', async () => {
    const { answer, sql, cypher } = await ask(
      '{ resolution(reference: "TA-9-2022-0012") { id adoptedFrom { reference } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "resolution": {
          "adoptedFrom": {
            "reference": "RC-B9-0065/2022",
          },
          "id": "ta:P9_TA(2022)0012",
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"id":', json_quote(p1.k1), ',"adoptedFrom":', CASE WHEN t3.key IS NOT NULL THEN json_object('reference', t3."reference") END, CASE WHEN t3.key IS NULL THEN 'null' END, '}') AS BLOB) AS json FROM (SELECT t.key AS k0, t.id AS k1 FROM "resolution" t WHERE t."reference" = ?1 ORDER BY t.id LIMIT 1) p1 LEFT JOIN "adopted_from" l2 ON l2.from_key = p1.k0 LEFT JOIN "motion" t3 ON t3.key = l2.to_key"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "MATCH (n1:\`Resolution\` {\`reference\`: $p0})
      WITH n1 ORDER BY n1.id LIMIT 1
      OPTIONAL MATCH (n1)-[e3:\`ADOPTED_FROM\`]->(n2)
      RETURN [n1.id, CASE WHEN n2 IS NULL THEN null ELSE [n2.\`reference\`] END] AS answer"
    `)
  })

  it('a list of all records, with a filter, a cursor and page information', async () => {
    const after = writeCursor(markOf('voteEvents'), ['2022-01-20', 'ep-vote:139007'])
    const question = `{ voteEvents(where: { isMain: { eq: false } }, first: 2, after: "${after}") { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
    const { answer, sql, cypher } = await ask(question)
    expect(answer).toMatchInlineSnapshot(`
      {
        "voteEvents": {
          "nodes": [
            {
              "id": "ep-vote:139008",
            },
            {
              "id": "ep-vote:139022",
            },
          ],
          "pageInfo": {
            "endCursor": "5B2264695950222C22323032322D30312D3230222C2265702D766F74653A313339303232225D",
            "hasNextPage": true,
            "hasPreviousPage": true,
            "startCursor": "5B2264695950222C22323032322D30312D3230222C2265702D766F74653A313339303038225D",
          },
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST((SELECT concat('{"nodes":[', group_concat(json_object('id', p1.k1)) FILTER (WHERE p1.place <= ?1), '],"pageInfo":{"hasNextPage":', CASE WHEN max(p1.found) > ?1 THEN 'true' ELSE 'false' END, ',"hasPreviousPage":true,"startCursor":', json_quote(max(hex(json_array('diYP', p1.k2, p1.k3))) FILTER (WHERE p1.place = 1 AND p1.place <= ?1)), ',"endCursor":', json_quote(max(hex(json_array('diYP', p1.k2, p1.k3))) FILTER (WHERE p1.place = min(p1.found, ?1))), '}}') FROM (SELECT *, row_number() OVER () AS place, count(*) OVER () AS found FROM (SELECT t.key AS k0, t.id AS k1, t."date_moment" AS k2, t."id" AS k3 FROM "vote_event" t WHERE t."is_main" = ?4 AND t."date_moment" <= ?2 AND (t."date_moment" < ?2 OR (t."date_moment" = ?2 AND t."id" > ?3)) ORDER BY t."date_moment" DESC, t."id" LIMIT ?1 + 1)) p1) AS BLOB) AS json"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "CALL () {
        MATCH (n2:\`VoteEvent\`) WHERE n2.\`isMain\` = $p3 AND n2.\`dateMoment\` IS NOT NULL AND n2.\`id\` IS NOT NULL AND n2.\`dateMoment\` <= $p0 AND NOT (n2.\`dateMoment\` = $p0 AND NOT (n2.\`id\` > $p1))
        WITH n2 ORDER BY n2.\`dateMoment\` DESC, n2.\`id\` LIMIT $p2
        WITH collect([n2.id, n2.\`dateMoment\`, n2.\`id\`]) AS rows1
        RETURN rows1
      }
      RETURN [rows1, null, null] AS answer"
    `)
  })

  it('a list of neighbours, with columns of the links', async () => {
    const { answer, sql, cypher } = await ask(
      '{ resolution(id: "ta:P9_TA(2022)0012") { voteEvents(first: 2) { edges { isMain isFinal inferred node { id } } } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "resolution": {
          "voteEvents": {
            "edges": [
              {
                "inferred": true,
                "isFinal": false,
                "isMain": false,
                "node": {
                  "id": "ep-vote:139007",
                },
              },
              {
                "inferred": true,
                "isFinal": false,
                "isMain": false,
                "node": {
                  "id": "ep-vote:139008",
                },
              },
            ],
          },
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"voteEvents":', r2.c0, '}') AS BLOB) AS json FROM (SELECT (SELECT concat('{"edges":[', group_concat(concat('{"isMain":', CASE p3.k1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END, ',"isFinal":', CASE p3.k2 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END, ',"inferred":', CASE p3.k3 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END, ',"node":{"id":', json_quote(p3.k4), '}}')), ']}') FROM (SELECT t.key AS k0, e."is_main" AS k1, e."is_final" AS k2, e."inferred" AS k3, t.id AS k4 FROM "resolution_ballot" e CROSS JOIN "vote_event" t ON t.key = e.to_key WHERE e.from_key = p1.k0 ORDER BY coalesce(e."date", '') DESC, t."date_moment" DESC, t."id" LIMIT ?1) p3) AS c0 FROM (SELECT t.key AS k0 FROM "resolution" t WHERE t."id" = coalesce((SELECT n.id FROM "merge" m CROSS JOIN "merged_into" i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key WHERE m.id = concat('merge:', ?2)), ?2)) p1) r2"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "OPTIONAL MATCH (:Node {id: 'merge:' + $p0})-[:\`MERGED_INTO\`]->(used)
      WITH coalesce(used.id, $p0) AS id
      MATCH (n1:Node {id: id}) WHERE n1:\`Resolution\`
      CALL (n1) {
        MATCH (n1)-[e4:\`RESOLUTION_BALLOT\`]->(n3)
        WITH n3, e4 ORDER BY coalesce(e4.\`date\`, '') DESC, n3.\`dateMoment\` DESC, n3.\`id\` LIMIT $p1
        WITH collect([e4.\`inferred\`, e4.\`isFinal\`, e4.\`isMain\`, n3.id]) AS rows2
        RETURN rows2
      }
      RETURN [[rows2, null, null]] AS answer"
    `)
  })

  it('a single neighbour of several possible types', async () => {
    const { answer, sql, cypher } = await ask(
      '{ claims(first: 1) { nodes { id about { __typename id name ... on Event { type } ... on Place { isoAlpha2 } } } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "claims": {
          "nodes": [
            {
              "about": {
                "__typename": "Event",
                "id": "event:kazakhstan-protests-2022",
                "name": "Protests in Kazakhstan, January 2022",
                "type": "PROTEST",
              },
              "id": "claim:kazakhstan-protests-2022-deaths-1",
            },
          ],
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST((SELECT concat('{"nodes":[', group_concat(concat('{"id":', json_quote(p1.k1), ',"about":', CASE t3.type WHEN 'Event' THEN json_object('__typename', 'Event', 'id', t3.id, 'name', t4."name", 'type', t4."type") WHEN 'Office' THEN json_object('__typename', 'Office', 'id', t3.id, 'name', t5."name") WHEN 'Organization' THEN json_object('__typename', 'Organization', 'id', t3.id, 'name', t6."name") WHEN 'Person' THEN json_object('__typename', 'Person', 'id', t3.id, 'name', t7."name") WHEN 'Place' THEN json_object('__typename', 'Place', 'id', t3.id, 'name', t8."name", 'isoAlpha2', t8."iso_alpha2") ELSE 'null' END, '}')), ']}') FROM (SELECT t.key AS k0, t.id AS k1 FROM "claim" t ORDER BY t."id" LIMIT ?1) p1 LEFT JOIN "claim_about" l2 ON l2.from_key = p1.k0 LEFT JOIN node t3 ON t3.key = l2.to_key LEFT JOIN "event" t4 ON t4.key = t3.key LEFT JOIN "office" t5 ON t5.key = t3.key LEFT JOIN "organization" t6 ON t6.key = t3.key LEFT JOIN "person" t7 ON t7.key = t3.key LEFT JOIN "place" t8 ON t8.key = t3.key) AS BLOB) AS json"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "CALL () {
        MATCH (n2:\`Claim\`) WHERE n2.\`id\` IS NOT NULL
        WITH n2 ORDER BY n2.\`id\` LIMIT $p0
        OPTIONAL MATCH (n2)-[e5:\`CLAIM_ABOUT\`]->(n4)
        WITH * ORDER BY n2.\`id\`
        WITH collect([n2.id, CASE WHEN n4 IS NULL THEN null ELSE [n4.nodeType, n4.\`isoAlpha2\`, n4.\`name\`, n4.\`type\`, n4.id] END]) AS rows1
        RETURN rows1
      }
      RETURN [rows1, null, null] AS answer"
    `)
  })

  it('records that columns of the links refer to', async () => {
    const { answer, sql, cypher } = await ask(
      '{ resolution(id: "ta:P9_TA(2022)0012") { motions(first: 2) { edges { node { id } via { id reference } } } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "resolution": {
          "motions": {
            "edges": [
              {
                "node": {
                  "id": "ep-doc:B9-0065/2022",
                },
                "via": {
                  "id": "ep-doc:RC-B9-0065/2022",
                  "reference": "RC-B9-0065/2022",
                },
              },
              {
                "node": {
                  "id": "ep-doc:B9-0072/2022",
                },
                "via": {
                  "id": "ep-doc:RC-B9-0065/2022",
                  "reference": "RC-B9-0065/2022",
                },
              },
            ],
          },
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"motions":', r2.c0, '}') AS BLOB) AS json FROM (SELECT (SELECT concat('{"edges":[', group_concat(concat('{"node":{"id":', json_quote(p3.k1), '},"via":', CASE WHEN t4.key IS NOT NULL THEN json_object('id', t4.id, 'reference', t4."reference") END, CASE WHEN t4.key IS NULL THEN 'null' END, '}')), ']}') FROM (SELECT t.key AS k0, t.id AS k1, e."via_key" AS k2 FROM "resolution_motion" e CROSS JOIN "motion" t ON t.key = e.to_key WHERE e.from_key = p1.k0 ORDER BY t."id" LIMIT ?1) p3 LEFT JOIN "motion" t4 ON t4.key = p3.k2) AS c0 FROM (SELECT t.key AS k0 FROM "resolution" t WHERE t."id" = coalesce((SELECT n.id FROM "merge" m CROSS JOIN "merged_into" i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key WHERE m.id = concat('merge:', ?2)), ?2)) p1) r2"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "OPTIONAL MATCH (:Node {id: 'merge:' + $p0})-[:\`MERGED_INTO\`]->(used)
      WITH coalesce(used.id, $p0) AS id
      MATCH (n1:Node {id: id}) WHERE n1:\`Resolution\`
      CALL (n1) {
        MATCH (n1)-[e4:\`RESOLUTION_MOTION\`]->(n3)
        WITH n3, e4 ORDER BY n3.\`id\` LIMIT $p1
        WITH collect([n3.id, e4.\`via\`]) AS rows2, collect(DISTINCT e4.\`via\`) AS ids5
        CALL (ids5) {
          UNWIND ids5 AS id8
          MATCH (n7:Node {id: id8}) WHERE n7:\`Motion\`
          RETURN collect([id8, [n7.\`reference\`, n7.id]]) AS found6
        }
        RETURN rows2, found6
      }
      RETURN [[rows2, null, null, found6]] AS answer"
    `)
  })

  it('the sources of a record, with locators', async () => {
    const { answer, sql, cypher } = await ask(
      '{ resolution(id: "ta:P9_TA(2022)0012") { sources { edges { locator node { id } } } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "resolution": {
          "sources": {
            "edges": [
              {
                "locator": "P9_TA(2022)0012",
                "node": {
                  "id": "source:ep-procedure-2022-2505",
                },
              },
            ],
          },
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"sources":', r2.c0, '}') AS BLOB) AS json FROM (SELECT (SELECT concat('{"edges":[', group_concat(concat('{"locator":', json_quote(p3.k1), ',"node":{"id":', json_quote(p3.k2), '}}')), ']}') FROM (SELECT t.key AS k0, e."locator" AS k1, t.id AS k2 FROM source_set e CROSS JOIN "source" t ON t.key = e.source_key WHERE e.number = n4.source_set ORDER BY t."id" LIMIT ?1) p3) AS c0 FROM (SELECT t.key AS k0 FROM "resolution" t WHERE t."id" = coalesce((SELECT n.id FROM "merge" m CROSS JOIN "merged_into" i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key WHERE m.id = concat('merge:', ?2)), ?2)) p1 LEFT JOIN node n4 ON n4.key = p1.k0) r2"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "OPTIONAL MATCH (:Node {id: 'merge:' + $p0})-[:\`MERGED_INTO\`]->(used)
      WITH coalesce(used.id, $p0) AS id
      MATCH (n1:Node {id: id}) WHERE n1:\`Resolution\`
      CALL (n1) {
        MATCH (:SourceSet {number: n1.sourceSet})-[e4:INCLUDES]->(n3)
        WITH n3, e4 ORDER BY n3.\`id\` LIMIT $p1
        WITH collect([e4.\`locator\`, n3.id]) AS rows2
        RETURN rows2
      }
      RETURN [[rows2, null, null]] AS answer"
    `)
  })

  it('several records by their ids', async () => {
    const { answer, sql, cypher } = await ask(
      '{ nodes(ids: ["iso:KZ", "none:1", "ep-vote:139038"]) { __typename id } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "nodes": [
          {
            "__typename": "Place",
            "id": "iso:KZ",
          },
          null,
          {
            "__typename": "VoteEvent",
            "id": "ep-vote:139038",
          },
        ],
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('[', group_concat(CASE p1.k2 WHEN 'Amendment' THEN json_object('__typename', 'Amendment', 'id', p1.k1) WHEN 'Claim' THEN json_object('__typename', 'Claim', 'id', p1.k1) WHEN 'Conflict' THEN json_object('__typename', 'Conflict', 'id', p1.k1) WHEN 'Demand' THEN json_object('__typename', 'Demand', 'id', p1.k1) WHEN 'Event' THEN json_object('__typename', 'Event', 'id', p1.k1) WHEN 'Issue' THEN json_object('__typename', 'Issue', 'id', p1.k1) WHEN 'Merge' THEN json_object('__typename', 'Merge', 'id', p1.k1) WHEN 'Motion' THEN json_object('__typename', 'Motion', 'id', p1.k1) WHEN 'Office' THEN json_object('__typename', 'Office', 'id', p1.k1) WHEN 'Organization' THEN json_object('__typename', 'Organization', 'id', p1.k1) WHEN 'Paragraph' THEN json_object('__typename', 'Paragraph', 'id', p1.k1) WHEN 'Person' THEN json_object('__typename', 'Person', 'id', p1.k1) WHEN 'Place' THEN json_object('__typename', 'Place', 'id', p1.k1) WHEN 'Procedure' THEN json_object('__typename', 'Procedure', 'id', p1.k1) WHEN 'Resolution' THEN json_object('__typename', 'Resolution', 'id', p1.k1) WHEN 'Scorecard' THEN json_object('__typename', 'Scorecard', 'id', p1.k1) WHEN 'Source' THEN json_object('__typename', 'Source', 'id', p1.k1) WHEN 'Statement' THEN json_object('__typename', 'Statement', 'id', p1.k1) WHEN 'Subject' THEN json_object('__typename', 'Subject', 'id', p1.k1) WHEN 'Tombstone' THEN json_object('__typename', 'Tombstone', 'id', p1.k1) WHEN 'VoteCount' THEN json_object('__typename', 'VoteCount', 'id', p1.k1) WHEN 'VoteEvent' THEN json_object('__typename', 'VoteEvent', 'id', p1.k1) ELSE 'null' END), ']') AS BLOB) AS json FROM (SELECT t.key AS k0, t.id AS k1, t.type AS k2 FROM json_each(?1) j LEFT JOIN node t ON t.id = coalesce((SELECT n.id FROM "merge" m CROSS JOIN "merged_into" i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key WHERE m.id = concat('merge:', j.value)), j.value) ORDER BY j.key LIMIT -1) p1"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "UNWIND range(0, size($p0) - 1) AS i2
      OPTIONAL MATCH (:Node {id: 'merge:' + $p0[i2]})-[:\`MERGED_INTO\`]->(used)
      OPTIONAL MATCH (n1:Node {id: coalesce(used.id, $p0[i2])})
      WITH i2, CASE WHEN n1 IS NULL THEN null ELSE [n1.nodeType, n1.id] END AS value ORDER BY i2
      WITH collect([value]) AS answers
      RETURN [each IN answers | each[0]] AS answer"
    `)
  })

  it('a number of records alone', async () => {
    const { answer, sql, cypher } = await ask('{ voteEvents(where: { isMain: { eq: true } }) { totalCount } }')
    expect(answer).toMatchInlineSnapshot(`
      {
        "voteEvents": {
          "totalCount": 1,
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"totalCount":', (SELECT count(*) FROM "vote_event" t WHERE t."is_main" = ?1), '}') AS BLOB) AS json"`,
    )
    expect(cypher).toMatchInlineSnapshot(
      `"RETURN [null, COUNT { MATCH (n1:\`VoteEvent\`) WHERE n1.\`isMain\` = $p0 AND n1.\`dateMoment\` IS NOT NULL AND n1.\`id\` IS NOT NULL }, null] AS answer"`,
    )
  })

  it('lists within lists', async () => {
    const { answer, sql, cypher } = await ask(
      '{ resolution(id: "ta:P9_TA(2022)0012") { demands(first: 1) { nodes { position addressees(first: 2) { totalCount nodes { name } } } } } }',
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "resolution": {
          "demands": {
            "nodes": [
              {
                "addressees": {
                  "nodes": [
                    {
                      "name": "Council of the European Union",
                    },
                  ],
                  "totalCount": 1,
                },
                "position": 1,
              },
            ],
          },
        },
      }
    `)
    expect(sql).toMatchInlineSnapshot(
      `"SELECT CAST(concat('{"demands":', r2.c0, '}') AS BLOB) AS json FROM (SELECT (SELECT concat('{"nodes":[', group_concat(concat('{"position":', json_quote(r4.c0), ',"addressees":', r4.c1, '}')), ']}') FROM (SELECT p3.k1 AS c0, (SELECT concat('{"totalCount":', (SELECT count(*) FROM "concern" e WHERE e.from_key = p3.k0 AND e."role" = ?1 AND e."inferred" = ?2), ',"nodes":[', group_concat(CASE p5.k1 WHEN 'Event' THEN json_object('name', t6."name") WHEN 'Office' THEN json_object('name', t7."name") WHEN 'Organization' THEN json_object('name', t8."name") WHEN 'Person' THEN json_object('name', t9."name") WHEN 'Place' THEN json_object('name', t10."name") END), ']}') FROM (SELECT t.key AS k0, t.type AS k1 FROM "concern" e CROSS JOIN node t ON t.key = e.to_key WHERE e.from_key = p3.k0 AND e."role" = ?1 AND e."inferred" = ?2 ORDER BY t."id", e."key" LIMIT ?3) p5 LEFT JOIN "event" t6 ON t6.key = p5.k0 LEFT JOIN "office" t7 ON t7.key = p5.k0 LEFT JOIN "organization" t8 ON t8.key = p5.k0 LEFT JOIN "person" t9 ON t9.key = p5.k0 LEFT JOIN "place" t10 ON t10.key = p5.k0) AS c1 FROM (SELECT t.key AS k0, t."position" AS k1 FROM "demand_in" e CROSS JOIN "demand" t ON t.key = e.from_key WHERE e.to_key = p1.k0 ORDER BY t."position", t."id" LIMIT ?4) p3) r4) AS c0 FROM (SELECT t.key AS k0 FROM "resolution" t WHERE t."id" = coalesce((SELECT n.id FROM "merge" m CROSS JOIN "merged_into" i ON i.from_key = m.key CROSS JOIN node n ON n.key = i.to_key WHERE m.id = concat('merge:', ?5)), ?5)) p1) r2"`,
    )
    expect(cypher).toMatchInlineSnapshot(`
      "OPTIONAL MATCH (:Node {id: 'merge:' + $p0})-[:\`MERGED_INTO\`]->(used)
      WITH coalesce(used.id, $p0) AS id
      MATCH (n1:Node {id: id}) WHERE n1:\`Resolution\`
      CALL (n1) {
        MATCH (n1)<-[e4:\`DEMAND_IN\`]-(n3)
        WITH n3, e4 ORDER BY n3.\`position\`, n3.\`id\` LIMIT $p1
        CALL (n3) {
          MATCH (n3)-[e7:\`CONCERN\`]->(n6) WHERE e7.\`role\` = $p3 AND e7.\`inferred\` = $p4
          WITH n6, e7 ORDER BY n6.\`id\`, e7.\`key\` LIMIT $p2
          WITH collect([n6.nodeType, n6.\`name\`]) AS rows5
          RETURN rows5
        }
        WITH * ORDER BY n3.\`position\`, n3.\`id\`
        WITH collect([n3.\`position\`, [rows5, COUNT { MATCH (n3)-[e9:\`CONCERN\`]->(n8) WHERE e9.\`role\` = $p3 AND e9.\`inferred\` = $p4 }, null]]) AS rows2
        RETURN rows2
      }
      RETURN [[rows2, null, null]] AS answer"
    `)
  })
})

describe('the text of a statement on Neo4j', () => {
  it('does not depend on names, on the order of fields, on fragments or on values', () => {
    const text = (question: string) => print(question).Neo4j.text
    const asked = text(
      '{ place(id: "iso:KZ") { id name parts(first: 3) { totalCount edges { cursor node { id kind } sources { nodes { id } } } } partOf { id name } } }',
    )
    for (const same of [
      '{ place(id: "iso:FR") { partOf { name id } parts(first: 77) { edges { sources { nodes { id } } node { kind id } cursor } totalCount } name id } }',
      '{ x: place(id: "iso:FR") { a: id b: name c: parts(first: 1) { d: totalCount e: edges { f: cursor g: node { h: id i: kind } j: sources { k: nodes { l: id } } } } m: partOf { n: id o: name } } }',
      '{ place(id: "iso:KZ") { ... { id } ... on Node { id } name name __typename parts(first: 3) { totalCount edges { cursor node { id } } edges { node { kind } sources { nodes { id } } } } parts(first: 3) { totalCount } partOf { id } partOf { name __typename } } }',
    ]) {
      expect(text(same)).toBe(asked)
    }
    expect(text('{ place(id: "iso:KZ") { id name } }')).not.toBe(asked)
  })
})

describe('the values of a question', () => {
  const value = fc
    .string({ unit: 'binary', minLength: 4, maxLength: 60 })
    .filter(
      (text) =>
        text.isWellFormed() && !text.includes('\u0000') && text.trim().length > 3 && !/^[a-z0-9 ]*$/i.test(text),
    )
  /** A mark that no schema has, with whatever might break out of a text. */
  const hostile = fc
    .tuple(fc.constantFrom("'", '"', '`', '\\', '$', '}', '--', '/*', ''), value)
    .map(([quote, text]) => `${quote}€${text}`)

  it.each([
    ['an id', 'query ($v: ID!) { node(id: $v) { id } }', (v: string) => v],
    ['ids', 'query ($v: [ID!]!) { nodes(ids: $v) { id } }', (v: string) => [v, `${v}2`]],
    ['a reference', 'query ($v: String) { motion(reference: $v) { id } }', (v: string) => v],
    [
      'a filter',
      'query ($v: String) { issues(where: { rule: { eq: $v } }) { totalCount nodes { id } } }',
      (v: string) => v,
    ],
    [
      'a filter of a list',
      'query ($v: String) { person(id: "x") { memberships(where: { link: { role: { eq: $v } } }) { totalCount nodes { id } } } }',
      (v: string) => v,
    ],
    [
      'a cursor',
      'query ($v: String) { places(after: $v) { nodes { id } } }',
      (v: string) => writeCursor(markOf('places'), [v, v]),
    ],
  ])('are never in the text of a statement: %s', (_what, question, of) => {
    const other = print(question, { v: of('€other') })
    fc.assert(
      fc.property(hostile, (text) => {
        const printed = print(question, { v: of(text) })
        for (const engine of ['SQLite', 'Neo4j'] as const) {
          expect(printed[engine].text).toBe(other[engine].text)
          expect(printed[engine].text).not.toContain('€')
          expect(JSON.stringify(printed[engine].parameters)).toContain('€')
        }
      }),
    )
  })
})
