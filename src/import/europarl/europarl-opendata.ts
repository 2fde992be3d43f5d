import { isNode } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { findMatching } from '../read/find-files.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { PARLIAMENT } from './minutes.js'
import { documentRecords, openDocuments, type PublishedDocument } from './open-documents.js'
import { shortName } from './opendata-context.js'
import { localDay } from './opendata-names.js'
import { OpenDataOutput } from './opendata-output.js'
import { OpenDataReader, wholeTexts } from './opendata-records.js'
import { FORMATS, readStatements, type Statements } from './opendata-triples.js'

const VERSION = '1'
const IMPORTER = `europarl-opendata@${VERSION}`

/** Imports open data of the European Parliament: documents, procedures and meetings in JSON-LD, RDF/XML or Turtle. */
export const europarlOpendata: Importer = {
  name: 'europarl-opendata',
  version: VERSION,
  summary: 'Open data of the European Parliament: documents, procedures, meetings, as JSON, RDF/XML or Turtle',
  recognises: ({ text }) =>
    /^[[{]/.test(text)
      ? /"@?id"\s*:\s*"(?:https:\/\/data\.europarl\.europa\.eu\/)?(?:eli\/dl|person|org)\//.test(text)
      : /<rdf:RDF|@prefix\s/.test(text) && /europarl|eli-draft-legislation/.test(text),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const parts: Part[] = []
    for (const file of await findMatching(path, FORMATS, '.json, .xml, .rdf or .ttl'))
      parts.push(partOf(file, await readKnown(file, () => {})))
    return openDocuments(
      parts,
      (document, own, contentHash) => (pass) =>
        readFiles(
          own.map(({ file }) => file),
          document,
          contentHash,
          pass,
        ),
    )
  },
}

const KNOWN = /[/#](?:Activity|ForeseenActivity|Decision|Process|Work|Person)$/

/** Reads a file that has something that this importer knows. */
const readKnown = async (file: SourceFile, advance: (bytes: number) => void): Promise<Statements> => {
  const statements = await readStatements(file, advance)
  for (const subject of statements.subjects())
    if (statements.types(subject).some((type) => KNOWN.test(type))) return statements
  throw badFile(file.name, 'the file has no document, procedure, activity or person that this importer knows')
}

interface Part {
  readonly file: SourceFile
  readonly document: PublishedDocument
  readonly date: string | null
}

/** The publication that a file is: that of the one record which no other refers to, or else of the file's name. */
const partOf = (file: SourceFile, statements: Statements): Part => {
  const roots =
    statements.roots.length > 0
      ? statements.roots
      : [...statements.subjects()].filter(
          (subject) => !statements.isReferredTo(subject) && statements.types(subject).some((type) => KNOWN.test(type)),
        )
  const [only = '', ...others] = roots
  const root = others.length === 0 && /^https:\/\/data\.europarl\.europa\.eu\/[^\s#?]{1,150}$/.test(only) ? only : null
  const name = root?.split('/').at(-1) ?? file.name.replace(FORMATS, '')
  const document: PublishedDocument = {
    source: `source:ep-opendata-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: `Open data of the European Parliament: ${name}`,
    kind: 'DATA_SET',
    url: root,
    published: null,
  }
  return { file, document, date: root === null ? null : dayOf(root, statements) }
}

/** The day that a file tells of what it is about: of a document, a meeting or a decision. */
const dayOf = (root: string, statements: Statements): string | null => {
  const written =
    statements.first(root, 'eli:document_date') ??
    statements.first(root, 'eli-dl:activity_date') ??
    statements.first(root, 'eli-dl:activity_start_date')
  return written === null ? null : localDay(written)
}

async function* readFiles(
  files: readonly SourceFile[],
  document: PublishedDocument,
  contentHash: string,
  pass: Pass,
): AsyncIterable<Batch> {
  const given = new Set([PARLIAMENT])
  yield documentRecords(document, contentHash, IMPORTER)
  const read: { readonly file: SourceFile; readonly statements: Statements }[] = []
  for (const file of files) read.push({ file, statements: await readKnown(file, pass.advance) })
  const whole = new Set(read.flatMap(({ statements }) => wholeTexts(statements)))
  const citations = [{ source: document.source }]
  const links: Batch[] = []
  for (const { file, statements } of read) {
    const out = new OpenDataOutput(file.name, statements, citations, given, whole, pass)
    const records = new OpenDataReader(out).read()
    yield records.filter(isNode)
    links.push(records.filter((record) => !isNode(record)))
    const left = [...statements.notAsked()].map(([property, count]) => `${shortName(property)} (${count})`).sort()
    if (left.length > 0)
      pass.note(`${file.name}: these properties have no place in the graph and were left out: ${left.join(', ')}.`)
  }
  // A file may name a text that another file of the document describes.
  yield* links
}
