import { documentId, epCommitteeId } from '../../model/ids.js'
import { type Citation, type GraphRecord, isDay } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { findMatching } from '../read/find-files.js'
import { attempt, FileRows, link } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import { authorsOf, isResponsibleCommittee } from './authors.js'
import { committeeOf, committeeRecords, committeesIn } from './committees.js'
import { groupIdOf, groupRecords, isGroup, motionRecord, termOf } from './minutes.js'
import { documentRecords, openDocuments, type PublishedDocument } from './open-documents.js'
import { referencesIn, withoutReferences } from './references.js'
import { UnknownXml } from './unknown-xml.js'
import { type AmendmentOf, amendmentOf, KNOWN, type Sitting, votingRecord } from './votings.js'
import { childrenOf, linesOf, readXml, textOf, type XmlElement } from './xml.js'

const SHAPE = { root: 'file', starts: ['sitting'], records: ['vote'] }
const VERSION = '2'
const IMPORTER = `europarl-results@${VERSION}`

/** Imports the results of votes as the minutes of the European Parliament publish them, with and without roll calls. */
export const europarlResults: Importer = {
  name: 'europarl-results',
  version: VERSION,
  summary: 'Results of votes in the minutes of the European Parliament, with amendments and their authors: XML files',
  recognises: ({ text }) => /<file[\s>]/.test(text) && /<sitting[\s>]/.test(text),
  open: async (path): Promise<readonly OpenedSource[]> => {
    const sittings: Minutes[] = []
    for (const file of await findMatching(path, /\.xml(\.gz)?$/, '.xml or .xml.gz'))
      sittings.push(await readSitting(file))
    return openDocuments(
      sittings,
      (document, own, contentHash) =>
        async function* (pass) {
          const given: Given = { ballots: new Map(), others: new Set() }
          yield documentRecords(document, contentHash, IMPORTER)
          for (const sitting of own) yield* readVotes(pass, sitting, given)
        },
    )
  },
}

interface Minutes extends Sitting {
  readonly document: PublishedDocument
  readonly date: string
}

/** The document that a file is, by its first elements. */
const readSitting = async (file: SourceFile): Promise<Minutes> => {
  let language = 'EN'
  for await (const { name: element, attributes, line } of readXml(file, { ...SHAPE, records: [] }, () => {})) {
    if (element === 'file') language = attributes['language']?.trim().toUpperCase() || language
    if (element !== 'sitting') continue
    const written = attributes['date']?.trim() ?? ''
    const day = written.slice(0, 10)
    if (!isDay(day))
      throw badFile(
        `${file.name}, line ${line}`,
        `the attribute "date" of "sitting" is "${written}", which is not a day`,
      )
    const name = `ep-pv-${termOf(day)}-${day}-vot`
    const document: PublishedDocument = {
      source: `source:${name}`,
      title: `Minutes of the European Parliament, ${day}: results of votes`,
      kind: 'PUBLICATION',
      url: `https://www.europarl.europa.eu/doceo/document/PV-${termOf(day)}-${day}-VOT_${language}.xml`,
      published: day,
    }
    return { file, name, day, language: language.toLowerCase(), document, date: day }
  }
  throw badFile(file.name, 'the file has no element "sitting"')
}

/** Ids that were given, ballots with where. */
interface Given {
  readonly ballots: Map<string, string>
  readonly others: Set<string>
}

/** What of a file has no place in the graph. */
interface Unplaced {
  /** Authors that are neither groups nor committees, such as persons without an id. */
  readonly authors: Set<string>
  /** Requests, such as one to change the agenda, whose authors are told by their description alone. */
  requests: number
}

async function* readVotes(pass: Pass, sitting: Minutes, given: Given): AsyncIterable<Batch> {
  const citations: readonly Citation[] = [{ source: sitting.document.source }]
  const unplaced: Unplaced = { authors: new Set(), requests: 0 }
  const unknown = new UnknownXml(KNOWN, pass, sitting.file)
  let item = 0
  for await (const vote of readXml(sitting.file, { ...SHAPE, look: unknown.start }, pass.advance)) {
    if (vote.name !== 'vote') continue
    item++
    unknown.inside(vote)
    yield* new Item(pass, sitting, given, citations, vote, item, unplaced).read()
  }
  tellUnplaced(pass, sitting.file, unplaced)
}

