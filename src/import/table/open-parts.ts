import type { GraphShape } from '../../model/graph-shape.js'
import { type CsvFormat, readColumns } from '../read/read-csv.js'
import { whatElse } from '../read/schema-problem.js'
import type { SourceFile } from '../read/source-file.js'
import type { Fault, Step } from '../read/yaml-document.js'
import type { Columns } from './columns.js'
import type { FoundMappings } from './find-mappings.js'
import { type Mapping, PARTS, type Part } from './mapping.js'
import { badMapping, type MappingFile } from './read-mapping.js'
import { type PartPath, partAt, Reading } from './reading.js'
import { reshape } from './spread.js'

/** A part of a mapping, or one of several of its kind, and the tables that it is read from. */
interface OpenedPart {
  readonly path: PartPath
  readonly files: readonly SourceFile[]
}

/** The parts of a mapping with their tables. */
export interface OpenedParts {
  readonly parts: readonly OpenedPart[]
  /** The columns of each table, by its name. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  /** A sentence for each table of what of it the mapping leaves out. */
  readonly leftOut: readonly string[]
}

/**
 * Finds the tables of each part, and checks that they have the columns that the mapping names.
 * @throws RapporteurError `BAD_INPUT` with the line of the mapping
 */
export const openParts = async (file: MappingFile, found: FoundMappings, shape: GraphShape): Promise<OpenedParts> => {
  const { mapping } = file
  const parts = PARTS.flatMap((name): OpenedPart[] => {
    const part = mapping[name]
    const paths: PartPath[] = Array.isArray(part) ? part.map((_, at): PartPath => [name, at]) : part ? [[name]] : []
    return paths.map((path) => ({ path, files: filesOf(file, found, path) }))
  })
  if (parts.length === 0)
    file.fault([], `The mapping has none of ${PARTS.join(', ')}, so that there is nothing to read.`)
  const reading = new Reading(file, shape, new Set())
  const faults: Fault[] = []
  const headers = new Map<string, readonly string[]>()
  const named = new Map<string, Set<string>>()
  for (const { path, files } of parts) {
    const { columns } = reading.reader(path)
    for (const { name } of files) named.set(name, named.get(name) ?? new Set())
    for (const table of files) {
      const there = headers.get(table.name) ?? (await readColumns(table, formatOf(mapping)))
      headers.set(table.name, there)
      const part = partAt<Part>(mapping, path)
      for (const column of reshape(part, columns, there).columns) named.get(table.name)?.add(column)
      faults.push(...columnFaults(file, path, columns, { name: table.name, there }))
    }
  }
  if (faults.length > 0) throw badMapping(file.name, faults)
  return { parts, headers, leftOut: [...headers].flatMap(([table, there]) => othersOf(table, there, named.get(table))) }
}

/** How the tables of a mapping are written. */
export const formatOf = ({ csv }: Mapping): CsvFormat => ({
  ...csv,
  otherEncoding: '; if a spreadsheet saved it, write at the top of the mapping: csv: { encoding: windows-1252 }',
})

/** The columns that a part names and its table does not have. */
const columnFaults = (
  file: MappingFile,
  path: PartPath,
  columns: Columns,
  { name, there }: { readonly name: string; readonly there: readonly string[] },
): readonly Fault[] => {
  const part = partAt<Part>(file.mapping, path)
  const { spread } = part
  const at = (steps: readonly Step[], reason: string): Fault => ({ line: file.lineOf(steps), reason })
  const faults = columns.namedAt
    .filter(({ column }) => !there.includes(column) && column !== spread?.name && column !== spread?.cell)
    .map(({ column, path: steps }) =>
      at(
        steps,
        `"${steps.at(-1)}" names the column "${column}", which ${name} does not have; ${adviceOn(column, there, file.mapping)}`,
      ),
    )
  if (!spread) return faults
  const steps = [...path, 'spread']
  for (const key of ['name', 'cell'] as const)
    if (there.includes(spread[key]))
      faults.push(
        at(
          [...steps, key],
          `"${spread[key]}" is a column of ${name} already; "${key}" of "spread" needs a name of its own.`,
        ),
      )
  if (reshape(part, columns, there).times === 0)
    faults.push(
      at(
        [...steps, 'columns'],
        `No column of ${name} fits "${spread.columns}", but for those that the part names itself.`,
      ),
    )
  return faults
}

const adviceOn = (column: string, there: readonly string[], { csv }: Mapping): string => {
  const [only = ''] = there
  const other = [';', '\t', ','].find((each) => there.length === 1 && each !== csv?.separator && only.includes(each))
  return other
    ? `it has one column alone, "${only}". Its cells seem to be separated otherwise; write at the top: csv: { separator: "${other === '\t' ? '\\t' : other}" }`
    : whatElse(column, there)
}

/** The sentence about the columns of a table that no part names. */
const othersOf = (
  table: string,
  there: readonly string[],
  named: ReadonlySet<string> | undefined,
): readonly string[] => {
  const others = there.filter((column) => column !== '' && !named?.has(column)).map((column) => `"${column}"`)
  if (others.length === 0) return []
  const [what, was, them] = others.length === 1 ? ['column', 'was', 'it'] : ['columns', 'were', 'them']
  return [`${table}: the ${what} ${others.join(', ')} ${was} left out, since the mapping does not name ${them}.`]
}

const filesOf = (file: MappingFile, found: FoundMappings, path: PartPath): readonly SourceFile[] => {
  const steps = [...path, 'file']
  const files = [partAt<Part>(file.mapping, path).file].flat().flatMap((name) => {
    const tables = found.tables(name)
    if (tables.length === 0)
      file.fault(steps, `There is no table "${name}" in ${found.where}; give its folder after the mapping.`)
    if (tables.length > 1 && !name.includes('*'))
      file.fault(
        steps,
        `The table "${name}" is there twice, as ${tables.map((each) => each.name).join(' and ')}; keep one of them.`,
      )
    return tables
  })
  return [...new Map(files.map((each) => [each.name, each])).values()]
}
