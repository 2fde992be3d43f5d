import { basename } from 'node:path'
import type { RapporteurError } from '../../errors.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { COUNTRIES } from '../read/countries.js'
import { findMatching, folderOf, hashFiles } from '../read/find-files.js'
import { link, node, SAME_ROW, SILENT } from '../read/make-records.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { digestOf, type FtmEntity, sourceId } from './entity.js'
import { EXTERNAL, readEntities, readStatements } from './lines.js'
import { countryId, FtmLinks } from './links.js'
import { nodesOf } from './nodes.js'
import { EntityRows } from './rows.js'
import { commonSchema, LINK_SCHEMATA } from './schemata.js'
import { StatementGroups } from './statement-groups.js'
import { FtmSurvey } from './survey.js'
import { UnusedProperties } from './unused.js'

const VERSION = '1'
const IMPORTER = `followthemoney@${VERSION}`
const PATTERN = /\.(json|jsonl|ndjson|ijson|ftm|csv)(\.gz)?$/i

/** Imports entities or statements of FollowTheMoney, as OpenSanctions and Aleph publish them. */
export const followthemoney: Importer = {
  name: 'followthemoney',
  version: VERSION,
  summary: 'FollowTheMoney: entities or statements as JSON lines, or statements as a table (entities.ftm.json)',
  recognises: ({ text }) =>
    text.startsWith('{')
      ? /"schema"\s*:\s*"/.test(text) && /"(?:properties|statements|canonical_id)"\s*:/.test(text)
      : ['canonical_id', 'schema', 'prop'].every((name) => text.split('\n', 1)[0]?.includes(name)),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const editions = new Map<string, OpenedSource>()
    for (const file of await findMatching(path, PATTERN, '.json, .jsonl, .ndjson, .ijson, .ftm or .csv')) {
      const name = editionName(file, folderOf(path, file))
      const source = sourceId(name)
      if (editions.has(source))
        throw badFile(file.name, `another file here would be "${source}" as well; give one of them by itself`)
      const contentHash = await hashFiles([file])
      const edition = new Edition(file, name, contentHash, file.size)
      // The file is read three times the first time: ahead, for the nodes, and for the links.
      const size = file.size * 3
      editions.set(source, { source, date: null, contentHash, size, read: (pass) => edition.read(pass) })
    }
    return [...editions.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  },
}

/** Names that many publications have; the folder tells them apart. */
const COMMON = /^(entities|statements|data|export|targets(\.nested)?)$/i

/** The name of an edition: that of its file, or of its folder where the file has a name that many have. */
const editionName = ({ name }: SourceFile, folder: string): string => {
  const stem = name.replace(/\.gz$/i, '').replace(/(\.(json|jsonl|ndjson|ijson|ftm|csv))+$/i, '')
  const said = COMMON.test(stem) ? basename(folder) : stem
  return said.replace(/[^\p{L}\p{N}_.-]+/gu, '-').slice(0, 150) || 'file'
}

/** Records in a batch. */
const FULL = 5_000

class Edition {
  #survey: FtmSurvey | null = null
  readonly #citations = new Map<string, readonly Citation[]>()

  constructor(
    readonly file: SourceFile,
    readonly name: string,
    readonly contentHash: string,
    readonly size: number,
  ) {}

  async *read(pass: Pass): AsyncIterable<Batch> {
    if (this.#survey) pass.advance(this.size)
    this.#survey ??= await FtmSurvey.of(this.file, pass.advance)
    const survey = this.#survey
    if (survey.isEmpty) throw this.#empty(survey)
    yield this.#sources(survey)
    yield* this.#nodes(survey, pass)
    yield* this.#links(survey, pass)
  }

  #empty({ firstProblem }: FtmSurvey): RapporteurError {
    const why = firstProblem ? ` (line ${firstProblem.line}: ${firstProblem.reason.replace(/\.$/, '')})` : ''
    return badFile(this.file.name, `the file has no entity or statement that can be read${why}`)
  }

