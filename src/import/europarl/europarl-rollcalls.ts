import { createHash } from 'node:crypto'
import { type Citation, isDay } from '../../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { findMatching } from '../read/find-files.js'
import { FirstReasons } from '../read/first-reasons.js'
import { attempt, FileRows, SILENT } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import { badFile, type SourceFile } from '../read/source-file.js'
import {
  ballotIdOf,
  correctionLink,
  intentionsOf,
  KNOWN,
  Members,
  memberRecord,
  type NamedMember,
  positionsOf,
  type RollCall,
  rollCall,
  voteLink,
} from './ballots.js'
import { groupIdOf, groupRecords, isGroup } from './minutes.js'
import { documentRecords, openDocuments, type PublishedDocument } from './open-documents.js'
import { UnknownXml } from './unknown-xml.js'
import { readRoot, readXml, textOf, type XmlElement } from './xml.js'

const ROOT = 'PV.RollCallVoteResults'
const BALLOT = 'RollCallVote.Result'
const VERSION = '2'
const IMPORTER = `europarl-rollcalls@${VERSION}`

/** Imports the results of roll-call votes as the minutes of the European Parliament publish them, member by member. */
export const europarlRollcalls: Importer = {
  name: 'europarl-rollcalls',
  version: VERSION,
  summary: 'Roll-call votes in the minutes of the European Parliament, member by member: XML files',
  recognises: ({ text }) => /<PV\.RollCallVoteResults[\s>]/.test(text),
  keeps: ['VoteEvent'],
  open: async (path): Promise<readonly OpenedSource[]> => {
    const sittings: Sitting[] = []
    for (const file of await findMatching(path, /\.xml(\.gz)?$/, '.xml or .xml.gz'))
      sittings.push(sittingOf(file, await readRoot(file, ROOT)))
    return openDocuments(sittings, (document, own, contentHash) => {
      const edition = new Edition(document, own, contentHash)
      return (pass) => edition.read(pass)
    })
  },
}

interface Sitting {
  readonly file: SourceFile
  readonly document: PublishedDocument
  readonly date: string
  readonly language: string | null
}

/** The document that a file is, by the attributes of its root. */
const sittingOf = (file: SourceFile, { attributes, line }: XmlElement): Sitting => {
  const day = attributes['Sitting.Date']?.trim() ?? ''
  const reference = attributes['EP.Reference']?.trim() ?? ''
  if (!isDay(day))
    throw badFile(`${file.name}, line ${line}`, `the attribute "Sitting.Date" is "${clip(day)}", which is not a day`)
  const [, term, year, rest] = /^P(\d{1,2})_PV\((\d{4})\)(\d{2}-\d{2})(?:\(RCV\))?$/.exec(reference) ?? []
  if (!term || `${year}-${rest}` !== day)
    throw badFile(
      `${file.name}, line ${line}`,
      `the attribute "EP.Reference" is "${clip(reference)}", which is not a reference of the minutes of ${day}, such as P9_PV(2024)04-24`,
    )
  const document: PublishedDocument = {
    source: `source:ep-pv-${term}-${day}-rcv`,
    title: `Minutes of the European Parliament, ${day}: results of roll-call votes`,
    kind: 'PUBLICATION',
    url: `https://www.europarl.europa.eu/doceo/document/PV-${term}-${day}-RCV_FR.xml`,
    published: day,
  }
  return { file, document, date: day, language: languageOf(file, attributes['Document.Language'] ?? '') }
}

/** The language as the document tells, or the name of its file; `XL` stands for several. */
const languageOf = ({ name }: SourceFile, written: string): string | null => {
  const language = written.trim() || (/rcv[-_]([a-z]{2})(?![a-z])/i.exec(name)?.[1] ?? '')
  return /^[a-z]{2}$/i.test(language) && !/^xl$/i.test(language) ? language.toLowerCase() : null
}

