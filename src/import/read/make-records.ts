import type { Citation, GraphRecord, Languages, LinkRecord, NodeRecord, Values } from '../../model/records.js'
import type { Pass, Rows } from '../importer.js'
import { BadCell } from './read-cells.js'
import type { SourceFile } from './source-file.js'

/** The record of a node; `weak` names the columns that the source gives in passing only, `languages` those of its texts. */
export const node = (
  type: string,
  id: string,
  values: Values,
  citations: readonly Citation[],
  weak: readonly string[] = [],
  languages?: Languages,
): NodeRecord => ({
  type,
  id,
  values,
  citations,
  ...(weak.length > 0 && { weak }),
  ...(languages && { languages }),
})

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
  readonly digests: number[] = []

  constructor(readonly file: string) {}

  /** @param digest of the row; 0 where it is not known */
  add(line: number, records: readonly GraphRecord[], digest = 0): void {
    for (const record of records) {
      this.records.push(record)
      this.lines.push(line)
      this.digests.push(digest)
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

/** A number that stands for the words of a row; never 0. Two rows with the same id and the same number are the same row. */
export const digestOf = (words: string): number => {
  // FNV-1a, in 32 bits.
  let digest = 0x811c9dc5
  for (let at = 0; at < words.length; at++) digest = Math.imul(digest ^ words.charCodeAt(at), 0x01000193)
  return digest >>> 0 || 1
}

/** Why a row is left out that says nothing new. */
export const SAME_ROW = 'that stand in the same words before'

/** Why a row falls with a bad one, as it is counted. */
export const NEEDS_LOST = 'in need of a record whose own row is bad'
