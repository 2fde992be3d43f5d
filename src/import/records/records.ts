import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { RapporteurError } from '../../errors.js'
import type { GraphShape } from '../../model/graph-shape.js'
import type { Importer, OpenedSource, Pass, Problem, Rows } from '../importer.js'
import { findMatching, hashFiles } from '../read/find-files.js'
import { SAME_ROW } from '../read/make-records.js'
import { badFile, readBytes, type SourceFile } from '../read/source-file.js'
import { type Fault, readYaml, type YamlDocument } from '../read/yaml-document.js'
import { type Entry, EntryReader, type Spot } from './entries.js'
import { explainErrors } from './faults.js'
import { recordsSchema } from './format.js'
import { type Gathered, gatherRecords, type OutsideTarget, PARTS, type Placed, problemOf } from './gather.js'
import { RecordLines } from './lines.js'

/** An edition of records, which may name records that are in the store already. */
interface OpenedRecords extends OpenedSource {
  /** What the edition names and does not contain; whoever loads it checks that the store has it. Empty where the edition is closed. */
  foreignIds(): readonly OutsideTarget[]
}

/** An importer of the project's own format, with what its editions tell beyond those of others. */
export interface RecordsImporter extends Importer {
  open(path: string): Promise<readonly [OpenedRecords]>
}

export interface RecordsOptions {
  /** Whether records may name only records of the same edition, so that anything else is a problem. */
  readonly closed?: boolean
}

const BATCH = 1000

/**
 * Imports the project's own format: a YAML file or a folder of them, described in `docs/records.md`. Its keys are the fields
 * of `schema.graphql`, so that a field added there is a key here.
 */
export const recordsImporter = (shape: GraphShape, { closed = false }: RecordsOptions = {}): RecordsImporter => ({
  name: 'records',
  version: '1',
  summary: 'Records written by hand as YAML, or by a program as JSON Lines',
  recognises: ({ name, text }) => {
    const types = ['sources', ...shape.nodes.keys()].join('|')
    return /\.ya?ml(?:\.gz)?$/i.test(name)
      ? new RegExp(`^(?:${types}):`, 'm').test(text)
      : new RegExp(`^\\{\\s*"(?:${types})"\\s*:`).test(text)
  },
  open: async (path) => {
    const found = await findMatching(path, /\.(ya?ml|jsonl)(\.gz)?$/, '.yaml, .yml or .jsonl')
    const lines = found.filter(({ name }) => /\.jsonl(\.gz)?$/i.test(name))
    const files: RecordsFile[] = []
    for (const file of found) if (!lines.includes(file)) files.push({ name: file.name, bytes: await wholeBytes(file) })
    const hash = createHash('sha256')
    for (const { name, bytes } of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
    if (lines.length > 0) hash.update(await hashFiles(lines))
    let checked: Checked | undefined
    const edition: OpenedRecords = {
      source: `records:${nameOf(path)}`,
      date: null,
      contentHash: hash.digest('hex'),
      size: sizeOf(files.map(({ bytes }) => bytes.length)) + PARTS.length * sizeOf(lines.map(({ size }) => size)),
      // YAML files are read once, so that both passes see the same even where somebody writes into them meanwhile.
      async *read(pass) {
        checked ??= await check(shape, files, lines, closed)
        yield* give(files, checked, pass)
      },
      foreignIds: () => checked?.outside ?? [],
    }
    return [edition]
  },
})

/** What a folder, zip or file is called: its name without its ending. */
const nameOf = (path: string): string =>
  basename(resolve(path))
    .replace(/\.gz$/i, '')
    .replace(/(?<=.)\.[^.]*$/, '')
    .replace(/\s+/g, '-')

const sizeOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0)

interface Checked extends Gathered {
  /** How many records each file has, good or bad. */
  readonly rows: ReadonlyMap<string, number>
  readonly lines: RecordLines
}

interface RecordsFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The largest YAML file in bytes; all of it is held in memory. */
const LARGEST = 64_000_000

