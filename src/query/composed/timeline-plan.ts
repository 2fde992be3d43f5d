import type { Column, GraphShape, LinkShape, OrderKey } from '../../model/graph-shape.js'
import { totalOrder } from '../../model/graph-shape.js'
import type { Entry, EntryValue, Layout, PageEntry, Plan } from '../../store/plan.js'
import { ALL, type Hop, type Predicate } from '../../store/predicate.js'
import { constant } from '../../store/values.js'
import { ShapeBuilder } from '../shape-builder.js'
import { labelColumns } from './sentences.js'

/** A day of a record or of its links: in one column, or in three where it may be vague. */
interface Dated {
  readonly field: string
  readonly earliest: Column
  readonly latest: Column
  readonly edtf: Column
}

/** Where a timeline takes entries from: the record's own days, those of its links, or those of the records beside it. */
export interface DatedPlace {
  /** `Membership.startDate` */
  readonly what: string
  readonly field: string
  readonly dated: Dated
  /** Whether it is placed by its last day, since its first is open. */
  readonly isOpen: boolean
  readonly hop: { readonly link: LinkShape; readonly direction: 'out' | 'in'; readonly types: readonly string[] } | null
  /** Whose column the day is. */
  readonly of: 'node' | 'link'
}

/** Between which days, and after which entry. */
export interface TimelineWindow {
  readonly from: string | null
  readonly to: string | null
  readonly types: readonly string[] | null
  readonly first: number
  readonly after: TimelinePosition | null
}

/** Where an entry stands: its day, the place that it is from, and its record and link. */
export type TimelinePosition = readonly [day: string, place: number, id: string, key: string]

/** All places of a type that have days, in an order of their own. */
export const datedPlaces = (shape: GraphShape, type: string): readonly DatedPlace[] => {
  const own = datedColumns(shape.nodes.get(type)?.columns)
  const places: DatedPlace[] = own.map((dated) => ({
    what: `${type}.${dated.field}`,
    field: dated.field,
    dated,
    isOpen: false,
    hop: null,
    of: 'node',
  }))
  for (const link of shape.links.values()) {
    for (const direction of ['out', 'in'] as const) {
      const [here, there] = direction === 'out' ? [link.from, link.to] : [link.to, link.from]
      if (!here.includes(type)) continue
      // A day that the record has itself is no news of its link.
      const ofLink = datedColumns(link.columns).filter(({ field }) => !own.some((each) => each.field === field))
      for (const dated of ofLink) {
        const hop = { link, direction, types: there }
        places.push({ what: `${link.name}.${dated.field}`, field: dated.field, dated, isOpen: false, hop, of: 'link' })
      }
      if (datedColumns(link.columns).length > 0) continue
      for (const other of there) {
        for (const dated of datedColumns(shape.nodes.get(other)?.columns)) {
          const hop = { link, direction, types: [other] }
          places.push({ what: `${other}.${dated.field}`, field: dated.field, dated, isOpen: false, hop, of: 'node' })
        }
      }
    }
  }
  return places.flatMap((place) => {
    const isVague = place.hop !== null && place.dated.earliest !== place.dated.latest
    return isVague ? [place, { ...place, isOpen: true }] : [place]
  })
}

/** The days among columns, but for those that tell of an edition. */
const datedColumns = (columns: ReadonlyMap<string, Column> | undefined): readonly Dated[] => {
  const found: Dated[] = []
  for (const column of columns?.values() ?? []) {
    if (column.edition || column.derived?.how === 'moment') continue
    if (column.type === 'Date' && !column.part)
      found.push({ field: column.name, earliest: column, latest: column, edtf: column })
    const { part: field } = column
    if (!field || column.name !== `${field}Edtf`) continue
    const [earliest, latest] = [columns?.get(`${field}Earliest`), columns?.get(`${field}Latest`)]
    if (earliest && latest) found.push({ field, earliest, latest, edtf: column })
  }
  return found
}

/** The plan that gives what is dated about a record of a type: a page for each place, each in the order of days. */
export const timelinePlan = (
  shape: GraphShape,
  type: string,
  places: readonly DatedPlace[],
  id: string,
  window: TimelineWindow,
): Plan => {
  const builder = new ShapeBuilder([type])
  const entries: Entry[] = labelColumns(shape, type).map((name) => ({
    as: `label:${name}`,
    value: { kind: 'value', slot: builder.column('node', shape.nodes.get(type)?.columns.get(name) as Column) },
  }))
  entries.push({ as: 'id', value: { kind: 'value', slot: builder.id() } })
  entries.push({ as: 'sources', value: sources(builder, 'node') })
  places.forEach((place, number) => {
    if (!place.hop) entries.push(...ownDay(builder, place, number))
    else if (isAsked(place, window)) entries.push(pageOf(shape, builder, place, number, window))
  })
  const layout: Layout = new Map([[type, entries]])
  return {
    kind: 'one',
    find: { column: 'id', isId: true, value: constant(id) },
    shape: builder.build(),
    layout,
  }
}

