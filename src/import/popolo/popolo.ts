import { basename, dirname } from 'node:path'
import type { Citation, GraphRecord } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { findMatching, folderOf, hashFiles } from '../read/find-files.js'
import { FileRows, node } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { isRedirect, type NodeList, ownId, type PopoloItem, readItems } from './items.js'
import { PopoloLinks } from './links.js'
import { NODE_TYPES, nodeValues, unknownResult } from './nodes.js'
import { embedded, isNodeList, PopoloSurvey } from './survey.js'
import { UnusedKeys } from './unused.js'

const VERSION = '1'
const IMPORTER = `popolo@${VERSION}`

/** Imports a document of Popolo, as EveryPolitician and mySociety publish them. */
export const popolo: Importer = {
  name: 'popolo',
  version: VERSION,
  summary: 'Popolo: persons, organisations, memberships, motions and votes in one JSON document, or several',
  open: async (path): Promise<readonly OpenedSource[]> => {
    const editions = new Map<string, Edition>()
    for (const file of await findMatching(path, /\.json(\.gz)?$/i, '.json or .json.gz')) {
      const name = documentName(file, folderOf(path, file))
      const source = `source:popolo-${name}`
      if (editions.has(source))
        throw badFile(file.name, `another file here would be "${source}" as well; give one of them another name`)
      const contentHash = await hashFiles([file])
      editions.set(source, new Edition(file, name, contentHash))
    }
    const ordered = [...editions.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
    return ordered.length > 1 ? await besideEachOther(ordered) : ordered
  },
}

/** Lets documents name members of each other, and orders them so that those which do come after those which they name. */
const besideEachOther = async (editions: readonly Edition[]): Promise<readonly Edition[]> => {
  const surveys = new Map<Edition, PopoloSurvey>()
  for (const edition of editions) surveys.set(edition, await edition.survey(() => {}))
  PopoloSurvey.beside([...surveys.values()])
  const ordered: Edition[] = []
  while (surveys.size > 0) {
    const awaited = new Set([...surveys.values()].flatMap(({ lists }) => lists))
    const ready = [...surveys].filter(([, { wanted }]) => !wanted.some((list) => awaited.has(list)))
    // Documents that want each other’s members are left in the order of their ids.
    for (const [edition] of ready.length > 0 ? ready : [...surveys]) {
      ordered.push(edition)
      surveys.delete(edition)
    }
  }
  return ordered
}

/** The name of a document: that of its file; EveryPolitician calls all of them alike, and tells country and house by folders. */
const documentName = ({ name }: SourceFile, folder: string): string => {
  const stem = name.replace(/\.gz$/i, '').replace(/\.json$/i, '')
  const said = /^ep-popolo-v[\d.]+$/.test(stem) ? `${basename(dirname(folder))}-${basename(folder)}` : stem
  return said.replace(/[^\p{L}\p{N}_.-]+/gu, '-').slice(0, 80) || 'document'
}

class Edition implements OpenedSource {
  readonly source: string
  readonly date = null
  /** The document is read three times the first time: ahead, for the nodes, and for the links. */
  readonly size: number
  readonly citations: readonly Citation[]
  #survey: PopoloSurvey | null = null

  constructor(
    readonly file: SourceFile,
    readonly name: string,
    readonly contentHash: string,
  ) {
    this.source = `source:popolo-${name}`
    this.size = file.size * 3
    this.citations = [{ source: this.source }]
  }

  /** What the first reading finds. */
  async survey(advance: (bytes: number) => void): Promise<PopoloSurvey> {
    if (this.#survey) advance(this.file.size)
    this.#survey ??= await PopoloSurvey.of(this.file, `popolo-${this.name}`, advance)
    return this.#survey
  }

  async *read(pass: Pass): AsyncIterable<Batch> {
    const survey = await this.survey(pass.advance)
    if (survey.isEmpty)
      throw badFile(
        this.file.name,
        'the document has no list of persons, organizations, posts, areas, events, motions or vote_events',
      )
    const values = { kind: 'DATA_SET', title: this.name, importer: IMPORTER, contentHash: this.contentHash }
    yield [node('Source', this.source, values, this.citations, ['title'])]
    yield* this.#nodes(survey, pass)
    yield* this.#links(survey, pass)
  }

  async *#nodes(survey: PopoloSurvey, pass: Pass): AsyncIterable<Batch> {
    const unused = new UnusedKeys(survey)
    const given = new Set<string>()
    const rows = new RowBatches(this.file.name)
    for await (const items of readItems(this.file, pass.advance)) {
      for (const item of items) {
        if (!('value' in item)) {
          pass.rows(this.file.name, 1)
          if (item.problem) pass.problem({ file: this.file.name, line: item.line, reason: item.problem })
          else pass.leftOut(this.file.name, item.leftOut ?? '')
          continue
        }
        pass.rows(this.file.name, 1)
        unused.see(item)
        const records = [
          ...embedded(item).flatMap((each) => this.#embedded(survey, each, given)),
          ...(isNodeList(item.list) ? this.#described(survey, item.list, item, pass) : []),
        ]
        for (const record of records) yield* rows.add(item.line, [record])
      }
    }
    yield* rows.rest()
    const left = unused.toString()
    if (left !== '') pass.note(`${this.file.name}: values without a place in the graph were left out: ${left}.`)
  }

  #described(survey: PopoloSurvey, of: NodeList, item: PopoloItem, pass: Pass): readonly GraphRecord[] {
    const id = ownId(of, item.value)
    try {
      if (id === null) throw new BadCell('"id" is missing.')
      if (isRedirect(item.value)) return []
      const result = of === 'vote_events' ? unknownResult(item.value) : null
      if (result !== null)
        pass.note(`${this.file.name}: the result "${clip(result)}" is not known to this importer and was left out.`)
      return [this.#node(survey, of, id, item, of === 'vote_events' ? ['isMain'] : [])]
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      const of60 = id === null ? '' : ` "${clip(id)}"`
      pass.problem({ file: this.file.name, line: item.line, reason: `${item.list}${of60}: ${error.message}` })
      return []
    }
  }

  /** A member that stands whole in another one only, once, as what is said of it in passing. */
  #embedded(
    survey: PopoloSurvey,
    item: PopoloItem & { readonly list: NodeList },
    given: Set<string>,
  ): readonly GraphRecord[] {
    const id = ownId(item.list, item.value) as string
    if (survey.isDescribed(item.list, id) || survey.status(item.list, id) !== 'good') return []
    const key = `${item.list} ${id}`
    if (given.has(key)) return []
    given.add(key)
    const weak = item.list === 'persons' ? ['name', 'sortName'] : item.list === 'motions' ? ['title'] : ['name']
    return [this.#node(survey, item.list, id, item, weak)]
  }

  /** @throws BadCell */
  #node(survey: PopoloSurvey, of: NodeList, id: string, { value }: PopoloItem, weak: readonly string[]): GraphRecord {
    const values = nodeValues(of, value)
    const record = node(NODE_TYPES[of], survey.nodeId(of, id), values, this.citations, weak)
    if (of !== 'vote_events') return record
    const date = survey.dateOfBallot(id)
    if (date === null) throw new BadCell('neither "start_date" nor the motion’s "date" tells the day.')
    return { ...record, values: { ...values, date, isRollCall: survey.isRollCall(id) } }
  }

  async *#links(survey: PopoloSurvey, pass: Pass): AsyncIterable<Batch> {
    const links = new PopoloLinks(survey, this.citations)
    const rows = new RowBatches(this.file.name)
    for await (const items of readItems(this.file, pass.advance)) {
      for (const item of items) {
        if (!('value' in item)) continue
        const { line } = item
        const problem = (reason: string): void =>
          pass.problem({ file: this.file.name, line, reason: `${item.list}: ${reason}` })
        try {
          const made = links.of(item, { problem, leaveOut: (why) => pass.leftOut(this.file.name, why) })
          for (const records of made) yield* rows.add(line, records)
        } catch (error) {
          if (!(error instanceof BadCell)) throw error
          problem(error.message)
        }
      }
    }
    yield* rows.rest()
  }
}

/** Records in a batch. */
const FULL = 5_000

/**
 * Batches of rows in which no two rows of the same line are neighbours: these would be loaded together or not at all, and
 * a document may stand on one line.
 */
class RowBatches {
  #rows: FileRows

  constructor(readonly file: string) {
    this.#rows = new FileRows(file)
  }

  *add(line: number, records: readonly GraphRecord[]): Iterable<Batch> {
    if (this.#rows.lines.at(-1) === line || this.#rows.records.length >= FULL) yield* this.rest()
    this.#rows.add(line, records)
  }

  *rest(): Iterable<Batch> {
    if (this.#rows.records.length > 0) yield this.#rows
    this.#rows = new FileRows(this.file)
  }
}
