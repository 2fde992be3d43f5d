import { roomFor } from '../read/room-for.js'

/** Where a record stands; line 0 where its source has no lines. */
export interface Place {
  readonly file: string
  readonly line: number
}

/**
 * The nodes that an edition has given so far: of each its type, where it stands, and a number that whoever adds it
 * may keep with it. Besides its id a node takes 13 bytes, or 17 where its row has a digest, so that an edition may have a million.
 */
export class KnownNodes {
  readonly #numbers = new Map<string, number>()
  #types = new Uint8Array(1 << 10)
  #files = new Uint32Array(1 << 10)
  #lines = new Uint32Array(1 << 10)
  #notes = new Uint32Array(1 << 10)
  /** Digests of the rows of nodes, as far as any has one. */
  #digests = new Uint32Array(0)
  /** How many were added, with those that were taken out again. */
  #added = 0
  readonly #fileNames: string[] = []
  readonly #fileNumbers = new Map<string, number>()

  constructor(readonly typeNames: readonly string[]) {}

  has(id: string): boolean {
    return this.#numbers.has(id)
  }

  add(id: string, type: string, { file, line, digest }: Place & { readonly digest: number }, note: number): void {
    const number = this.#added++
    this.#numbers.set(id, number)
    const length = this.#added
    this.#types = roomFor(this.#types, length)
    this.#files = roomFor(this.#files, length)
    this.#lines = roomFor(this.#lines, length)
    this.#notes = roomFor(this.#notes, length)
    this.#types[number] = this.typeNames.indexOf(type)
    this.#files[number] = this.#fileNumber(file)
    this.#lines[number] = line
    this.#notes[number] = note
    if (digest === 0) return
    this.#digests = roomFor(this.#digests, length)
    this.#digests[number] = digest
  }

  /** The digest of the row that gave a node; 0 where it has none. */
  digest(id: string): number {
    const number = this.#numbers.get(id)
    return number === undefined ? 0 : (this.#digests[number] ?? 0)
  }

  delete(id: string): void {
    this.#numbers.delete(id)
  }

  type(id: string): string | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : this.#typeOf(number)
  }

  /** All nodes with their types. */
  *types(): Iterable<readonly [id: string, type: string]> {
    for (const [id, number] of this.#numbers) yield [id, this.#typeOf(number)]
  }

  #typeOf(number: number): string {
    return this.typeNames[this.#types[number] as number] as string
  }

  place(id: string): Place | undefined {
    const number = this.#numbers.get(id)
    if (number === undefined) return undefined
    return { file: this.#fileNames[this.#files[number] as number] as string, line: this.#lines[number] as number }
  }

  note(id: string): number | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : this.#notes[number]
  }

  setNote(id: string, note: number): void {
    const number = this.#numbers.get(id)
    if (number !== undefined) this.#notes[number] = note
  }

  #fileNumber(file: string): number {
    const known = this.#fileNumbers.get(file)
    if (known !== undefined) return known
    const number = this.#fileNames.push(file) - 1
    this.#fileNumbers.set(file, number)
    return number
  }
}
