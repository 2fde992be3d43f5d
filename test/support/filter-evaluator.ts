import { foldText } from '../../src/model/fold.js'
import { parseFuzzyDate } from '../../src/model/fuzzy-date.js'
import type {
  Column,
  EdgeMapping,
  FilterField,
  FilterShape,
  GraphShape,
  OrderKey,
} from '../../src/model/graph-shape.js'
import type { StoredLink, StoredNode, Value } from '../../src/model/records.js'
import type { GraphStore } from '../../src/store/graph-store.js'

/** True, false, or not known. */
export type Truth = boolean | null

/** A record in a list, and the link that led to it. */
export interface Row {
  readonly node: StoredNode
  readonly link?: StoredLink
}

export type Written = Readonly<Record<string, unknown>>

/** All that a store holds, to be gone through in the plainest way there is. */
export class StoredGraph {
  /** By id, in the order of the ids. */
  readonly nodes: ReadonlyMap<string, StoredNode>
  readonly #links = new Map<string, StoredLink[]>()
  readonly #values = new Map<string, readonly Value[]>()
  readonly #sources = new Map<number, readonly string[]>()

  private constructor(nodes: readonly StoredNode[]) {
    this.nodes = new Map([...nodes].sort((a, b) => inOrder(a.id, b.id)).map((node) => [node.id, node]))
  }

