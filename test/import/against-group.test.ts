import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import { runImports } from '../../src/import/run-import.js'
import type { StoredLink } from '../../src/model/records.js'
import { graphHash } from '../../src/store/graph-hash.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import { engines, NOW, shape } from '../support/engines.js'
import { REAL_EXPORT } from '../support/read-edition.js'

const ROLL_CALLS = fileURLToPath(new URL('../../../shared/data/europarl/rollcalls-whole', import.meta.url))
const isThere = existsSync(REAL_EXPORT) && existsSync(ROLL_CALLS)
if (!isThere && process.env['CI']) throw new Error('The real export and roll calls are not in ../shared/data.')
if (!isThere) console.warn('NOT TESTED: the real export and roll calls, which are not in ../shared/data.')

const SOURCES = [
  { importer: europarlRollcalls, path: ROLL_CALLS },
  { importer: howtheyvote, path: REAL_EXPORT },
] as const

/** The option that has more votes than each other. */
const most = (tally: readonly (readonly [string, unknown])[]): string | null => {
  if (tally.some(([, votes]) => typeof votes !== 'number')) return null
  const highest = Math.max(...tally.map(([, votes]) => votes as number))
  const [first, second] = tally.filter(([, votes]) => votes === highest)
  return first && !second ? first[0] : null
}

/** How each vote should stand to its group, worked out in the plainest way from all counts of the store. */
const plainly = async (store: GraphStore) => {
  const majorities = new Map<string, string | null>()
  for await (const { id, values } of store.scanNodes('VoteCount')) {
    const { by, tallyFor, tallyAgainst, tallyAbstention } = values
    // A count's id tells its ballot and its group.
    if (by === 'GROUP')
      majorities.set(
        id,
        most([
          ['FOR', tallyFor],
          ['AGAINST', tallyAgainst],
          ['ABSTENTION', tallyAbstention],
        ]),
      )
  }
  return ({ to, values: { option, group } }: StoredLink): boolean | null => {
    const majority = majorities.get(`${to}/${group}`) ?? null
    return group === 'ep-group:NI' || option === 'DID_NOT_VOTE' || majority === null ? null : option !== majority
  }
}

// On one engine: what both write is compared elsewhere, and this takes a while.
describe.skipIf(!isThere)('votes of three sittings beside the tallies of the export', () => {
  const [sqlite] = engines
  const hashes = new Set<string>()

  it.each([
    ['votes first', SOURCES],
    ['tallies first', SOURCES.toReversed()],
  ])(
    'say whether they went against the group, %s',
    async (_, sources) => {
      const graph = await (sqlite as (typeof engines)[number]).seeded()
      for (const source of sources) await runImports({ store: graph.store, shape, ...source, now: () => NOW })
      const expected = await plainly(graph.store)
      const told = { true: 0, false: 0, null: 0 }
      const wrong: StoredLink[] = []
      for await (const vote of graph.store.scanLinks('Vote')) {
        const value = (vote.values['againstGroup'] ?? null) as boolean | null
        told[`${value}`] += 1
        if (value !== expected(vote)) wrong.push(vote)
      }
      expect(wrong).toEqual([])
      expect(told).toMatchInlineSnapshot(`
        {
          "false": 21343,
          "null": 36436,
          "true": 2097,
        }
      `)
      hashes.add(await graphHash(graph.store, shape))
      expect(hashes.size).toBe(1)
      await graph.close()
    },
    300_000,
  )
})