const tellUnplaced = (pass: Pass, { name }: SourceFile, { authors, requests }: Unplaced): void => {
  const named = [...authors].map((author) => `"${author}"`)
  if (named.length > 0)
    pass.note(
      `${name}: authors that are neither groups nor committees were left out, since they are named without an id: ${named.join(', ')}.`,
    )
  if (requests > 0)
    pass.note(
      `${name}: the authors of ${requests} ${requests === 1 ? 'request' : 'requests'} that change no text are told by the description alone.`,
    )
}

const only = (element: XmlElement, name: string): string => textOf(childrenOf(element, name)[0])

/** Titles after which rows are on other texts than the one announced before: `Other motions for resolutions`. */
const OTHER_TEXTS =
  /\b(?:other|alternative|further|remaining) motions?\b|\bmotions for (?:a )?resolutions?\b|\bautres propositions\b|\bpropositions de résolutions?\b/iu

/** Whether a subject is a text itself and no passage of one: `B10-0262/2025`, `Motion for a resolution B10-0262/2025 (ESN)`. */
const isText = (subject: string): boolean => {
  const rest = withoutReferences(subject)
    .replace(/\([^()]*\)$/, '')
    .trim()
  return (
    referencesIn(subject).length === 1 &&
    /^(?:(?:joint )?motions? for (?:a )?resolutions?|propositions? (?:communes? )?de résolutions?)?$/iu.test(rest)
  )
}

const inBrackets = (text: string): string => /\(([^()]*)\)\s*$/.exec(text)?.[1] ?? ''

/** One item of the votes: the texts it is about, and its ballots one after the other. */
class Item {
  /** The text to which the ballots belong until another one is announced. */
  #text: string | null = null
  /** What the row at hand gives for the first time: if it turns out bad, the next one gives it. */
  #ofRow: string[] = []

  constructor(
    readonly pass: Pass,
    readonly sitting: Sitting,
    readonly given: Given,
    readonly citations: readonly Citation[],
    readonly vote: XmlElement,
    readonly number: number,
    readonly unplaced: Unplaced,
  ) {}

