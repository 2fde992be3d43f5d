import { SaxesParser } from '@rubensworks/saxes'
import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { readText } from '../read/read-text.js'
import { badFile, type SourceFile } from '../read/source-file.js'

/** An element with everything in it. */
export interface XmlElement {
  readonly name: string
  /** The line on which its tag begins, from 1. */
  readonly line: number
  readonly attributes: Readonly<Record<string, string>>
  /** Texts and elements, in their order. */
  readonly content: readonly (string | XmlElement)[]
}

/** What is read of a file. */
export interface XmlShape {
  /** The name of the outermost element; a file with another one is refused. */
  readonly root: string
  /** Elements of which only the start is given, without content, when it is reached. The root is always given so. */
  readonly starts?: readonly string[]
  /** Elements that are given whole. */
  readonly records: readonly string[]
  /** Sees the start of every element that is in no record, and the name of the one around it. */
  readonly look?: (element: XmlElement, around: string | null) => void
}

/** Characters without the end of a tag or text: no real file has a thousandth of it. */
const MAX_RUN = 1_000_000
const MAX_CHARACTERS = 1 << 29
const MAX_DEPTH = 100
/** Pieces and characters of one record; a roll call of a whole house has some 1,500 and 100,000. */
const MAX_PIECES = 100_000
const MAX_RECORD = 10_000_000

/**
 * Reads an XML file as a stream and gives the elements asked for, each with what is in it and nothing else.
 * @throws RapporteurError `BAD_INPUT` for a file that is not well-formed, declares entities in a DOCTYPE, is not in UTF-8,
 * has another root, or is larger or deeper than any file of this kind
 */
export async function* readXml(file: SourceFile, shape: XmlShape, advance: Pass['advance']): AsyncIterable<XmlElement> {
  const reader = new Reader(file, shape)
  for await (const text of readText(file, advance)) yield* reader.read(text)
  yield* reader.end()
}

/** The first element that is given: the root, without its content. */
export const readRoot = async (file: SourceFile, root: string): Promise<XmlElement> => {
  for await (const element of readXml(file, { root, records: [] }, () => {})) return element
  throw badFile(file.name, 'the file has no element')
}

interface Building extends XmlElement {
  readonly content: (string | XmlElement)[]
}

class Reader {
  readonly #parser = new SaxesParser()
  readonly #open: string[] = []
  /** The record that is being read, and the elements open in it. */
  readonly #building: Building[] = []
  #found: XmlElement[] = []
  #line = 1
  #lastEnd = 0
  #pieces = 0
  #recordStart = 0

  constructor(
    readonly file: SourceFile,
    readonly shape: XmlShape,
  ) {
    const parser = this.#parser
    // Not more than these: with ten listeners saxes 6.0 falls to a quarter of the speed (10 instead of 50 MB/s).
    parser.on('error', ({ message }) => this.#refuse(`the XML is not well-formed: ${tidy(message)}`))
    // What a DOCTYPE names outside the file is never fetched; what it declares inside could be a trap.
    parser.on('doctype', (doctype) => {
      if (doctype.includes('[')) this.#refuse('the file has a DOCTYPE with declarations, which are never read')
    })
    parser.on('opentagstart', () => {
      this.#line = parser.line
    })
    parser.on('opentag', ({ name, attributes }) => this.#start(name, attributes))
    parser.on('text', (text) => this.#text(text))
    parser.on('cdata', (text) => this.#text(text))
    parser.on('closetag', () => this.#end())
  }

  read(text: string): readonly XmlElement[] {
    this.#parser.write(text)
    const { position } = this.#parser
    if (position - this.#lastEnd > MAX_RUN)
      this.#refuse(`a tag or text is longer than ${MAX_RUN.toLocaleString('en')} characters`)
    if (position > MAX_CHARACTERS)
      this.#refuse(`the file is longer than ${MAX_CHARACTERS.toLocaleString('en')} characters`)
    return this.#take()
  }

  end(): readonly XmlElement[] {
    this.#parser.close()
    return this.#take()
  }

  #take(): readonly XmlElement[] {
    const found = this.#found
    this.#found = []
    return found
  }

  #start(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#ended()
    const { root, starts = [], records } = this.shape
    const { encoding } = this.#parser.xmlDecl
    if (this.#open.length === 0 && encoding && !/^(utf-?8|us-ascii)$/i.test(encoding))
      this.#refuse(`the file says that its encoding is "${shown(encoding)}", and only UTF-8 is read`)
    if (this.#open.length === 0 && name !== root)
      this.#refuse(`the outermost element is "${shown(name)}" and not "${root}", so it is another kind of file`)
    if (this.#open.push(name) > MAX_DEPTH) this.#refuse(`more than ${MAX_DEPTH} elements stand in each other`)
    const element: Building = { name, line: this.#line, attributes, content: [] }
    const around = this.#building.at(-1)
    if (!around) this.shape.look?.(element, this.#open.at(-2) ?? null)
    if (around) {
      around.content.push(element)
      this.#count()
    } else if (!records.includes(name)) {
      if (this.#open.length === 1 || starts.includes(name)) this.#found.push(element)
      return
    } else {
      this.#pieces = 0
      this.#recordStart = this.#parser.position
    }
    this.#building.push(element)
  }

  #text(text: string): void {
    this.#ended()
    const around = this.#building.at(-1)
    if (!around) return
    around.content.push(text)
    this.#count()
  }

  #end(): void {
    this.#ended()
    this.#open.pop()
    const element = this.#building.pop()
    if (element && this.#building.length === 0) this.#found.push(element)
  }

  #count(): void {
    this.#pieces++
    if (this.#pieces > MAX_PIECES || this.#parser.position - this.#recordStart > MAX_RECORD)
      this.#refuse(`the element "${this.#building[0]?.name}" on line ${this.#building[0]?.line} is too large`)
  }

  #ended(): void {
    this.#lastEnd = this.#parser.position
  }

  #refuse(what: string): never {
    throw badFile(`${this.file.name}, line ${this.#parser.line}`, what)
  }
}

const shown = (text: string): string => clip(text)

/** The parser's message without its own position and full stop. */
const tidy = (message: string): string => shown(message.replace(/^.*?\d+:\d+: /s, '').replace(/\.$/, ''))

/** The elements directly in an element. */
export const childrenOf = (element: XmlElement, ...names: readonly string[]): readonly XmlElement[] =>
  element.content.filter((each): each is XmlElement => typeof each !== 'string' && names.includes(each.name))

/** All text in an element, white space reduced to single spaces. */
export const textOf = (element: XmlElement | undefined): string =>
  element ? joined(element).replace(/\s+/g, ' ').trim() : ''

/** The lines of text in an element that are not empty, white space in each reduced to single spaces. */
export const linesOf = (element: XmlElement | undefined): readonly string[] =>
  element
    ? joined(element)
        .split(/[\n\r]+/)
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter((line) => line !== '')
    : []

const joined = ({ content }: XmlElement): string =>
  content.map((each) => (typeof each === 'string' ? each : joined(each))).join('')
