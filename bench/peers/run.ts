/**
 * Measures this program beside its neighbours: the same data, the same questions, answers compared, all in turn over HTTP.
 *
 *     npm run bench:peers -- [--votes small|whole|all] [--arms embedded,neo4j,postgraphile,neo4j-graphql]
 *       [--questions vote,place] [--seconds 20] [--cold 5]
 */
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'
import { SIZES, type Size } from '../bench-data.js'
import { ARMS, type Arm, tablesOf } from './arms.js'
import { PROGRAM } from './ask-program.js'
import { chooseAbouts } from './choose-abouts.js'
import { type ArmFigures, measureCold, measureShape, type Running, startArm } from './measure-arms.js'
import { memoryOf } from './process-figures.js'
import { SHAPES, type ShapeName } from './question.js'

const { values } = parseArgs({
  options: {
    votes: { type: 'string', default: 'whole' },
    arms: { type: 'string', default: Object.keys(ARMS).join(',') },
    questions: { type: 'string', default: Object.keys(SHAPES).join(',') },
    seconds: { type: 'string', default: '20' },
    cold: { type: 'string', default: '5' },
  },
})
const size = values.votes as Size
const names = values.questions.split(',') as ShapeName[]
const shape = readGraphShape(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))

const row = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`)
const table = (...columns: readonly string[]): void => {
  console.log()
  row(columns)
  row(columns.map(() => '---'))
}
const rounded = (value: number): string => value.toPrecision(value < 1 ? 2 : 3)
const mean = (ratios: readonly number[]): number =>
  Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)

type Measured = ReadonlyMap<ShapeName, readonly ArmFigures[]>

const printFigures = (arms: readonly Arm[], measured: Measured): void => {
  const print = (what: string, cell: (figures: ArmFigures) => string): void => {
    table(what, 'kB', 'timed', ...arms.map(({ name }) => name))
    for (const [name, figures] of measured) {
      const cells = arms.map((arm) => figures.find((each) => each.arm === arm))
      const [first] = figures
      row([
        ...[SHAPES[name], ((first?.bytes ?? 0) / 1000).toFixed(1), first?.rounds ?? 0],
        ...cells.map((each) => (each ? cell(each) : 'cannot')),
      ])
    }
  }
  print('median (p95), ms', ({ median, p95 }) => `${rounded(median)} (${rounded(p95)})`)
  print(
    'requests/s at 16 connections (ms of processor each)',
    ({ perSecond, processor }) => `${perSecond.toFixed(0)} (${rounded(processor)})`,
  )
}

/** What is compared: how many times as fast one is as another, of the medians, of requests a second, and of processor. */
const COMPARED: readonly ((one: ArmFigures, other: ArmFigures) => number)[] = [
  (one, other) => other.median / one.median,
  (one, other) => one.perSecond / other.perSecond,
  (one, other) => other.processor / one.processor,
]

const isOwn = ({ questions }: Arm): boolean => questions === PROGRAM

/** How many times as fast each of this program's arms is as each neighbour. */
const printRatios = (arms: readonly Arm[], measured: Measured): void => {
  const pairs = arms
    .filter(isOwn)
    .flatMap((one) => arms.filter((arm) => !isOwn(arm)).map((other) => [one, other] as const))
  table('times as fast: median; requests/s; processor', ...pairs.map(([one, other]) => `${one.name} : ${other.name}`))
  const all = pairs.map((): number[][] => COMPARED.map(() => []))
  for (const [name, figures] of measured) {
    const cells = pairs.map(([one, other], pair) => {
      const [a, b] = [one, other].map((arm) => figures.find((each) => each.arm === arm))
      if (!a || !b) return 'cannot'
      const ratios = COMPARED.map((compare) => compare(a, b))
      for (const [i, ratio] of ratios.entries()) all[pair]?.[i]?.push(ratio)
      return ratios.map(rounded).join('; ')
    })
    row([SHAPES[name], ...cells])
  }
  row(['geometric mean', ...all.map((each) => each.map((ratios) => rounded(mean(ratios))).join('; '))])
}

const printNotes = (arms: readonly Arm[]): void => {
  for (const { name, questions } of arms) {
    for (const shapeName of names) {
      const question = questions[shapeName]
      const note = 'cannot' in question ? `cannot, ${question.cannot}` : question.note
      if (note) console.log(`- ${name}, ${SHAPES[shapeName]}: ${note}`)
    }
  }
}

const printMemory = (running: readonly Running[]): void => {
  table('', ...running.map(({ arm }) => arm.name))
  row(['the program, MB', ...running.map(({ served }) => memoryOf([served.pid]).toFixed(0))])
  row([
    'its database, MB',
    ...running.map(({ arm }) => (arm.database ? memoryOf([arm.database]).toFixed(0) : 'within')),
  ])
}

const loads = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')

if (Number(process.versions.node.split('.')[0]) < 22)
  throw new Error('PostGraphile needs Node 22, and all arms run on the same: try "npx -p node@22 npm run bench:peers".')
const source = await tablesOf(shape, size)
const abouts = await chooseAbouts(source.tables)
const arms: Arm[] = []
const running: Running[] = []
try {
  for (const name of values.arms.split(',')) {
    const open = ARMS[name]
    if (!open) throw new Error(`There is no arm "${name}".`)
    arms.push(await open({ shape, size, tables: async () => source.tables }))
  }
  await source.close()
  for (const arm of arms) running.push(await startArm(arm))
  console.log(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}); ${SIZES[size].name} synthetic votes.`,
  )
  console.log(`Load of the machine before: ${loads()}.`)
  const measured = new Map<ShapeName, readonly ArmFigures[]>()
  for (const name of names) {
    console.error(`Measuring ${SHAPES[name]}.`)
    measured.set(name, await measureShape(running, name, { abouts, milliseconds: Number(values.seconds) * 1000 }))
  }
  printFigures(arms, measured)
  if (arms.some(isOwn) && !arms.every(isOwn)) printRatios(arms, measured)
  console.log()
  printNotes(arms)
  printMemory(running)
  while (running.length > 0) await running.pop()?.stop()
  if (Number(values.cold) > 0) {
    const cold = await measureCold(arms, names, { abouts, times: Number(values.cold) })
    table('first call, ms', ...arms.map(({ name }) => name))
    for (const [name, medians] of cold)
      row([SHAPES[name], ...medians.map((each) => (Number.isNaN(each) ? 'cannot' : rounded(each)))])
  }
  console.log(`\nLoad of the machine after: ${loads()}.`)
} finally {
  for (const each of running) await each.stop()
  for (const arm of arms) await arm.close()
}
