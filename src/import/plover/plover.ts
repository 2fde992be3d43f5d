import { foldText } from '../../model/fold.js'
import { type Citation, type GraphRecord, isDay } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { findMatching, hashFiles } from '../read/find-files.js'
import { FileRows, link, node, SAME_ROW } from '../read/make-records.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import type { CodedCountry } from './coded-countries.js'
import { actorRecords, type CodedActor, countryRecord, eventRecords } from './coded-events.js'
import { type CodedFormat, type EventRow, isCoded, recogniseFormat } from './coded-formats.js'

const VERSION = '1'
const IMPORTER = `plover@${VERSION}`

/** Imports political events coded from news reports: by machines (POLECAT, ICEWS, GDELT), or as records of PLOVER. */
export const plover: Importer = {
  name: 'plover',
  version: VERSION,
  summary:
    'Coded events (POLECAT, ICEWS, event exports of GDELT, records of PLOVER): a file, or a folder or zip of them',
  recognises: ({ text }) => isCoded(text),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const editions = new Map<string, OpenedSource>()
    for (const file of await findMatching(path, /\.(csv|tsv|tab|txt|jsonl?|ndjson)(\.gz)?$/i, ENDINGS)) {
      const format = await recogniseFormat(file)
      const source = sourceOf(file, format)
      if (editions.has(source))
        throw badFile(file.name, `another file here would be "${source}" as well; give one of them another name`)
      const contentHash = await hashFiles([file])
      const read = (pass: Pass) => new Edition({ file, format, source, contentHash }).read(pass)
      editions.set(source, { source, date: dayOf(file), contentHash, size: file.size, read })
    }
    return [...editions.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  },
}

const ENDINGS = '.csv, .tsv, .tab, .txt, .json, .jsonl or .ndjson, plain or with .gz'

/** The file of an edition. */
interface Part {
  readonly file: SourceFile
  readonly format: CodedFormat
  readonly source: string
  readonly contentHash: string
}

type DataSet = CodedFormat['dataSet']

const DATA_SETS: Readonly<
  Record<
    DataSet,
    {
      readonly title: string
      readonly url: string
      readonly license: string | null
      readonly publisher: readonly [id: string, name: string, url: string]
    }
  >
> = {
  'gdelt-events': {
    title: 'GDELT Event Database',
    url: 'https://www.gdeltproject.org/data.html',
    license: 'free use with a citation of the GDELT Project and a link to it',
    publisher: ['org:gdelt', 'The GDELT Project', 'https://www.gdeltproject.org'],
  },
  icews: {
    title: 'ICEWS Coded Event Data',
    url: 'https://doi.org/10.7910/DVN/28075',
    license: null,
    publisher: ['org:harvard-dataverse', 'Harvard Dataverse', 'https://dataverse.harvard.edu'],
  },
  'plover-records': {
    title: 'Records in PLOVER',
    url: 'https://github.com/openeventdata/PLOVER',
    license: null,
    publisher: ['org:open-event-data-alliance', 'Open Event Data Alliance', 'https://github.com/openeventdata'],
  },
  polecat: {
    title: 'POLECAT: Political Event Classification, Attributes, and Types',
    url: 'https://doi.org/10.7910/DVN/AJGVIT',
    license: null,
    publisher: ['org:harvard-dataverse', 'Harvard Dataverse', 'https://dataverse.harvard.edu'],
  },
}

/** The source that a file is, by its name: an edition of one file never replaces the events of another. */
const sourceOf = ({ name }: SourceFile, { dataSet }: CodedFormat): string => {
  const stem = name.replace(/(\.export)?\.[a-z]+(\.gz)?$/i, '')
  const slug = foldText(stem)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  const own = slug.startsWith(`${dataSet}-`) ? slug.slice(dataSet.length + 1) : slug
  return `source:${dataSet}-${own === '' || own === dataSet ? 'file' : own}`
}

/** The day in the name of a file, which may go on with the time: `20220120`, `20220120120000`; null where there is none. */
const dayOf = ({ name }: SourceFile): string | null => {
  const [, year, month, day] = /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?:\d{6})?(?!\d)/.exec(name) ?? []
  const written = `${year}-${month}-${day}`
  return isDay(written) ? written : null
}

/** Codes of countries that are told of a file by themselves; a table with more of them is something else. */
const MAX_CODES = 1000
/** Records of events in a batch. */
const FULL = 8_000

