import { type FigureKey, type Figures, nameOfWay } from '../figures.js'
import type { ColumnOf, Related } from '../predicate.js'
import { constant } from '../values.js'
import { NODE_LABEL, quoted, TYPE_PROPERTY } from './names.js'
import { arrow, endOf, hopLabels, type Names, type PredicatePrinter, type Row, whereAll } from './print-predicate.js'

type Cypher = string

/**
 * Prints figures as the lines of a call that gives, as `name`, `[page of kinds, kinds shown, kinds, rows, kinds before]`; a kind is the
 * list of its keys, the number of its rows and its measures. Rows are counted first by what they have themselves or lead
 * to directly, and the few kinds that are left once more by what lies beyond.
 * @param match the pattern and the conditions of the rows
 */
export const printFigures = (
  figures: Figures,
  match: readonly Cypher[],
  row: Row,
  name: string,
  predicates: PredicatePrinter,
  names: Names,
): readonly Cypher[] => new KindPrinter(figures, row, predicates, names).lines(match, name)

class KindPrinter {
  readonly #base = new Map<Cypher, string>()
  readonly #innerMatches: Cypher[] = []
  readonly #inner = new Map<string, string>()
  readonly #outerMatches: Cypher[] = []
  readonly #outer = new Map<string, string>()

  constructor(
    readonly figures: Figures,
    readonly row: Row,
    readonly predicates: PredicatePrinter,
    readonly names: Names,
  ) {}

  lines(match: readonly Cypher[], name: string): readonly Cypher[] {
    const { keys, measures, atLeast, first, after } = this.figures
    const found = keys.map((key) => this.#key(key))
    const sums = measures.map(({ is, column }, i) => `${aggregate(is, property(this.row, column))} AS s${i}`)
    const base = [...this.#base].map(([cypher, alias]) => `${cypher} AS ${alias}`)
    const again = measures.map(({ is }, i) => `${aggregate(is === 'known' ? 'sum' : is, `s${i}`)} AS t${i}`)
    const kind = [...keys.map((_, i) => `k${i}`), 'n', ...measures.map((_, i) => `t${i}`)]
    const place = keys.length
    const least =
      atLeast === null ? 'groups' : `[g IN groups WHERE g[${place}] >= ${this.names.parameter(constant(atLeast))}]`
    const offset = after ? this.names.parameter(after) : '0'
    return [
      ...match,
      ...this.#innerMatches,
      `WITH ${[...base, 'count(*) AS m', ...sums].join(', ')}`,
      ...this.#outerMatches,
      `WITH ${[...found.map((key, i) => `${key} AS k${i}`), 'sum(m) AS n', ...again].join(', ')}`,
      ...(keys.length > 0 ? [`ORDER BY ${this.#order()}`] : []),
      `WITH collect([${kind.join(', ')}]) AS groups`,
      `WITH groups, ${least} AS shown`,
      `RETURN [shown[${offset}..(${offset} + ${this.names.parameter(constant(first))})], size(shown), size(groups), reduce(sum = 0, g IN groups | sum + g[${place}]), ${offset}] AS ${name}`,
    ]
  }

  #key({ over, column, length }: FigureKey): Cypher {
    const [first, ...further] = over
    const cut = (cypher: Cypher) => (length === 4 || length === 7 ? `substring(${cypher}, 0, ${length})` : cypher)
    if (!first) return this.#baseName(cut(property(this.row, column)))
    let node = this.#first(first)
    further.forEach((each, i) => {
      node = this.#further(over.slice(0, i + 2), node, each)
    })
    return cut(property({ node, link: '' }, column))
  }

  #baseName(cypher: Cypher): string {
    const name = this.#base.get(cypher) ?? `b${this.#base.size}`
    this.#base.set(cypher, name)
    return name
  }

  /** The node that a row leads to. */
  #first(first: Related): string {
    if (first.kind === 'end') return this.#baseName(endOf(this.row, first.end))
    if (first.kind === 'reference') {
      const id = this.#baseName(`${this.row.link}.${quoted(first.column.name)}`)
      return this.#once(this.#outer, `reference ${first.column.name}`, (node) => {
        this.#outerMatches.push(`OPTIONAL MATCH (${node}:${NODE_LABEL} {id: ${id}})`)
      })
    }
    if (first.kind !== 'hop') throw new Error('A key leads over single neighbours only.')
    const node = this.#once(this.#inner, nameOfWay([first]), (node) => {
      this.#innerMatches.push(this.#match(first, this.row.node, node))
    })
    return this.#baseName(node)
  }

  #further(way: readonly Related[], from: string, next: Related): string {
    if (next.kind !== 'hop') throw new Error('A key leads over single neighbours only.')
    return this.#once(this.#outer, `${from} ${nameOfWay(way)}`, (node) => {
      this.#outerMatches.push(this.#match(next, from, node))
    })
  }

  #match({ hop, types }: Related & { kind: 'hop' }, from: string, node: string): Cypher {
    const link = this.names.name('l')
    const only = this.predicates.conditions(hop.only, { node, link })
    return `OPTIONAL MATCH (${from})${arrow(hop, link)}(${node}${hopLabels(hop, types)})${whereAll(only)}`
  }

  #once(known: Map<string, string>, key: string, make: (node: string) => void): string {
    const node = known.get(key) ?? this.names.name('x')
    if (!known.has(key)) {
      known.set(key, node)
      make(node)
    }
    return node
  }

  #order(): Cypher {
    const { order, keys } = this.figures
    const byKeys = (descending: boolean) =>
      keys.flatMap((_, i) => [`k${i} IS NULL`, `k${i}${descending ? ' DESC' : ''}`])
    const asked = order.flatMap(({ by, descending }) =>
      by === 'count' ? [`n${descending ? ' DESC' : ''}`] : byKeys(descending),
    )
    return [...asked, ...byKeys(false)].join(', ')
  }
}

const property = ({ node, link }: Row, { of, name }: ColumnOf): Cypher =>
  `${of === 'link' ? link : node}.${quoted(of === 'record' && name === 'type' ? TYPE_PROPERTY : name)}`

/** Neo4j's sum of nothing is 0, and SQL's is null; nothing is known then. */
const aggregate = (is: 'sum' | 'min' | 'max' | 'known', of: Cypher): Cypher => {
  if (is === 'known') return `count(${of})`
  return is === 'sum' ? `CASE count(${of}) WHEN 0 THEN null ELSE sum(${of}) END` : `${is}(${of})`
}
