import type { Problem } from '../importer.js'
import { clip } from '../read/clip.js'
import { SILENT } from '../read/make-records.js'
import type { SourceFile } from '../read/source-file.js'
import type { FtmEntity, FtmStatement } from './entity.js'
import { type Form, formOf, readEntities, readStatements } from './lines.js'
import { commonSchema, EVENT_PLACES, LINK_SCHEMATA, NODE_TYPES } from './schemata.js'

/** Characters of unordered statements that are put together at a time. */
const PART = 64_000_000
/** Properties by which an entity has a name, or what stands for one. */
const NAMING = ['name', 'alias', 'previousName', 'weakAlias', 'full']

/**
 * What a first reading of a file finds: which entities it has, of which schema, so that links can stand before the
 * entities that they lead to. Of each entity it keeps the id alone.
 */
export class FtmSurvey {
  form: Form = 'entities'
  readonly datasets = new Set<string>()
  /** The schema of each entity: the most special one that is said of it. */
  readonly #schemata = new Map<string, string>()
  /** Entities by the ids of the records that were merged into them. */
  readonly #merged = new Map<string, string>()
  readonly #named = new Set<string>()
  /** Ids of links that stand on more than one line. */
  readonly repeated = new Set<string>()
  /** Addresses at which an event was. */
  readonly #ofEvents = new Set<string>()
  /** Whether all statements of an entity stand together. */
  grouped = true
  /** What is wrong with the first line that cannot be read. */
  firstProblem: Problem | null = null
  /** Where an entity that has no line of its own is nested with the most values. */
  readonly #fullest = new Map<string, { readonly line: number; readonly nested: number; readonly size: number }>()
  #latest = ''
  #characters = 0

  /** Reads a file. @throws RapporteurError `BAD_INPUT` for a file that cannot be read as a whole */
  static async of(file: SourceFile, advance: (bytes: number) => void): Promise<FtmSurvey> {
    const survey = new FtmSurvey()
    survey.form = await formOf(file)
    const problem = (problem: Problem): void => {
      survey.firstProblem ??= problem
    }
    const pass = { ...SILENT, advance, problem }
    if (survey.form === 'entities') {
      for await (const entities of readEntities(file, pass)) for (const entity of entities) survey.#seeEntity(entity)
    } else {
      for await (const statements of readStatements(file, pass))
        for (const statement of statements) survey.#seeStatement(statement)
    }
    for (const id of [...survey.#ofEvents]) survey.#ofEvents.add(survey.idOf(id))
    return survey
  }

  /** Whether nothing could be read. */
  get isEmpty(): boolean {
    return this.#schemata.size === 0
  }

  /** How often the file is read, so that what is put together fits into memory. */
  get parts(): number {
    return this.grouped ? 1 : Math.ceil(this.#characters / PART)
  }

  /** The id of the entity that a record was merged into. */
  idOf(id: string): string {
    return this.#schemata.has(id) ? id : (this.#merged.get(id) ?? id)
  }

  /** The schema of an entity of the file. */
  schemaOf(id: string): string | undefined {
    return this.#schemata.get(id)
  }

  /** The type of node that an entity of the file becomes; null where it becomes none, undefined where the file has no such entity. */
  typeOf(id: string): string | null | undefined {
    const schema = this.#schemata.get(id)
    return schema === undefined ? undefined : this.whyNot(id, schema) === null ? (NODE_TYPES.get(schema) ?? null) : null
  }

  /** Why an entity becomes nothing, as it is counted; null where it becomes something. */
  whyNot(id: string, schema: string): string | null {
    if (LINK_SCHEMATA.has(schema)) return null
    if (!NODE_TYPES.has(schema)) return `of the schema ${clip(schema)}, which the graph has no place for`
    if (schema === 'Address' && !this.#ofEvents.has(id)) return 'of the schema Address, which no event names'
    return this.#named.has(id) ? null : `of the schema ${schema}, without a name`
  }

  /** Whether this is where an entity is read: each of its own lines, or else where it is nested with the most values. */
  isRead({ id, nested, said: [said] }: FtmEntity): boolean {
    const fullest = this.#fullest.get(id)
    return nested === 0 || (fullest?.nested === nested && fullest.line === (said?.line ?? 0))
  }

  #seeEntity(entity: FtmEntity): void {
    const { id, schema, caption, referents, said } = entity
    if (!this.#supersedes(entity)) return
    if (LINK_SCHEMATA.has(schema) && this.#schemata.has(id)) this.repeated.add(id)
    this.#seeSchema(id, schema)
    for (const dataset of said.flatMap(({ datasets }) => datasets)) this.datasets.add(dataset)
    for (const referent of referents) if (referent !== id) this.#merged.set(referent, id)
    const values = (property: string) => said.flatMap(({ values }) => values.get(property) ?? [])
    if (NODE_TYPES.has(schema) && (caption || NAMING.some((name) => values(name).some(isText)))) this.#named.add(id)
    if (NODE_TYPES.get(schema) === 'Event')
      for (const { text } of EVENT_PLACES.flatMap(values)) this.#ofEvents.add(text)
  }

  /** Whether an entity takes the place of what was seen of it where it was nested with less, which is forgotten, or is seen first. */
  #supersedes({ id, nested, said }: FtmEntity): boolean {
    const known = this.#fullest.get(id)
    if (nested === 0) this.#fullest.delete(id)
    else {
      const size = said.reduce((sum, { values }) => sum + [...values.values()].flat().length, 0)
      if (known ? known.size >= size : this.#schemata.has(id)) return false
      this.#fullest.set(id, { line: said[0]?.line ?? 0, nested, size })
    }
    if (known) this.#named.delete(id)
    return true
  }

  #seeStatement({ id, entityId, schema, property, value, dataset, external }: FtmStatement): void {
    if (external) return
    if (id !== this.#latest && this.#schemata.has(id)) this.grouped = false
    this.#latest = id
    this.#characters += value.text.length + id.length
    this.#seeSchema(id, schema)
    this.datasets.add(dataset)
    if (entityId !== id) this.#merged.set(entityId, id)
    if (NODE_TYPES.has(schema) && NAMING.includes(property) && isText(value)) this.#named.add(id)
    if (NODE_TYPES.get(schema) === 'Event' && EVENT_PLACES.some((each) => each === property))
      this.#ofEvents.add(value.text)
  }

  #seeSchema(id: string, schema: string): void {
    const known = this.#schemata.get(id)
    const common = known === undefined ? schema : commonSchema(known, schema)
    if (common !== null && common !== known) this.#schemata.set(id, common)
  }
}

const isText = ({ text }: { readonly text: string }): boolean => text.trim() !== ''
