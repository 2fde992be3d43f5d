import { attempt, SILENT } from '../europarl/minutes.js'
import type { Pass } from '../importer.js'
import { readCsv } from '../read/read-csv.js'
import { type JsonLine, readJsonLines } from '../read/read-json-lines.js'
import type { SourceFile } from '../read/source-file.js'
import {
  checkDates,
  ENTITY_KEYS,
  type FtmEntity,
  type FtmStatement,
  type FtmValue,
  nodeId,
  readEntity,
  readStatement,
  type Said,
  STATEMENT_KEYS,
} from './ftm-entity.js'
import { LINK_SCHEMATA, NODE_TYPES } from './ftm-schemata.js'

/** The two forms in which entities are published: an entity a line, or a value a line. */
export type Form = 'entities' | 'statements'

/** The form of a file: a table is one of statements; of JSON lines the first tells that has the marks of one form. */
export const formOf = async (file: SourceFile): Promise<Form> => {
  if (isTable(file)) return 'statements'
  for await (const lines of readJsonLines(file, SILENT))
    for (const { value } of lines)
      if ('properties' in value || 'prop' in value) return 'properties' in value ? 'entities' : 'statements'
  return 'entities'
}

const isTable = ({ name }: SourceFile): boolean => /\.csv(\.gz)?$/i.test(name)

/** The columns that are read of a table of statements. */
const COLUMNS = ['entity_id', 'canonical_id', 'prop', 'schema', 'value', 'dataset', 'lang', 'external'] as const

/**
 * Reads a file in the form of entities. A line that is wrong is told as a problem.
 * @throws RapporteurError `BAD_INPUT` as `readJsonLines` does
 */
export async function* readEntities(file: SourceFile, pass: Pass): AsyncIterable<readonly FtmEntity[]> {
  for await (const lines of readJsonLines(file, pass)) {
    yield lines.flatMap(({ line, value }) => {
      tellExtra(file, value, ENTITY_KEYS, pass)
      const { id } = value
      const entity = attempt(pass, file, line, typeof id === 'string' ? [nodeId(id)] : [], () => {
        const read = readEntity(value, line)
        if (NODE_TYPES.has(read.schema) || LINK_SCHEMATA.has(read.schema)) checkDates(read)
        return read
      })
      return entity ? [entity] : []
    })
  }
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
      pass.note(`${file.name}: the key "${key.slice(0, 60)}" is not known to this importer and was left out.`)
}

/** Statements of a file, put together as entities: what each data set says is kept apart. */
export class StatementGroups {
  readonly #entities = new Map<string, { schema: string; lines: number; said: Map<string, Group> }>()

  constructor(readonly schemaOf: (id: string) => string) {}

  add({ line, id, property, value, dataset }: FtmStatement): void {
    const entity = this.#entities.get(id) ?? { schema: this.schemaOf(id), lines: 0, said: new Map<string, Group>() }
    this.#entities.set(id, entity)
    entity.lines++
    const said = entity.said.get(dataset) ?? { line, values: new Map<string, Map<string, FtmValue>>() }
    entity.said.set(dataset, said)
    // A statement of the property "id" says that the data set has the entity, and nothing else.
    if (property === 'id') return
    const values = said.values.get(property) ?? new Map<string, FtmValue>()
    said.values.set(property, values)
    values.set(`${value.language ?? ''} ${value.text}`, value)
  }

  /** The entities put together so far, but the one whose id is given; they are forgotten here. */
  take(but?: string): readonly FtmEntity[] {
    const taken: FtmEntity[] = []
    for (const [id, { schema, lines, said }] of this.#entities) {
      if (id === but) continue
      this.#entities.delete(id)
      const all = [...said].map(
        ([dataset, { line, values }]): Said => ({
          line,
          datasets: [dataset],
          values: new Map([...values].map(([property, texts]) => [property, [...texts.values()]])),
        }),
      )
      taken.push({ id, schema, lines, caption: null, referents: [], said: all })
    }
    return taken
  }
}

interface Group {
  readonly line: number
  readonly values: Map<string, Map<string, FtmValue>>
}
