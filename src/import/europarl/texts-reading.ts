import { normaliseId, normaliseReference } from '../../model/ids.js'
import { isDay } from '../../model/records.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { isGroup } from './minutes.js'
import { referencesIn } from './references.js'
import type { Block, Page } from './texts-html.js'

/** A recital or a numbered paragraph of a text. */
interface Numbered {
  readonly kind: 'RECITAL' | 'PARAGRAPH'
  readonly number: string
  readonly text: string
  readonly anchor: string | null
  readonly line: number
}

/** Something that was not read into the graph, for the report. */
interface LeftOut {
  readonly why: string
  readonly count: number
}

/** A tabled or adopted text as its page gives it. */
export interface ReadText {
  readonly file: SourceFile
  /** `ep-doc:…` or `ta:…` */
  readonly id: string
  readonly reference: string
  readonly language: string
  readonly url: string | null
  readonly title: string | null
  readonly date: string | null
  readonly procedure: string | null
  /** The line of the heading. */
  readonly line: number
  /** The motions that it replaces, each with the groups that tabled it, as the page writes them. */
  readonly replaces: readonly {
    readonly reference: string
    readonly groups: readonly string[]
    readonly line: number
  }[]
  /** The joint motions that it points to, and that replace it. */
  readonly replacedBy: readonly { readonly reference: string; readonly line: number }[]
  /** The groups on whose behalf it was tabled, as the page writes them. */
  readonly groups: readonly { readonly group: string; readonly line: number }[]
  /** Signatories whose number the page tells. */
  readonly members: readonly { readonly number: string; readonly name: string; readonly line: number }[]
  /** The texts tabled that the page of an adopted text names. */
  readonly tabled: readonly string[]
  readonly numbered: readonly Numbered[]
  readonly leftOut: readonly LeftOut[]
  readonly notes: readonly string[]
}

/**
 * Reads the page of a text.
 * @throws RapporteurError `BAD_INPUT` where it names no reference, has no numbered paragraph, or is adopted without a date
 */
export const readTextPage = (file: SourceFile, page: Page): ReadText => {
  const notes: string[] = []
  const id = idOf(page)
  if (id === null)
    throw badFile(file.name, 'the page names no reference of a text, such as RC-B10-0249/2025 or P9_TA(2022)0012')
  const { numbered, first, others } = readNumbered(page.blocks, (note) => notes.push(`${file.name}, ${note}`))
  if (!numbered.some(({ kind }) => kind === 'PARAGRAPH'))
    throw badFile(file.name, `the page of ${id} has no numbered paragraph`)
  const head = page.blocks.slice(0, first)
  const heading = page.blocks.find(({ isHeading }) => isHeading)
  const isAdopted = id.startsWith('ta:')
  const date = dateOf(page, head, (line, text) =>
    notes.push(`${file.name}, line ${line}: there is no day "${text}", so it was left out.`),
  )
  if (isAdopted && date === null) throw badFile(file.name, `the page of ${id} does not say when it was adopted`)
  const signed = isAdopted ? NOBODY : readSignatures(head, heading)
  return {
    file,
    id,
    reference: id.slice(id.indexOf(':') + 1),
    language: page.language?.slice(0, 2).toLowerCase() || 'en',
    url: page.canonical && /^https?:\/\/[^\s]+$/.test(page.canonical) ? page.canonical : null,
    title: heading?.text ?? titleOf(page),
    date,
    procedure: procedureOf(head, notes, file),
    line: heading?.line ?? 1,
    replaces: isAdopted ? [] : readReplaced(head),
    replacedBy: /^ep-doc:B/.test(id) ? readReplacedBy(head) : [],
    groups: signed.groups,
    members: signed.members,
    tabled: isAdopted ? referencesIn(head.map(({ text }) => text).join(' ')) : [],
    numbered,
    leftOut: [
      ...(signed.nameless > 0
        ? [{ why: 'signatories whom the page names without their number', count: signed.nameless }]
        : []),
      ...(others > 0
        ? [
            {
              why: 'lines among and after the paragraphs that are not paragraphs: headings, footnotes, the page’s foot',
              count: others,
            },
          ]
        : []),
    ],
    notes,
  }
}

const NOBODY = { groups: [], members: [], nameless: 0 }

