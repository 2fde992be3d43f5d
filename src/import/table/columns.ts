import type { Step } from '../read/yaml-document.js'

/** A row's cells, in the order in which its part asked for them. */
export type Row = readonly string[]

/** The columns that a part of a mapping reads of its tables, each once, and where the mapping names them. */
export class Columns {
  readonly names: string[] = []
  readonly namedAt: { readonly column: string; readonly path: readonly Step[] }[] = []

  /** The place of a column in a row. */
  at(column: string, path: readonly Step[]): number {
    this.namedAt.push({ column, path })
    const known = this.names.indexOf(column)
    return known < 0 ? this.names.push(column) - 1 : known
  }
}

/** A piece of a pattern: text as it is, or the place of a column in a row. */
type Piece = string | { readonly column: string; readonly place: number }

/** A text with columns in braces, ready to be filled in from a row. */
export class Pattern {
  readonly #pieces: readonly Piece[]

  constructor(
    readonly text: string,
    columns: Columns,
    path: readonly Step[],
  ) {
    this.#pieces = text.split(/\{([^{}]+)\}/).map((piece, at) => {
      const column = piece.trim()
      return at % 2 === 0 ? piece : { column, place: columns.at(column, path) }
    })
  }

  /** The text; null where all of its cells are empty. */
  fill(row: Row): string | null {
    let filled = false
    const text = this.#pieces.map((piece) => {
      if (typeof piece === 'string') return piece
      const cell = (row[piece.place] as string).trim()
      filled ||= cell !== ''
      return cell
    })
    return filled ? text.join('').replace(/ {2,}/g, ' ').trim() : null
  }

  /** The text as an id, which has no spaces. `empty` is given a column whose cell is empty, since an id needs them all. */
  id(row: Row, empty: (column: string) => never): string {
    let id = ''
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') {
        id += piece
        continue
      }
      const cell = (row[piece.place] as string).trim()
      id += cell === '' ? empty(piece.column) : withoutSpaces(cell)
    }
    return id
  }
}

/** Whether a text has a column in braces. */
export const isPattern = (text: string): boolean => /\{[^{}]+\}/.test(text)

/** A word as a part of an id. */
export const withoutSpaces = (word: string): string => (/\s/.test(word) ? word.trim().replace(/\s+/g, '-') : word)
