import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type FieldNode, parse, print, visit } from 'graphql'
import { readGraphShape } from '../src/schema/read-graph-shape.js'
import { makeServedSchema } from '../src/schema/served-schema.js'
import { type Random, randomFrom } from '../test/support/random.js'
import { randomDocument } from '../test/support/random-document.js'
import { printQuestion, randomQuery } from '../test/support/random-query.js'
import { SIZES, type Size } from './bench-data.js'
import { openNeo4j, openSqlite } from './engines.js'
import { figuresOf, residentOf } from './measure.js'
import { serveProgram } from './serve-program.js'

/**
 * Searches for the document that keeps the server longest among those that the limits admit: random ones first, then what
 * was slowest, changed a little, again and again. Then asks a small question beside four clients that ask the worst found.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'whole' },
    neo4j: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
  },
})
const size = values.size as Size
if (!(size in SIZES)) throw new Error(`There is no size "${values.size}"; there are ${Object.keys(SIZES).join(', ')}.`)

/** Documents that the search goes on from. */
const BEST = 12
/** A share of what is asked is new; the rest is changed from the best. */
const NEW = 0.3
/** Milliseconds for which the small question is asked beside the worst. */
const BESIDE = 15_000
const SMALL = '{ voteEvent(id: "ep-vote:139038") { title tally { for against abstention } } }'

interface Tried {
  readonly text: string
  readonly milliseconds: number
  readonly bytes: number
  readonly points: number
}

interface Answered {
  readonly data?: unknown
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
  readonly extensions?: { readonly cost?: { readonly points: number } }
}

const shape = readGraphShape(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
const schema = makeServedSchema(shape.served)
const random = randomFrom(Number(values.seed))

/** Where the search begins besides random documents: what was found dear before. */
const BEGINNINGS: readonly string[] = [
  '{ persons(first: 100) { nodes { votes(first: 100) { totalCount nodes { id title } } } } }',
  '{ voteStats(first: 100) { rows { by { country { id } option } count } } }',
  '{ voteEvents(first: 25) { nodes { votes(first: 900) { edges { option group { id name } country { id } node { id name } } } } } }',
  '{ voteEvents(first: 100, orderBy: [TITLE_DESC], where: { title: { contains: "e" } }) { totalCount nodes { id } } }',
  '{ memberAgreement(first: 1000) { rows { value of { id } with { id } } } }',
  '{ search(text: "european parliament commission", first: 50) { node { id label } } }',
  '{ path(from: "person:josep-borrell", to: "iso:KZ", maxLength: 6) { paths { length } } }',
]

const newDocument = (ids: readonly string[]): string =>
  random.chance(0.5)
    ? randomDocument({ schema, random, ids })
    : printQuestion(randomQuery({ schema, random, ids, maxDepth: 5, maxLists: 40 }))

/** A document with other numbers, with a root field less, or with one more of its own under another name. */
const changed = (text: string, { chance, below, pick }: Random): string => {
  const numbers = visit(parse(text, { noLocation: true }), {
    IntValue: (node) => (chance(0.4) ? { ...node, value: String(pick([1, 5, 20, 60, 100, 1000])) } : undefined),
  })
  return print({
    ...numbers,
    definitions: numbers.definitions.map((definition) => {
      if (definition.kind !== 'OperationDefinition' || !chance(0.6)) return definition
      const { selections } = definition.selectionSet
      const one = pick(selections.filter((each): each is FieldNode => each.kind === 'Field'))
      const more: FieldNode = { ...one, alias: { kind: 'Name' as never, value: `m${below(1_000_000)}` } }
      const next =
        chance(0.7) || selections.length === 1 ? [...selections, more] : selections.filter((each) => each !== one)
      return { ...definition, selectionSet: { ...definition.selectionSet, selections: next } }
    }),
  })
}

const engine = await (values.neo4j ? openNeo4j : openSqlite)(shape, size)
const server = await serveProgram(engine.address)
try {
  const ask = async (query: string): Promise<Answered & { readonly bytes: number }> => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'rapporteur-cost': 'true' }
    const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    const text = await response.text()
    return { ...(JSON.parse(text) as Answered), bytes: text.length }
  }
  const ids = ['person:josep-borrell', 'iso:KZ', 'org:european-parliament', 'ep-vote:139038', 'ep-mep:197490']
  let best: readonly Tried[] = []
  const ends = new Map<string, number>()
  let [dearest, peak] = [0, 0]
  const idle = residentOf(server.pid)
  const end = performance.now() + Number(values.seconds) * 1000
  for (let tried = 0; performance.now() < end; tried += 1) {
    const begins = BEGINNINGS[tried]
    const text =
      begins ?? (best.length === 0 || random.chance(NEW) ? newDocument(ids) : changed(random.pick(best).text, random))
    const begun = performance.now()
    const { data, errors = [], extensions, bytes } = await ask(text)
    const milliseconds = performance.now() - begun
    const code = data && errors.length === 0 ? 'answered' : (errors[0]?.extensions?.code ?? 'no code')
    ends.set(code, (ends.get(code) ?? 0) + 1)
    peak = Math.max(peak, residentOf(server.pid))
    // What takes too long has kept the server as long as it may.
    if (code !== 'answered' && code !== 'TIMEOUT') continue
    const points = extensions?.cost?.points ?? Number.NaN
    if (points > 0) dearest = Math.max(dearest, milliseconds / points)
    best = [...best, { text, milliseconds, bytes, points }]
      .sort((one, other) => other.milliseconds - one.milliseconds)
      .slice(0, BEST)
  }
  console.log(`Node ${process.version}, ${cpus().length} cores; ${engine.name}, ${SIZES[size].name} (synthetic votes).`)
  console.log(`How documents ended: ${[...ends].map(([code, count]) => `${code} ${count}`).join(', ')}.`)
  console.log(`Memory of the server: ${idle.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most.`)
  console.log(`Milliseconds for each point, at most: ${dearest.toFixed(1)}.\n`)
  console.log('| milliseconds | kB | points | document |\n|---|---|---|---|')
  for (const { milliseconds, bytes, points, text } of best.slice(0, 5))
    console.log(
      `| ${milliseconds.toFixed(0)} | ${(bytes / 1000).toFixed(0)} | ${points.toFixed(0)} | \`${text.replace(/\s+/g, ' ').slice(0, 400)}\` |`,
    )

  const worst = best[0]?.text ?? SMALL
  for (let i = 0; i < 50; i += 1) await ask(SMALL)
  const alone: number[] = []
  const beside: number[] = []
  const time = async (into: number[]): Promise<void> => {
    const begun = performance.now()
    const { data } = await ask(SMALL)
    if (!data) throw new Error('The small question was not answered.')
    into.push(performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  for (let i = 0; i < 100; i += 1) await time(alone)
  const until = performance.now() + BESIDE
  const besiege = async (): Promise<void> => {
    while (performance.now() < until) await ask(worst)
  }
  const watch = async (): Promise<void> => {
    while (performance.now() < until) await time(beside)
  }
  await Promise.all([watch(), ...Array.from({ length: 4 }, besiege)])
  const [quiet, loud] = [figuresOf(alone), figuresOf(beside)]
  console.log(
    `\nA small question: median ${quiet.median.toFixed(1)} ms (p95 ${quiet.p95.toFixed(1)}) alone; ${loud.median.toFixed(1)} ms (p95 ${loud.p95.toFixed(1)}) beside four clients that ask the worst.`,
  )
} finally {
  await server.stop()
  await engine.close()
}