  static async read(shape: GraphShape, store: GraphStore): Promise<StoredGraph> {
    const nodes: StoredNode[] = []
    for (const type of shape.nodes.keys())
      for await (const node of store.scanNodes(type, { changes: true })) nodes.push(node)
    const graph = new StoredGraph(nodes)
    for (const type of shape.links.keys())
      for await (const link of store.scanLinks(type)) {
        graph.#add(`${type} out ${link.from}`, link)
        graph.#add(`${type} in ${link.to}`, link)
      }
    for (const { number, citations } of await store.sourceSets())
      graph.#sources.set(
        number,
        citations.map(({ source }) => source),
      )
    return graph
  }

  #add(end: string, link: StoredLink): void {
    this.#links.set(end, [...(this.#links.get(end) ?? []), link])
  }

  /** The values that a column of this name has anywhere, each once, in an order of its own. */
  valuesOf(name: string): readonly Value[] {
    const known = this.#values.get(name)
    if (known) return known
    const records = [...this.nodes.values(), ...[...this.#links.values()].flat()]
    const values = new Map(
      records.flatMap(({ values: { [name]: value } }) => (value === undefined ? [] : [[JSON.stringify(value), value]])),
    )
    const sorted = [...values].sort(([one], [other]) => inOrder(one, other)).map(([, value]) => value)
    this.#values.set(name, sorted)
    return sorted
  }

  ofTypes(types: readonly string[]): readonly Row[] {
    return [...this.nodes.values()].filter(({ type }) => types.includes(type)).map((node) => ({ node }))
  }

  /** All links of a type, each with the node that it goes out from. */
  ofLink(name: string): readonly Row[] {
    return [...this.#links].flatMap(([end, links]) =>
      end.startsWith(`${name} out `)
        ? links.map((link) => ({ node: this.nodes.get(link.from) as StoredNode, link }))
        : [],
    )
  }

  /** The records of a list that belongs to a record, or its single neighbour. */
  related({ node, link }: Row, over: (FilterField & { kind: 'one' | 'many' })['over']): readonly Row[] {
    if (over === 'citations')
      return (this.#sources.get(node.sourceSet) ?? []).map((id) => ({ node: this.nodes.get(id) as StoredNode }))
    if (over.kind === 'reference') {
      const target = this.nodes.get(String(link?.values[over.column.name]))
      return target && over.types.includes(target.type) ? [{ node: target }] : []
    }
    if (over.kind === 'end') {
      const end = link && this.nodes.get(link[over.end])
      return end && over.types.includes(end.type) ? [{ node: end }] : []
    }
    return this.#over(node, over)
  }

  #over(node: StoredNode, { link: { name }, direction, types, only }: EdgeMapping): readonly Row[] {
    const links = this.#links.get(`${name} ${direction} ${node.id}`) ?? []
    return links
      .filter(({ values }) => only.every(({ column, equals }) => values[column.name] === equals))
      .map((link) => ({ node: this.nodes.get(direction === 'out' ? link.to : link.from) as StoredNode, link }))
      .filter((row) => types.includes(row.node.type))
  }
}

/** Tells by the definition whether a row is what a filter asks for. */
export class FilterEvaluator {
  constructor(
    readonly shape: GraphShape,
    readonly graph: StoredGraph,
  ) {}

  /** @param type the input type that the filter is of */
  holds(row: Row, written: Written, type: string): Truth {
    return this.#fields(row, written, this.shape.filters.get(type) as FilterShape, type)
  }

  #fields(row: Row, written: Written, shape: FilterShape, type: string): Truth {
    return and(Object.entries(written).map(([name, asked]) => this.#field(row, shape.get(name), asked, type)))
  }

  #field(row: Row, field: FilterField | undefined, asked: unknown, type: string): Truth {
    switch (field?.kind) {
      case 'and':
        return and((asked as Written[]).map((each) => this.holds(row, each, type)))
      case 'or':
        return or((asked as Written[]).map((each) => this.holds(row, each, type)))
      case 'not':
        return not(this.holds(row, asked as Written, type))
      case 'column':
        return ofColumn(
          shownOf(row, field.of, field.column),
          asked as Written,
          field.column,
          field.folded !== undefined,
        )
      case 'fuzzyDate': {
        const [date, first, last] = [field.edtf, field.earliest, field.latest].map((each) =>
          shownOf(row, field.of, each),
        )
        return ofFuzzyDate(date, first, last, asked as Written)
      }
      case 'fields':
        return this.#fields(row, asked as Written, field.fields, type)
      case 'known':
        return (shownOf(row, field.of ?? 'node', field.column as Column) !== undefined) === asked
      case 'one': {
        const [neighbour] = this.graph.related(row, field.over)
        const { known, ...rest } = asked as Written
        const isThere = known === undefined || (neighbour !== undefined) === known
        if (Object.keys(rest).length === 0 && known !== undefined) return isThere
        return and([isThere, neighbour ? this.holds(neighbour, rest, field.where) : null])
      }
      case 'many':
        return this.#list(row, field, asked as Written)
    }
    throw new Error('The filter asks for a field that its type has not.')
  }

  /** Whether all records of a list are known: one that is published whole or not at all is, where it has any. */
  #isWhole(row: Row, edge: EdgeMapping, found: number): boolean {
    if (edge.wholeOrNone && found === 0) return false
    if (!edge.partialWhere) return true
    const { link, is } = edge.partialWhere
    const issues = this.graph.related(row, { ...edge, link, direction: 'in', types: ['Issue'], only: [] })
    return !issues.some(({ node }) => node.values['rule'] === is)
  }

  #list(row: Row, { over, where }: FilterField & { kind: 'many' }, asked: Written): Truth {
    const rows = this.graph.related(row, over)
    const isKnown = over === 'citations' || this.#isWhole(row, over, rows.length)
    return and(
      Object.entries(asked).map(([name, inner]) => {
        if (name === 'count') return ofColumn(isKnown ? rows.length : undefined, inner as Written)
        const each = rows.map((one) => this.holds(one, inner as Written, where))
        const all = isKnown ? each : [...each, null]
        if (name === 'every') return and(all)
        return name === 'some' ? or(all) : not(or(all))
      }),
    )
  }
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth)

const and = (all: readonly Truth[]): Truth => {
  if (all.includes(false)) return false
  return all.includes(null) ? null : true
}

const or = (all: readonly Truth[]): Truth => not(and(all.map(not)))