  *read(): Iterable<Batch> {
    const { vote, sitting } = this
    const title = only(vote, 'title') || null
    const texts = this.#texts()
    this.#text = texts.length === 1 ? (texts[0] as string) : null
    const own = this.#rows()
    for (const reference of texts) own.add(vote.line, this.#motion(reference, title))
    yield own
    const votings = childrenOf(vote, 'votings').flatMap((each) => childrenOf(each, 'voting'))
    if (votings.length === 0) {
      this.pass.rows(sitting.file.name, 1)
      this.pass.leftOut(sitting.file.name, 'an item without a ballot, such as a remark')
    }
    let position = 0
    for (const voting of votings) {
      position++
      this.pass.rows(sitting.file.name, 1)
      this.#ofRow = []
      const rows = attempt(this.pass, sitting.file, voting.line, [], () => this.#voting(voting, title, position))
      if (rows) yield rows
      else for (const key of this.#ofRow) this.given.others.delete(key)
    }
  }

  /** The texts that the item names: in its list of documents, its label and the titles between its ballots. */
  #texts(): readonly string[] {
    const { vote } = this
    const listed = childrenOf(vote, 'documents').flatMap((each) => childrenOf(each, 'document'))
    // A joint motion has the number of one of those that it replaces.
    const numbers = listed.map(({ attributes: { documentNumber = '', documentType } }) =>
      documentType === 'RC' ? documentNumber.replace(/^B/, 'RC-B') : documentNumber,
    )
    const named = [...numbers, only(vote, 'label')]
    return [...new Set(named.flatMap(referencesIn))]
  }

  #voting(voting: XmlElement, title: string | null, position: number): Batch {
    const rows = this.#rows()
    const label = only(voting, 'label')
    const heading = only(voting, 'title')
    const subject = only(voting, 'amendmentSubject')
    const announced = referencesIn(label)[0] ?? referencesIn(heading)[0] ?? null
    const named = announced ?? (isText(subject) ? (referencesIn(subject)[0] ?? null) : null)
    if (named) rows.add(voting.line, this.#motion(named, title))
    if (announced) this.#text = announced
    if (voting.attributes['type'] === 'TITLE_BLOCK') {
      if (named) rows.add(voting.line, this.#tabledBy(documentId(named), [inBrackets(heading)]))
      // What follows "Other motions for resolutions" is on none of those announced before.
      else if (OTHER_TEXTS.test(heading)) this.#text = null
      return rows
    }
    const text = named ?? this.#text
    const amendment = amendmentOf(voting, text && documentId(text))
    const ballot = votingRecord(
      this.pass,
      voting,
      { sitting: this.sitting, title, position: `${this.number}.${position}`, text },
      this.citations,
    )
    const authors = linesOf(childrenOf(voting, 'amendmentAuthor')[0])
    if (amendment) rows.add(voting.line, this.#amendment(amendment, authors))
    else if (named && isText(subject))
      rows.add(voting.line, this.#tabledBy(documentId(named), [...authors, inBrackets(subject)]))
    else if (authorsOf(authors).length > 0) this.unplaced.requests++
    if (ballot) {
      const first = this.given.ballots.get(ballot.id)
      if (first) throw new BadCell(`The ballot "${ballot.id}" stands twice: here and in ${first}.`)
      this.given.ballots.set(ballot.id, `${this.sitting.file.name}, line ${voting.line}`)
      rows.add(voting.line, ballot.records)
      if (ballot.merge.length > 0) rows.add(voting.line, ballot.merge)
      const on = amendment?.part ?? amendment?.id ?? (text && documentId(text))
      if (on) rows.add(voting.line, [link('BallotOn', ballot.id, on, this.citations)])
    }
    return rows
  }

  #motion(reference: string, title: string | null): readonly GraphRecord[] {
    return this.#once(documentId(reference), () => [motionRecord(reference, this.citations, title)])
  }

  /** The amendment, its part if the ballot is on one, and who tabled it. */
  #amendment(
    { id, number, motion, part, partNumber }: AmendmentOf,
    authors: readonly string[],
  ): readonly GraphRecord[] {
    const { citations } = this
    const records = [
      ...this.#once(id, () => [
        { type: 'Amendment', id, values: { number }, citations },
        link('AmendmentOf', id, motion, citations),
      ]),
    ]
    if (part)
      records.push(
        ...this.#once(part, () => [
          { type: 'Amendment', id: part, values: { number: partNumber }, citations },
          link('AmendmentPart', part, id, citations),
        ]),
      )
    return [...records, ...this.#tabledBy(id, authors)]
  }

  #tabledBy(document: string, authors: readonly string[]): readonly GraphRecord[] {
    const records: GraphRecord[] = []
    for (const author of authorsOf(authors)) {
      const bodies = this.#bodies(author)
      if (bodies.length === 0) this.unplaced.authors.add(clip(author))
      for (const { id, given } of bodies) {
        records.push(...this.#once(id, given))
        records.push(...this.#once(`${document} ${id}`, () => [link('TabledBy', document, id, this.citations)]))
      }
    }
    return records
  }

  /** A group by its code, or committees by code or name; `committee` alone stands for those that the item names. */
  #bodies(author: string): readonly { readonly id: string; readonly given: () => readonly GraphRecord[] }[] {
    if (isGroup(author)) return [{ id: groupIdOf(author), given: () => groupRecords(author, this.citations) }]
    const code = committeeOf(author)
    const responsible = isResponsibleCommittee(author) ? committeesIn(this.vote.attributes['committee'] ?? '') : []
    return (code === null ? responsible : [code]).map((each) => ({
      id: epCommitteeId(each),
      given: () => committeeRecords(each, this.citations),
    }))
  }

  #once(key: string, records: () => readonly GraphRecord[]): readonly GraphRecord[] {
    if (this.given.others.has(key)) return []
    this.given.others.add(key)
    this.#ofRow.push(key)
    return records()
  }

  #rows(): FileRows {
    return new FileRows(this.sitting.file.name)
  }
}