class Edition {
  /** The data set, which its actors and countries cite: they are the same in all of its files. */
  readonly #ofSet: readonly Citation[]

  constructor(readonly part: Part) {
    this.#ofSet = [{ source: `source:${part.format.dataSet}` }]
  }

  async *read(pass: Pass): AsyncIterable<Batch> {
    yield this.#about()
    yield* this.#events(pass)
  }

  /** The records of the data set, of its publisher and of the file. */
  #about(): readonly GraphRecord[] {
    const { file, format, source, contentHash } = this.part
    const { title, url, license, publisher } = DATA_SETS[format.dataSet]
    const [id, name, address] = publisher
    const set = `source:${format.dataSet}`
    const values = {
      kind: 'DATA_SET',
      title: `${title}: ${file.name}`,
      license,
      contentHash,
      importer: IMPORTER,
    }
    return [
      node('Organization', id, { kind: 'OTHER', name, url: address }, this.#ofSet),
      node('Source', set, { kind: 'DATA_SET', title, url, license, importer: IMPORTER }, this.#ofSet),
      link('Publisher', set, id, this.#ofSet),
      node('Source', source, values, [{ source }]),
      link('Publisher', source, id, [{ source }]),
      link('Citation', source, set, [{ source }]),
    ]
  }

  /** The events; before each batch of them, the actors and countries that are new in it. */
  async *#events(pass: Pass): AsyncIterable<Batch> {
    const { file, format, source } = this.part
    const citations: readonly Citation[] = [{ source }]
    // What was given already; there are far fewer actors than events.
    const given = new Set<string>()
    const noCountry = new Map<string, number>()
    const tellNoCountry = (column: string, code: string) => {
      const what = `"${clip(code, 100)}" of the column "${column}"`
      if (noCountry.has(what) || noCountry.size < MAX_CODES) noCountry.set(what, (noCountry.get(what) ?? 0) + 1)
    }
    let events = 0
    let firstProblem = ''
    // Rows of one line, as in an array without line ends, are rows by themselves: none is in a batch with another.
    const onLine = { line: 0, rows: new Map<string, number>() }
    let [entities, happened] = [new FileRows(file.name), new FileRows(file.name)]
    for await (const rows of format.read(file, pass, tellNoCountry)) {
      for (const row of rows) {
        if (typeof row.event === 'string') {
          pass.problem({ file: file.name, line: row.line, reason: row.event })
          firstProblem ||= `; line ${row.line}: ${row.event.replace(/\.$/, '')}`
          continue
        }
        const isOnSame = onLine.line === row.line
        if (!isOnSame) onLine.rows.clear()
        onLine.line = row.line
        const { id } = row.event
        const known = onLine.rows.get(id)
        if (known === row.digest) pass.leftOut(file.name, SAME_ROW)
        else if (known !== undefined)
          pass.problem({ file: file.name, line: row.line, reason: `The id "${id}" stands twice on this line.` })
        if (known !== undefined) continue
        onLine.rows.set(id, row.digest)
        if (isOnSame || happened.records.length >= FULL) {
          yield entities
          yield happened
          ;[entities, happened] = [new FileRows(file.name), new FileRows(file.name)]
        }
        events++
        this.#entities(row as GoodRow, given, entities)
        happened.add(row.line, eventRecords(row.event, citations), row.digest)
      }
    }
    yield entities
    yield happened
    if (events === 0) throw badFile(file.name, `the file has no event that can be read${firstProblem}`)
    for (const [what, many] of noCountry)
      pass.note(
        `${file.name}: ${what} is not known as a country of ISO 3166-1 and was left out; rows: ${many.toLocaleString('en')}.`,
      )
  }

  #entities({ line, event }: GoodRow, given: Set<string>, rows: FileRows): void {
    const once = <Entity>(key: string, entity: Entity, records: (entity: Entity) => readonly GraphRecord[]) => {
      if (given.has(key)) return
      given.add(key)
      rows.add(line, records(entity))
    }
    const country = (each: CodedCountry) => once(each.alpha2, each, (one) => [countryRecord(one, this.#ofSet)])
    for (const each of event.countries) country(each)
    for (const actor of [...event.actors, ...event.recipients]) {
      if (actor.country) country(actor.country)
      once(actor.id, actor, (one: CodedActor) => actorRecords(one, this.#ofSet))
    }
  }
}

type GoodRow = EventRow & { readonly event: Exclude<EventRow['event'], string> }
