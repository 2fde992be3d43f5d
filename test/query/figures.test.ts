import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredLink, StoredNode } from '../../src/model/records.js'
import { engines, type Graph } from '../support/engines.js'

describe.each(engines)('figures, on $name', ({ seeded }) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())

  const ask = async (question: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await graph.ask(question, variables)
    expect(errors).toBeUndefined()
    return data
  }
  const refused = async (question: string) => {
    const { data, errors } = await graph.ask(question)
    expect(data).toBeUndefined()
    return (errors?.[0]?.originalError as { code?: string } | undefined)?.code
  }

  it('count all records, and sum their numbers', async () => {
    expect(
      await ask(
        '{ voteEventStats { totalCount kindCount suppressed rows { count share tally { for { sum min max mean known } } } } }',
      ),
    ).toMatchInlineSnapshot(`
      {
        "voteEventStats": {
          "kindCount": 1,
          "rows": [
            {
              "count": 5,
              "share": 1,
              "tally": {
                "for": {
                  "known": 5,
                  "max": 623,
                  "mean": 425,
                  "min": 79,
                  "sum": 2125,
                },
              },
            },
          ],
          "suppressed": 0,
          "totalCount": 5,
        },
      }
    `)
  })

  it('count by a day, its month and its year, and by what single neighbours lead to', async () => {
    expect(
      await ask(`{
        voteEventStats(orderBy: [KEY_ASC]) { rows { by { year: date(unit: YEAR) month: date(unit: MONTH) date isMain organization { id name } } count } }
        voteCountStats(where: { by: { eq: GROUP } }, orderBy: [KEY_ASC], first: 3) {
          rows { by { organization { id } voteEvent { date(unit: YEAR) } } count tally { for { sum } } } pageInfo { hasNextPage } kindCount
        }
      }`),
    ).toMatchInlineSnapshot(`
      {
        "voteCountStats": {
          "kindCount": 8,
          "pageInfo": {
            "hasNextPage": true,
          },
          "rows": [
            {
              "by": {
                "organization": {
                  "id": "ep-group:ECR",
                },
                "voteEvent": {
                  "date": "2022",
                },
              },
              "count": 1,
              "tally": {
                "for": {
                  "sum": 49,
                },
              },
            },
            {
              "by": {
                "organization": {
                  "id": "ep-group:EPP",
                },
                "voteEvent": {
                  "date": "2022",
                },
              },
              "count": 1,
              "tally": {
                "for": {
                  "sum": 171,
                },
              },
            },
            {
              "by": {
                "organization": {
                  "id": "ep-group:GREEN_EFA",
                },
                "voteEvent": {
                  "date": "2022",
                },
              },
              "count": 1,
              "tally": {
                "for": {
                  "sum": 69,
                },
              },
            },
          ],
        },
        "voteEventStats": {
          "rows": [
            {
              "by": {
                "date": "2022-01-20",
                "isMain": false,
                "month": "2022-01",
                "organization": {
                  "id": "org:european-parliament",
                  "name": "European Parliament",
                },
                "year": "2022",
              },
              "count": 4,
            },
            {
              "by": {
                "date": "2022-01-20",
                "isMain": true,
                "month": "2022-01",
                "organization": {
                  "id": "org:european-parliament",
                  "name": "European Parliament",
                },
                "year": "2022",
              },
              "count": 1,
            },
          ],
        },
      }
    `)
  })

  it('count what belongs to a record', async () => {
    expect(
      await ask(`{
        place(id: "iso:KZ") { voteEventStats { rows { by { isMain } count share } } claimStats { rows { by { property } count value { min max known } } } }
        voteEvent(id: "ep-vote:139038") { countStats { rows { by { by majority } count tally { for { sum } } } } }
      }`),
    ).toMatchInlineSnapshot(`
      {
        "place": {
          "claimStats": {
            "rows": [],
          },
          "voteEventStats": {
            "rows": [
              {
                "by": {
                  "isMain": false,
                },
                "count": 4,
                "share": 0.8,
              },
              {
                "by": {
                  "isMain": true,
                },
                "count": 1,
                "share": 0.2,
              },
            ],
          },
        },
        "voteEvent": {
          "countStats": {
            "rows": [
              {
                "by": {
                  "by": "GROUP",
                  "majority": "FOR",
                },
                "count": 7,
                "tally": {
                  "for": {
                    "sum": 561,
                  },
                },
              },
              {
                "by": {
                  "by": "GROUP",
                  "majority": "AGAINST",
                },
                "count": 1,
                "tally": {
                  "for": {
                    "sum": 28,
                  },
                },
              },
            ],
          },
        },
      }
    `)
  })

  it('leave out kinds of few records, and say how many', async () => {
    expect(
      await ask(
        '{ voteCountStats(atLeast: 2) { suppressed kindCount totalCount rows { by { majority } count share } } }',
      ),
    ).toMatchInlineSnapshot(`
      {
        "voteCountStats": {
          "kindCount": 2,
          "rows": [
            {
              "by": {
                "majority": "FOR",
              },
              "count": 7,
              "share": 0.875,
            },
          ],
          "suppressed": 1,
          "totalCount": 8,
        },
      }
    `)
  })

  it('are paged, by cursors that hold for what was asked only', async () => {
    const question =
      'query ($after: String) { voteCountStats(first: 2, after: $after, orderBy: [KEY_ASC]) { rows { by { organization { id } } count } pageInfo { hasNextPage hasPreviousPage endCursor } } }'
    type Page = { voteCountStats: { rows: readonly unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
    const all: unknown[] = []
    let after: string | null = null
    do {
      const { voteCountStats }: Page = (await ask(question, { after })) as Page
      all.push(...voteCountStats.rows)
      after = voteCountStats.pageInfo.hasNextPage ? voteCountStats.pageInfo.endCursor : null
    } while (after !== null)
    const whole = (await ask(question.replace('first: 2', 'first: 1000'))) as Page
    expect(all).toEqual(whole.voteCountStats.rows)
    expect(all.length).toBeGreaterThan(4)
    const cursor = ((await ask(question)) as Page).voteCountStats.pageInfo.endCursor
    expect(await refused(`{ voteCountStats(after: "${cursor}") { rows { by { majority } count } } }`)).toBe(
      'BAD_CURSOR',
    )
  })

  it('of what a filter cannot decide say so', async () => {
    expect(
      await ask(
        '{ voteEventStats(where: { not: { counts: { some: { majority: { eq: FOR } } } } }) { totalCount undecidedCount } }',
      ),
    ).toMatchInlineSnapshot(`
      {
        "voteEventStats": {
          "totalCount": 0,
          "undecidedCount": 4,
        },
      }
    `)
  })

  it('of votes agree with a plain count of them', async () => {
    const links: StoredLink[] = []
    for await (const link of graph.store.scanLinks('Vote')) links.push(link)
    const people = new Map<string, StoredNode>()
    for await (const node of graph.store.scanNodes('Person')) people.set(node.id, node)
    const { voteStats } = (await ask(
      '{ voteStats { totalCount rows { by { option person { id name } } count } } }',
    )) as {
      voteStats: {
        totalCount: number
        rows: readonly { by: { option: string; person: { id: string; name: string } }; count: number }[]
      }
    }
    expect(voteStats.totalCount).toBe(links.length)
    const counted = new Map<string, number>()
    for (const { from, values } of links) {
      const key = JSON.stringify([values['option'], from, people.get(from)?.values['name']])
      counted.set(key, (counted.get(key) ?? 0) + 1)
    }
    expect(
      new Map(
        voteStats.rows.map(({ by, count }) => [JSON.stringify([by.option, by.person.id, by.person.name]), count]),
      ),
    ).toEqual(counted)
  })

  it('of nothing are 0, and their numbers null', async () => {
    expect(
      await ask(
        '{ voteEventStats(where: { id: { in: [] } }) { totalCount kindCount rows { count share tally { for { sum mean known } } } } }',
      ),
    ).toEqual({
      voteEventStats: {
        totalCount: 0,
        kindCount: 1,
        rows: [{ count: 0, share: null, tally: { for: { sum: null, mean: null, known: 0 } } }],
      },
    })
  })

  it('are refused beyond the limits', async () => {
    expect(await refused('{ voteEventStats(first: 1001) { rows { count } } }')).toBe('BAD_ARGUMENT')
    expect(await refused('{ voteEventStats(atLeast: -1) { rows { count } } }')).toBe('BAD_ARGUMENT')
    expect(
      await refused(
        '{ voteEventStats { rows { by { id title description date isMain isRollCall method result stage } count } } }',
      ),
    ).toBe('COST_LIMIT')
  })
})
