import { createHash } from 'node:crypto'
import { type Citation, type GraphRecord, MAX_ID_LENGTH } from '../model/records.js'
import type { EditionCheck } from './edition-check.js'

/** The issues of an edition as records, and their number by rule. */
export interface Issues {
  readonly records: readonly GraphRecord[]
  readonly byRule: Readonly<Record<string, number>>
}

/** The rule under which bad rows are listed. */
const BAD_ROW = 'bad-row'

/**
 * Makes an `Issue` of each bad row and of each finding; that of a finding points to the record that does not add up.
 * @param source the id of the source that the issues cite; where it is no source record, bad rows are only reported
 */
export const issueRecords = (check: EditionCheck, source: string): Issues => {
  const records: GraphRecord[] = []
  const byRule: Record<string, number> = {}
  const name = source.replace(/^source:/, '')
  const cited = check.typeOf(source) === 'Source'
  const add = (
    rule: string,
    about: string,
    values: Record<string, string | undefined>,
    citation: Citation,
    record?: string,
  ): void => {
    byRule[rule] = (byRule[rule] ?? 0) + 1
    const id = issueId(rule, about)
    const citations = [citation]
    records.push({ type: 'Issue', id, values: { rule, ...values }, citations })
    if (record !== undefined) records.push({ link: 'IssueAbout', from: id, to: record, values: {}, citations })
  }
  for (const { file, line, reason } of check.problems) {
    const locator = `${file}, line ${line}`
    if (cited) add(BAD_ROW, `${name}:${file}:${line}`, { message: reason, locator }, { source, locator })
  }
  for (const { rule, record, part, message, expected, found } of check.findings) {
    const where = check.where(record)
    if (!cited || where === null) continue
    add(
      rule,
      part === undefined ? record : `${record}:${part}`,
      { message, expected, found, locator: where },
      { source, locator: where },
      record,
    )
  }
  return { records, byRule }
}

/** An id that tells the rule and the record; where that is too long for an id, or has a space, the record is hashed. */
const issueId = (rule: string, about: string): string => {
  const id = `issue:${rule}:${about}`
  return id.length <= MAX_ID_LENGTH && !/\s/.test(id)
    ? id
    : `issue:${rule}:${createHash('sha256').update(about).digest('hex').slice(0, 32)}`
}
