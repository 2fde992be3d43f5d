import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { type BenchEngine, openNeo4j, openSqlite } from './engines.js'
import { clientOf } from './http-client.js'
import { figuresOf } from './measure.js'
import { serveProgram } from './serve-program.js'

/** Milliseconds that each row is measured for. */
const { values } = parseArgs({
  options: { neo4j: { type: 'boolean', default: false }, seconds: { type: 'string', default: '10' } },
})
const LENGTH = Number(values.seconds) * 1000

const shape = readGraphShape(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
const SMALL = '{ voteEvent(id: "ep-vote:139038") { title tally { for against abstention } } }'
const rootFields = (count: number, field: (i: number) => string): string =>
  `{ ${Array.from({ length: count }, (_, i) => `f${i}: ${field(i)}`).join(' ')} }`

/** What others ask all the while; each time it is a new document, which the server has not seen. */
const LOADS: readonly { readonly name: string; readonly clients: number; ask(time: number): string }[] = [
  { name: 'nothing', clients: 0, ask: () => SMALL },
  {
    name: "20 root fields that sort a Parliament's ballots 6,000 times",
    clients: 1,
    ask: (time) =>
      rootFields(
        20,
        (i) =>
          `persons(first: ${100 - (time % 5)}) { nodes { votes(first: ${60 - i}) { nodes { organization { heldVoteEvents(first: 1) { nodes { id } } } } } } }`,
      ),
  },
  {
    name: 'such as is not refused: 20 root fields that sort them, from 4 clients',
    clients: 4,
    ask: (time) =>
      rootFields(
        20,
        (i) =>
          `persons(first: 1) { nodes { votes(first: 1) { nodes { organization { heldVoteEvents(first: ${1 + ((time + i) % 90)}) { nodes { id } } } } } } }`,
      ),
  },
  {
    name: "such as is not refused: 20 root fields that count 40 members' votes, from 4 clients",
    clients: 4,
    ask: (time) =>
      rootFields(20, (i) => `persons(first: ${40 - ((time + i) % 10)}) { nodes { votes { totalCount } } }`),
  },
  {
    name: 'such as is not refused: figures of all single votes by country and option, from 4 clients',
    clients: 4,
    ask: (time) => `{ voteStats(first: ${100 + (time % 100)}) { rows { by { country { id } option } count } } }`,
  },
]

/** Asks the small question, and whether the server is ready, every 20 ms while others ask what they ask. */
const measureBeside = async (url: string, { name, clients, ask }: (typeof LOADS)[number]): Promise<string> => {
  const others = clientOf(url, Math.max(1, clients))
  const own = clientOf(url, 1)
  const end = performance.now() + LENGTH
  let [time, answered, refused] = [0, 0, 0]
  const besiege = async (): Promise<void> => {
    while (performance.now() < end) {
      time += 1
      const answer = (await others.ask(ask(time))).toString()
      if (answer.includes('_LIMIT"')) {
        refused += 1
        // What is refused costs nothing; asked without a pause it would measure the parser.
        await new Promise((resolve) => setTimeout(resolve, 50))
      } else answered += 1
    }
  }
  const times: Record<'small' | 'ready' | 'live', number[]> = { small: [], ready: [], live: [] }
  let failures = 0
  const timed = async (into: number[], asking: () => Promise<boolean>): Promise<void> => {
    const start = performance.now()
    if (!(await asking())) failures += 1
    into.push(performance.now() - start)
  }
  const isUp = (path: string) => fetch(new URL(path, url)).then(({ ok }) => ok)
  const watch = async (): Promise<void> => {
    while (performance.now() < end) {
      await timed(times.small, async () => (await own.ask(SMALL)).includes('"for":'))
      await timed(times.ready, () => isUp('/readyz'))
      await timed(times.live, () => isUp('/livez'))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await Promise.all([watch(), ...Array.from({ length: clients }, besiege)])
  others.close()
  own.close()
  const cells = Object.values(times).flatMap((each) => {
    const { median, p95 } = figuresOf(each)
    return [median.toFixed(1), p95.toFixed(1), Math.max(...each).toFixed(0)]
  })
  return `| ${[name, `${answered}, ${refused}`, times.small.length, failures, ...cells].join(' | ')} |`
}

const measure = async (engine: BenchEngine): Promise<void> => {
  const server = await serveProgram(engine.address)
  try {
    const warm = clientOf(server.url, 1)
    for (let i = 0; i < 200; i += 1) await warm.ask(SMALL)
    warm.close()
    console.log(`\n${engine.name}\n`)
    console.log(
      '| asked beside it | answers, refusals | small questions | failures | small median | p95 | worst | /readyz median | p95 | worst | /livez median | p95 | worst |',
    )
    console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|')
    for (const load of LOADS) console.log(await measureBeside(server.url, load))
  } finally {
    await server.stop()
  }
}

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), ${LENGTH / 1000} s a row.`)
console.log('Milliseconds over HTTP; the votes of members are synthetic.')
for (const open of values.neo4j ? [openNeo4j] : [openSqlite]) {
  const engine = await open(shape)
  try {
    await measure(engine)
  } finally {
    await engine.close()
  }
}
