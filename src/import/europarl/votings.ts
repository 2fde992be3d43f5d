import { mergeIdOf } from '../../model/graph-shape.js'
import { amendmentId, epVoteId } from '../../model/ids.js'
import { type Citation, type GraphRecord, isDay, type Values } from '../../model/records.js'
import type { Pass } from '../importer.js'
import { clip } from '../read/clip.js'
import { link, node } from '../read/make-records.js'
import { BadCell } from '../read/read-cells.js'
import type { SourceFile } from '../read/source-file.js'
import { ballotWords, isMainBallot } from './ballot-words.js'
import { idAttribute, PARLIAMENT, wholeAttribute } from './minutes.js'
import { withoutReferences } from './references.js'
import type { KnownElements } from './unknown-xml.js'
import { votingMethod } from './voting-method.js'
import { childrenOf, textOf, type XmlElement } from './xml.js'

/** A sitting whose results a file gives; `name` is the document's, without `source:`. */
export interface Sitting {
  readonly file: SourceFile
  readonly name: string
  /** `2024-11-27` */
  readonly day: string
  /** The language of the file, as a BCP 47 tag. */
  readonly language: string
}

/** The elements of the minutes that this importer reads, or leaves out on purpose. */
export const KNOWN: KnownElements = {
  file: { attributes: ['language', 'date', 'version'], elements: ['glossary', 'sitting'] },
  sitting: { attributes: ['date', 'lastUpdate'], elements: ['votes', 'vote'] },
  votes: { elements: ['vote'] },
  vote: {
    attributes: ['listIndex', 'indexSched', 'dlvId', 'type', 'author', 'committee'],
    elements: ['title', 'label', 'votings', 'remarks', 'documents', 'documentTitle'],
  },
  documents: { elements: ['document'] },
  document: { attributes: ['documentNumber', 'documentOrder', 'documentType', 'source'] },
  votings: { elements: ['voting'] },
  voting: {
    attributes: [
      'type',
      'votingId',
      'listIndex',
      'eugiId',
      'result',
      'resultType',
      'numberFavor',
      'numberAgainst',
      'numberAbstention',
      'votersCount',
      'voteTimestamp',
    ],
    elements: ['title', 'label', 'amendmentSubject', 'amendmentNumber', 'amendmentAuthor', 'rcv', 'observations'],
  },
  label: { attributes: ['status'] },
  rcv: { attributes: ['type'] },
  observations: { attributes: ['status'] },
}

const RESULTS = new Map([
  ['ADOPTED', 'ADOPTED'],
  ['REJECTED', 'REJECTED'],
  ['LAPSED', 'LAPSED'],
  ['FALLEN', 'LAPSED'],
  ['WITHDRAWN', 'WITHDRAWN'],
])

/** An amendment as a ballot names one, and its part where it is put to the vote in parts. */
export interface AmendmentOf {
  readonly id: string
  /** As printed: `2`, `13= 23=`. */
  readonly number: string
  readonly motion: string
  readonly part: string | null
  readonly partNumber: string | null
}

/**
 * The amendment that a ballot is on; null where it is on the text itself or a passage of it (`§`), or on a request.
 * Amendments that are put to the vote together are one record, as printed.
 */
export const amendmentOf = (voting: XmlElement, motion: string | null): AmendmentOf | null => {
  const printed = textOf(childrenOf(voting, 'amendmentNumber')[0])
  const [, whole = '', written] = /^(.*?)(?:\/(\d{1,2}))?$/.exec(printed) ?? []
  const number = whole.trim()
  if (!motion || !/\d/.test(number)) return null
  const part = written ?? partOf(voting)
  const id = amendmentId(motion, number.replace(/\s+/g, ''))
  return { id, number, motion, part: part && `${id}/${part}`, partNumber: part && `${number}/${part}` }
}

/** The part of a split vote, which the label tells, and where there is none the remarks: `1`, `2/RCV`. */
const partOf = (voting: XmlElement): string | null =>
  /\/(\d{1,2})$/.exec(textOf(childrenOf(voting, 'label')[0]))?.[1] ??
  /^(\d{1,2})(?:\/|$)/.exec(remarksOf(voting))?.[1] ??
  null

/** The minutes' column of abbreviations: `RCV`, `EV`, `split`. */
const remarksOf = (voting: XmlElement): string => textOf(childrenOf(voting, 'rcv')[0])

/** Whether a row only announces the parts of a split vote. */
const isSplit = (voting: XmlElement): boolean => /^(?:split|div)\b/i.test(remarksOf(voting))

interface Place {
  readonly sitting: Sitting
  readonly title: string | null
  /** Of the item and the row in it, from 1: `4.1`. */
  readonly position: string
  /** The reference of the text that it is on. */
  readonly text: string | null
}