  /** The edition and its data sets; what is known of a data set is its name. */
  #sources(survey: FtmSurvey): readonly GraphRecord[] {
    const own = sourceId(this.name)
    const about = { kind: 'DATA_SET', title: this.name, importer: IMPORTER, contentHash: this.contentHash }
    const records: GraphRecord[] = [node('Source', own, about, [{ source: own }], ['title'])]
    for (const dataset of [...survey.datasets].sort()) {
      const source = sourceId(dataset)
      if (source === own) continue
      const values = { kind: 'DATA_SET', title: dataset, importer: IMPORTER }
      records.push(node('Source', source, values, [{ source }], ['title']))
      records.push(link('Citation', own, source, [{ source: own }]))
    }
    return records
  }

  #citationsOf = (datasets: readonly string[]): readonly Citation[] => {
    const sources = datasets.length > 0 ? datasets.map(sourceId) : [sourceId(this.name)]
    const key = sources.join('\n')
    const known = this.#citations.get(key) ?? sources.map((source) => ({ source }))
    this.#citations.set(key, known)
    return known
  }

  async *#nodes(survey: FtmSurvey, pass: Pass): AsyncIterable<Batch> {
    const links = new FtmLinks(survey, this.#citationsOf, () => {})
    const leaveOut = (why: string): void => pass.leftOut(this.file.name, why)
    const given = new Set<string>()
    const unused = new UnusedProperties()
    const rows = new EntityRows(this.file.name)
    for await (const entities of this.#entities(survey, pass)) {
      const places: GraphRecord[] = []
      for (const entity of entities) {
        const schema = survey.schemaOf(entity.id) ?? entity.schema
        const why = survey.whyNot(entity.id, schema)
        if (why !== null) pass.leftOut(this.file.name, why, entity.lines)
        else unused.see(entity, schema, survey.typeOf(entity.id) ?? null)
        const type = survey.typeOf(entity.id)
        if (!type) continue
        rows.add(entity, nodesOf(entity, type, schema, this.#citationsOf, leaveOut))
        for (const { text, datasets } of links.countries(entity, type, schema))
          places.push(...this.#country(text, datasets, given))
      }
      if (places.length > 0) yield places
      if (rows.count >= FULL) yield* rows.take()
    }
    yield* rows.take()
    const left = unused.toString()
    if (left !== '') pass.note(`${this.file.name}: values without a place in the graph were left out: ${left}.`)
  }

  async *#links(survey: FtmSurvey, pass: Pass): AsyncIterable<Batch> {
    const links = new FtmLinks(survey, this.#citationsOf, (why) => pass.leftOut(this.file.name, why))
    const repeated = new Map<string, Map<string, number>>()
    const rows = new EntityRows(this.file.name)
    for await (const entities of this.#entities(survey, { ...SILENT, advance: pass.advance })) {
      for (const entity of entities) {
        const schema = survey.schemaOf(entity.id) ?? entity.schema
        const linked = LINK_SCHEMATA.get(schema)
        const type = survey.typeOf(entity.id)
        if (linked && this.#isRepeated(entity, survey, repeated, pass)) continue
        rows.add(entity, linked ? links.ofLink(entity, linked) : type ? links.ofNode(entity, type, schema) : [])
      }
      if (rows.count >= FULL) yield* rows.take()
    }
    yield* rows.take()
  }

  /** Whether a data set gives a link that it gave on an earlier line; a problem unless it does so in the same words. */
  #isRepeated(entity: FtmEntity, survey: FtmSurvey, repeated: Map<string, Map<string, number>>, pass: Pass): boolean {
    const { id, said } = entity
    if (!survey.repeated.has(id)) return false
    const known = repeated.get(id) ?? new Map<string, number>()
    repeated.set(id, known)
    const datasets = said.flatMap(({ datasets }) => (datasets.length > 0 ? datasets : ['']))
    const again = datasets.find((dataset) => known.has(dataset))
    const digest = digestOf(entity)
    const isSame = digest !== 0 && datasets.every((dataset) => known.get(dataset) === digest)
    for (const dataset of datasets) known.set(dataset, digest)
    if (isSame) pass.leftOut(this.file.name, SAME_ROW)
    else if (again !== undefined) {
      const reason = `The entity "${id}" stands twice: here and on an earlier line.`
      pass.problem({ file: this.file.name, line: said[0]?.line ?? 0, reason })
    }
    return again !== undefined
  }

  /** The entities of the file, each with all that it says of it. */
  async *#entities(survey: FtmSurvey, pass: Pass): AsyncIterable<readonly FtmEntity[]> {
    if (survey.form === 'entities') {
      for await (const entities of readEntities(this.file, pass))
        yield entities.filter((entity) => {
          const { id, schema, said } = entity
          return survey.isRead(entity) && this.#fits(survey, pass, id, schema, said[0]?.line ?? 0)
        })
      return
    }
    const { parts } = survey
    for (let part = 0; part < parts; part++) {
      const advance = (bytes: number): void => pass.advance(bytes / parts)
      yield* this.#statements(survey, part === 0 ? { ...pass, advance } : { ...SILENT, advance }, part, parts)
    }
  }

  async *#statements(survey: FtmSurvey, pass: Pass, part: number, parts: number): AsyncIterable<readonly FtmEntity[]> {
    const groups = new StatementGroups((id) => survey.schemaOf(id) ?? '')
    let latest: string | undefined
    for await (const statements of readStatements(this.file, pass)) {
      for (const statement of statements) {
        const { id, line, schema, external } = statement
        if (external) pass.leftOut(this.file.name, EXTERNAL)
        else if (!this.#fits(survey, pass, id, schema, line) || partOf(id, parts) !== part) continue
        else groups.add(statement)
        latest = external ? latest : id
      }
      if (survey.grouped) yield groups.take(latest)
    }
    yield groups.take()
  }

  /** Whether the schema agrees with what is said of the entity elsewhere; a problem where it does not. */
  #fits(survey: FtmSurvey, pass: Pass, id: string, schema: string, line: number): boolean {
    const known = survey.schemaOf(id) ?? schema
    if (commonSchema(known, schema) !== null) return true
    const reason = `The entity "${id}" is of the schema "${clip(schema)}" here and of "${clip(known)}" elsewhere.`
    pass.problem({ file: this.file.name, line, reason })
    return false
  }

  /** The place of a country, in passing, once for each data set that names it. */
  #country(code: string, datasets: readonly string[], given: Set<string>): readonly GraphRecord[] {
    const id = countryId(code)
    if (id === null) return []
    const upper = code.trim().toUpperCase()
    const name = COUNTRIES.find(({ alpha2 }) => alpha2 === upper)?.name ?? upper
    const isCountry = upper.length === 2
    const values = { kind: isCountry ? 'COUNTRY' : null, name, ...(isCountry && { isoAlpha2: upper }) }
    return this.#citationsOf(datasets).flatMap((citation) => {
      const key = `${id} ${citation.source}`
      if (given.has(key)) return []
      given.add(key)
      return [node('Place', id, values, [citation], ['name', 'kind'])]
    })
  }
}

/** The part of the file's entities that an entity belongs to. */
const partOf = (id: string, parts: number): number => {
  if (parts === 1) return 0
  let hash = 0
  for (let at = 0; at < id.length; at++) hash = (hash * 31 + id.charCodeAt(at)) >>> 0
  return hash % parts
}
