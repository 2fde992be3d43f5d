import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { placeMembers } from '../src/analysis/positions/place-members.js'
import { multipleCorrelation } from './multiple-correlation.js'

/**
 * Compares positions with those of another program: the roll calls of the 109th Senate of the United States, which come
 * with the R package pscl, and what its `ideal` finds in them by simulation. Needs R with pscl (Debian: `r-cran-pscl`).
 *
 *     npm run bench:positions-pscl
 */
const folder = mkdtempSync(join(tmpdir(), 'rapporteur-pscl-'))
try {
  try {
    execFileSync('Rscript', [fileURLToPath(new URL('positions-pscl.R', import.meta.url)), folder], { stdio: 'pipe' })
  } catch (error) {
    throw new Error('R with its package pscl did not run; on Debian: apt-get install r-base-core r-cran-pscl.', {
      cause: error,
    })
  }
  const lines = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trim().split('\n')
  const numbers = (name: string): number[][] => lines(name).map((line) => line.split(',').map(Number))
  const names = lines('members.txt')
  const rows = numbers('votes.csv')
  const matrix = { members: rows.length, ballots: rows[0]?.length ?? 0, votes: Int8Array.from(rows.flat()) }
  const anchor = (name: string) => ({ member: names.indexOf(name), name })
  console.log(`109th Senate: ${matrix.members} members, ${matrix.ballots} ballots; pscl ${lines('version.txt')[0]}`)
  for (const dimensions of [1, 2] as const)
    for (const leastMinority of [0, 0.025]) {
      const start = performance.now()
      const positions = placeMembers({
        ...matrix,
        dimensions,
        low: anchor('KENNEDY (D MA)'),
        high: anchor('INHOFE (R OK)'),
        leastMinority,
      })
      const seconds = (performance.now() - start) / 1000
      const theirs = numbers(`ideal-${dimensions}.csv`)
      const placed = positions.members.flatMap(({ positions: own }, i) =>
        own === null ? [] : [{ own: own.map(({ value }) => value), theirs: theirs[i] ?? [] }],
      )
      const r = Array.from({ length: dimensions }, (_, k) =>
        multipleCorrelation(
          placed.map((member) => member.own),
          placed.map((member) => member.theirs[k] ?? Number.NaN),
        ).toFixed(4),
      )
      console.log(
        [
          `${dimensions === 1 ? 'one dimension' : 'two dimensions'}, at least ${leastMinority} in the minority`,
          `${positions.placed} members, ${positions.ballots} ballots, ${positions.votes} votes`,
          `|r| with ideal ${r.join(' and ')}`,
          `classified ${positions.classified.toFixed(4)}, APRE ${positions.apre.toFixed(4)}`,
          `log likelihood ${positions.logLikelihood.toFixed(1)}`,
          `${positions.iterations} iterations${positions.converged ? '' : ', not converged'}`,
          `${seconds.toFixed(2)} s, ideal ${lines(`seconds-${dimensions}.txt`)[0]} s`,
        ].join('; '),
      )
    }
} finally {
  rmSync(folder, { recursive: true })
}
