import { isNode } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { hashFiles } from '../read/find-tables.js'
import { badFile, type SourceFile } from '../read/read-text.js'
import {
  editionOf,
  findSourceFiles,
  PARLIAMENT,
  type PublishedDocument,
  parliamentRecord,
  sourceRecords,
} from './minutes.js'
import { shortName } from './opendata-context.js'
import { OpenDataReader, wholeTexts } from './opendata-records.js'
import { FORMATS, readStatements, type Statements } from './opendata-triples.js'

const VERSION = '1'
const IMPORTER = `europarl-opendata@${VERSION}`
const SET = 'source:ep-opendata'

/** Imports open data of the European Parliament: documents, procedures and meetings in JSON-LD, RDF/XML or Turtle. */
export const europarlOpendata: Importer = {
  name: 'europarl-opendata',
  version: VERSION,
  summary: 'Open data of the European Parliament: documents, procedures, meetings, as JSON, RDF/XML or Turtle',
  open: async (path): Promise<OpenedSource> => {
    const { files, size } = await findSourceFiles(path, FORMATS)
    const sources = new Set<string>()
    for (const file of files) sources.add(documentOf(file, await readKnown(file, () => {})).source)
    const source = editionOf(sources, SET)
    const contentHash = await hashFiles(files)
    return { source, contentHash, size, read: (pass) => readFiles(files, source, contentHash, pass) }
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

/** The publication that a file is: that of the one record which no other refers to, or else of the file's name. */
const documentOf = (file: SourceFile, statements: Statements): PublishedDocument => {
  const roots =
    statements.roots.length > 0
      ? statements.roots
      : [...statements.subjects()].filter(
          (subject) => !statements.isReferredTo(subject) && statements.types(subject).some((type) => KNOWN.test(type)),
        )
  const root =
    roots.length === 1 && /^https:\/\/data\.europarl\.europa\.eu\/[^\s#?]{1,150}$/.test(roots[0] ?? '')
      ? roots[0]
      : null
  const name = root?.split('/').at(-1) ?? file.name.replace(FORMATS, '')
  return {
    source: `source:ep-opendata-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: `Open data of the European Parliament: ${name}`,
    kind: 'DATA_SET',
    url: root ?? null,
    published: null,
  }
}

async function* readFiles(
  files: readonly SourceFile[],
  set: string,
  contentHash: string,
  pass: Pass,
): AsyncIterable<Batch> {
  const given = new Set([PARLIAMENT])
  yield [parliamentRecord([{ source: set }])]
  if (set === SET) {
    const document = {
      source: SET,
      title: 'Open data of the European Parliament',
      kind: 'DATA_SET',
      url: null,
      published: null,
    } as const
    yield sourceRecords(document, contentHash, IMPORTER)
  }
  const read: { readonly file: SourceFile; readonly statements: Statements }[] = []
  for (const file of files) read.push({ file, statements: await readKnown(file, pass.advance) })
  const whole = new Set(read.flatMap(({ statements }) => wholeTexts(statements)))
  const sources = new Set<string>()
  const links: Batch[] = []
  for (const { file, statements } of read) {
    const document = documentOf(file, statements)
    if (!sources.has(document.source)) yield sourceRecords(document, set === SET ? null : contentHash, IMPORTER)
    sources.add(document.source)
    const records = new OpenDataReader(file.name, statements, [{ source: document.source }], given, whole, pass).read()
    yield records.filter(isNode)
    links.push(records.filter((record) => !isNode(record)))
    const left = [...statements.notAsked()].map(([property, count]) => `${shortName(property)} (${count})`).sort()
    if (left.length > 0)
      pass.note(`${file.name}: these properties have no place in the graph and were left out: ${left.join(', ')}.`)
  }
  // A file may name a text that a later file describes.
  yield* links
}
