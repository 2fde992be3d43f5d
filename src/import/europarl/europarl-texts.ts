import { adoptedTextId, documentId, epMemberId, paragraphId, procedureId, recitalId } from '../../model/ids.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import { draftDemandRecords, draftDemands } from '../draft-demands/draft-demands.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { findMatching } from '../read/find-files.js'
import { FileRows, link, node } from '../read/make-records.js'
import type { SourceFile } from '../read/source-file.js'
import { groupIdOf, groupRecords, isGroup, motionRecord, PARLIAMENT } from './minutes.js'
import { documentRecords, openDocuments, type PublishedDocument } from './open-documents.js'
import { readPage } from './texts-html.js'
import { type ReadText, readTextPage } from './texts-reading.js'

const VERSION = '1'
const IMPORTER = `europarl-texts@${VERSION}`

/** Imports texts tabled in the European Parliament or adopted by it, as its site publishes them in HTML. */
export const europarlTexts: Importer = {
  name: 'europarl-texts',
  version: VERSION,
  summary: 'Texts tabled in or adopted by the European Parliament: HTML files, with draft demands by rule',
  recognises: ({ text }) => /<html[\s>]/i.test(text) && /europarl\.europa\.eu|European Parliament/.test(text),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const pages: Page[] = []
    for (const file of await findMatching(path, /\.x?html?(\.gz)?$/i, '.html or .html.gz'))
      pages.push(pageOf(file, await readFile(file, () => {})))
    return openDocuments(pages, (document, own, contentHash) => (pass) => readPages(own, document, contentHash, pass))
  },
}

interface Page {
  readonly file: SourceFile
  readonly document: PublishedDocument
  readonly date: string | null
}

const readFile = async (file: SourceFile, advance: (bytes: number) => void): Promise<ReadText> =>
  readTextPage(file, await readPage(file, advance))

/** The document that a page is; its source is named after the page: `source:ep-text-rc-10-2025-0249-en`. */
const pageOf = (file: SourceFile, { reference, language, title, url, date }: ReadText): Page => {
  const [, series = '', term, number, year] = /^(RC-B|[ABC])(\d+)-(\d+)\/(\d{4})$/.exec(reference) ?? []
  const [, taTerm, taYear, taNumber] = /^P(\d+)_TA\((\d{4})\)(\d+)$/.exec(reference) ?? []
  const name = term ? `${series.replace('-B', '')}-${term}-${year}-${number}` : `ta-${taTerm}-${taYear}-${taNumber}`
  const document: PublishedDocument = {
    source: `source:ep-text-${name}-${language}`.toLowerCase(),
    title: title ? `${reference}: ${title}` : reference,
    kind: 'PUBLICATION',
    url,
    published: date,
  }
  return { file, document, date }
}

async function* readPages(
  [first, ...others]: readonly Page[],
  document: PublishedDocument,
  contentHash: string,
  pass: Pass,
): AsyncIterable<Batch> {
  yield documentRecords(document, contentHash, IMPORTER)
  if (first) yield* readOne(await readFile(first.file, pass.advance), { source: document.source }, pass)
  for (const { file } of others) {
    const { id, numbered } = await readFile(file, pass.advance)
    pass.rows(file.name, numbered.length)
    pass.leftOut(file.name, `the text ${id} stands in ${first?.file.name} too, in the same language`, numbered.length)
  }
}

function* readOne(text: ReadText, citation: Citation, pass: Pass): Iterable<Batch> {
  const citations: readonly Citation[] = [citation]
  const given = new Set([PARLIAMENT, text.id])
  const rows = new FileRows(text.file.name)
  const once = (line: number, id: string, records: () => readonly GraphRecord[]): void => {
    if (given.has(id)) return
    given.add(id)
    rows.add(line, records())
  }
  for (const note of text.notes) pass.note(note)
  for (const { why, count } of text.leftOut) pass.leftOut(text.file.name, why, count)
  pass.rows(text.file.name, text.numbered.length + 1)

  const { procedure } = text
  if (procedure) {
    const type = /\(([A-Z]{3})\)$/.exec(procedure)?.[1] ?? null
    once(text.line, procedureId(procedure), () => [
      node('Procedure', procedureId(procedure), { reference: procedure, type }, citations),
    ])
  }
  rows.add(text.line, textRecords(text, citations))
  if (procedure) rows.add(text.line, [link('Dossier', text.id, procedureId(procedure), citations)])
  addActors(text, citations, once, rows, pass)
  text.numbered.forEach(({ kind, number, text: words, anchor, line }, i) => {
    const id = kind === 'RECITAL' ? recitalId(text.id, number) : paragraphId(text.id, number)
    const values = { kind, number, position: i + 1, text: words, language: text.language, anchor }
    rows.add(line, [
      node('Paragraph', id, values, citations, weakOf(text, PARAGRAPH_WORDS)),
      link('ParagraphOf', id, text.id, citations),
    ])
  })
  yield rows
  yield demandRows(text, citation, given, pass)
}

