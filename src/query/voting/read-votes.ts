import type { BallotRow, TallyRow } from '../../analysis/table/table-builder.js'
import { tableThread } from '../../analysis/threads.js'
import type { VoteTable } from '../../analysis/vote-table.js'
import { RapporteurError } from '../../errors.js'
import type { Column, EdgeMapping, GraphShape, LinkShape } from '../../model/graph-shape.js'
import { totalOrder } from '../../model/graph-shape.js'
import type { AnswerOptions, GraphStore } from '../../store/graph-store.js'
import { readLinkColumns } from '../../store/link-columns.js'
import type { Entry, Layout } from '../../store/plan.js'
import { ALL, type ColumnOf, type Predicate } from '../../store/predicate.js'
import { constant } from '../../store/values.js'
import type { ShapeBuilder } from '../shape-builder.js'
import { readJson } from '../written-result.js'
import { ID, scanPlan } from './scan-plan.js'

/** How many ballots a statement gives: few enough that reading them does not hold up others. */
const BALLOTS_AT_ONCE = 1000
/** Of how many ballots the tallies, and the members' votes, are read at once. */
const TALLIES_AT_ONCE = 250
const VOTES_AT_ONCE = 100
/** Of how many bodies and groups the members are read at once. */
const ORGANIZATIONS_AT_ONCE = 50

let tables = 0

/**
 * Reads votes of a store into a table, on another thread.
 * @param ids the ballots; null for all there are
 * @throws RapporteurError what the store throws; `UNAVAILABLE` where the graph changes all the time
 */
export const readVotes = async (
  store: GraphStore,
  shape: GraphShape,
  ids: readonly string[] | null,
  options: AnswerOptions,
): Promise<VoteTable> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const table = await readOnce(store, shape, ids, options)
    if ((await store.state()).version === table.version) return table
  }
  throw new RapporteurError(
    'UNAVAILABLE',
    'The graph is being changed faster than the votes of members can be read. Ask again when the import has ended.',
  )
}

/** How often it is tried to read a graph that does not change meanwhile. */
const ATTEMPTS = 3

const readOnce = async (
  store: GraphStore,
  shape: GraphShape,
  ids: readonly string[] | null,
  options: AnswerOptions,
): Promise<VoteTable> => {
  tables += 1
  const table = tables
  const reader = new VoteReader(store, shape, options)
  const { version } = await store.state()
  const ballots: BallotRow[] = []
  for await (const rows of reader.ballots(ids)) ballots.push(...rows)
  const beside = ids ? await reader.beside(ballots) : NOTHING
  await tableThread.run('begin', {
    table,
    ballots: [...ballots, ...beside.ballots],
    partial: await reader.partial(),
  })
  try {
    const read = inOrderOfTime(ballots)
    for (const some of slices(read, TALLIES_AT_ONCE))
      await tableThread.run('addTallies', { table, tallies: await reader.tallies(some) })
    // While the other thread takes in what was read, the next is read.
    let taken: Promise<unknown> = Promise.resolve()
    for (const some of slices(read, VOTES_AT_ONCE)) {
      const rows = await reader.links('Vote', some, ['option', 'group', 'country'])
      await taken
      taken = tableThread.run('addVotes', { table, rows }, { transfer: ownedBy(rows) })
      taken.catch(() => undefined)
    }
    await taken
    for (const some of slices(inOrderOfTime(beside.ballots), BALLOTS_AT_ONCE)) {
      const rows = await reader.links('Vote', some, ['option', 'group', 'country'], beside.members)
      await tableThread.run('addVotes', { table, rows })
    }
    for (const some of slices(read, BALLOTS_AT_ONCE))
      await tableThread.run('addCorrections', { table, rows: await reader.links('Correction', some, CORRECTION) })
    // Who holds a seat may have no vote.
    for (const some of slices(await tableThread.run('organizations', { table }), ORGANIZATIONS_AT_ONCE))
      await tableThread.run('addMembers', { table, rows: await reader.links('Membership', some, []) })
    return await tableThread.run('end', { table, version })
  } catch (error) {
    await tableThread.run('abandon', { table })
    throw error
  }
}

