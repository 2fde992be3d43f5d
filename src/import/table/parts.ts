import type { GraphShape } from '../../model/graph-shape.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import type { Place } from '../check/known-nodes.js'
import { BadCell } from '../read/read-cells.js'
import type { Step } from '../read/yaml-document.js'
import { type Columns, Pattern, type Row } from './columns.js'
import type { ColumnOf } from './convert.js'
import { DIRECTORIES, type DirectoryName, NamedThings, type ReadNamed } from './directories.js'
import { nameOf, type ReadCell, readValue, readWord, sourceOf, wrongConstant } from './fields.js'
import { type Keyed, KeyedRows } from './keyed-rows.js'
import type { Constant, Field, Fields, Mapping, Part } from './mapping.js'
import type { MappingFile } from './read-mapping.js'
import { UnknownMembers } from './unknown-members.js'

/** A part of a mapping, ready to read rows. */
export interface PartReader {
  readonly columns: Columns
  /**
   * The records that a row gives, or why it is left out.
   * @param lost takes the ids of records that fall where the row is bad
   * @throws BadCell
   */
  read(row: Row, place: Place, lost: string[]): readonly GraphRecord[] | string
}

/** Takes only the rows in which columns have one of some words, where a part says so. */
export const onlySome = (part: Part, path: readonly Step[], reader: PartReader): PartReader => {
  const wanted = Object.entries(part.only ?? {}).map(([column, words]) => ({
    column,
    place: reader.columns.at(column, [...path, 'only', column]),
    words: new Set(words),
  }))
  if (wanted.length === 0) return reader
  return {
    columns: reader.columns,
    read(row, place, lost) {
      const other = wanted.find((each) => !each.words.has((row[each.place] as string).trim()))
      return other ? `of which "only" of "${path[0]}" takes none, by "${other.column}"` : reader.read(row, place, lost)
    },
  }
}

/** What a row gives that is not left out and has no records of its own, such as another key of a member. */
export const NOTHING_NEW: readonly GraphRecord[] = []

/** What the parts of a mapping have in common while they are read. */
export class Tables {
  readonly ballots = new KeyedRows()
  readonly members = new KeyedRows()
  readonly unknown: UnknownMembers
  readonly citations: readonly Citation[]
  readonly body: string | null
  readonly #directories: ReadonlyMap<DirectoryName, NamedThings>

