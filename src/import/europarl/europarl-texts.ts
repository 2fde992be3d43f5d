import { adoptedTextId, documentId, epMemberId, paragraphId, procedureId, recitalId } from '../../model/ids.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import { draftDemandRecords, draftDemands } from '../draft-demands/draft-demands.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { hashFiles } from '../read/find-tables.js'
import type { SourceFile } from '../read/read-text.js'
import {
  editionOf,
  FileRows,
  findSourceFiles,
  groupIdOf,
  groupRecords,
  isGroup,
  link,
  motionRecord,
  node,
  PARLIAMENT,
  type PublishedDocument,
  parliamentRecord,
  sourceRecords,
} from './minutes.js'
import { readPage } from './texts-html.js'
import { type ReadText, readTextPage } from './texts-reading.js'

const VERSION = '1'
const IMPORTER = `europarl-texts@${VERSION}`
const SET = 'source:ep-texts'

/** Imports texts tabled in the European Parliament or adopted by it, as its site publishes them in HTML. */
export const europarlTexts: Importer = {
  name: 'europarl-texts',
  version: VERSION,
  summary: 'Texts tabled in or adopted by the European Parliament: HTML files, with draft demands by rule',
  open: async (path): Promise<OpenedSource> => {
    const { files, size } = await findSourceFiles(path, /\.x?html?(\.gz)?$/i)
    const texts: ReadText[] = []
    for (const file of files) texts.push(await readFile(file, () => {}))
    const source = editionOf(texts.map(sourceOf), SET)
    const contentHash = await hashFiles(files)
    return { source, contentHash, size, read: (pass) => readTexts(files, source, contentHash, pass) }
  },
}

const readFile = async (file: SourceFile, advance: (bytes: number) => void): Promise<ReadText> =>
  readTextPage(file, await readPage(file, advance))

/** The source of a text, after the name of its page: `source:ep-text-rc-10-2025-0249-en`. */
const sourceOf = ({ reference, language }: ReadText): string => {
  const [, series = '', term, number, year] = /^(RC-B|[ABC])(\d+)-(\d+)\/(\d{4})$/.exec(reference) ?? []
  const [, taTerm, taYear, taNumber] = /^P(\d+)_TA\((\d{4})\)(\d+)$/.exec(reference) ?? []
  const name = term ? `${series.replace('-B', '')}-${term}-${year}-${number}` : `ta-${taTerm}-${taYear}-${taNumber}`
  return `source:ep-text-${name}-${language}`.toLowerCase()
}

async function* readTexts(
  files: readonly SourceFile[],
  set: string,
  contentHash: string,
  pass: Pass,
): AsyncIterable<Batch> {
  const texts: ReadText[] = []
  for (const file of files) texts.push(await readFile(file, pass.advance))
  const given = new Set<string>()
  yield [parliamentRecord([{ source: set }])]
  given.add(PARLIAMENT)
  if (set === SET) {
    const document = {
      source: SET,
      title: 'Texts of the European Parliament',
      kind: 'DATA_SET',
      url: null,
      published: null,
    } as const
    yield sourceRecords(document, contentHash, IMPORTER)
  }
  const chosen = new Map<string, ReadText>()
  for (const text of texts) {
    const known = chosen.get(text.id)
    if (!known || (known.language !== 'en' && text.language === 'en')) chosen.set(text.id, text)
  }
  // The texts themselves first, in full: another text of the folder may name them in passing.
  for (const { id } of chosen.values()) given.add(id)
  for (const text of texts.sort((a, b) => rankOf(a) - rankOf(b))) {
    if (chosen.get(text.id) !== text) {
      pass.rows(text.file.name, text.numbered.length)
      pass.leftOut(
        text.file.name,
        `the text ${text.id} stands in ${chosen.get(text.id)?.file.name} too, in another language or again`,
        text.numbered.length,
      )
      continue
    }
    yield* readOne(text, set === SET ? null : contentHash, given, pass)
  }
}