const wholeBytes = async (file: SourceFile): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of readBytes(file, () => {})) {
    size += chunk.length
    if (size > LARGEST) throw badFile(file.name, `the file is larger than ${LARGEST.toLocaleString('en')} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function* give(
  files: readonly RecordsFile[],
  { rows, records, problems, leftOut, lines, lost }: Checked,
  pass: Pass,
): AsyncGenerator<Rows> {
  for (const [file, count] of rows) pass.rows(file, count)
  for (const problem of problems) pass.problem(problem)
  for (const [file, count] of lines.repeated) pass.leftOut(file, SAME_ROW, count)
  for (const { file, why, rows: count } of leftOut) pass.fell(file, why, count)
  const lostIds = new Set(lost)
  lines.loseSources(lostIds)
  for (const part of PARTS) {
    yield* batchesOf(records.filter((each) => each.part === part))
    yield* lines.records(part, lostIds, pass)
  }
  for (const { bytes } of files) pass.advance(bytes.length)
}

/** Neighbours of one file, as many as make a batch; what stands on one line stays together. */
function* batchesOf(records: readonly Placed[]): Generator<Rows> {
  for (let start = 0; start < records.length; ) {
    const first = records[start] as Placed
    let end = start + 1
    for (let next = records[end]; next?.file === first.file; next = records[++end]) {
      if (end - start >= BATCH && next.line !== records[end - 1]?.line) break
    }
    const batch = records.slice(start, end)
    yield { file: first.file, records: batch.map(({ record }) => record), lines: batch.map(({ line }) => line) }
    start = end
  }
}

const validators = new WeakMap<GraphShape, ValidateFunction>()

/** The check against the JSON Schema, compiled once for a shape. */
const validatorOf = (shape: GraphShape): ValidateFunction => {
  const known = validators.get(shape)
  if (known) return known
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true })
  formats.default(ajv)
  const validator = ajv.compile(recordsSchema(shape) as AnySchema)
  validators.set(shape, validator)
  return validator
}

/** Checks every file and record; a file that is bad as a whole stops all, a bad record is left out. */
const check = async (
  shape: GraphShape,
  files: readonly RecordsFile[],
  lineFiles: readonly SourceFile[],
  closed: boolean,
): Promise<Checked> => {
  const validate = validatorOf(shape)
  const reader = new EntryReader(shape)
  const bad: (Spot & Fault)[] = []
  const entries: Entry[] = []
  const problems: Problem[] = []
  const rows = new Map<string, number>()
  for (const { name: file, bytes } of files) {
    const document = readYaml(bytes)
    if (!('lineOf' in document)) {
      bad.push(...document.map((fault) => ({ file, ...fault })))
      continue
    }
    const faults = validate(document.value) ? [] : explainErrors(shape, document, validate.errors ?? [])
    const ofFile = faults.filter(({ type }) => type === undefined)
    bad.push(...ofFile.map(({ line, reason }) => ({ file, line, reason })))
    if (ofFile.length > 0) continue
    const records = recordsOf(document)
    rows.set(file, records.length)
    for (const { type, index, value } of records) {
      const own = faults.filter((fault) => fault.type === type && fault.index === index)
      const entry = own.length === 0 ? reader.read(file, document, type, index) : own
      if ('node' in entry) entries.push(entry)
      else problems.push(problemOf(file, type, value, entry))
    }
  }
  if (bad.length > 0) throw badFiles(bad)
  const lines = new RecordLines(shape, lineFiles, validate)
  const taken = new Map(entries.map(({ node, file, line }) => [node.id, { file, line }]))
  await lines.check((id) => taken.get(id))
  for (const [file, count] of lines.rows) rows.set(file, count)
  problems.push(...lines.problems)
  const typeElsewhere = (id: string) => lines.typeOf(id)
  const gathered = gatherRecords(shape, entries, problems, { closed, typeElsewhere })
  const outside = [...gathered.outside, ...lines.outside().filter(({ id }) => !taken.has(id))]
  return { ...gathered, rows, lines, outside }
}

const recordsOf = (
  document: YamlDocument,
): readonly { readonly type: string; readonly index: number; readonly value: unknown }[] =>
  Object.entries(document.value as Record<string, unknown>)
    .filter(([type]) => type !== 'sources')
    .flatMap(([type, list]) => (list as readonly unknown[]).map((value, index) => ({ type, index, value })))

const MAX_SHOWN = 10

const badFiles = (faults: readonly (Spot & Fault)[]): RapporteurError => {
  const shown = faults.slice(0, MAX_SHOWN).map(({ file, line, reason }) => `${file}, line ${line}: ${reason}`)
  const more = faults.length > MAX_SHOWN ? [`And ${faults.length - MAX_SHOWN} more.`] : []
  return new RapporteurError(
    'BAD_INPUT',
    [...shown, ...more, 'Nothing was loaded; mend the file and run again.'].join('\n'),
  )
}
