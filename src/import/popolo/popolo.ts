import { basename, dirname, join, resolve } from 'node:path'
import type { Citation, GraphRecord } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { findMatching, folderOf, hashFiles } from '../read/find-files.js'
import { digestOf, FileRows, NEEDS_LOST, node, SAME_ROW } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { readText } from '../read/read-text.js'
import { RepeatedVotes } from '../read/repeated-votes.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { isRedirect, ownId, type PopoloItem, readItems } from './items.js'
import { PopoloLinks, type Told } from './links.js'
import type { NodeList } from './lists.js'
import { NODE_TYPES, nodeValues, unknownResult } from './nodes.js'
import { embedded, isNodeList, namedBy, PopoloSurvey } from './survey.js'
import { UnusedKeys } from './unused.js'

const VERSION = '1'
const IMPORTER = `popolo@${VERSION}`

/** Imports a document of Popolo, as EveryPolitician and mySociety publish them. */
export const popolo: Importer = {
  name: 'popolo',
  version: VERSION,
  summary: 'Popolo: persons, organisations, memberships, motions and votes in one JSON document, or several',
  recognises: ({ name, text }) =>
    /^[[{]/.test(text) &&
    // Lines of JSON are of other formats.
    !/^\{.*\}\s*\n\s*\{/.test(text) &&
    (/"(?:persons|organizations|memberships|posts|areas|motions|vote_events)"\s*:\s*\[/.test(text) ||
      /^(?:persons|organizations|memberships|posts|areas|events|motions|vote_events|votes)\./.test(name) ||
      /"(?:person_id|organization_id|other_names|contact_details|legislative_session_id|vote_counts)"\s*:/.test(text)),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const editions = new Map<string, Edition>()
    for (const { name, files } of await documentsAt(path)) {
      const source = `source:popolo-${name}`
      if (editions.has(source))
        throw badFile(files[0].name, `another file here would be "${source}" as well; give one of them another name`)
      const contentHash = await hashFiles(files)
      editions.set(source, new Edition(files, name, contentHash))
    }
    const ordered = [...editions.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
    return ordered.length > 1 ? await besideEachOther(ordered) : ordered
  },
}

interface Found {
  readonly name: string
  readonly files: readonly [SourceFile, ...SourceFile[]]
}

/** The documents at a path: each object of lists by itself, and the lists of a folder, of one class each, together. */
const documentsAt = async (path: string): Promise<readonly Found[]> => {
  const documents: Found[] = []
  const lists = new Map<string, [SourceFile, ...SourceFile[]]>()
  for (const file of await findMatching(path, /\.json(\.gz)?$/i, '.json or .json.gz')) {
    const folder = folderOf(path, file)
    const isAlone = resolve(path) === join(folder, file.name)
    if (isAlone || !(await isList(file))) documents.push({ name: documentName(file, folder), files: [file] })
    else lists.set(folder, [...(lists.get(folder) ?? []), file] as [SourceFile, ...SourceFile[]])
  }
  for (const [folder, files] of lists) documents.push({ name: cleaned(basename(folder)), files })
  return documents
}

/** Whether a file has a list, by what it begins with. */
const isList = async (file: SourceFile): Promise<boolean> => {
  for await (const text of readText(file, () => {})) if (text.trim() !== '') return text.trimStart().startsWith('[')
  return false
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
  return cleaned(said)
}

const cleaned = (name: string): string => name.replace(/[^\p{L}\p{N}_.-]+/gu, '-').slice(0, 80) || 'document'

class Edition implements OpenedSource {
  readonly source: string
  readonly date = null
  /** The document is read three times the first time: ahead, for the nodes, and for the links. */
  readonly size: number
  readonly citations: readonly Citation[]
  #survey: PopoloSurvey | null = null

  constructor(
    readonly files: readonly SourceFile[],
    readonly name: string,
    readonly contentHash: string,
  ) {
    this.source = `source:popolo-${name}`
    this.size = files.reduce((sum, { size }) => sum + size, 0) * 3
    this.citations = [{ source: this.source }]
  }

  /** How messages call the document. */
  get #title(): string {
    const [file, ...others] = this.files
    return file && others.length === 0 ? file.name : this.name
  }

  /** What the first reading finds. */
  async survey(advance: (bytes: number) => void): Promise<PopoloSurvey> {
    if (this.#survey) advance(this.size / 3)
    this.#survey ??= await PopoloSurvey.of(this.files, `popolo-${this.name}`, advance)
    return this.#survey
  }

  async *read(pass: Pass): AsyncIterable<Batch> {
    const survey = await this.survey(pass.advance)
    if (survey.isEmpty)
      throw badFile(
        this.#title,
        'the document has no list of persons, organizations, posts, areas, events, motions or vote_events; a file that is a list itself is recognised by its name, such as persons.json, or by the keys of its items',
      )
    const values = { kind: 'DATA_SET', title: this.name, importer: IMPORTER, contentHash: this.contentHash }
    yield [node('Source', this.source, values, this.citations, ['title'])]
    const votes = new RepeatedVotes()
    yield* this.#nodes(survey, votes, pass)
    yield* this.#links(survey, votes, pass)
  }

  async *#nodes(survey: PopoloSurvey, votes: RepeatedVotes, pass: Pass): AsyncIterable<Batch> {
    const unused = new UnusedKeys(survey)
    const given = new Set<string>()
    const first = new FirstRows()
    const rows = new RowBatches()
    for await (const items of readItems(this.files, pass.advance)) {
      for (const item of items) {
        const { file, line } = item
        pass.rows(file, 1)
        if (!('value' in item)) {
          if (item.problem) pass.problem({ file, line, reason: item.problem })
          else pass.leftOut(file, item.leftOut ?? '')
          continue
        }
        unused.see(item)
        if (item.list === 'votes') seeVote(survey, votes, item)
        const records = [
          ...embedded(item).flatMap((each) => this.#embedded(survey, each, given)),
          ...(isNodeList(item.list) ? this.#described(survey, first, item.list, item, pass) : []),
        ]
        for (const record of records) yield* rows.add(file, line, [record])
      }
    }
    yield* rows.rest()
    const left = unused.toString()
    if (left !== '') pass.note(`${this.#title}: values without a place in the graph were left out: ${left}.`)
  }

  #described(
    survey: PopoloSurvey,
    first: FirstRows,
    of: NodeList,
    item: PopoloItem,
    pass: Pass,
  ): readonly GraphRecord[] {
    const { file, line, value } = item
    const id = ownId(value)
    try {
      if (id === null) throw new BadCell('"id" is missing.')
      const earlier = first.see(item, id)
      if (earlier === 'same') pass.leftOut(file, SAME_ROW)
      else if (earlier)
        throw new BadCell(`The id stands twice: here and in ${earlier.file}, line ${earlier.line}, in other words.`)
      if (earlier || isRedirect(value)) return []
      const result = of === 'vote_events' ? unknownResult(value) : null
      if (result !== null)
        pass.note(`${file}: the result "${clip(result)}" is not known to this importer and was left out.`)
      return [this.#node(survey, of, id, item, of === 'vote_events' ? ['isMain'] : [])]
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      const of60 = id === null ? '' : ` "${clip(id)}"`
      pass.problem({ file, line, reason: `${item.list}${of60}: ${error.message}` })
      return []
    }
  }

  /** A member that stands whole in another one only, once, as what is said of it in passing. */
  #embedded(
    survey: PopoloSurvey,
    item: PopoloItem & { readonly list: NodeList },
    given: Set<string>,
  ): readonly GraphRecord[] {
    const id = ownId(item.value) as string
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
    return { ...record, values: { ...values, date: survey.dateOfBallot(id), isRollCall: survey.isRollCall(id) } }
  }

  async *#links(survey: PopoloSurvey, votes: RepeatedVotes, pass: Pass): AsyncIterable<Batch> {
    const links = new PopoloLinks(survey, votes, this.citations)
    const first = new FirstRows()
    const rows = new RowBatches()
    for await (const items of readItems(this.files, pass.advance)) {
      for (const item of items) {
        if (!('value' in item)) continue
        const id = isNodeList(item.list) ? ownId(item.value) : null
        if (id !== null && first.see(item, id)) continue
        const told = toldOf(item, pass)
        try {
          for (const records of links.of(item, told)) yield* rows.add(item.file, item.line, records)
        } catch (error) {
          if (!(error instanceof BadCell)) throw error
          told.problem(error.message)
        }
      }
    }
    for (const { told, record } of links.repeatedVotes()) yield* rows.add(told.file, told.line, [record])
    yield* rows.rest()
  }
}

/** Takes note of a vote, so that one that stands again is known before any is given. */
const seeVote = (survey: PopoloSurvey, votes: RepeatedVotes, { value }: PopoloItem): void => {
  const [ballot, voter] = [namedBy(value, 'vote_event'), namedBy(value, 'voter')]
  if (ballot === null || voter === null) return
  const [to, from] = [survey.target('vote_events', ballot), survey.target('persons', voter)]
  if (to.status === 'good' && from.status === 'good') votes.see(to.nodeId, from.nodeId)
}

/** What is told of an item; of the rows that fall with a bad one, each once. */
const toldOf = ({ list, file, line }: PopoloItem, pass: Pass): Told => {
  let hasFallen = false
  return {
    file,
    line,
    problem: (reason) => pass.problem({ file, line, reason: `${list}: ${reason}` }),
    leaveOut: (why) => pass.leftOut(file, why),
    fall() {
      if (!hasFallen) pass.fell(file, NEEDS_LOST)
      hasFallen = true
    },
  }
}

/** The rows that gave each id first. */
class FirstRows {
  readonly #rows = new Map<string, { readonly file: string; readonly line: number; readonly digest: number }>()

  /** Undefined for the first row of an id; for another whether it says the same, or else where the first stands. */
  see({ list, file, line, value }: PopoloItem, id: string) {
    const digest = digestOf(JSON.stringify(value))
    const first = this.#rows.get(`${list} ${id}`)
    if (!first) this.#rows.set(`${list} ${id}`, { file, line, digest })
    return first?.digest === digest ? 'same' : first
  }
}

/** Records in a batch. */
const FULL = 5_000

/**
 * Batches of rows in which no two rows of the same line are neighbours: these would be loaded together or not at all, and
 * a document may stand on one line.
 */
class RowBatches {
  #rows = new FileRows('');

  *add(file: string, line: number, records: readonly GraphRecord[]): Iterable<Batch> {
    const isFull = this.#rows.lines.at(-1) === line || this.#rows.records.length >= FULL
    if (isFull || this.#rows.file !== file) yield* this.rest()
    if (this.#rows.file !== file) this.#rows = new FileRows(file)
    this.#rows.add(line, records)
  }

  *rest(): Iterable<Batch> {
    if (this.#rows.records.length > 0) yield this.#rows
    this.#rows = new FileRows(this.#rows.file)
  }
}
