import type { GraphShape } from '../../model/graph-shape.js'
import { ballotReader, tallyReader } from './ballots.js'
import type { Mapping, PARTS } from './mapping.js'
import { memberReader, membershipReader } from './members.js'
import { onlySome, type PartReader, Tables } from './parts.js'
import type { MappingFile } from './read-mapping.js'
import { Stays } from './stays.js'
import { VotesOfMembers, voteReader } from './votes.js'

type PartName = (typeof PARTS)[number]

/** Where a part stands in its mapping: its name, and its place where there are several of its kind. */
export type PartPath = readonly [name: PartName] | readonly [name: PartName, at: number]

/** A part of a mapping. */
export const partAt = <One>(mapping: Mapping, path: PartPath): One =>
  (path.length === 1 ? mapping[path[0]] : (mapping[path[0]] as readonly unknown[])[path[1]]) as One

/** One reading of all tables: what is known grows with it. */
export class Reading {
  readonly tables: Tables
  readonly votes: VotesOfMembers
  readonly #stays = new Stays()

  constructor(
    readonly file: MappingFile,
    shape: GraphShape,
    /** The votes that are known to stand in several rows; those that are found to are added. */
    repeated: Set<string>,
  ) {
    this.tables = new Tables(file, shape)
    this.votes = new VotesOfMembers(repeated)
  }

  /** A reader of a part. @throws RapporteurError `BAD_INPUT` for what the JSON Schema of mappings cannot tell */
  reader(path: PartPath): PartReader {
    return onlySome(partAt(this.file.mapping, path), path, this.#readerOf(path))
  }

  #readerOf(path: PartPath): PartReader {
    const { mapping } = this.file
    switch (path[0]) {
      case 'ballots':
        return ballotReader(partAt(mapping, path), path, this.tables)
      case 'members':
        return memberReader(partAt(mapping, path), path, this.tables)
      case 'memberships':
        return membershipReader(partAt(mapping, path), path, this.tables, this.#stays)
      case 'tallies':
        return tallyReader(partAt(mapping, path), path, this.tables)
      case 'votes':
        return voteReader(partAt(mapping, path), path, this.tables, this.#stays, this.votes)
    }
  }
}
