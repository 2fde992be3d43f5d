import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { attempt, SILENT } from '../read/make-records.js'
import { readCsv } from '../read/read-csv.js'
import { isObject, type JsonLine, type JsonObject, readJsonLines } from '../read/read-json-lines.js'
import type { SourceFile } from '../read/source-file.js'
import {
  checkDates,
  ENTITY_KEYS,
  type FtmEntity,
  type FtmStatement,
  nodeId,
  readEntity,
  readStatement,
  STATEMENT_KEYS,
} from './entity.js'
import { readWithStatements } from './entity-statements.js'
import { unnest } from './nested.js'
import { LINK_SCHEMATA, NODE_TYPES } from './schemata.js'

/** The two forms in which entities are published: an entity a line, or a value a line. */
export type Form = 'entities' | 'statements'

/** Keys that only the form of entities has. */
const ENTITY_MARKS = ['properties', 'statements']

/** The form of a file: a table is one of statements; of JSON lines the first tells that has the marks of one form. */
export const formOf = async (file: SourceFile): Promise<Form> => {
  if (isTable(file)) return 'statements'
  for await (const lines of readJsonLines(file, SILENT))
    for (const { value } of lines)
      if (ENTITY_MARKS.some((key) => key in value) || 'prop' in value)
        return 'prop' in value ? 'statements' : 'entities'
  return 'entities'
}

const isTable = ({ name }: SourceFile): boolean => /\.csv(\.gz)?$/i.test(name)

/** The columns that are read of a table of statements. */
const COLUMNS = ['entity_id', 'canonical_id', 'prop', 'schema', 'value', 'dataset', 'lang', 'external'] as const

/** Why a statement that is a candidate is left out. */
export const EXTERNAL = 'of candidates that nobody has confirmed ("external")'

/**
 * Reads a file in the form of entities; those that are nested in one stand after it. One that is wrong is told as a problem.
 * @throws RapporteurError `BAD_INPUT` as `readJsonLines` does
 */
export async function* readEntities(file: SourceFile, pass: Pass): AsyncIterable<readonly FtmEntity[]> {
  for await (const lines of readJsonLines(file, pass)) {
    yield lines.flatMap(({ line, value }) =>
      unnest(value).flatMap((each, nested) => {
        tellExtra(file, each, ENTITY_KEYS, pass)
        const { id } = each
        const lost = typeof id === 'string' ? [nodeId(id)] : []
        const entity = attempt(pass, file, line, lost, () => readOne(file, each, line, pass))
        return entity ? [{ ...entity, nested }] : []
      }),
    )
  }
}

/** Reads an entity, whichever way it has its values. @throws BadCell */
const readOne = (file: SourceFile, value: JsonObject, line: number, pass: Pass): FtmEntity => {
  const { statements } = value
  if (statements === undefined || statements === null) {
    const read = readEntity(value, line)
    if (NODE_TYPES.has(read.schema) || LINK_SCHEMATA.has(read.schema)) checkDates(read)
    return read
  }
  if (Array.isArray(statements))
    for (const each of statements) if (isObject(each)) tellExtra(file, each, STATEMENT_KEYS, pass)
  return readWithStatements(value, line, () => pass.leftOut(file.name, EXTERNAL))
}

/**
 * Reads a file in the form of statements, JSON lines or a table. A line that is wrong is told as a problem.
 * @throws RapporteurError `BAD_INPUT` as `readJsonLines` and `readCsv` do
 */
export async function* readStatements(file: SourceFile, pass: Pass): AsyncIterable<readonly FtmStatement[]> {
  for await (const lines of isTable(file) ? readTable(file, pass) : readJsonLines(file, pass)) {
    yield lines.flatMap(({ line, value }) => {
      tellExtra(file, value, STATEMENT_KEYS, pass)
      const statement = attempt(pass, file, line, [], () => readStatement(value, line))
      return statement ? [statement] : []
    })
  }
}

async function* readTable(file: SourceFile, pass: Pass): AsyncIterable<readonly JsonLine[]> {
  const note = (sentence: string): void => {
    const column = /the column "([^"]*)" is not known/.exec(sentence)?.[1]
    if (!column || !STATEMENT_KEYS.has(column)) pass.note(sentence)
  }
  for await (const rows of readCsv(file, COLUMNS, { ...pass, note }))
    yield rows.map(({ line, cells }) => ({ line, value: cells }))
}

const tellExtra = (file: SourceFile, value: object, known: ReadonlySet<string>, pass: Pass): void => {
  for (const key of Object.keys(value))
    if (!known.has(key))
      pass.note(`${file.name}: the key "${clip(key)}" is not known to this importer and was left out.`)
}
