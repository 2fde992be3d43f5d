/**
 * Holds the rule that finds main ballots by the words of the minutes against what the export of HowTheyVote.eu says of its
 * ballots, and prints a table: `npx tsx bench/main-ballots.ts [FOLDER OF THE EXPORT]`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { isMainBallot } from '../src/import/europarl/ballot-words.js'

const folder = process.argv[2] ?? fileURLToPath(new URL('../../shared/data/howtheyvote', import.meta.url))
const rows: readonly Readonly<Record<string, string>>[] = parse(
  gunzipSync(readFileSync(join(folder, 'votes.csv.gz'))),
  {
    columns: true,
  },
)
const VERDICTS = new Map<boolean | null, string>([
  [true, 'main'],
  [false, 'not main'],
  [null, 'none given'],
])

const counts = new Map<string, number>()
const phrases = new Map<string, Map<string, number>>()
const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)

for (const { reference, display_title, description = '', is_main } of rows) {
  const words = { reference: reference || null, title: display_title || null, description: description || null }
  const verdict = isMainBallot(words)
  const isMain = is_main === 'True'
  count(counts, `${VERDICTS.get(verdict)}, ${VERDICTS.get(isMain)} in the export`)
  if (verdict === isMain) continue
  const key = `${VERDICTS.get(verdict)}, ${VERDICTS.get(isMain)} in the export`
  const ofKey = phrases.get(key) ?? new Map<string, number>()
  phrases.set(key, ofKey)
  count(ofKey, description.replace(/\d+/g, 'N'))
}

const sum = (isCounted: (key: string) => boolean): number =>
  [...counts].reduce((total, [key, many]) => total + (isCounted(key) ? many : 0), 0)
const agreeing = sum((key) => key === 'main, main in the export' || key === 'not main, not main in the export')
const decided = sum((key) => !key.startsWith('none'))
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`

console.table(Object.fromEntries([...counts].sort().map(([key, ballots]) => [key, { ballots }])))
console.log(
  `${rows.length} ballots; the rule agrees with the export for ${agreeing}: ${percent(agreeing, rows.length)}.`,
)
console.log(
  `Of the ${decided} for which it decides it agrees for ${percent(agreeing, decided)}; for ${rows.length - decided} it gives none.`,
)
for (const [key, ofKey] of phrases) {
  console.log(`\n${key}:`)
  for (const [phrase, many] of [...ofKey].sort(([, a], [, b]) => b - a))
    console.log(`${String(many).padStart(5)}  ${phrase || '(no words)'}`)
}
