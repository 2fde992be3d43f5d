import { once } from 'node:events'
import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { gunzipSync } from 'node:zlib'

/**
 * Makes a large synthetic export of one with synthetic votes of members: its ballots and their votes so many times over,
 * each time under other numbers. No row of it is bad.
 * @returns the number of rows of `member_votes`
 */
export const growExport = async (from: string, to: string, times: number): Promise<number> => {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from))
    if (!/^(votes|member_votes)\./.test(name)) await copyFile(join(from, name), join(to, name))
  const [header = '', ...ballots] = gunzipSync(readFileSync(join(from, 'votes.csv.gz')))
    .toString()
    .trimEnd()
    .split('\n')
  const numberOf = (line: string): number => Number(line.slice(0, line.indexOf(',')))
  // Numbers that no ballot has, all below the newest: rows about a newer ballot than the last are passed over.
  const used = new Set(ballots.map(numberOf))
  const unused = Array.from({ length: Math.max(...used) }, (_, i) => i + 1).filter((number) => !used.has(number))
  const places = new Map([...used].map((number, i) => [number, i]))
  const renumbered = (line: string, time: number): string => {
    if (time === 0) return line
    const place = (time - 1) * places.size + (places.get(numberOf(line)) ?? 0)
    return `${unused[place]}${line.slice(line.indexOf(','))}`
  }
  const votes = createWriteStream(join(to, 'votes.csv'))
  votes.write(`${header}\n`)
  // Titles without line breaks, which the export has none of.
  for (let time = 0; time < times; time += 1)
    votes.write(`${ballots.map((line) => renumbered(line, time)).join('\n')}\n`)
  votes.end()
  await finished(votes)
  const output = createWriteStream(join(to, 'member_votes.csv'))
  let rows = 0
  for (let time = 0; time < times; time += 1) {
    let first = true
    for await (const line of createInterface({ input: createReadStream(join(from, 'member_votes.csv')) })) {
      if (first) {
        first = false
        if (time === 0) output.write(`${line}\n`)
        continue
      }
      rows += 1
      if (!output.write(`${renumbered(line, time)}\n`)) await once(output, 'drain')
    }
  }
  output.end()
  await finished(output)
  return rows
}
