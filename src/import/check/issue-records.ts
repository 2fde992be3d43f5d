import { createHash } from 'node:crypto'
import { type Citation, type GraphRecord, MAX_ID_LENGTH } from '../../model/records.js'
import type { EditionCheck } from './edition-check.js'

/** The rule under which bad rows are listed. */
export const BAD_ROW = 'BAD_ROW'

/**
 * Makes an `Issue` of each bad row and of each finding; that of a finding points to the record that does not add up.
 * They cite the edition's source with file and line. An edition of records is not a source itself: there the issue of a
 * finding cites the record's own sources, and bad rows, whose sources may be what is wrong with them, cite the files as
 * a source that is there for as long as they have bad rows.
 * @param citationsOf the sources of a record that was loaded
 */
export function* issueRecords(
  check: EditionCheck,
  source: string,
  citationsOf: (id: string) => readonly Citation[] | undefined,
): Iterable<GraphRecord> {
  const name = source.replace(/^source:/, '')
  const isSource = citesItself(check, source)
  const files = isSource ? source : `source:${name.replace(':', '-')}`
  if (!isSource && check.problems.length > 0) {
    const values = { kind: 'DATA_SET', title: `The files of the edition ${source}` }
    yield { type: 'Source', id: files, values, citations: [{ source: files }] }
  }
  const places = new Map<string, number>()
  for (const { file, line, reason: message } of check.problems) {
    const locator = `${file}, line ${line}`
    const values = { rule: BAD_ROW, message: storable(message), locator }
    const place = `${name}:${file}:${line}`
    const nth = (places.get(place) ?? 0) + 1
    places.set(place, nth)
    // A file in one line, such as JSON, may have several bad rows in it.
    const id = issueId(BAD_ROW, nth === 1 ? place : `${place}:${nth}`)
    yield { type: 'Issue', id, values, citations: [{ source: files, locator }] }
  }
  for (const { rule, record, part, message, expected, found } of check.findings) {
    const locator = check.where(record)
    const citations = isSource && locator ? [{ source, locator }] : citationsOf(record)
    if (!citations) continue
    const id = issueId(rule, part === undefined ? record : `${record}:${part}`)
    const values = { rule, message: storable(message), expected, found, locator: isSource ? locator : null }
    // Of an issue that several editions have, each tells its own place.
    yield { type: 'Issue', id, values, citations, weak: ['locator'] }
    yield { link: 'IssueAbout', from: id, to: record, values: {}, citations }
  }
}

/** Whether an edition gives the source that it is, so that its issues cite that one. */
export const citesItself = (check: EditionCheck, source: string): boolean => check.typeOf(source) === 'Source'

/** A sentence that may quote half of a character or a null of a damaged cell, without them: no store takes them. */
const storable = (sentence: string): string => sentence.toWellFormed().replaceAll('\0', '\ufffd')

/** An id that tells the rule and the record; where that is too long for an id, or has a space, the record is hashed. */
const issueId = (rule: string, about: string): string => {
  const name = rule.toLowerCase().replaceAll('_', '-')
  const id = `issue:${name}:${about}`
  if (id.length <= MAX_ID_LENGTH && !/\s/.test(id)) return id
  return `issue:${name}:${createHash('sha256').update(about).digest('hex').slice(0, 32)}`
}
