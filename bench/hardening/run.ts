import { PROOFS } from './proofs.js'

/** Words of the rows that are wanted; all where none are given. */
const wanted = process.argv.slice(2).map((word) => word.toLowerCase())
const chosen = PROOFS.filter(({ row }) => wanted.every((word) => row.toLowerCase().includes(word)))
if (chosen.length === 0) {
  console.error(
    `No row has "${wanted.join(' ')}". There are:\n${[...new Set(PROOFS.map(({ row }) => row))].join('\n')}`,
  )
  process.exit(1)
}

console.log('| row | promise | seen | holds | seconds |\n|---|---|---|---|---|')
let broken = 0
for (const { row, promise, measure } of chosen) {
  const begun = performance.now()
  const { figure, holds } = await measure().catch((error: unknown) => ({
    figure: `it could not be tried: ${error instanceof Error ? error.message : error}`,
    holds: false,
  }))
  if (!holds) broken += 1
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`| ${row} | ${promise} | ${figure} | ${holds ? 'yes' : '**no**'} | ${seconds} |`)
}
console.log(`\n${chosen.length - broken} of ${chosen.length} promises hold.`)
process.exitCode = broken === 0 ? 0 : 1
