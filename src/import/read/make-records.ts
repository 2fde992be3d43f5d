import type { Citation, GraphRecord, LinkRecord, NodeRecord, Values } from '../../model/records.js'
import type { Pass, Rows } from '../importer.js'
import { BadCell } from './read-cells.js'
import type { SourceFile } from './source-file.js'

/** The record of a node; `weak` names the columns that the source gives in passing only. */
export const node = (
  type: string,
  id: string,
  values: Values,
  citations: readonly Citation[],
  weak: readonly string[] = [],
): NodeRecord => ({ type, id, values, citations, ...(weak.length > 0 && { weak }) })

/** The record of a link. */
export const link = (
  name: string,
  from: string,
  to: string,
  citations: readonly Citation[],
  values: Values = {},
): LinkRecord => ({ link: name, from, to, values, citations })

/** Records of one file with their lines. */
export class FileRows implements Rows {
  readonly records: GraphRecord[] = []
  readonly lines: number[] = []

  constructor(readonly file: string) {}

  add(line: number, records: readonly GraphRecord[]): void {
    for (const record of records) {
      this.records.push(record)
      this.lines.push(line)
    }
  }
}

/** Does the work of a row and gives its result; a bad cell in it is told as a problem of that row, and gives null. */
export const attempt = <T>(
  pass: Pass,
  file: SourceFile,
  line: number,
  lost: readonly string[],
  work: () => T,
): T | null => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof BadCell)) throw error
    pass.problem({ file: file.name, line, reason: error.message, lost })
    return null
  }
}

/** A pass that reports nothing: for reading ahead. */
export const SILENT: Pass = {
  rows() {},
  problem() {},
  finding() {},
  unnamedVote() {},
  leftOut() {},
  fell() {},
  note() {},
  advance() {},
}

/** Why a row falls with a bad one, as it is counted. */
export const NEEDS_LOST = 'in need of a record whose own row is bad'
