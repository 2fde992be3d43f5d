import type { Column } from '../model/graph-shape.js'
import type { Figures } from '../store/figures.js'
import type { Page, Shape, Slot } from '../store/plan.js'
import type { Hop } from '../store/predicate.js'
import { keyOf } from './key-of.js'

/** Collects what is computed for each row; the same thing asked twice, under whatever name, is one slot. */
export class ShapeBuilder {
  readonly #slots = new Map<string, () => Slot>()
  readonly #shapes = new Map<string, ShapeBuilder>()
  readonly #pages = new Map<string, PageBuilder>()

  constructor(readonly types: readonly string[]) {}

  id(): string {
    return this.#add('id', (key) => ({ key, kind: 'id' }))
  }

  updatedAt(): string {
    return this.#add('updatedAt', (key) => ({ key, kind: 'updatedAt' }))
  }

  version(): string {
    return this.#add('version', (key) => ({ key, kind: 'version' }))
  }

  changeKind(since: number): string {
    return this.#add('changeKind', (key) => ({ key, kind: 'changeKind', since }))
  }

  column(of: 'node' | 'link', column: Column): string {
    return this.#add(`column ${of}.${column.name}`, (key) => ({ key, kind: 'column', of, column }))
  }

  neighbour(hop: Hop, types: readonly string[]): { readonly key: string; readonly shape: ShapeBuilder } {
    const key = `neighbour ${keyOf([hop, types])}`
    const shape = this.#shape(key, types)
    this.#add(key, () => ({ key, kind: 'neighbour', hop, shape: shape.build() }))
    return { key, shape }
  }

  reference(column: Column, types: readonly string[]): { readonly key: string; readonly shape: ShapeBuilder } {
    const key = `reference ${column.name}`
    const shape = this.#shape(key, types)
    this.#add(key, () => ({ key, kind: 'reference', column, shape: shape.build() }))
    return { key, shape }
  }

  page(asked: PageAsked, types: readonly string[]): { readonly key: string; readonly page: PageBuilder } {
    const key = `page ${keyOf([asked.from, types, asked.where, asked.undecided, asked.order, asked.first, asked.after])}`
    const page = this.#pages.get(key) ?? new PageBuilder(asked, types)
    this.#pages.set(key, page)
    this.#add(key, () => ({ key, kind: 'page', page: page.build() }))
    return { key, page }
  }

  figures(figures: Figures): string {
    return this.#add(`figures ${keyOf(figures)}`, (key) => ({ key, kind: 'figures', figures }))
  }

  build(): Shape {
    const keys = [...this.#slots.keys()].sort()
    return { types: this.types, slots: keys.map((key) => (this.#slots.get(key) as () => Slot)()) }
  }

  #add(key: string, build: (key: string) => Slot): string {
    this.#slots.set(key, () => build(key))
    return key
  }

  #shape(key: string, types: readonly string[]): ShapeBuilder {
    const shape = this.#shapes.get(key) ?? new ShapeBuilder(types)
    this.#shapes.set(key, shape)
    return shape
  }
}

/** What tells one page from another of the same row. */
export type PageAsked = Pick<Page, 'from' | 'where' | 'bounds' | 'undecided' | 'order' | 'first' | 'after' | 'mark'>

/** Collects what is asked of a page. */
export class PageBuilder {
  readonly shape: ShapeBuilder
  rows = false
  cursors = false
  totalCount = false
  undecidedCount = false
  pageInfo = false

  constructor(
    readonly asked: PageAsked,
    types: readonly string[],
  ) {
    this.shape = new ShapeBuilder(types)
  }

  build(): Page {
    const { rows, cursors, totalCount, pageInfo } = this
    const undecided = this.undecidedCount ? this.asked.undecided : null
    return { ...this.asked, undecided, shape: this.shape.build(), rows, cursors, totalCount, pageInfo }
  }
}
