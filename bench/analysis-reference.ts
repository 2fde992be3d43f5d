import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startNeo4j } from '../scripts/neo4j-server.mjs'
import { emptyNeo4j } from './empty-neo4j.js'
import {
  BUNDESTAG,
  DATA,
  type Data,
  EXPORT,
  type Figure,
  figuresOf,
  INDEXES,
  LISTS,
  served,
} from './reference-figures.js'
import { expectRun } from './run-program.js'

/**
 * Compares figures of voting analysis, as the built program answers them over HTTP, with those that
 * `analysis-reference.py` works out from the published files alone; the two share no code. Exits with 1 where one differs.
 *
 *     npm run bench:reference -- [--neo4j] [--pairs 200]
 *
 * The files are those of `RAPPORTEUR_SHARED`, or of `../shared`.
 */
const { values: options } = parseArgs({
  options: { neo4j: { type: 'boolean', default: false }, pairs: { type: 'string', default: '200' } },
})
/** Half a unit of the fourth digit. */
const MOST_APART = 5e-5

type Figures = Awaited<ReturnType<typeof figuresOf>>
type Sums = readonly [numerator: number, denominator: number]

interface Reference {
  readonly figures: Readonly<Record<string, Sums>>
  readonly pairs: Readonly<Record<'lists' | 'bundestag', readonly (readonly [string, string])[]>>
  readonly counts: Readonly<
    Record<'export' | 'newer' | 'lists' | 'bundestag' | 'for', Readonly<Record<string, number>>>
  >
  /** Members with votes in the list that tells only who voted for. */
  readonly forMembers: readonly string[]
}

/** A store that is made anew for each set of files. */
interface Home {
  readonly name: 'SQLite' | 'Neo4j'
  /** Empties it, and says where it is. */
  anew(data: string): Promise<string>
  close(): Promise<void>
}

const folder = mkdtempSync(join(tmpdir(), 'rapporteur-reference-'))

const sqliteHome: Home = {
  name: 'SQLite',
  anew: async (data) => join(folder, `${data}.sqlite`),
  close: async () => undefined,
}

const openNeo4jHome = async (): Promise<Home> => {
  const server = await startNeo4j({ heapMegabytes: 1024, onProgress: console.error })
  return {
    name: 'Neo4j',
    async anew() {
      await emptyNeo4j(server.uri)
      return server.uri
    },
    close: () => server.stop(),
  }
}

const row = (...cells: readonly unknown[]): void => console.log(`| ${cells.join(' | ')} |`)
const digits = (value: number | null | undefined): string => value?.toFixed(4) ?? 'none'
const ratio = ([numerator, denominator]: Sums = [0, 0]): number | null =>
  denominator > 0 ? numerator / denominator : null

/** How far a figure is from that of the reference: infinitely, where another number of ballots counts for it. */
const apart = (ours: ReturnType<Figures['get']>, theirs: Sums | undefined): number => {
  const [mine, other] = [ours?.value ?? null, ratio(theirs)]
  if ((ours?.denominator ?? 0) !== (theirs?.[1] ?? 0) || (mine === null) !== (other === null))
    return Number.POSITIVE_INFINITY
  return mine === null || other === null ? 0 : Math.abs(mine - other)
}

/** Prints a line for each kind of figure, and one for each that differs; gives how many do. */
const compare = (engine: string, data: Data, ours: Figures, reference: Reference): number => {
  const theirs = Object.keys(reference.figures).filter((key) => key.startsWith(`${data.name}|`))
  const kinds = new Map<string, string[]>()
  for (const key of [...new Set([...ours.keys(), ...theirs])].sort()) {
    const kind = key.split('|').slice(1, 4).join(', ')
    kinds.set(kind, [...(kinds.get(kind) ?? []), key])
  }
  let differing = 0
  for (const [kind, keys] of kinds) {
    const far = keys.map((key) => ({ key, by: apart(ours.get(key), reference.figures[key]) }))
    const wrong = far.filter(({ by }) => by > MOST_APART)
    differing += wrong.length
    const valued = keys.filter((key) => ratio(reference.figures[key]) !== null).length
    const most = Math.max(...far.map(({ by }) => by))
    row(engine, data.name, kind, keys.length, valued, most === 0 ? '0' : most.toExponential(1), wrong.length)
    for (const { key } of wrong.slice(0, 5)) {
      const figure = ours.get(key)
      console.log(
        `  ${key}: ours ${figure?.numerator} / ${figure?.denominator}, reference ${reference.figures[key]?.join(' / ')}`,
      )
    }
  }
  return differing
}

/** Prints the indexes of groups beside those of the reference, and of the export those over newer ballots, too. */
const printCohesion = (data: Data, ours: Figures, { figures }: Reference): void => {
  const groups = [...ours.keys()].flatMap((key) =>
    key.includes('|cohesion|RICE|cast|') ? [key.split('|')[4] ?? ''] : [],
  )
  const isNewer = data.name === 'export'
  console.log(`\n${data.name}: cohesion as cast (Agreement Index, Rice, Attinà)\n`)
  row('group', 'ballots', 'ours', 'reference', ...(isNewer ? ['reference with the newer ballots'] : []))
  row('---', '---', '---', '---', ...(isNewer ? ['---'] : []))
  for (const group of groups.sort()) {
    const each = (name: string, value: (key: string) => number | null | undefined) =>
      INDEXES.map((index) => digits(value(`${name}|cohesion|${index}|cast|${group}`))).join(' ')
    const theirs = (name: string) => each(name, (key) => ratio(figures[key]))
    const own = each(data.name, (key) => ours.get(key)?.value)
    const ballots = ours.get(`${data.name}|cohesion|AGREEMENT_INDEX|cast|${group}`)?.denominator
    row(group, ballots, own, theirs(data.name), ...(isNewer ? [theirs('newer')] : []))
  }
}

