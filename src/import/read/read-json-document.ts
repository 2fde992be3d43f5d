import { type ParsedTokenInfo, Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { RapporteurError } from '../../errors.js'
import { clip } from './clip.js'
import type { Json } from './read-json-lines.js'
import { readText } from './read-text.js'
import { badFile, type SourceFile } from './source-file.js'

/** A member of one of the document's lists or objects: `persons`, and the line on which it begins. */
export interface DocumentItem {
  /** The list's key; empty where the document is a list itself. */
  readonly list: string
  /** Whether it stands in a list, and not in an object or by itself. */
  readonly inList: boolean
  readonly line: number
  readonly value: Json
}

/** The longest value, and the longest member of a list, in bytes. */
const MAX_VALUE = 4_000_000
const MAX_ITEM = 32_000_000
const MAX_DEPTH = 100

/**
 * Reads a JSON document that is one object of lists, or one list, as a stream: of each list, `$.persons[0]` or `$[0]` and so
 * on, one member is held at a time. What stands beside the lists is given as one item without a list.
 * @throws RapporteurError `BAD_INPUT` for what is no such document, for a value or member that is too long, and what
 * `readText` throws
 */
export async function* readJsonDocument(
  file: SourceFile,
  advance: (bytes: number) => void,
): AsyncIterable<readonly DocumentItem[]> {
  const reader = new DocumentReader(file)
  for await (const text of readText(file, advance)) yield reader.read(text)
  reader.end()
}

const OPENING: ReadonlySet<TokenType> = new Set([TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET])
const CLOSING: ReadonlySet<TokenType> = new Set([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET])

const BETWEEN: ReadonlySet<TokenType> = new Set([TokenType.COMMA, TokenType.COLON])

class DocumentReader {
  readonly #tokenizer = new Tokenizer({ stringBufferSize: 1 << 16 })
  /** Made at the first token, which tells whether the document is an object of lists, or a list. */
  #parser: TokenParser | null = null
  /** How deep the lists are in which members stand: 2, or 1 where the document is a list. */
  #members = 2
  #items: DocumentItem[] = []
  #depth = 0
  /** What is being read, where it begins in the file, and how many of its bytes the line has been counted of. */
  #bytes: Uint8Array = new Uint8Array()
  #start = 0
  #counted = 0
  #line = 1
  #lastToken = 0
  #item = { line: 1, start: 0 }
  /** The key of the document that was read last, and whether a key is to come. */
  #key = ''
  #isKey = true

  constructor(readonly file: SourceFile) {
    this.#tokenizer.onToken = (token) => {
      this.#countTo(token.offset)
      this.#lastToken = token.offset
      this.#parser ??= this.#begin(token)
      if (CLOSING.has(token.token)) this.#depth--
      else if (this.#depth <= this.#members && !BETWEEN.has(token.token))
        this.#item = { line: this.#line, start: token.offset }
      if (this.#depth === 1 && this.#members === 2) this.#besideLists(token)
      if (OPENING.has(token.token)) this.#depth++
      if (this.#depth > MAX_DEPTH)
        throw badFile(this.#where(), `more than ${MAX_DEPTH} lists and objects are in each other`)
      this.#parser.write(token)
    }
    this.#tokenizer.onError = (error) => this.#refuse(error)
  }

  #begin({ token }: ParsedTokenInfo): TokenParser {
    if (!OPENING.has(token)) throw badFile(this.#where(), 'the document is neither an object of lists nor a list')
    this.#members = token === TokenType.LEFT_BRACE ? 2 : 1
    const parser = new TokenParser({ paths: [this.#members === 2 ? '$.*.*' : '$.*'], keepStack: false })
    parser.onError = (error) => this.#refuse(error)
    parser.onValue = ({ value, key, stack }) =>
      this.#give(this.#members === 2 ? String(stack[1]?.key) : '', typeof key === 'number', value as Json)
    return parser
  }

  #give(list: string, inList: boolean, value: Json): void {
    this.#items.push({ list, inList, line: this.#item.line, value })
  }

  /** What stands beside the lists, which the parser does not give: it would hold a list whole to give it. */
  #besideLists({ token, value }: ParsedTokenInfo): void {
    if (token === TokenType.COLON) {
      this.#isKey = false
    } else if (token === TokenType.COMMA) {
      this.#isKey = true
    } else if (!OPENING.has(token) && !CLOSING.has(token)) {
      if (this.#isKey) this.#key = String(value)
      else this.#give(this.#key, false, value as Json)
    }
  }

  read(text: string): readonly DocumentItem[] {
    this.#start += this.#bytes.length
    this.#bytes = Buffer.from(text)
    this.#counted = 0
    this.#tokenizer.write(this.#bytes)
    const end = this.#start + this.#bytes.length
    this.#countTo(end)
    if (end - this.#lastToken > MAX_VALUE)
      throw badFile(this.#where(), `a value is longer than ${MAX_VALUE.toLocaleString('en')} bytes`)
    if (this.#depth > this.#members && end - this.#item.start > MAX_ITEM)
      throw badFile(
        `${this.file.name}, line ${this.#item.line}`,
        `a member of a list is longer than ${MAX_ITEM.toLocaleString('en')} bytes`,
      )
    const items = this.#items
    this.#items = []
    return items
  }

  end(): void {
    if (!this.#parser?.isEnded)
      throw badFile(this.#where(), 'the document ends before it is complete: a brace, bracket or quote is never closed')
  }

  /** Counts line ends up to a place in the file; a value has none. */
  #countTo(offset: number): void {
    const to = Math.min(offset - this.#start, this.#bytes.length)
    for (; this.#counted < to; this.#counted++) if (this.#bytes[this.#counted] === 10) this.#line++
  }

  #refuse(error: Error): never {
    if (error instanceof RapporteurError) throw error
    const place = /absolute position "(\d+)"/.exec(error.message)?.[1]
    if (place) this.#countTo(Number(place))
    const what = /^Unexpected .*?(?= at chunk| in state)/s.exec(error.message)?.[0] ?? error.message
    throw badFile(this.#where(), `the document is not JSON: ${clip(what, 100)}`, error)
  }

  #where(): string {
    return `${this.file.name}, line ${this.#line}`
  }
}
