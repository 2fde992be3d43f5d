import type { GraphRecord } from '../../model/records.js'
import type { OpenedSource } from '../importer.js'
import { hashFiles } from '../read/find-files.js'
import { link, node } from '../read/make-records.js'
import type { SourceFile } from '../read/source-file.js'
import { PARLIAMENT } from './minutes.js'

/** A published document: the id of its source, and what describes it. */
export interface PublishedDocument {
  readonly source: string
  readonly title: string
  readonly kind: 'PUBLICATION' | 'DATA_SET'
  readonly url: string | null
  readonly published: string | null
}

const LICENCE = 'European Parliament open data: reuse with attribution'

/** The records of a document and of its publisher. */
export const documentRecords = (
  { source, title, kind, url, published }: PublishedDocument,
  contentHash: string,
  importer: string,
): readonly GraphRecord[] => {
  const citations = [{ source }]
  const values = { kind, title, url, published, license: LICENCE, contentHash, importer }
  return [
    node('Organization', PARLIAMENT, { kind: 'PARLIAMENT', name: 'European Parliament' }, citations),
    node('Source', source, values, citations),
    link('Publisher', source, PARLIAMENT, citations),
  ]
}

/** A file, and the document that it is, or is a part of. */
interface DocumentPart {
  readonly file: SourceFile
  readonly document: PublishedDocument
  /** The day of the document; null where the file does not tell it. */
  readonly date: string | null
}

/** Makes an edition of each document, ordered by the ids of their sources. */
export const openDocuments = async <Part extends DocumentPart>(
  parts: readonly Part[],
  reader: (document: PublishedDocument, parts: readonly Part[], contentHash: string) => OpenedSource['read'],
): Promise<readonly OpenedSource[]> => {
  const documents = new Map(parts.map(({ document }) => [document.source, document]))
  const opened: OpenedSource[] = []
  for (const [source, document] of [...documents].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = parts.filter((part) => part.document.source === source)
    const date = own.find((part) => part.date !== null)?.date ?? null
    const files = own.map(({ file }) => file)
    const contentHash = await hashFiles(files)
    const read = reader(document, own, contentHash)
    opened.push({ source, date, contentHash, size: sizeOf(files), read })
  }
  return opened
}

const sizeOf = (files: readonly SourceFile[]): number => files.reduce((sum, { size }) => sum + size, 0)