/** The ballot of a row; null for a row that only announces others. @throws BadCell */
export const votingRecord = (
  pass: Pass,
  voting: XmlElement,
  { sitting, title, position, text }: Place,
  citations: readonly Citation[],
): { readonly id: string; readonly records: readonly GraphRecord[]; readonly merge: readonly GraphRecord[] } | null => {
  const result = resultOf(pass, voting, sitting)
  const { method, isRollCall } = methodOf(pass, voting, sitting)
  if (result === null && tallyOf(voting).tallyFor === undefined && (isRollCall !== true || isSplit(voting))) return null
  const { id, earlier } = idOf(voting, isRollCall === true, `${sitting.name}:${position}`)
  const heading = textOf(childrenOf(voting, 'title')[0])
  const subject = withoutReferences(textOf(childrenOf(voting, 'amendmentSubject')[0]))
  const number = textOf(childrenOf(voting, 'amendmentNumber')[0])
  const label = textOf(childrenOf(voting, 'label')[0])
  const printed = [subject, /\d/.test(number) ? `Am ${number}` : ''].filter(Boolean).join(' - ')
  const part = /\/\d{1,2}$/.test(number) ? null : partOf(voting)
  const described = printed && part ? `${printed}/${part}` : printed
  const description = ballotWords(label).description ?? (described || heading || null)
  const values = {
    title,
    description,
    date: sitting.day,
    time: timeOf(pass, voting, sitting),
    isMain: subject !== '' || number !== '' ? false : isMain(text, title, [heading, description]),
    isRollCall,
    method,
    result,
    ...tallyOf(voting),
  }
  checkVoters(pass, voting, id, values)
  const languages = { title: sitting.language, description: sitting.language }
  return {
    id,
    records: [
      node('VoteEvent', id, values, citations, ['isMain'], languages),
      link('HeldIn', id, PARLIAMENT, citations),
    ],
    merge: earlier === null ? [] : mergeRecords(earlier, id, citations),
  }
}

/** Whether one of the phrases says that the ballot was the main one; null where none tells. */
const isMain = (text: string | null, title: string | null, phrases: readonly (string | null)[]): boolean | null => {
  const verdicts = phrases.map((phrase) => {
    const description = phrase === null ? null : withoutReferences(phrase) || null
    return isMainBallot({ reference: text, title, description })
  })
  return verdicts.includes(true) || (verdicts.find((verdict) => verdict !== null) ?? null)
}

const methodOf = (pass: Pass, { attributes }: XmlElement, { file }: Sitting): Values => {
  const written = attributes['resultType']?.trim()
  if (written) return votingMethod(written, (sentence) => pass.note(`${file.name}: ${sentence}`))
  return { method: null, isRollCall: attributes['result'] ? false : null }
}

/**
 * The ballot's number in the minutes, which only a roll call must have; and the id by its place that earlier versions of
 * this importer gave, where it was another one.
 */
const idOf = (
  voting: XmlElement,
  isRollCall: boolean,
  place: string,
): { readonly id: string; readonly earlier: string | null } => {
  if (!isRollCall && !voting.attributes['votingId']?.trim()) return { id: place, earlier: null }
  return { id: epVoteId(idAttribute(voting, 'votingId')), earlier: isRollCall ? null : place }
}

const mergeRecords = (earlier: string, id: string, citations: readonly Citation[]): readonly GraphRecord[] => {
  const reason = 'A ballot without a roll call had its place in the minutes for an id before it had its number.'
  return [
    node('Merge', mergeIdOf(earlier), { merged: earlier, reason }, citations),
    link('MergedInto', mergeIdOf(earlier), id, citations),
  ]
}

const resultOf = (pass: Pass, { attributes }: XmlElement, { file }: Sitting): string | null => {
  const written = attributes['result']?.trim()
  if (!written) return null
  const result = RESULTS.get(written.toUpperCase()) ?? null
  if (!result) pass.note(`${file.name}: the result "${clip(written)}" is not known to this importer and was left out.`)
  return result
}

const tallyOf = (voting: XmlElement): Values => {
  const numbers = {
    tallyFor: wholeAttribute(voting, 'numberFavor') ?? undefined,
    tallyAgainst: wholeAttribute(voting, 'numberAgainst') ?? undefined,
    tallyAbstention: wholeAttribute(voting, 'numberAbstention') ?? undefined,
  }
  const { tallyFor, tallyAgainst, tallyAbstention } = numbers
  if (tallyFor === undefined || tallyAgainst === undefined || tallyAbstention === undefined) return numbers
  return { ...numbers, tallyVoting: tallyFor + tallyAgainst + tallyAbstention }
}

const checkVoters = (pass: Pass, voting: XmlElement, record: string, { tallyVoting }: Values): void => {
  const voters = wholeAttribute(voting, 'votersCount')
  if (voters === null || typeof tallyVoting !== 'number' || voters === tallyVoting) return
  pass.finding({
    rule: 'VOTERS_COUNT_IS_THE_SUM',
    record,
    message: `The minutes count ${voters} voters, and the votes for, against and abstentions are ${tallyVoting} together.`,
    expected: String(voters),
    found: String(tallyVoting),
  })
}

const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** When the ballot was taken. Of one without machine, the stamp tells when the minutes were written; it is left out. */
const timeOf = (pass: Pass, { attributes }: XmlElement, { file, day }: Sitting): string | null => {
  const written = attributes['voteTimestamp']?.trim()
  if (!written) return null
  const [, moment, fraction, offset] = MOMENT.exec(written) ?? []
  if (!moment || !isDay(moment.slice(0, 10)) || Number.isNaN(Date.parse(written)))
    throw new BadCell(
      `The attribute "voteTimestamp" is "${clip(written)}", which is not a moment such as 2024-11-27T12:20:58+01:00.`,
    )
  if (attributes['numberFavor'] === undefined) return null
  if (moment.slice(0, 10) !== day) {
    pass.note(`${file.name}: the time "${written}" of a ballot is not on the day of the sitting and was left out.`)
    return null
  }
  const part = fraction?.replace(/\.?0+$/, '') ?? ''
  return `${moment}${part}${offset}`
}
