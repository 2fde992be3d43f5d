import type { GraphRecord } from '../model/records.js'

/** Reads one kind of source. A new source is one such file, one line in `registry.ts` and a page in `docs/sources`. */
export interface Importer {
  /** The name on the command line: `howtheyvote`. */
  readonly name: string
  readonly version: string
  /** One line for `--help`. */
  readonly summary: string
  /** More, where the help names this importer. */
  readonly help?: string
  /**
   * Types of record of which a newer edition of a source has all that the earlier one had: the list of a sitting's evening
   * has every ballot of the list of noon.
   */
  readonly keeps?: readonly string[]
  /**
   * Finds the source documents at a path, ordered by the ids of their sources, one that names records of another after that
   * one, and looks at no more of them than it must.
   * @param places further files and folders, for an importer that takes them
   * @throws RapporteurError `BAD_INPUT`, naming the file that is missing or cannot be read
   */
  open(path: string, places?: readonly string[]): Promise<readonly OpenedSource[]>
  /** Whether it takes further files and folders after the path. */
  readonly takesPlaces?: boolean
  /** Whether a file is of a format that it reads, by its beginning alone: for telling who reads a file that another refused. */
  recognises(head: FileHead): boolean
  /** Whether it reads several files of a folder together, so that one of them alone says nothing. */
  readonly needsFolder?: boolean
}

/** The beginning of a file. */
export interface FileHead {
  readonly name: string
  /** The first 64 kB as text, unpacked, without a byte order mark or white space before it. */
  readonly text: string
}

/** The files of one edition of a source: one document, be it in one file or in several. */
export interface OpenedSource {
  /** The id of the source whose edition this is; `records:…` for records, whose sources are among themselves. */
  readonly source: string
  /** The day of which the source itself is, `2024-04-24`; null where it does not tell. */
  readonly date: string | null
  /** SHA-256 of the files' contents, in hexadecimal. */
  readonly contentHash: string
  /** The size of the work in bytes of the files as they are, for the progress bar. */
  readonly size: number
  /**
   * Reads everything from the beginning and gives the records in batches, nodes before the links that need them.
   * It is called twice, for the check and for the writing, and gives the same both times.
   * @throws RapporteurError `BAD_INPUT` for a file that cannot be read as a whole: a missing column, a truncated gzip
   * @throws ReadAgain at the end of the first reading, where what was given must be given otherwise
   */
  read(pass: Pass): AsyncIterable<Batch>
  /** Where records that come without lines name ids which the edition does not have; known after a reading. */
  foreignIds?(): readonly { readonly id: string; readonly file: string; readonly line: number }[]
}

/** Tells that a reading found at its end what it had to know from the beginning, and knows now: it is to be begun anew. */
export class ReadAgain extends Error {
  override readonly name = 'ReadAgain'
}

/** Records of one batch; as rows where they can be traced to the lines of a file. */
export type Batch = readonly GraphRecord[] | Rows

/** Records with the lines that they come from. Neighbours of the same line are one row: loaded together or not at all. */
export interface Rows {
  /** The file's name as messages show it. */
  readonly file: string
  readonly records: readonly GraphRecord[]
  /** The line of each record, from 1; the line on which its row begins. */
  readonly lines: readonly number[]
  /**
   * For each record a digest of its row, cells that are left out included. A node that stands twice is not a contradiction
   * where its digest is the same: the row is left out and counted. Without digests every second one is a bad row.
   */
  readonly digests?: readonly number[]
}

/** What an importer tells while it reads. */
export interface Pass {
  /** Rows read of a file, whatever becomes of them: the share of bad rows is taken of these. */
  rows(file: string, count: number): void
  /** A row that is wrong in itself; it is left out, counted, and becomes an `Issue`. */
  problem(problem: Problem): void
  /** A record that is loaded although it does not add up; it becomes an `Issue` that points to it. */
  finding(finding: Finding): void
  /** A member's vote that becomes no link, since the list does not tell who the member is; the gate counts it. */
  unnamedVote(vote: UnnamedVote): void
  /** Rows left out on purpose, such as those newer than the edition: counted and reported, no problem. */
  leftOut(file: string, why: string, rows?: number): void
  /** Rows that cannot be loaded because what they need is in a bad row: reported like those left out, and counted with the bad ones. */
  fell(file: string, why: string, rows?: number): void
  /** Anything else that the report should say, such as a column that the importer does not know; a full sentence. */
  note(sentence: string): void
  /** Bytes of the files read since the last call. */
  advance(bytes: number): void
}

export interface UnnamedVote {
  /** The id of the ballot. */
  readonly ballot: string
  readonly option: string
  /** The id of the group; null where the member stands in none. */
  readonly group: string | null
}

export interface Problem {
  readonly file: string
  /** From 1; the line on which the row begins. */
  readonly line: number
  /** A full sentence: what is wrong, the culprit quoted. */
  readonly reason: string
  /** The ids of the records that are left out with the row. Rows that need them are left out too, and are no problems of their own. */
  readonly lost?: readonly string[]
}

/** A disagreement: two figures, or a figure and a rule, that cannot both be right. */
export interface Finding {
  /** A word of `IssueRule`: `GROUPS_SUM_TO_TOTAL`. */
  readonly rule: string
  /** The id of the record that does not add up; with the rule it names the issue. */
  readonly record: string
  /** Tells apart several findings of one rule about one record, such as the id of a group. */
  readonly part?: string
  /** A full sentence with both figures. */
  readonly message: string
  readonly expected?: string
  readonly found?: string
}