  constructor(
    readonly file: MappingFile,
    readonly shape: GraphShape,
  ) {
    const { mapping } = file
    this.citations = [{ source: mapping.source.id }]
    this.body = mapping.body?.id ?? null
    const about = { body: this.body, citations: this.citations, language: mapping.language }
    this.#directories = new Map(
      (Object.keys(DIRECTORIES) as DirectoryName[]).flatMap((name) => {
        const directory = mapping[name]
        return directory ? [[name, new NamedThings(directory, name, file, about)]] : []
      }),
    )
    const [unknown, other] = [mapping.members ?? []]
      .flat()
      .flatMap((each, at) => (each.unknown ? [{ spec: each.unknown, at }] : []))
    if (other)
      file.fault(
        ['members', other.at, 'unknown'],
        'Several parts of "members" say what becomes of members whom no table has; leave it to one of them.',
      )
    this.unknown = new UnknownMembers(unknown?.spec, this.citations)
  }

  get mapping(): Mapping {
    return this.file.mapping
  }

  /** What rows named for the first time, to be given before them. */
  fresh(): readonly GraphRecord[] {
    return [...[...this.#directories.values()].flatMap((each) => each.fresh()), ...this.unknown.fresh()]
  }

  /** Reads what a field names of a directory; null where the part does not have the field. */
  named(field: Field | undefined, name: DirectoryName, columns: Columns, path: readonly Step[]): ReadNamed | null {
    if (field === undefined) return null
    const things = this.#directories.get(name)
    if (!things)
      return this.file.fault(
        path,
        `"${path.at(-1)}" names a ${DIRECTORIES[name].of}, and the mapping has no "${name}" that tell what its words mean; write "${name}: { id: ... }".`,
      )
    return things.reader(field, columns, path)
  }

  /** Reads a field for a column of the graph. @throws RapporteurError for a value of the mapping that the column cannot have */
  value(field: Field, column: ColumnOf, columns: Columns, path: readonly Step[]): ReadCell<Constant> {
    const wrong = wrongConstant(field, column)
    if (wrong)
      this.file.fault([...path, ...wrong.path], `"${path.join('.')}" would be "${wrong.written}", ${wrong.wrong}.`)
    return readValue(field, column, columns, path)
  }

  /** Reads the columns of a type that a part gives by the names of its fields. */
  values(
    type: string,
    names: Readonly<Record<string, readonly [column: string, description: string]>>,
    part: object,
    columns: Columns,
    path: readonly Step[],
  ): (row: Row) => Readonly<Record<string, Constant | null>> {
    const fields = part as Fields
    const shape = this.shape.nodes.get(type)
    const readers = Object.entries(names).flatMap(([name, [column]]): [string, ReadCell<Constant>][] => {
      const field = fields[name]
      const of = shape?.columns.get(column)
      return field === undefined || !of ? [] : [[column, this.value(field, of, columns, [...path, name])]]
    })
    return (row) => Object.fromEntries(readers.map(([column, read]) => [column, read(row)]))
  }

  /** Reads which ballot or member a row is about. @throws BadCell where no row of the other table is of it */
  reference(
    field: Field,
    of: 'ballot' | 'member',
    columns: Columns,
    path: readonly Step[],
  ): (row: Row, place: Place) => Keyed {
    const [part, rows] = of === 'ballot' ? (['ballots', this.ballots] as const) : (['members', this.members] as const)
    const source = sourceOf(field)
    if (source.pattern !== undefined) {
      if (source.take !== undefined || source.values !== undefined)
        this.file.fault(path, `"${of}" is a pattern that makes an id; "take" and "values" go with a column.`)
      const pattern = new Pattern(source.pattern, columns, path)
      return (row) => {
        const id = pattern.id(row, emptyCell)
        return rows.byId(id) ?? { id, date: null }
      }
    }
    const parts = [this.mapping[part] ?? []].flat()
    const key = parts[0]?.key
    if (parts.some((each) => each.key === undefined) || key === undefined)
      this.file.fault(
        path,
        `"${of}" is a column, and "${part}" has no "key" by which its rows are found; give it one, or write a pattern that makes the id of the ${of}, such as the one of "${part}".`,
      )
    const read = readWord(field, columns, path)
    return (row, place) => {
      const word = read(row)
      if (word === null) throw new BadCell(`${nameOf(source)} is empty, and tells the ${of}.`)
      const found = rows.byKey(word) ?? (of === 'member' ? this.unknown.find(word, place) : undefined)
      if (found) return found
      const advice = of === 'member' ? '; "unknown" of "members" would take such a member in by this word alone' : ''
      throw new BadCell(`${nameOf(source)} is "${word}", and no row of "${part}" has that as its "${key}"${advice}.`)
    }
  }
}

/** Refuses a row whose id lacks a cell. */
const emptyCell = (column: string): never => {
  throw new BadCell(`The column "${column}" is empty, and the id needs it.`)
}

/** Reads the id and the key of a row. */
export const readIds = (
  { id, key }: { readonly id: string; readonly key?: string },
  columns: Columns,
  path: readonly Step[],
): ((row: Row) => { readonly id: string; readonly key: string | null }) => {
  const pattern = new Pattern(id, columns, [...path, 'id'])
  const place = key === undefined ? null : columns.at(key, [...path, 'key'])
  return (row) => ({
    id: pattern.id(row, emptyCell),
    key: place === null ? null : (row[place] as string).trim() || emptyCell(key ?? ''),
  })
}