/** What the files of a document say before the first ballot is read: titles stand at their ends. */
interface Known {
  readonly titles: ReadonlyMap<SourceFile, ReadonlyMap<string, string>>
  readonly members: Members
}

/** Ids that were given; of ballots where, and a hash of their words. */
interface Given {
  readonly ballots: Map<string, { readonly where: string; readonly hash: string }>
  readonly others: Set<string>
}

class Edition {
  #known: Known | null = null

  constructor(
    readonly document: PublishedDocument,
    readonly sittings: readonly Sitting[],
    readonly contentHash: string,
  ) {}

  async *read(told: Pass): AsyncIterable<Batch> {
    const reasons = new FirstReasons(told)
    const { pass } = reasons
    const known = await this.#readAhead()
    const given: Given = { ballots: new Map(), others: new Set() }
    yield documentRecords(this.document, this.contentHash, IMPORTER)
    for (const sitting of this.sittings) yield* this.#sitting(pass, sitting, known, given)
    if (given.ballots.size === 0)
      throw badFile(
        this.sittings[0]?.file.name ?? '',
        reasons.said ? `no ballot in it can be read${reasons.said}` : 'there is no ballot in it',
      )
  }

  async #readAhead(): Promise<Known> {
    if (this.#known) return this.#known
    const titles = new Map<SourceFile, ReadonlyMap<string, string>>()
    const members = new Members()
    for (const { file } of this.sittings) {
      const ofFile = new Map<string, string>()
      for await (const element of readXml(file, { root: ROOT, records: [BALLOT, 'VoteTitle'] }, SILENT.advance)) {
        const number = element.attributes['DlvId']?.trim()
        if (element.name === 'VoteTitle' && number && textOf(element)) ofFile.set(number, textOf(element))
        if (element.name === BALLOT) for (const { element: member } of positionsOf(element)) members.see(member)
      }
      titles.set(file, ofFile)
    }
    this.#known = { titles, members }
    return this.#known
  }

  async *#sitting(
    pass: Pass,
    { file, document, date, language }: Sitting,
    known: Known,
    given: Given,
  ): AsyncIterable<Batch> {
    const citations: readonly Citation[] = [{ source: document.source }]
    const titles = known.titles.get(file)
    const unknown = new UnknownXml(KNOWN, pass, file)
    const shape = { root: ROOT, records: [BALLOT], look: unknown.start }
    for await (const element of readXml(file, shape, pass.advance)) {
      if (element.name !== BALLOT) continue
      pass.rows(file.name, 1)
      unknown.inside(element)
      const name = document.source.replace(/^source:/, '')
      const context = { name, day: date, titleOf: (number: string) => titles?.get(number), citations, language }
      const id = attempt(SILENT, file, element.line, [], () => ballotIdOf(element, name))
      const first = id === null ? undefined : given.ballots.get(id)
      const hash = hashOf(element)
      if (first?.hash === hash) {
        // A list of the evening repeats that of noon.
        pass.leftOut(file.name, 'of a ballot that stands in the same words before', 1 + rowsIn(element))
        pass.rows(file.name, rowsIn(element))
        continue
      }
      const ballot = attempt(pass, file, element.line, id === null || first ? [] : [id], () => {
        const read = rollCall(element, context)
        if (first)
          throw new BadCell(`The ballot "${read.id}" stands twice with other words: here and in ${first.where}.`)
        given.ballots.set(read.id, { where: `${file.name}, line ${element.line}`, hash })
        return read
      })
      if (ballot)
        yield* ballotRows(pass, file, element, ballot, { citations, members: known.members, given: given.others })
      else leaveOut(pass, file, element)
    }
  }
}

interface Context {
  readonly citations: readonly Citation[]
  readonly members: Members
  readonly given: Set<string>
}