const TEXT_WORDS = ['title', 'titles', 'url']
const PARAGRAPH_WORDS = ['text', 'language', 'anchor']

/** Columns of words: another language than English gives them in passing, so that the English text is shown if it is there. */
const weakOf = ({ language }: ReadText, words: readonly string[]): readonly string[] => (language === 'en' ? [] : words)

const textRecords = (text: ReadText, citations: readonly Citation[]): readonly GraphRecord[] => {
  const { id, reference, title, language, date, url, procedure } = text
  const titles = title ? [{ text: title, language }] : []
  if (!id.startsWith('ta:')) {
    const kind = motionRecord(reference, citations).values['kind'] ?? null
    const values = { kind, reference, title, titles, tabledOn: date, url, procedure }
    return [node('Motion', id, values, citations, weakOf(text, TEXT_WORDS))]
  }
  const values = { reference, title, titles, adoptedOn: date, url, procedure }
  return [
    node('Resolution', id, values, citations, weakOf(text, TEXT_WORDS)),
    link('AdoptedBy', id, PARLIAMENT, citations),
  ]
}

type Once = (line: number, id: string, records: () => readonly GraphRecord[]) => void

/** Who tabled a text, the motions that it replaces, and the motion that an adopted one came of. */
const addActors = (text: ReadText, citations: readonly Citation[], once: Once, rows: FileRows, pass: Pass): void => {
  const tabledBy = (document: string, written: string, line: number): void => {
    if (!isGroup(written)) {
      pass.note(
        `${text.file.name}, line ${line}: "${written}" is not a group that this importer knows; it was left out as one that tabled ${document}.`,
      )
      return
    }
    const group = groupIdOf(written)
    once(line, group, () => groupRecords(written, citations))
    const key = `${document} ${group}`
    if (linked.has(key)) return
    linked.add(key)
    rows.add(line, [link('TabledBy', document, group, citations)])
  }
  const linked = new Set<string>()
  for (const { group, line } of text.groups) tabledBy(text.id, group, line)
  for (const { number, name, line } of text.members) {
    const id = epMemberId(number)
    once(line, id, () => [node('Person', id, { name: name || id }, citations, ['name', 'sortName'])])
    rows.add(line, [link('TabledBy', text.id, id, citations)])
  }
  for (const { reference, groups, line } of text.replaces) {
    const id = documentId(reference)
    once(line, id, () => [motionRecord(reference, citations)])
    rows.add(line, [link('Replacement', text.id, id, citations)])
    for (const group of groups) tabledBy(id, group, line)
  }
  for (const { reference, line } of text.replacedBy) {
    const id = documentId(reference)
    once(line, id, () => [motionRecord(reference, citations)])
    rows.add(line, [link('Replacement', id, text.id, citations)])
  }
  if (!text.id.startsWith('ta:')) return
  const joint = text.tabled.filter((reference) => reference.startsWith('RC'))
  const from = joint.length === 1 ? joint[0] : text.tabled.length === 1 ? text.tabled[0] : undefined
  if (!from) {
    pass.note(
      `${text.file.name}: the page of ${adoptedTextId(text.reference)} does not tell which one text it was adopted from.`,
    )
    return
  }
  once(text.line, documentId(from), () => [motionRecord(from, citations)])
  rows.add(text.line, [link('AdoptedFrom', text.id, documentId(from), citations)])
}

/** The demands that the rule finds, each on the line of its paragraph. */
const demandRows = (text: ReadText, citation: Citation, given: Set<string>, pass: Pass): FileRows => {
  const rows = new FileRows(text.file.name)
  if (text.language !== 'en') {
    pass.note(`${text.file.name}: the text is in "${text.language}"; demands are drafted of texts in English only.`)
    return rows
  }
  const paragraphs = text.numbered.filter(({ kind }) => kind === 'PARAGRAPH')
  const demands = draftDemands(paragraphs, text.title ?? '')
  demands.forEach((demand, i) => {
    const { number, unknown, unsure } = demand
    const line = paragraphs.find((paragraph) => paragraph.number === number)?.line ?? text.line
    rows.add(line, draftDemandRecords(text.id, demand, i + 1, citation, given))
    if (unknown.length > 0)
      pass.note(
        `${text.file.name}: paragraph ${number} calls on ${quoted(unknown)}, whom the lexicon of bodies does not have; the demand was drafted without them.`,
      )
    if (unsure.length > 0)
      pass.note(
        `${text.file.name}: paragraph ${number} may call on ${quoted(unsure)}, too; its grammar does not tell, so the demand was drafted without them.`,
      )
  })
  return rows
}

const quoted = (words: readonly string[]): string => words.map((each) => `"${clip(each, 100)}"`).join(' and ')
