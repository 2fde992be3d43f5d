import type { GraphShape } from './graph-shape.js'
import { isNonAttached } from './ids.js'
import type { CheckedValues, LinkName, StoredLink, StoredNode, StoredRecord, Value } from './records.js'

/** What the rules read, around some records. */
interface GraphAround {
  scanNodes(type: string, options: { readonly ids: readonly string[] }): AsyncIterable<StoredNode>
  scanLinks(
    link: string,
    options: { readonly ends: readonly string[]; readonly at?: 'from' | 'to' },
  ): AsyncIterable<StoredLink>
}

/** A column that follows from other records than its own, and the rule that says how. */
export interface ColumnRule {
  /** The type of record or link that has the column. */
  readonly of: string
  readonly column: string
  /** The type of record around which the column is worked out: all that decides it hangs on one of these. */
  readonly around: string
  /** Looks on while a session writes. */
  follow(): ColumnFollower
  /** The value of the column, null for none, in each record around these: ids that a follower told, or of the type `around`. */
  infer(graph: GraphAround, ids: readonly string[]): AsyncIterable<InferredValue>
}

/** Sees what a session writes, in this order: of a batch nodes first, links that have the column last. */
export interface ColumnFollower {
  /** Around what the column has to be worked out anew: ids of the type `around`, or of what leads to one. */
  readonly affected: ReadonlySet<string>
  /** @returns the column's value in this record, as far as it is known already */
  insert(record: StoredRecord): Value | null
  update(record: StoredRecord): void
  delete(link: LinkName): void
}

interface InferredValue {
  readonly record: StoredRecord
  readonly value: Value | null
}

/**
 * Whether a member's vote went against the majority of the member's group in the ballot, by the group's published tally.
 * Null without a group and for those who are attached to none, where the tally is not published or has no majority, and
 * for who did not vote. The votes of a group's members are never summed instead: nothing tells whether all of them are there.
 */
const againstGroup: ColumnRule = {
  of: 'Vote',
  column: 'againstGroup',
  around: 'VoteEvent',
  follow: () => new GroupVotes(),
  async *infer(graph, ids) {
    const ballots = new Set(ids)
    for await (const { to } of graph.scanLinks('CountOf', { ends: ids })) ballots.add(to)
    const majorities = await groupMajorities(graph, [...ballots])
    for (const ends of chunks([...ballots], 50))
      for await (const record of graph.scanLinks('Vote', { ends, at: 'to' }))
        yield { record, value: isAgainst(record.values, majorities.get(record.to)) }
  },
}

/** The number of links of a type that go out from a record. */
const counted = (of: string, column: string, link: string): ColumnRule => ({
  of,
  column,
  around: of,
  follow: () => new LinksFrom(link),
  async *infer(graph, ids) {
    for (const chunk of chunks(ids, 1000)) {
      const many = new Map<string, number>()
      for await (const { from } of graph.scanLinks(link, { ends: chunk, at: 'from' }))
        many.set(from, (many.get(from) ?? 0) + 1)
      for await (const record of graph.scanNodes(of, { ids: chunk })) yield { record, value: many.get(record.id) ?? 0 }
    }
  },
})

/** The rules for columns that say `@inferred`. */
const RULES: readonly ColumnRule[] = [againstGroup]

/** Whether there is a rule for such a column. */
export const hasColumnRule = (of: string, column: string): boolean =>
  RULES.some((rule) => rule.of === of && rule.column === column)

/** The rules for the columns of this graph. */
export const columnRules = ({ nodes, links }: GraphShape): readonly ColumnRule[] => [
  ...RULES.filter(({ of, column }) => links.get(of)?.columns.has(column)),
  ...[...nodes.values()].flatMap(({ name, columns }) =>
    [...columns.values()].flatMap((column) =>
      column.derived?.how === 'counted' ? [counted(name, column.name, column.derived.link)] : [],
    ),
  ),
]

/** The majorities of groups in a ballot; null for a group whose counts have none, or several. */
type Majorities = Map<string, Value | null>

