import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import zlib, { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { openSqlite } from './engines.js'
import { clientOf } from './http-client.js'
import { figuresOf } from './measure.js'
import { serveProgram } from './serve-program.js'
import { SHAPES } from './shapes.js'

// How much longer a roll call takes on loopback where it is compressed: in turn with plain ones, over one connection each.
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3000' } },
})
const ROUNDS = Number(values.rounds)

/** Node 20 has no zstd. */
const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: (packed: Buffer) => Buffer }
const UNPACK: Readonly<Record<string, (packed: Buffer) => Buffer>> = {
  plain: (plain) => plain,
  gzip: gunzipSync,
  br: brotliDecompressSync,
  ...(zstdDecompressSync && { zstd: zstdDecompressSync }),
}

const shape = readGraphShape(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
const engine = await openSqlite(shape)
const served = await serveProgram(engine.address)
const shapeOfRollCall = SHAPES.find(({ name }) => name.startsWith('a roll call'))
if (!shapeOfRollCall) throw new Error('There is no roll call among the shapes.')
const { query } = shapeOfRollCall
try {
  const arms = Object.entries(UNPACK).map(([name, unpack]) => ({
    name,
    unpack,
    client: clientOf(served.url, 1, name === 'plain' ? {} : { 'accept-encoding': name }),
    times: [] as number[],
    unpacked: [] as number[],
    bytes: 0,
  }))
  const plain = await arms[0]?.client.ask(query)
  for (let round = -200; round < ROUNDS; round += 1) {
    for (const arm of arms) {
      const start = performance.now()
      const body = await arm.client.ask(query)
      const answered = performance.now()
      const text = arm.unpack(body)
      const end = performance.now()
      if (!plain?.equals(text)) throw new Error(`The answer in ${arm.name} is another.`)
      if (round < 0) continue
      arm.times.push(answered - start)
      arm.unpacked.push(end - start)
      arm.bytes = body.length
    }
  }
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, ${ROUNDS} rounds`)
  console.log('| a roll call of 705 | kB | ms, median (p95) | and unpacked by the client |\n|---|---|---|---|')
  for (const { name, bytes, times, unpacked } of arms) {
    const [asked, whole] = [figuresOf(times), figuresOf(unpacked)]
    const told = (each: { median: number; p95: number }) => `${each.median.toFixed(2)} (${each.p95.toFixed(2)})`
    console.log(`| ${name} | ${(bytes / 1000).toFixed(1)} | ${told(asked)} | ${told(whole)} |`)
  }
  for (const { client } of arms) client.close()
} finally {
  await served.stop()
  await engine.close()
}