const isAsked = ({ hop }: DatedPlace, { types }: TimelineWindow): boolean =>
  types === null || (hop?.types.some((type) => types.includes(type)) ?? false)

const ownDay = (builder: ShapeBuilder, { dated }: DatedPlace, number: number): readonly Entry[] =>
  (['edtf', 'earliest', 'latest'] as const).map((part) => ({
    as: `${number}:${part}`,
    value: { kind: 'value', slot: builder.column('node', dated[part]) },
  }))

const pageOf = (
  shape: GraphShape,
  builder: ShapeBuilder,
  place: DatedPlace,
  number: number,
  window: TimelineWindow,
): Entry => {
  const { dated, of, isOpen } = place
  const { link, direction, types: all } = place.hop as NonNullable<DatedPlace['hop']>
  const types = window.types ? all.filter((type) => window.types?.includes(type)) : all
  const hop: Hop = { link, direction, only: ALL }
  const day = isOpen ? dated.latest : dated.earliest
  const key: OrderKey = { of, column: day.name, descending: false }
  const order = totalOrder([key], link)
  const { where, after } = windowOf(place, day, number, window, order.length)
  const asked = {
    from: { kind: 'hop' as const, hop, types },
    where,
    bounds: ALL,
    undecided: null,
    order,
    first: window.first + 1,
    after: after?.map((each) => constant(each)) ?? null,
    mark: '',
  }
  const { key: slot, page } = builder.page(asked, types)
  page.rows = true
  const column = (each: Column): EntryValue => ({ kind: 'value', slot: page.shape.column(of, each) })
  const self: Layout = new Map(
    types.map((type) => [
      type,
      [
        { as: 'id', value: { kind: 'value', slot: page.shape.id() } },
        { as: 'type', value: { kind: 'constant', text: type } },
        ...labelColumns(shape, type).map((name): Entry => {
          const label = shape.nodes.get(type)?.columns.get(name) as Column
          return { as: name, value: { kind: 'value', slot: page.shape.column('node', label) } }
        }),
      ],
    ]),
  )
  const rows: Entry[] = [
    { as: 'node', value: { kind: 'self', layout: self } },
    { as: 'edtf', value: column(dated.edtf) },
    { as: 'earliest', value: column(dated.earliest) },
    { as: 'latest', value: column(dated.latest) },
    { as: 'sources', value: sources(page.shape, of) },
  ]
  if (link.repeats) rows.push({ as: 'key', value: { kind: 'value', slot: page.shape.column('link', KEY) } })
  const entries: PageEntry[] = [{ as: 'rows', value: { kind: 'edges', entries: rows } }]
  return { as: String(number), value: { kind: 'page', slot, entries } }
}

/** What tells apart several links between two records. */
const KEY: Column = { name: 'key', kind: 'text', required: true, type: 'String' }

/** Who says a record or link. */
const sources = (builder: ShapeBuilder, of: 'node' | 'link'): EntryValue => {
  const asked = {
    from: { kind: 'citations' as const, of },
    where: ALL,
    bounds: ALL,
    undecided: null,
    order: totalOrder([], undefined),
    first: 20,
    after: null,
    mark: '',
  }
  const { key, page } = builder.page(asked, ['Source'])
  page.rows = true
  const layout: Layout = new Map([['Source', [{ as: 'id', value: { kind: 'value', slot: page.shape.id() } }]]])
  return { kind: 'page', slot: key, entries: [{ as: 'nodes', value: { kind: 'nodes', layout } }] }
}

/** Which rows of a place are asked: what may lie between the days, and comes after the entry. */
const windowOf = (
  { dated, of, isOpen }: DatedPlace,
  day: Column,
  number: number,
  { from, to, after }: TimelineWindow,
  keys: number,
): { readonly where: Predicate; readonly after: readonly string[] | null } => {
  const compare = ({ name, kind }: Column, is: '<=' | '>=' | '>', value: string): Predicate => ({
    kind: 'compare',
    column: { of, name, kind },
    is,
    to: constant(value),
  })
  const known = ({ name, kind }: Column, is: boolean): Predicate => ({ kind: 'known', column: { of, name, kind }, is })
  const parts: Predicate[] = [known(day, true)]
  if (isOpen) parts.push(known(dated.earliest, false))
  if (to !== null && !isOpen) parts.push(compare(dated.earliest, '<=', to))
  if (from !== null) {
    const begins = compare(dated.latest, '>=', from)
    parts.push(dated.latest === dated.earliest ? begins : { kind: 'any', of: [known(dated.latest, false), begins] })
  }
  const isHere = after !== null && after[1] === number
  if (after && !isHere) parts.push(compare(day, after[1] < number ? '>=' : '>', after[0]))
  return {
    where: { kind: 'all', of: parts },
    after: isHere && after ? [after[0], after[2], after[3]].slice(0, keys) : null,
  }
}