const printMatrix = (data: Data, ours: Figures, { figures }: Reference): void => {
  console.log(`\n${data.name}: how often most of two groups vote alike, as cast\n`)
  row('groups', 'ballots', 'ours', 'reference')
  row('---', '---', '---', '---')
  for (const [key, { value, denominator }] of [...ours].sort())
    if (key.includes('|groupAgreement|all|cast|'))
      row(key.split('|')[4]?.replace('~', ', '), denominator, digits(value), digits(ratio(figures[key])))
}

/** Tables that are printed after the comparison. */
const printed: (() => void)[] = []

/** Imports one set of files, asks, and compares. */
const check = async (home: Home, data: Data, reference: Reference): Promise<number> => {
  const address = await home.anew(data.name)
  const { seconds } = await expectRun(['import', ...data.imports, '--no-seed'], { store: address })
  console.error(`${home.name}: imported ${data.name} in ${seconds.toFixed(0)} s.`)
  const pairs = data.name === 'export' ? [] : reference.pairs[data.name]
  const ours = await served(address, (ask) => figuresOf(ask, data, pairs))
  if (home.name === 'SQLite') {
    printed.push(() => printCohesion(data, ours, reference))
    if (data.name === 'bundestag') printed.push(() => printMatrix(data, ours, reference))
  }
  return compare(home.name, data, ours, reference)
}

/**
 * Imports the list that tells only who voted for, beside the other tables of the export: each of its lists is partial, so
 * no figure may be made of one, and those of groups stay as they were.
 */
const checkPartial = async (home: Home, reference: Reference): Promise<number> => {
  const address = await home.anew('for')
  const { seconds } = await expectRun(['import', 'howtheyvote', tablesWithVotesFor(), '--no-seed'], { store: address })
  console.error(`${home.name}: imported the export with votes for alone in ${seconds.toFixed(0)} s.`)
  const { ballots: listed, members = 0 } = reference.counts.for
  return served(address, async (ask) => {
    let differing = compare(home.name, EXPORT, await figuresOf(ask, EXPORT, []), reference)
    const expect = (what: string, figures: readonly Figure[], expected: number): void => {
      const isNone = ({ value, denominator, excluded }: Figure) =>
        value === null &&
        denominator === 0 &&
        excluded.some(({ reason, count }) => reason === 'PARTIAL_LIST' && count === listed)
      const none = figures.filter(isNone).length
      const isAsExpected = none === expected && figures.length === expected
      row(home.name, 'votes for alone', what, figures.length, figures.length - none, '', isAsExpected ? 0 : 1)
      if (!isAsExpected) differing += 1
    }
    const fromMembers = (await ask('cohesion', '')).filter((figure) => figure.fromMembers > 0).length
    row(
      home.name,
      'votes for alone',
      'cohesion of groups from members’ votes',
      fromMembers,
      fromMembers,
      '',
      fromMembers,
    )
    differing += fromMembers
    expect('loyalty', await ask('loyalty', ''), members)
    expect('participation of all', await ask('participation', 'by: ALL'), 1)
    expect('cohesion of a country', await ask('cohesion', 'by: ALL voters: { country: "iso:DE" }'), 1)
    for (const member of reference.forMembers)
      expect(`agreement of ${member}`, await ask('memberAgreement', `of: "ep-mep:${member}"`), members - 1)
    return differing
  })
}

/** The tables of the export as they are, and the votes beside them. */
const tablesWithVotesFor = (): string => {
  const [from, to] = [join(DATA, 'howtheyvote'), join(folder, 'with-votes-for')]
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to)
  for (const name of readdirSync(from)) symlinkSync(join(from, name), join(to, name))
  symlinkSync(join(DATA, 'ep9-for/member_votes.csv.gz'), join(to, 'member_votes.csv.gz'))
  return to
}

const script = fileURLToPath(new URL('analysis-reference.py', import.meta.url))
const homes = [sqliteHome]
try {
  const written = execFileSync('python3', [script, '--pairs', options.pairs, DATA], { maxBuffer: 2 ** 28 })
  const reference = JSON.parse(written.toString()) as Reference
  for (const [name, counts] of Object.entries(reference.counts)) {
    const all = Object.entries(counts).map(([what, count]) => `${count} ${what}`)
    console.log(`${name}: ${all.join(', ')}`)
  }
  if (options.neo4j) homes.push(await openNeo4jHome())
  console.log()
  row('engine', 'data', 'figures', 'how many', 'with a value', 'most apart', 'differ')
  row('---', '---', '---', '---', '---', '---', '---')
  let differing = 0
  for (const home of homes) {
    for (const data of [EXPORT, LISTS, BUNDESTAG]) differing += await check(home, data, reference)
    // What makes a list partial is found at import, on both engines alike; 869,594 votes take Neo4j minutes.
    if (home.name === 'SQLite') differing += await checkPartial(home, reference)
  }
  for (const print of printed) print()
  console.log(differing === 0 ? '\nNo figure differs.' : `\n${differing} figures differ.`)
  process.exitCode = differing === 0 ? 0 : 1
} finally {
  for (const home of homes) await home.close()
  rmSync(folder, { recursive: true, force: true })
}
