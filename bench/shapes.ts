/** A question as it is asked, and the same question as somebody who knows the engine would write it by hand. */
export interface BenchShape {
  readonly name: string
  readonly query: string
  /** Gives one row with one column: the JSON text of the same answer. */
  readonly sql: string
  /** Gives one row with one value: the same facts in lists. */
  readonly cypher: string
  readonly parameters: { readonly id: string; readonly first: number }
  /** What the answer must have, so that nothing is measured that answers nothing: a pattern and how often it occurs at least. */
  readonly contains: readonly [pattern: RegExp, times: number]
}

const SOURCES_OF_TALLY = 'tally { for against abstention }'

/** The four shapes of questions that are measured. */
export const SHAPES: readonly BenchShape[] = [
  {
    name: 'one vote with places, subjects, tallies',
    query: `{ voteEvent(id: "ep-vote:139038") { id title date result ${SOURCES_OF_TALLY}
      about { nodes { id name } } subjects { nodes { id name } }
      counts(by: GROUP) { nodes { organization { id shortName } ${SOURCES_OF_TALLY} } } } }`,
    parameters: { id: 'ep-vote:139038', first: 20 },
    contains: [/"shortName"/g, 8],
    sql: `SELECT json_object('id', v.id, 'title', v.title, 'date', v.date, 'result', v.result,
        'tally', json_object('for', v.tally_for, 'against', v.tally_against, 'abstention', v.tally_abstention),
        'about', (SELECT json_object('nodes', json_group_array(json_object('id', id, 'name', name))) FROM (
          SELECT n.id, coalesce(p.name, e.name, o.name, f.name, h.name) AS name FROM about a JOIN node n ON n.key = a.to_key
          LEFT JOIN place p ON p.key = n.key LEFT JOIN event e ON e.key = n.key LEFT JOIN organization o ON o.key = n.key
          LEFT JOIN office f ON f.key = n.key LEFT JOIN person h ON h.key = n.key
          WHERE a.from_key = v.key ORDER BY n.id LIMIT ?2)),
        'subjects', (SELECT json_object('nodes', json_group_array(json_object('id', id, 'name', name))) FROM (
          SELECT n.id, coalesce(s.name, o.name) AS name FROM filing a JOIN node n ON n.key = a.to_key
          LEFT JOIN subject s ON s.key = n.key LEFT JOIN organization o ON o.key = n.key
          WHERE a.from_key = v.key ORDER BY n.id LIMIT ?2)),
        'counts', (SELECT json_object('nodes', json_group_array(json_object('organization', CASE WHEN gid IS NOT NULL THEN
          json_object('id', gid, 'shortName', short_name) END, 'tally', json_object('for', f, 'against', ag, 'abstention', ab)))) FROM (
          SELECT g.id AS gid, g.short_name, c.tally_for AS f, c.tally_against AS ag, c.tally_abstention AS ab FROM count_of l
          JOIN vote_count c ON c.key = l.from_key LEFT JOIN count_for k ON k.from_key = c.key LEFT JOIN organization g ON g.key = k.to_key
          WHERE l.to_key = v.key AND c."by" = 'GROUP' ORDER BY c.id)))
      FROM vote_event v WHERE v.id = ?1`,
    cypher: `MATCH (v:Node {id: $id}) WHERE v:VoteEvent
      CALL (v) { MATCH (v)-[:ABOUT]->(n) WITH n ORDER BY n.id LIMIT $first RETURN collect([n.id, n.name]) AS about }
      CALL (v) { MATCH (v)-[:FILING]->(n) WITH n ORDER BY n.id LIMIT $first RETURN collect([n.id, n.name]) AS subjects }
      CALL (v) { MATCH (v)<-[:COUNT_OF]-(c:VoteCount) WHERE c.by = 'GROUP' WITH c ORDER BY c.id OPTIONAL MATCH (c)-[:COUNT_FOR]->(g:Organization)
        RETURN collect([g.id, g.shortName, c.tallyFor, c.tallyAgainst, c.tallyAbstention]) AS counts }
      RETURN [v.id, v.title, v.date, v.result, v.tallyFor, v.tallyAgainst, v.tallyAbstention, about, subjects, counts] AS answer`,
  },
  {
    name: "a country's 20 latest main votes with tallies",
    query: `{ place(id: "iso:UA") { id name voteEvents(where: { isMain: { eq: true } }, first: 20) { nodes { id title date result ${SOURCES_OF_TALLY}
      counts(by: GROUP) { nodes { organization { id } ${SOURCES_OF_TALLY} } } } } } }`,
    parameters: { id: 'iso:UA', first: 20 },
    contains: [/"ep-vote:\d+"/g, 20],
    sql: `SELECT json_object('id', p.id, 'name', p.name, 'voteEvents', (SELECT json_object('nodes', json_group_array(json_object('id', id, 'title', title,
        'date', date, 'result', result, 'tally', json_object('for', f, 'against', ag, 'abstention', ab), 'counts', json(counts)))) FROM (
          SELECT v.id, v.title, v.date, v.result, v.tally_for AS f, v.tally_against AS ag, v.tally_abstention AS ab,
            (SELECT json_object('nodes', json_group_array(json_object('organization', CASE WHEN gid IS NOT NULL THEN json_object('id', gid) END,
              'tally', json_object('for', f, 'against', ag, 'abstention', ab)))) FROM (
              SELECT g.id AS gid, c.tally_for AS f, c.tally_against AS ag, c.tally_abstention AS ab FROM count_of l
              JOIN vote_count c ON c.key = l.from_key LEFT JOIN count_for k ON k.from_key = c.key LEFT JOIN organization g ON g.key = k.to_key
              WHERE l.to_key = v.key AND c."by" = 'GROUP' ORDER BY c.id)) AS counts
          FROM (SELECT v.* FROM about a CROSS JOIN vote_event v ON v.key = a.from_key WHERE a.to_key = p.key AND v.is_main = 1
            ORDER BY v.date DESC, v.id LIMIT ?2) v)))
      FROM place p WHERE p.id = ?1`,
    cypher: `MATCH (p:Node {id: $id}) WHERE p:Place
      CALL (p) { MATCH (p)<-[:ABOUT]-(v:VoteEvent) WHERE v.isMain = true WITH v ORDER BY v.date DESC, v.id LIMIT $first
        CALL (v) { MATCH (v)<-[:COUNT_OF]-(c:VoteCount) WHERE c.by = 'GROUP' WITH c ORDER BY c.id OPTIONAL MATCH (c)-[:COUNT_FOR]->(g:Organization)
          RETURN collect([g.id, c.tallyFor, c.tallyAgainst, c.tallyAbstention]) AS counts }
        RETURN collect([v.id, v.title, v.date, v.result, v.tallyFor, v.tallyAgainst, v.tallyAbstention, counts]) AS votes }
      RETURN [p.id, p.name, votes] AS answer`,
  },
  {
    name: 'a roll call with group and country',
    query: `{ voteEvent(id: "ep-vote:139038") { id title votes(first: 1000) {
      edges { option group { id shortName } country { id name } node { id name } } } } }`,
    parameters: { id: 'ep-vote:139038', first: 1000 },
    contains: [/"option"/g, 650],
    sql: `SELECT json_object('id', v.id, 'title', v.title, 'votes', (SELECT json_object('edges', json_group_array(json_object('option', option,
        'group', CASE WHEN gid IS NOT NULL THEN json_object('id', gid, 'shortName', short_name) END,
        'country', CASE WHEN cid IS NOT NULL THEN json_object('id', cid, 'name', cname) END,
        'node', json_object('id', id, 'name', name)))) FROM (
          SELECT e.option, g.id AS gid, g.short_name, c.id AS cid, c.name AS cname, m.id, m.name FROM vote e
          CROSS JOIN person m ON m.key = e.from_key LEFT JOIN organization g ON g.key = e.group_key LEFT JOIN place c ON c.key = e.country_key
          WHERE e.to_key = v.key ORDER BY m.sort_name_folded, m.id LIMIT ?2)))
      FROM vote_event v WHERE v.id = ?1`,
    cypher: `MATCH (v:Node {id: $id}) WHERE v:VoteEvent
      CALL (v) { MATCH (v)<-[e:VOTE]-(m:Person) WITH e, m ORDER BY m.sortNameFolded, m.id LIMIT $first
        WITH collect([e.option, e.group, e.country, m.id, m.name]) AS votes, collect(DISTINCT e.group) AS groups, collect(DISTINCT e.country) AS countries
        CALL (groups) { UNWIND groups AS id MATCH (g:Node {id: id}) RETURN collect([id, g.shortName]) AS g }
        CALL (countries) { UNWIND countries AS id MATCH (c:Node {id: id}) RETURN collect([id, c.name]) AS c }
        RETURN votes, g, c }
      RETURN [v.id, v.title, votes, g, c] AS answer`,
  },
  {
    name: "a member's 50 latest votes",
    query: `{ person(id: "ep-mep:197490") { id name votes(first: 50) {
      edges { option group { id } node { id title date result } } } } }`,
    parameters: { id: 'ep-mep:197490', first: 50 },
    contains: [/"option"/g, 50],
    sql: `SELECT json_object('id', p.id, 'name', p.name, 'votes', (SELECT json_object('edges', json_group_array(json_object('option', option, 'group',
        CASE WHEN gid IS NOT NULL THEN json_object('id', gid) END,
        'node', json_object('id', id, 'title', title, 'date', date, 'result', result)))) FROM (
          SELECT e.option, g.id AS gid, v.id, v.title, v.date, v.result FROM (
            SELECT e.option, e.group_key, e.to_key FROM vote e CROSS JOIN vote_event v ON v.key = e.to_key
            WHERE e.from_key = p.key ORDER BY e.date DESC, v.id LIMIT ?2) e
          CROSS JOIN vote_event v ON v.key = e.to_key LEFT JOIN organization g ON g.key = e.group_key)))
      FROM person p WHERE p.id = ?1`,
    cypher: `MATCH (p:Node {id: $id}) WHERE p:Person
      CALL (p) { MATCH (p)-[e:VOTE]->(v:VoteEvent) WITH e, v ORDER BY e.date DESC, v.id LIMIT $first
        RETURN collect([e.option, e.group, v.id, v.title, v.date, v.result]) AS votes }
      RETURN [p.id, p.name, votes] AS answer`,
  },
]