const isAgainst = ({ option, group }: CheckedValues, majorities: Majorities | null | undefined): boolean | null => {
  if (typeof group !== 'string' || isNonAttached(group) || option === 'DID_NOT_VOTE') return null
  const majority = majorities?.get(group) ?? null
  return majority === null ? null : option !== majority
}

/** Of ballots, by their ids. */
const groupMajorities = async (
  graph: GraphAround,
  ballots: readonly string[],
): Promise<ReadonlyMap<string, Majorities>> => {
  const ballotOf = new Map<string, string>()
  for await (const { from, to } of graph.scanLinks('CountOf', { ends: ballots, at: 'to' })) ballotOf.set(from, to)
  const groupOf = new Map<string, string>()
  const ids = [...ballotOf.keys()]
  for await (const { from, to } of graph.scanLinks('CountFor', { ends: ids, at: 'from' })) groupOf.set(from, to)
  const found = new Map<string, Majorities>()
  for await (const { id, values } of graph.scanNodes('VoteCount', { ids })) {
    const [ballot, group] = [ballotOf.get(id), groupOf.get(id)]
    if (values['by'] !== 'GROUP' || ballot === undefined || group === undefined) continue
    const majorities = found.get(ballot) ?? new Map<string, Value | null>()
    const majority = values['majority'] ?? null
    const known = majorities.get(group)
    found.set(ballot, majorities.set(group, known === undefined || known === majority ? majority : null))
  }
  return found
}

/** Knows the majorities of the ballots that a session makes: where counts come before votes, nothing is left to do. */
class GroupVotes implements ColumnFollower {
  readonly affected = new Set<string>()
  readonly #ballots = new Map<string, { hasVotes: boolean; majorities: Majorities | null }>()
  /** Counts of which not both ends are known. */
  readonly #counts = new Map<string, { readonly values: CheckedValues; ballot?: string; group?: string }>()

  insert(record: StoredRecord): Value | null {
    if (!('link' in record)) {
      if (record.type === 'VoteEvent') this.#ballots.set(record.id, { hasVotes: false, majorities: null })
      else if (record.type === 'VoteCount') this.#counts.set(record.id, { values: record.values })
    } else if (record.link === 'Vote') {
      const ballot = this.#ballots.get(record.to)
      if (ballot) {
        ballot.hasVotes = true
        return isAgainst(record.values, ballot.majorities)
      }
      this.affected.add(record.to)
    } else if (record.link === 'CountOf' || record.link === 'CountFor') this.#addEnd(record)
    return null
  }

  update(record: StoredRecord): void {
    if (!('link' in record)) {
      if (record.type === 'VoteCount') this.affected.add(record.id)
    } else if (record.link === 'Vote') this.affected.add(record.to)
  }

  delete({ link, from, to }: LinkName): void {
    if (link === 'CountOf') this.affected.add(to)
    if (link === 'CountFor') this.affected.add(from)
  }

  #addEnd({ link, from, to }: StoredLink): void {
    const count = this.#counts.get(from)
    if (!count) {
      this.affected.add(link === 'CountOf' ? to : from)
      return
    }
    count[link === 'CountOf' ? 'ballot' : 'group'] = to
    const { values, ballot, group } = count
    if (ballot === undefined || group === undefined) return
    this.#counts.delete(from)
    if (values['by'] !== 'GROUP') return
    const made = this.#ballots.get(ballot)
    if (!made || made.hasVotes || made.majorities?.has(group)) this.affected.add(ballot)
    else {
      made.majorities ??= new Map()
      made.majorities.set(group, values['majority'] ?? null)
    }
  }
}

/** Knows which records have got links of a type, or lost some. */
class LinksFrom implements ColumnFollower {
  readonly affected = new Set<string>()

  constructor(readonly link: string) {}

  insert(record: StoredRecord): null {
    if ('link' in record) this.delete(record)
    return null
  }

  update(): void {}

  delete({ link, from }: LinkName): void {
    if (link === this.link) this.affected.add(from)
  }
}

function* chunks<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}
