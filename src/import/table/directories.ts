import type { Citation, GraphRecord } from '../../model/records.js'
import { clip } from '../read/clip.js'
import { link, node } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import type { Step } from '../read/yaml-document.js'
import { type Columns, type Row, withoutSpaces } from './columns.js'
import { nameOf, readWord, readWritten, sourceOf } from './fields.js'
import type { Directory, Field, Named } from './mapping.js'
import type { MappingFile } from './read-mapping.js'

/** The directories of a mapping, and the kinds of what is in them. */
export const DIRECTORIES = {
  groups: { of: 'group', kind: 'POLITICAL_GROUP' },
  committees: { of: 'committee', kind: 'COMMITTEE' },
  countries: { of: 'country', kind: 'COUNTRY' },
} as const

export type DirectoryName = keyof typeof DIRECTORIES

/** The id that a row names; null where it says that there is none, undefined where it says nothing. @throws BadCell */
export type ReadNamed = (row: Row) => string | null | undefined

/** What the words of tables mean, and the records of what they mean, each of which is to be given once. */
export class NamedThings {
  readonly #words: ReadonlyMap<string, Named | null>
  readonly #found = new Map<string, string>()
  readonly #ids = new Map<string, string>()
  #fresh: GraphRecord[] = []

  constructor(
    readonly directory: Directory,
    readonly name: DirectoryName,
    file: MappingFile,
    readonly about: {
      readonly body: string | null
      readonly citations: readonly Citation[]
      readonly language: string | undefined
    },
  ) {
    this.#words = new Map(Object.entries(directory.words ?? {}))
    for (const [word, named] of this.#words) {
      const other = named ? this.#ids.get(named.id) : undefined
      if (named && other !== undefined && other !== named.name)
        file.fault(
          [name, 'words', word],
          `"${named.id}" is "${named.name}" here and "${other}" before; several words may mean the same, by one name.`,
        )
      if (named) this.#give(named)
    }
  }

  /** The records of what was named for the first time since the last call. */
  fresh(): readonly GraphRecord[] {
    const fresh = this.#fresh
    if (fresh.length > 0) this.#fresh = []
    return fresh
  }

  reader(field: Field, columns: Columns, path: readonly Step[]): ReadNamed {
    const text = readWritten(field, columns, path)
    const read = readWord(field, columns, path)
    const source = sourceOf(field)
    return (row) => {
      const word = read(row)
      if (word !== null) return this.#idOf(word, nameOf(source))
      return text(row) === null ? undefined : null
    }
  }

  #idOf(word: string, where: string): string | null {
    const known = this.#words.get(word)
    if (known !== undefined) return known === null ? null : known.id
    const found = this.#found.get(word)
    if (found !== undefined) return found
    const { id: pattern } = this.directory
    if (pattern === undefined)
      throw new BadCell(
        `${where} is "${clip(word)}", which is not among the words of "${this.name}" in the mapping: ${[...this.#words.keys()].map((each) => `"${each}"`).join(', ')}.`,
      )
    const id = pattern.replaceAll('{value}', withoutSpaces(word))
    const other = this.#ids.get(id)
    if (other !== undefined)
      throw new BadCell(`${where} is "${clip(word)}", whose id would be "${id}", as that of "${clip(other)}" is.`)
    this.#found.set(word, id)
    this.#give({ id, name: word })
    return id
  }

  #give({ id, isoAlpha2, ...values }: Named): void {
    const { body, citations, language } = this.about
    if (this.#ids.has(id)) return
    this.#ids.set(id, values.name)
    const { kind } = DIRECTORIES[this.name]
    const languages = language === undefined ? undefined : { name: language }
    if (this.name === 'countries') {
      this.#fresh.push(node('Place', id, { kind, isoAlpha2, ...values }, citations, [], languages))
      return
    }
    this.#fresh.push(node('Organization', id, { kind, ...values }, citations, [], languages))
    if (body !== null) this.#fresh.push(link('OrganizationPart', id, body, citations))
  }
}