/** Motions come before the joint motions that replace them, and these before the texts adopted from them. */
const rankOf = ({ id }: ReadText): number => (id.startsWith('ta:') ? 2 : id.startsWith('ep-doc:RC') ? 1 : 0)

function* readOne(text: ReadText, contentHash: string | null, given: Set<string>, pass: Pass): Iterable<Batch> {
  const source = sourceOf(text)
  const citations: readonly Citation[] = [{ source }]
  const rows = new FileRows(text.file.name)
  const once = (line: number, id: string, records: () => readonly GraphRecord[]): void => {
    if (given.has(id)) return
    given.add(id)
    rows.add(line, records())
  }
  for (const note of text.notes) pass.note(note)
  for (const { why, count } of text.leftOut) pass.leftOut(text.file.name, why, count)
  pass.rows(text.file.name, text.numbered.length + 1)

  const published: PublishedDocument = {
    source,
    title: text.title ? `${text.reference}: ${text.title}` : text.reference,
    kind: 'PUBLICATION',
    url: text.url,
    published: text.date,
  }
  rows.add(text.line, sourceRecords(published, contentHash, IMPORTER))
  const { procedure } = text
  if (procedure) {
    const type = /\(([A-Z]{3})\)$/.exec(procedure)?.[1] ?? null
    once(text.line, procedureId(procedure), () => [
      node('Procedure', procedureId(procedure), { reference: procedure, type }, citations),
    ])
  }
  rows.add(text.line, documentRecords(text, citations))
  if (procedure) rows.add(text.line, [link('Dossier', text.id, procedureId(procedure), citations)])
  addActors(text, citations, once, rows, pass)
  text.numbered.forEach(({ kind, number, text: words, anchor, line }, i) => {
    const id = kind === 'RECITAL' ? recitalId(text.id, number) : paragraphId(text.id, number)
    const values = { kind, number, position: i + 1, text: words, language: text.language, anchor }
    rows.add(line, [node('Paragraph', id, values, citations), link('ParagraphOf', id, text.id, citations)])
  })
  yield rows
  yield demandRows(text, { source }, given, pass)
}

const documentRecords = (text: ReadText, citations: readonly Citation[]): readonly GraphRecord[] => {
  const { id, reference, title, language, date, url, procedure } = text
  const titles = title ? [{ text: title, language }] : []
  if (!id.startsWith('ta:')) {
    const kind = motionRecord(reference, citations).values['kind'] ?? null
    return [node('Motion', id, { kind, reference, title, titles, tabledOn: date, url, procedure }, citations)]
  }
  return [
    node('Resolution', id, { reference, title, titles, adoptedOn: date, url, procedure }, citations),
    link('AdoptedBy', id, PARLIAMENT, citations),
  ]
}

type Once = (line: number, id: string, records: () => readonly GraphRecord[]) => void

/** Who tabled a text, the motions that it replaces, and the motion that an adopted one came of. */
const addActors = (text: ReadText, citations: readonly Citation[], once: Once, rows: FileRows, pass: Pass): void => {
  const tabledBy = (document: string, written: string, line: number): void => {
    if (!isGroup(written)) {
      pass.note(
        `${text.file.name}, line ${line}: "${written}" is no group that this importer knows; it was left out as one that tabled ${document}.`,
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
    const { number, unknown } = demand
    const line = paragraphs.find((paragraph) => paragraph.number === number)?.line ?? text.line
    rows.add(line, draftDemandRecords(text.id, demand, i + 1, citation, given))
    if (unknown.length > 0)
      pass.note(
        `${text.file.name}: paragraph ${number} calls on ${unknown.map((each) => `"${each.slice(0, 100)}"`).join(' and ')}, whom the lexicon of bodies does not have; the demand was drafted without them.`,
      )
  })
  return rows
}