/** What can be moved to another thread, and need not be copied: a buffer that holds nothing else. */
const ownedBy = (rows: string | Uint8Array): readonly ArrayBuffer[] =>
  typeof rows !== 'string' && rows.buffer instanceof ArrayBuffer && rows.byteLength === rows.buffer.byteLength
    ? [rows.buffer]
    : []

const inOrderOfTime = (ballots: readonly BallotRow[]): readonly string[] =>
  [...ballots].sort((a, b) => ((a.date ?? '~') < (b.date ?? '~') ? -1 : 1)).map(({ id }) => id)

const slices = function* <T>(all: readonly T[], length: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += length) yield all.slice(from, from + length)
}

/** What is told of a correction. */
const CORRECTION = ['option', 'kind']

/** What is read of other ballots of the same days: the votes of those who say how they would have voted. */
interface Beside {
  readonly ballots: readonly BallotRow[]
  readonly members: readonly string[]
}

const NOTHING: Beside = { ballots: [], members: [] }

/** Reads what a table is made of. */
class VoteReader {
  constructor(
    readonly store: GraphStore,
    readonly shape: GraphShape,
    readonly options: AnswerOptions,
  ) {}

  async *ballots(ids: readonly string[] | null): AsyncGenerator<readonly BallotRow[]> {
    if (ids) {
      for (const some of slices(ids, BALLOTS_AT_ONCE)) yield await this.#ballots(among(ID, some), null)
      return
    }
    yield* this.#pages(ALL)
  }

  async *#pages(where: Predicate): AsyncGenerator<readonly BallotRow[]> {
    for (let after: string | null = null; ; ) {
      const rows: readonly BallotRow[] = await this.#ballots(where, after)
      yield rows
      if (rows.length < BALLOTS_AT_ONCE) return
      after = rows.at(-1)?.id ?? null
    }
  }

  /** What tells for which group and country those who did not vote in some ballots say that they would have. */
  async beside(ballots: readonly BallotRow[]): Promise<Beside> {
    const dayOf = new Map(ballots.map(({ id, date }) => [id, date]))
    const [members, days] = [new Set<string>(), new Set<string>()]
    for (const some of slices([...dayOf.keys()], BALLOTS_AT_ONCE))
      for (const [ballot, by, , kinds] of readLinkColumns(await this.links('Correction', some, CORRECTION)))
        by.forEach((member, i) => {
          const day = dayOf.get(ballot)
          if (kinds?.[i] !== 'INTENTION' || !day) return
          members.add(member)
          days.add(day)
        })
    if (days.size === 0) return NOTHING
    const date = this.shape.nodes.get('VoteEvent')?.columns.get('date') as Column
    const others: BallotRow[] = []
    for await (const rows of this.#pages(among({ of: 'node', name: date.name, kind: date.kind }, [...days])))
      others.push(...rows.filter(({ id }) => !dayOf.has(id)))
    return { ballots: others, members: [...members] }
  }

  async #ballots(where: Predicate, after: string | null): Promise<readonly BallotRow[]> {
    const columns = {
      date: 'date',
      result: 'result',
      for: 'tallyFor',
      against: 'tallyAgainst',
      abstention: 'tallyAbstention',
    }
    const neighbours = { body: 'HeldIn' }
    const plan = scanPlan(this.shape, { type: 'VoteEvent', columns, neighbours, where, first: BALLOTS_AT_ONCE, after })
    const rows = await this.#nodes<Omit<BallotRow, 'body'> & { readonly body: { readonly id: string } | null }>(plan)
    return rows.map(({ body, ...row }) => ({ ...row, body: body?.id ?? null }))
  }

  /** The ballots of which it is known that not all members' votes are. */
  async partial(): Promise<readonly string[]> {
    const votes = this.shape.fields.get('VoteEvent')?.get('votes') as EdgeMapping
    const { partialWhere } = votes
    if (!partialWhere) return []
    const { link, rule, is } = partialWhere
    const where: Predicate = {
      kind: 'exists',
      from: { kind: 'hop', hop: { link, direction: 'in', only: ALL }, types: ['Issue'] },
      where: { kind: 'compare', column: { of: 'node', name: rule.name, kind: rule.kind }, is: '=', to: constant(is) },
      negated: false,
    }
    const plan = scanPlan(this.shape, {
      type: 'VoteEvent',
      columns: {},
      neighbours: {},
      where,
      first: null,
      after: null,
    })
    return (await this.#nodes<{ readonly id: string }>(plan)).map(({ id }) => id)
  }

  /** What was published of groups. */
  async tallies(ballots: readonly string[]): Promise<readonly TallyRow[]> {
    const plan = scanPlan(this.shape, {
      type: 'VoteEvent',
      columns: {},
      neighbours: {},
      where: among(ID, ballots),
      first: null,
      after: null,
      more: (builder) => countsOf(this.shape, builder),
    })
    const rows = await this.#nodes<CountedBallot>(plan)
    return rows.flatMap(({ id, counts }) =>
      counts.nodes.flatMap(({ by, of, ...tally }) =>
        by === 'GROUP' && of ? [{ ballot: id, group: of.id, ...tally }] : [],
      ),
    )
  }

  /** Columns of the links that lead to some ballots or organisations, from all members or only from these. */
  async links(
    link: string,
    ids: readonly string[],
    columns: readonly string[],
    members?: readonly string[],
  ): Promise<string | Uint8Array> {
    const query = { link, at: 'to' as const, ids, columns, ...(members && { among: members }) }
    return (await this.store.linkColumns(query, this.options)).json
  }

  async #nodes<T>(plan: ReturnType<typeof scanPlan>): Promise<readonly T[]> {
    return (readJson((await this.store.answer(plan, this.options)).json) as { readonly nodes: readonly T[] }).nodes
  }
}

