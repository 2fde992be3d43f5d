/** A question about how members voted, and the same by plain SQL. */
export interface AnalysisQuestion {
  readonly name: string
  /** Milliseconds that it may take. */
  readonly aim: number
  readonly rounds: number
  readonly query: string
  /** With what it is asked, in turn. */
  variables(some: SomeIds): readonly Readonly<Record<string, string>>[]
  /** The same of the tables, as `key, numerator, denominator`; null where that takes an hour. */
  readonly sql: string
  /** What the statement is given, in the order of its parameters. */
  parameters(variables: Readonly<Record<string, string>>): readonly string[]
  /** What part of the question the statement answers, where it is not all of it. */
  readonly part?: { readonly share: number; readonly says: string }
}

/** Ids that the store has. */
export interface SomeIds {
  readonly members: readonly string[]
  readonly groups: readonly string[]
  readonly countries: readonly string[]
}

const ROWS = `{ rowCount dataVersion rows {
  of { __typename ... on Person { id } ... on Organization { id } ... on Place { id } }
  with { __typename ... on Person { id } ... on Organization { id } }
  period value numerator denominator
} }`
const CAST = "('FOR', 'AGAINST', 'ABSTENTION')"
const key = (parameter: string): string => `(SELECT key FROM node WHERE id = ${parameter})`
const [FROM, TO] = ['2019-07-02', '2024-07-15']

/** By ballot and group: votes for and against, and abstentions, and the option with more than each other. */
const PLURALITIES = `counted AS (
    SELECT to_key, group_key, sum(option = 'FOR') AS y, sum(option = 'AGAINST') AS n, sum(option = 'ABSTENTION') AS a
    FROM vote WHERE group_key IS NOT NULL GROUP BY to_key, group_key
  ), plurality AS MATERIALIZED (
    SELECT to_key, group_key, CASE WHEN y > n AND y > a THEN 'FOR' WHEN n > y AND n > a THEN 'AGAINST'
      WHEN a > y AND a > n THEN 'ABSTENTION' END AS most FROM counted
  )`

export const QUESTIONS: readonly AnalysisQuestion[] = [
  {
    name: 'one member with all others: the 100 nearest',
    aim: 20,
    rounds: 200,
    query: `query ($of: ID!) { figures: memberAgreement(of: $of) ${ROWS} }`,
    variables: ({ members }) => members.map((of) => ({ of })),
    sql: `SELECT o.from_key AS key, sum(o.option = m.option) AS numerator, count(*) AS denominator
      FROM vote m JOIN vote o ON o.to_key = m.to_key
      WHERE m.from_key = ${key('?1')} AND o.from_key <> m.from_key AND m.option IN ${CAST} AND o.option IN ${CAST}
      GROUP BY o.from_key`,
    parameters: ({ of }) => [of as string],
  },
  {
    name: 'the same: the 1,000 nearest',
    aim: 20,
    rounds: 200,
    query: `query ($of: ID!) { figures: memberAgreement(of: $of, first: 1000) ${ROWS} }`,
    variables: ({ members }) => members.map((of) => ({ of })),
    sql: `SELECT o.from_key AS key, sum(o.option = m.option) AS numerator, count(*) AS denominator
      FROM vote m JOIN vote o ON o.to_key = m.to_key
      WHERE m.from_key = ${key('?1')} AND o.from_key <> m.from_key AND m.option IN ${CAST} AND o.option IN ${CAST}
      GROUP BY o.from_key`,
    parameters: ({ of }) => [of as string],
  },
  {
    name: 'all groups with each other',
    aim: 20,
    rounds: 200,
    query: `{ figures: groupAgreement(first: 1000) ${ROWS} }`,
    variables: () => [{}],
    sql: `WITH ${PLURALITIES} SELECT a.group_key || ' ' || b.group_key AS key, sum(a.most = b.most) AS numerator, count(*) AS denominator
      FROM plurality a JOIN plurality b ON b.to_key = a.to_key AND b.group_key > a.group_key
      WHERE a.most IS NOT NULL AND b.most IS NOT NULL GROUP BY a.group_key, b.group_key`,
    parameters: () => [],
  },
  {
    name: 'the loyalty of a group’s members over a term',
    aim: 100,
    rounds: 200,
    query: `query ($group: ID!) { figures: loyalty(voters: { group: $group }, from: "${FROM}", to: "${TO}", first: 1000) ${ROWS} }`,
    variables: ({ groups }) => groups.map((group) => ({ group })),
    sql: `WITH own AS MATERIALIZED (
        SELECT v.to_key, v.from_key, v.option FROM vote_event e JOIN vote v ON v.to_key = e.key
        WHERE e.date BETWEEN '${FROM}' AND '${TO}' AND v.group_key = ${key('?1')} AND v.option IN ${CAST}
      ), counted AS (
        SELECT to_key, sum(option = 'FOR') AS y, sum(option = 'AGAINST') AS n, sum(option = 'ABSTENTION') AS a FROM own GROUP BY to_key
      ), plurality AS MATERIALIZED (
        SELECT to_key, CASE WHEN y > n AND y > a THEN 'FOR' WHEN n > y AND n > a THEN 'AGAINST'
          WHEN a > y AND a > n THEN 'ABSTENTION' END AS most FROM counted
      )
      SELECT from_key AS key, sum(option = most) AS numerator, count(*) AS denominator
      FROM own JOIN plurality USING (to_key) WHERE most IS NOT NULL GROUP BY from_key`,
    parameters: ({ group }) => [group as string],
  },
  {
    name: 'a country’s cohesion by month over five years',
    aim: 100,
    rounds: 200,
    query: `query ($country: ID!) {
      figures: cohesion(voters: { country: $country }, by: ALL, every: MONTH, from: "${FROM}", to: "${TO}", first: 1000) ${ROWS} }`,
    variables: ({ countries }) => countries.map((country) => ({ country })),
    sql: `WITH counted AS (
        SELECT substr(e.date, 1, 7) AS month, sum(v.option = 'FOR') AS y, sum(v.option = 'AGAINST') AS n, sum(v.option = 'ABSTENTION') AS a
        FROM vote_event e JOIN vote v ON v.to_key = e.key
        WHERE e.date BETWEEN '${FROM}' AND '${TO}' AND v.country_key = ${key('?1')} AND v.option IN ${CAST} GROUP BY v.to_key
      )
      SELECT month AS key, sum((max(y, n, a) - 0.5 * (y + n + a - max(y, n, a))) / (y + n + a)) AS numerator, count(*) AS denominator
      FROM counted GROUP BY month`,
    parameters: ({ country }) => [country as string],
  },
  {
    name: 'all members with each other',
    aim: 6000,
    rounds: 5,
    query: `{ figures: memberAgreement(first: 1000) ${ROWS} }`,
    variables: () => [{}],
    sql: `SELECT a.from_key || ' ' || b.from_key AS key, sum(a.option = b.option) AS numerator, count(*) AS denominator
      FROM vote a JOIN vote b ON b.to_key = a.to_key AND b.from_key > a.from_key
      WHERE a.to_key IN (SELECT key FROM vote_event ORDER BY id LIMIT 20) AND a.option IN ${CAST} AND b.option IN ${CAST}
      GROUP BY a.from_key, b.from_key`,
    parameters: () => [],
    part: { share: 20 / 21_576, says: '20 of 21,576 ballots' },
  },
]