function* ballotRows(
  pass: Pass,
  file: SourceFile,
  element: XmlElement,
  ballot: RollCall,
  { citations, members, given }: Context,
): Iterable<Batch> {
  const own = new FileRows(file.name)
  if (ballot.motion && !given.has(ballot.motion.id)) {
    given.add(ballot.motion.id)
    own.add(element.line, [ballot.motion.record])
  }
  own.add(element.line, ballot.records)
  yield own

  // Each group once, ahead of the members: a bad row of one member must not cost the group.
  const rows = new FileRows(file.name)
  const people = new FileRows(file.name)
  const person = (member: NamedMember): string | null => {
    const id = members.idOf(member.element)
    if (id !== null && !given.has(id)) {
      given.add(id)
      people.add(member.element.line, [memberRecord(id, textOf(member.element), citations)])
    }
    return id
  }
  const voted = readRows(pass, file, positionsOf(element), person, (id, member) => {
    const group = member.group && groupIdOf(member.group)
    if (id === null) {
      pass.unnamedVote({ ballot: ballot.id, option: member.option, group: group || null })
      return
    }
    const vote = voteLink(id, member, ballot, citations)
    if (member.group && group && !given.has(group)) {
      given.add(group)
      if (!isGroup(member.group))
        pass.note(`The group "${member.group}" is not known to this importer; it is "${group}".`)
      people.add(member.element.line, groupRecords(member.group, citations))
    }
    rows.add(member.element.line, [vote])
  })
  readRows(pass, file, intentionsOf(element), person, (id, member) => {
    if (id !== null) rows.add(member.element.line, [correctionLink(id, member, voted.has(id), ballot, citations)])
  })
  yield people
  yield rows
}

const NO_PERSON = 'of a member whom the list does not tell by an id'
const SAME_MEMBER = 'of a member who stands in the same words before'

/**
 * Reads the rows of members, each member once; gives those whose rows were good. Where one stands on several sides, no
 * side is a fact, whichever comes first.
 */
const readRows = (
  pass: Pass,
  file: SourceFile,
  named: readonly NamedMember[],
  person: (member: NamedMember) => string | null,
  take: (id: string | null, member: NamedMember) => void,
): ReadonlySet<string> => {
  pass.rows(file.name, named.length)
  const rows = new Map<string, NamedMember[]>()
  for (const member of named) {
    attempt(pass, file, member.element.line, [], () => {
      const id = person(member)
      if (id !== null) {
        rows.set(id, [...(rows.get(id) ?? []), member])
        return
      }
      take(null, member)
      pass.leftOut(file.name, NO_PERSON)
    })
  }
  const good = new Set<string>()
  for (const [id, [first, ...others]] of rows) {
    if (!first) continue
    const another = others.find((each) => each.option !== first.option || each.group !== first.group)
    if (another) {
      for (const member of [first, ...others])
        attempt(pass, file, member.element.line, [], () => refuseSides(first, another))
      continue
    }
    if (others.length > 0) pass.leftOut(file.name, SAME_MEMBER, others.length)
    attempt(pass, file, first.element.line, [], () => {
      take(id, first)
      good.add(id)
    })
  }
  return good
}

const refuseSides = (first: NamedMember, another: NamedMember): never => {
  const side = ({ option, group, element }: NamedMember) =>
    `${option}${group ? ` in ${clip(group)}` : ''} on line ${element.line}`
  throw new BadCell(
    `The member "${textOf(first.element)}" stands on two sides: ${side(first)}, and ${side(another)}. Neither is taken.`,
  )
}

const rowsIn = (element: XmlElement): number => positionsOf(element).length + intentionsOf(element).length

/** A hash of an element's words, wherever it stands. */
const hashOf = (element: XmlElement): string =>
  createHash('sha256')
    .update(JSON.stringify(element, (key, value) => (key === 'line' ? undefined : value)))
    .digest('base64')

const leaveOut = (pass: Pass, file: SourceFile, element: XmlElement): void => {
  const many = rowsIn(element)
  pass.rows(file.name, many)
  if (many > 0) pass.fell(file.name, 'of a ballot whose own row is bad', many)
}