const idOf = ({ canonical, meta, blocks }: Page): string | null => {
  const words = [
    canonical?.split('/').at(-1),
    ...(meta.get('title') ?? meta.get('og:title') ?? '').split('|'),
    ...blocks.slice(0, 100).map(({ text }) => text),
  ]
  for (const word of words) {
    const id = normaliseId((word ?? '').trim().slice(0, 200))
    if (/^(?:ep-doc|ta):[^#]+$/.test(id)) return id
  }
  return null
}

const titleOf = ({ meta }: Page): string | null =>
  (meta.get('title') ?? meta.get('og:title') ?? '').split('|')[0]?.trim() || null

const PROCEDURE = /(?<!\d)\d{4}\/\d{4}[A-Z]?\([A-Z]{3}\)/g

const procedureOf = (head: readonly Block[], notes: string[], file: SourceFile): string | null => {
  const found = [...new Set(head.flatMap(({ text }) => text.match(PROCEDURE) ?? []).map(normaliseReference))]
  if (found.length > 1)
    notes.push(`${file.name}: the page names the procedures ${found.join(', ')}; the first is taken as the text’s own.`)
  return found[0] ?? null
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DATES: readonly (readonly [RegExp, (parts: RegExpExecArray) => readonly string[]])[] = [
  [/(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)/, ([, day = '', month = '', year = '']) => [year, month, day]],
  [
    new RegExp(`(?<!\\d)(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})(?!\\d)`),
    ([, day = '', month = '', year = '']) => [year, String(MONTHS.indexOf(month) + 1), day],
  ],
]

/** The day of a text: that of its head, or else the day on which its page was put up. */
const dateOf = (page: Page, head: readonly Block[], tell: (line: number, text: string) => void): string | null => {
  const available = page.meta.get('available')?.replaceAll('-', '.')
  const from = head.findIndex(({ isHeading }) => isHeading)
  const lines = [...head.slice(Math.max(from, 0), Math.max(from, 0) + 3), { text: available ?? '', line: 1 }]
  for (const { text, line } of lines) {
    for (const [pattern, parts] of DATES) {
      const match = pattern.exec(text)
      if (!match) continue
      const [year = '', month = '', day = ''] = parts(match)
      const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
      if (isDay(written)) return written
      tell(line, match[0])
    }
  }
  return null
}

const REPLACED = /^((?:RC[-\u2010\u2011])?B\d{1,2}[-\u2010\u2011]\d{4}\/\d{4}) ?\(([^()]{1,200})\)$/i

const readReplaced = (head: readonly Block[]): ReadText['replaces'] =>
  head.flatMap(({ text, line }) => {
    const [, reference, groups] = REPLACED.exec(text) ?? []
    return reference && groups
      ? [
          {
            reference: normaliseReference(reference),
            groups: groups.split(/, | and /).map((group) => group.trim()),
            line,
          },
        ]
      : []
  })

const SEE_ALSO = /^(?:See also|Voir aussi|Siehe auch)/i

/** "See also joint motion for a resolution RC-…": the number may be in a line of its own. */
const readReplacedBy = (head: readonly Block[]): ReadText['replacedBy'] =>
  head.flatMap(({ text, line }, i) => {
    if (!SEE_ALSO.test(text)) return []
    const own = referencesIn(text)
    const joint = (own.length > 0 ? own : referencesIn(head[i + 1]?.text ?? '')).filter((each) => each.startsWith('RC'))
    return joint.map((reference) => ({ reference, line }))
  })

const BEHALF =
  /^(.{0,2000}?)(?<!\p{L})(?:on behalf of (?:the )?|au nom du groupe |im Namen der )(.+?)(?: Groups?|[- ]Fraktion)?$/iu
const NAMES =
  /^\p{Lu}[\p{L}’'.\u2010\u2011-]*(?: [\p{L}’'.\u2010\u2011-]+){1,6}(?:, \p{Lu}[\p{L}’'.\u2010\u2011-]*(?: [\p{L}’'.\u2010\u2011-]+){1,6})*,?$/u
const MEMBER_PAGE = /\/meps\/(?:[a-z]{2}\/)?(\d{1,9})(?:\/|$)/

/** Who signed: the lines between the heading and what follows the signatures. */
const readSignatures = (
  head: readonly Block[],
  heading: Block | undefined,
): Pick<ReadText, 'groups' | 'members'> & { readonly nameless: number } => {
  const start = heading ? head.indexOf(heading) + 1 : 0
  const groups: { group: string; line: number }[] = []
  const members = new Map<string, { number: string; name: string; line: number }>()
  let nameless = 0
  for (const { text, line, links } of head.slice(start)) {
    if (/^(?:Amendments|Procedure ?:|Download)/.test(text)) break
    const [, before = '', group] = BEHALF.exec(text) ?? []
    if (group) {
      nameless += before.split(',').filter((name) => name.trim()).length
      for (const each of isGroup(group) ? [group] : group.split(/, | and (?:the )?/))
        groups.push({ group: each.trim(), line })
      continue
    }
    const known = links.flatMap(({ href, text: name }) => {
      const number = MEMBER_PAGE.exec(href)?.[1]
      return number ? [{ number, name, line }] : []
    })
    for (const each of known) if (!members.has(each.number)) members.set(each.number, each)
    if (known.length > 0 || (NAMES.test(text) && !/parliament/i.test(text)))
      nameless += Math.max(text.split(',').filter((name) => name.trim()).length - known.length, 0)
  }
  return { groups, members: [...members.values()], nameless }
}

const RECITAL = /^([A-Z]{1,3})\.\s*(?=[\p{Ll}‘“"(])(.+)$/su
const PARAGRAPH = /^(\d{1,4}[a-z]?)\.\s*(?=[^\d\s])(.+)$/su
const ALONE = /^(?:[A-Z]{1,3}|\d{1,4}[a-z]?)\.$/
/** What begins after a text: its annex, or the amendments that it makes to another text. */
const ANNEX = /^(?:ANNEX(?:ES)?(?: [IVX\d]+)?|Amendment \d{1,4})$/
const CONTINUES = /^(?:\((?:[a-z]{1,2}|[ivxl]{1,5}|\d{1,2})\)|[–—•·-]|(?:[a-z]|[ivx]{1,5})[.)] |\p{Ll})/u
const FIGURE = /^\((\d{1,2})\)/
/** The end of a text that announces items, or of an item that others follow. */
const GOES_ON = /(?:[:;,–—-]|[;,] (?:and|or))$/

/**
 * Whether a block that begins with a figure, `(1)`, is a footnote. It is an item only of a list that the words before it
 * announce, or after the item with the figure before; `item` is that figure, 0 where there is none. A figure that leads
 * back to another place of the page is a footnote's.
 */
const isFootnote = ({ text, links }: Block, before: string, item: number): boolean => {
  const [written, figure] = FIGURE.exec(text) ?? []
  if (!written) return false
  if (links.some((link) => link.href.startsWith('#') && link.text === written)) return true
  return !GOES_ON.test(before.slice(-8)) && !(item > 0 && Number(figure) === item + 1)
}

/** The letters of recitals in their order: A … Z, AA, AB … */
const letterRank = (letters: string): number =>
  [...letters].reduce((rank, letter) => rank * 26 + letter.charCodeAt(0) - 64, 0)

/** Finds the recitals and paragraphs; numbers go up, and where they begin anew (an annex) the text has ended. */
const readNumbered = (
  blocks: readonly Block[],
  tell: (note: string) => void,
): { readonly numbered: readonly Numbered[]; readonly first: number; readonly others: number } => {
  const numbered: { kind: Numbered['kind']; number: string; text: string; anchor: string | null; line: number }[] = []
  let first = blocks.length
  let others = 0
  let recital = 0
  let paragraph = 0
  let ended = false
  let inFootnotes = false
  let item = 0
  let alone: Block | null = null
  for (const [i, each] of blocks.entries()) {
    const block: Block = alone
      ? { ...each, text: `${alone.text} ${each.text}`, line: alone.line, anchor: alone.anchor ?? each.anchor }
      : each
    alone = null
    if (ALONE.test(block.text) && !block.isCell) {
      alone = block
      continue
    }
    // What a table compares is quoted: its numbers are those of another text.
    if (block.isCell) {
      if (numbered.length > 0) others++
      continue
    }
    if (paragraph > 0 && ANNEX.test(block.text)) ended = true
    const [, letters, reason] = paragraph === 0 ? (RECITAL.exec(block.text) ?? []) : []
    const [, number, words] = letters ? [] : (PARAGRAPH.exec(block.text) ?? [])
    const { line, anchor } = block
    if (!ended && letters && reason && letterRank(letters) > recital && (recital > 0 || letters === 'A')) {
      if (letterRank(letters) > recital + 1) tell(`line ${line}: recital ${letters} does not follow the one before it.`)
      recital = letterRank(letters)
      first = Math.min(first, i)
      inFootnotes = false
      item = 0
      numbered.push({ kind: 'RECITAL', number: letters, text: reason, anchor, line })
      continue
    }
    const value = number ? Number.parseInt(number, 10) : 0
    const isNext = value > paragraph || (value === paragraph && /[a-z]$/.test(number ?? ''))
    if (!ended && number && words && isNext && (paragraph > 0 || value === 1)) {
      if (value > paragraph + 1) tell(`line ${line}: paragraph ${number} follows paragraph ${paragraph}.`)
      paragraph = value
      first = Math.min(first, i)
      inFootnotes = false
      item = 0
      numbered.push({ kind: 'PARAGRAPH', number, text: words, anchor, line })
      continue
    }
    const last = numbered.at(-1)
    if (!last) continue
    if (number && value <= paragraph) ended = true
    inFootnotes ||= isFootnote(block, last.text, item)
    if (!ended && !inFootnotes && CONTINUES.test(block.text)) {
      last.text += ` ${block.text}`
      item = Number(FIGURE.exec(block.text)?.[1] ?? item)
    } else others++
  }
  return { numbered, first, others }
}
