import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import type { SourceFile } from '../read/source-file.js'
import type { XmlElement } from './xml.js'

/** What an importer knows of an element, whether it reads it or leaves it out on purpose. */
export interface KnownElement {
  readonly attributes?: readonly string[]
  /** The elements in it; without such a list, whatever is in it is read as text, or left out as a whole. */
  readonly elements?: readonly string[]
}

/** The elements of a kind of file, by name. */
export type KnownElements = Readonly<Record<string, KnownElement>>

/** Declarations of the form, which say nothing: `xmlns:text`, `xsi:nil`, `xml:lang`. */
const DECLARATION = /^(?:xmlns|xml|xsi)(?::|$)/

/** Tells which elements and attributes of a file its importer does not know, each once. */
export class UnknownXml {
  readonly #told = new Set<string>()

  constructor(
    readonly known: KnownElements,
    readonly pass: Pass,
    readonly file: SourceFile,
  ) {}

  /** Looks at the start of an element, and at the name of the one around it. */
  readonly start = ({ name, attributes }: XmlElement, around: string | null): void => {
    // What is in an element that is left out as a whole, or unknown itself, is not looked at.
    if (around !== null && !this.#elementsOf(around)) return
    if (around !== null && !this.#elementsOf(around)?.includes(name)) {
      this.#tell(`the element "${clip(name)}" in "${around}"`)
      return
    }
    for (const attribute of Object.keys(attributes)) {
      if (!DECLARATION.test(attribute) && !this.known[name]?.attributes?.includes(attribute))
        this.#tell(`the attribute "${clip(attribute)}" of "${name}"`)
    }
  }

  /** Looks at everything in an element whose own start was looked at. */
  inside(element: XmlElement): void {
    for (const each of element.content) {
      if (typeof each === 'string') continue
      this.start(each, element.name)
      if (this.#elementsOf(element.name)?.includes(each.name)) this.inside(each)
    }
  }

  #elementsOf(name: string): readonly string[] | undefined {
    return Object.hasOwn(this.known, name) ? this.known[name]?.elements : undefined
  }

  #tell(what: string): void {
    if (this.#told.has(what)) return
    this.#told.add(what)
    this.pass.note(`${this.file.name}: ${what} is not known to this importer and was left out.`)
  }
}