/** The value of a column of a row, of its link, or of what every record has; undefined where it is not known. */
export const shownOf = ({ node, link }: Row, of: 'node' | 'link' | 'record', { name }: Column): Value | undefined => {
  if (of === 'link') return link?.values[name]
  if (of === 'node') return node.values[name]
  if (name === 'updatedAt') return node.change?.updatedAt
  return name === 'type' ? node.type : node.id
}

/** What is asked of a value, which is undefined where it is not known. */
const ofColumn = (value: Value | undefined, asked: Written, column?: Column, isFolded = false): Truth => {
  const plain = (each: unknown): unknown => {
    if (isFolded) return foldText(each as string)
    return column?.type === 'DateTime' ? Date.parse(each as string) : each
  }
  const own = value === undefined ? undefined : plain(value)
  return and(
    Object.entries(asked).map(([operator, to]) => {
      if (operator === 'known') return (value !== undefined) === to
      if (operator === 'in' && (to as unknown[]).length === 0) return false
      if (own === undefined) return null
      switch (operator) {
        case 'in':
          return (to as unknown[]).map(plain).includes(own)
        case 'contains':
          return foldText(to as string)
            .split(' ')
            .every((word) => String(own).includes(word))
        case 'startsWith':
          return String(own).startsWith(foldText(to as string))
        case 'within': {
          const [from, until] = daysOf(to as string)
          return String(own) >= from && String(own) <= until
        }
        default:
          return compared(own as number, operator, plain(to) as number)
      }
    }),
  )
}

const compared = (own: number, operator: string, to: number): boolean => {
  switch (operator) {
    case 'lt':
      return own < to
    case 'lte':
      return own <= to
    case 'gt':
      return own > to
    case 'gte':
      return own >= to
    default:
      return own === to
  }
}

/** A date that is known and has no bound is open at that end: it can reach as far as one likes, and how far is not known. */
const ofFuzzyDate = (
  date: Value | undefined,
  first: Value | undefined,
  last: Value | undefined,
  asked: Written,
): Truth =>
  and(
    Object.entries(asked).map(([operator, to]) => {
      if (operator === 'known') return (date !== undefined) === to
      if (date === undefined) return null
      const [from, until] = daysOf(to as string)
      if (operator === 'touches') return (!first || String(first) <= until) && (!last || String(last) >= from)
      return and([first ? String(first) >= from : null, last ? String(last) <= until : null])
    }),
  )

const daysOf = (text: string): readonly [first: string, last: string] => {
  const date = parseFuzzyDate(text)
  if (typeof date === 'string') throw new Error(`The date ${date}.`)
  return [date.earliest ?? '0000-01-01', date.latest ?? '9999-12-31']
}

/** Sorts rows by the keys of an order; what has no value comes last, whatever the direction. */
export const sorted = (rows: readonly Row[], order: readonly OrderKey[]): readonly Row[] => {
  const keys = order.filter(({ missing }) => !missing)
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      const [one, other] = [keyOf(a, key), keyOf(b, key)]
      const is = one === null || other === null ? Number(one === null) - Number(other === null) : inOrder(one, other)
      if (is !== 0) return key.descending && one !== null && other !== null ? -is : is
    }
    return 0
  })
}

const keyOf = ({ node, link }: Row, { of, column, descending }: OrderKey): Value | null => {
  if (of === 'link' && column === 'key') return link?.key ?? null
  if (column === 'id') return node.id
  if (column === 'version') return node.change?.version ?? null
  const value = (of === 'link' ? link : node)?.values[column] ?? null
  // Of a moment nothing is known then; and after all letters there is no telling a blank text from none.
  return value === '' && (descending || column.endsWith('Moment')) ? null : value
}

/** Numbers by their size, texts by their bytes, and what does not hold before what does. */
export const inOrder = (one: Value, other: Value): number =>
  typeof one === 'string' ? Buffer.compare(Buffer.from(one), Buffer.from(String(other))) : Number(one) - Number(other)