interface CountedBallot {
  readonly id: string
  readonly counts: {
    readonly nodes: readonly (Omit<TallyRow, 'ballot' | 'group'> & {
      readonly by: string
      readonly of: { readonly id: string } | null
    })[]
  }
}

const among = (column: ColumnOf, values: readonly string[]): Predicate => ({
  kind: 'among',
  column,
  values: constant(values),
  negated: false,
})

/** A ballot's tallies, as `counts { nodes { by for against abstention of { id } } }`. */
const countsOf = (shape: GraphShape, builder: ShapeBuilder): Entry => {
  const hop = { link: shape.links.get('CountOf') as LinkShape, direction: 'in' as const, only: ALL }
  const types = ['VoteCount']
  const { key: slot, page } = builder.page(
    {
      from: { kind: 'hop', hop, types },
      where: ALL,
      bounds: ALL,
      undecided: null,
      order: totalOrder([], hop.link),
      first: 1000,
      after: null,
      mark: '',
    },
    types,
  )
  page.rows = true
  const columns = shape.nodes.get('VoteCount')?.columns
  const column = (as: string, name: string): Entry => ({
    as,
    value: { kind: 'value', slot: page.shape.column('node', columns?.get(name) as Column) },
  })
  const link = shape.links.get('CountFor') as LinkShape
  const { key, shape: of } = page.shape.neighbour({ link, direction: 'out', only: ALL }, [...link.to].sort())
  const id: readonly Entry[] = [{ as: 'id', value: { kind: 'value', slot: of.id() } }]
  const layout: Layout = new Map([
    [
      'VoteCount',
      [
        column('by', 'by'),
        column('for', 'tallyFor'),
        column('against', 'tallyAgainst'),
        column('abstention', 'tallyAbstention'),
        { as: 'of', value: { kind: 'node', slot: key, layout: new Map(of.types.map((type) => [type, id])) } },
      ],
    ],
  ])
  return { as: 'counts', value: { kind: 'page', slot, entries: [{ as: 'nodes', value: { kind: 'nodes', layout } }] } }
}
