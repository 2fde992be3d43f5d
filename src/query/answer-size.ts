import type { Figures, FiguresEntry, KindEntry } from '../store/figures.js'
import { type Entry, type Layout, type Page, type PageEntry, type Shape, type Slot, slotOf } from '../store/plan.js'

/** A list that is never cut, or a short list within a record, is counted as this many. */
export const WHOLE_LIST = 20

/** What is written of a part of an answer. */
export interface Size {
  /** Fields and items of the JSON, were every list full. */
  readonly fields: number
  /** Fields that the statement writes by itself: those of each type possible, and of a list's rows once. */
  readonly printed: number
}

/** Measures parts of an answer, each once, however often it stands in it. */
export class AnswerSizes {
  readonly #known = new Map<object, Size>()

  /** A node's fields; of the types possible, the one of which most is asked. */
  layout(layout: Layout, shape: Shape): Size {
    return this.#once(layout, () => {
      const sizes = [...layout.values()].map((entries) => this.entries(entries, shape))
      return { fields: Math.max(0, ...sizes.map(({ fields }) => fields)), printed: sum(sizes).printed }
    })
  }

  entries(entries: readonly Entry[], shape: Shape): Size {
    return this.#once(entries, () => sum(entries.map(({ value }) => within(this.#value(value, shape)))))
  }

  /** A list's fields; without those of the lists in its rows, which are statements within the statement. */
  page(entries: readonly PageEntry[], page: Page): Size {
    return this.#once(entries, () =>
      sum(entries.map(({ value }) => within(this.#pageValue(value, page.shape, page.first ?? WHOLE_LIST)))),
    )
  }

  /** The fields of figures, were all kinds that are asked there. */
  figures(entries: readonly FiguresEntry[], { first }: Figures): number {
    const inKind = (of: readonly KindEntry[]): number =>
      of.reduce((sum, { value }) => sum + 1 + (value.kind === 'object' ? inKind(value.entries) : 0), 0)
    return entries.reduce(
      (sum, { value }) => sum + 1 + (value.kind === 'rows' ? first * (1 + inKind(value.entries)) : 0),
      0,
    )
  }

  #value(value: Entry['value'], shape: Shape): Size {
    switch (value.kind) {
      case 'items':
        return { fields: WHOLE_LIST * (1 + value.fields.length), printed: value.fields.length }
      case 'object':
        return this.entries(value.entries, shape)
      case 'self':
        return this.layout(value.layout, shape)
      case 'node': {
        const slot = slotOf(shape, value.slot) as Slot & { kind: 'neighbour' | 'reference' }
        return this.layout(value.layout, slot.shape)
      }
      case 'figures': {
        const slot = slotOf(shape, value.slot) as Slot & { kind: 'figures' }
        return { fields: this.figures(value.entries, slot.figures), printed: 0 }
      }
      case 'page': {
        const slot = slotOf(shape, value.slot) as Slot & { kind: 'page' }
        return { fields: this.page(value.entries, slot.page).fields, printed: 0 }
      }
      default:
        return NOTHING
    }
  }

  #pageValue(value: PageEntry['value'], shape: Shape, rows: number): Size {
    if (value.kind === 'pageInfo') return { fields: value.fields.length, printed: value.fields.length }
    if (value.kind !== 'nodes' && value.kind !== 'edges') return NOTHING
    const row = value.kind === 'nodes' ? this.layout(value.layout, shape) : this.entries(value.entries, shape)
    return { fields: rows * (1 + row.fields), printed: row.printed }
  }

  #once(part: object, measure: () => Size): Size {
    const known = this.#known.get(part) ?? measure()
    this.#known.set(part, known)
    return known
  }
}

const NOTHING: Size = { fields: 0, printed: 0 }

/** A field with what stands in it. */
const within = ({ fields, printed }: Size): Size => ({ fields: fields + 1, printed: printed + 1 })

const sum = (sizes: readonly Size[]): Size =>
  sizes.reduce((a, b) => ({ fields: a.fields + b.fields, printed: a.printed + b.printed }), NOTHING)
