import { Parser } from 'htmlparser2'
import { readWhole } from '../read/read-text.js'
import type { SourceFile } from '../read/source-file.js'

/** A run of text of a page that stands by itself: a paragraph, a line, a cell. */
export interface Block {
  readonly line: number
  /** The text, its white space tidied. */
  readonly text: string
  /** The first name of an anchor in it. */
  readonly anchor: string | null
  /** The addresses linked in it, with the words linked. */
  readonly links: readonly { readonly href: string; readonly text: string }[]
  /** Whether it is the page's heading. */
  readonly isHeading: boolean
  /** Whether it stands in a table beside another cell, and not in one that only lays the page out. */
  readonly isCell: boolean
}

/** A page as its text. */
export interface Page {
  readonly blocks: readonly Block[]
  readonly language: string | null
  /** The page's own address, where it tells. */
  readonly canonical: string | null
  readonly meta: ReadonlyMap<string, string>
}

/** The largest page in characters; the longest adopted texts have some two million. */
const LARGEST = 16_000_000

const BREAKS = new Set(
  'address article aside blockquote body br button dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead title tr ul'.split(
    ' ',
  ),
)
/** A row of a table: which of its cells have text, and what the first of them begins with. */
interface Row {
  cell: number
  readonly filled: Set<number>
  first: string | null
}
/** A number or letter that stands alone: its cell is the margin of the text in the next. */
const MARGIN = /^(?:[A-Z]{1,3}|\d{1,4}[a-z]?)\.$/
/** Elements of the Parliament's templates that older pages write out, with their values: `<Commission>{Verts/ALE}`. */
const TEMPLATE = /<\/?[A-Z][\w-]{0,40}>(?:\{[^{}<>]{0,200}\})?/g

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes['hidden'] !== undefined ||
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes['style'] ?? '')

const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr', 'col'])
const SILENT = new Set(['script', 'style', 'noscript', 'svg', 'template', 'nav', 'header', 'footer', 'head', 'iframe'])

/**
 * Reads a page of HTML into blocks of text, without what surrounds the text: scripts, navigation, header, footer.
 * @throws RapporteurError `BAD_INPUT` for a file that cannot be read, is not in UTF-8, or is too large
 */
export const readPage = async (file: SourceFile, advance: (bytes: number) => void): Promise<Page> => {
  return parsePage(await readWhole(file, LARGEST, 'page', advance))
}

const parsePage = (html: string): Page => {
  const blocks: (Omit<Block, 'isCell'> & { readonly row: Row | null })[] = []
  const rows: (Row | null)[] = []
  const meta = new Map<string, string>()
  let language: string | null = null
  let canonical: string | null = null
  let silent: string | null = null
  let depth = 0
  let block: {
    line: number
    text: string
    anchor: string | null
    links: { href: string; text: string }[]
    isHeading: boolean
    row: Row | null
  } | null = null
  let link: { href: string; text: string } | null = null
  const lineAt = lineCounter(html)

  const flush = (): void => {
    const text = block ? tidy(block.text) : ''
    if (block?.row && text) {
      block.row.filled.add(block.row.cell)
      block.row.first ??= text
    }
    if (block && text)
      blocks.push({ ...block, text, links: block.links.map((each) => ({ ...each, text: tidy(each.text) })) })
    // An anchor may stand alone before the paragraph that it names.
    block = block && !text && block.anchor ? { ...block, text: '' } : null
  }
  const open = () => {
    block ??= {
      line: lineAt(parser.startIndex),
      text: '',
      anchor: null,
      links: [],
      isHeading: false,
      row: rows.at(-1) ?? null,
    }
    return block
  }
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'html') language = attributes['lang'] ?? attributes['xml:lang'] ?? null
        if (name === 'meta') {
          const key = attributes['name'] ?? attributes['property']
          if (key && !meta.has(key)) meta.set(key, attributes['content'] ?? '')
        }
        if (name === 'link' && attributes['rel'] === 'canonical') canonical ??= attributes['href'] ?? null
        if (silent !== null) {
          if (name === silent) depth++
          return
        }
        if (SILENT.has(name) || (isHidden(attributes) && !VOID.has(name))) {
          if (SILENT.has(name) || BREAKS.has(name)) flush()
          silent = name
          depth = 1
          return
        }
        if (BREAKS.has(name)) flush()
        if (name === 'table') rows.push(null)
        if (name === 'tr' && rows.length > 0) rows[rows.length - 1] = { cell: 0, filled: new Set(), first: null }
        const row = rows.at(-1)
        if (row && (name === 'td' || name === 'th')) row.cell++
        const anchor = attributes['id'] ?? (name === 'a' ? attributes['name'] : undefined)
        if (anchor && (name === 'a' || name === 'p' || name === 'span')) open().anchor ??= anchor
        if (name === 'h1') open().isHeading = true
        if (name === 'a' && attributes['href']) {
          link = { href: attributes['href'], text: '' }
          open().links.push(link)
        }
      },
      ontext(text) {
        if (silent !== null) return
        if (block === null && /^\s*$/.test(text)) return
        const into = open()
        if (into.text === '') into.line = lineAt(parser.startIndex + (/^\s*/.exec(text)?.[0].length ?? 0))
        into.text += text
        if (link) link.text += text
      },
      onclosetag(name) {
        if (silent !== null) {
          if (name === silent && --depth === 0) silent = null
          return
        }
        if (name === 'a') link = null
        if (BREAKS.has(name)) flush()
        if (name === 'table') rows.pop()
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(html)
  parser.end()
  flush()
  return {
    blocks: blocks.map(({ row, ...each }) => ({
      ...each,
      isCell: row !== null && row.filled.size > 1 && !MARGIN.test(row.first ?? ''),
    })),
    language,
    canonical,
    meta,
  }
}

const tidy = (text: string): string =>
  text
    .replace(TEMPLATE, '')
    .replace(/[\s\u00ad\u200b]+/g, ' ')
    .trim()

/** Gives the line of a place in a text, from 1; places must be asked for in their order. */
const lineCounter = (text: string): ((at: number) => number) => {
  let line = 1
  let from = 0
  return (at) => {
    for (let next = text.indexOf('\n', from); next >= 0 && next < at; next = text.indexOf('\n', from)) {
      line++
      from = next + 1
    }
    return line
  }
}
