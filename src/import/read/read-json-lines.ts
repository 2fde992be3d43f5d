import type { Pass } from '../importer.js'
import { clip } from './clip.js'
import { readText } from './read-text.js'
import type { SourceFile } from './source-file.js'

/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** An object, and the line it stands on. */
export interface JsonLine {
  readonly line: number
  readonly value: JsonObject
}

/** The longest line in characters; a longer one is a bad row, and is never held whole. */
const MAX_LINE = 4_000_000

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as a message shows it. */
export const shown = (value: unknown): string => {
  const text = write(value)
  return clip(text)
}

/** JSON, or what it is where it is nested too deeply for that. */
const write = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object'
  }
}

/**
 * Reads JSON lines: one object a line, in UTF-8, with or without a byte order mark, gunzipped where the name ends with `.gz`.
 * A line that is too long, no JSON or no object is told as a problem, and the lines after it are read.
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, a truncated or damaged gzip, or another encoding
 */
export async function* readJsonLines(file: SourceFile, pass: Pass): AsyncIterable<readonly JsonLine[]> {
  const reader = new LineReader(file, pass)
  for await (const text of readText(file, pass.advance)) yield reader.read(text)
  yield reader.read('\n')
}

class LineReader {
  #line = 0
  /** The beginning of a line whose end is still to come. */
  #tail = ''
  /** Whether the line that is being read was too long, so that the rest of it is passed over. */
  #passing = false

  constructor(
    readonly file: SourceFile,
    readonly pass: Pass,
  ) {}

  read(chunk: string): readonly JsonLine[] {
    const lines: JsonLine[] = []
    const text = this.#tail + chunk
    let start = 0
    for (let end = text.indexOf('\n', this.#tail.length); end >= 0; end = text.indexOf('\n', start)) {
      this.#line++
      if (this.#passing) this.#passing = false
      else this.#take(text.slice(start, end), lines)
      start = end + 1
    }
    this.#tail = this.#passing ? '' : text.slice(start)
    if (this.#tail.length > MAX_LINE) {
      this.#problem(this.#line + 1, TOO_LONG)
      this.#tail = ''
      this.#passing = true
    }
    return lines
  }

  #take(written: string, lines: JsonLine[]): void {
    if (written.trim() === '') return
    const value = written.length > MAX_LINE ? undefined : parse(written)
    if (written.length > MAX_LINE) this.#problem(this.#line, TOO_LONG)
    else if (value === undefined) this.#problem(this.#line, `The line is not JSON: ${start(written)}.`)
    else if (!isObject(value)) this.#problem(this.#line, `The line is ${shown(value)}, which is not an object.`)
    else {
      this.pass.rows(this.file.name, 1)
      lines.push({ line: this.#line, value })
    }
  }

  #problem(line: number, reason: string): void {
    this.pass.rows(this.file.name, 1)
    this.pass.problem({ file: this.file.name, line, reason })
  }
}

const TOO_LONG = `The line is longer than ${MAX_LINE.toLocaleString('en')} characters.`

const parse = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const start = (text: string): string => {
  const tidy = text.trim()
  return tidy.length > 60 ? `it begins "${clip(tidy)}"` : `it is "${tidy}"`
}
