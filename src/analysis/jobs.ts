import { readLinkColumns, readNumberedLinks } from '../store/link-columns.js'
import { askPositions, type PositionsAsk } from './positions/ask-positions.js'
import { type FiguresAsk, runMeasure } from './run-measure.js'
import { type BallotRow, type CorrectionRow, TableBuilder, type TallyRow } from './table/table-builder.js'
import { findTurned, type TurnedAsk } from './turned-ballots.js'
import type { VoteBits, VoteTable } from './vote-table.js'

/** Columns of links as a store writes them. */
export type Rows = string | Uint8Array

const builders = new Map<number, TableBuilder>()

const builderOf = (number: number): TableBuilder => builders.get(number) as TableBuilder

/** What threads do. Tables are made in parts, by a number that tells whose parts they are; all else is done at once. */
export const JOBS = {
  begin({
    table,
    ballots,
    partial,
  }: {
    table: number
    ballots: readonly BallotRow[]
    partial: readonly string[]
  }): void {
    builders.set(table, new TableBuilder(ballots, partial))
  },
  addTallies({ table, tallies }: { table: number; tallies: readonly TallyRow[] }): void {
    const builder = builderOf(table)
    for (const row of tallies) builder.addTally(row)
  },
  addVotes({ table, rows }: { table: number; rows: Rows }): void {
    const builder = builderOf(table)
    for (const [ballot, votes] of readNumberedLinks(rows, builder.numberings)) builder.addVotes(ballot, votes)
  },
  addCorrections({ table, rows }: { table: number; rows: Rows }): void {
    const builder = builderOf(table)
    for (const [ballot, members, options, kinds] of readLinkColumns(rows))
      members.forEach((member, i) => {
        const row: CorrectionRow = { ballot, member, option: options?.[i] as string, kind: kinds?.[i] as string }
        builder.addCorrection(row)
      })
  },
  organizations: ({ table }: { table: number }): readonly string[] => builderOf(table).organizations(),
  addMembers({ table, rows }: { table: number; rows: Rows }): void {
    const builder = builderOf(table)
    for (const [, members] of readLinkColumns(rows)) builder.addMembers(members)
  },
  end({ table, version }: { table: number; version: number }): VoteTable {
    const builder = builderOf(table)
    builders.delete(table)
    return builder.build(version)
  },
  abandon({ table }: { table: number }): void {
    builders.delete(table)
  },
  turned: ({ bits, asked }: { bits: VoteBits; asked: TurnedAsk }) => findTurned(bits, asked),
  positions: ({ bits, asked }: { bits: VoteBits; asked: PositionsAsk }) => askPositions(bits, asked),
  figures: ({ bits, asked }: { bits: VoteBits; asked: FiguresAsk }) => runMeasure(bits, asked),
} as const

export type Jobs = typeof JOBS
export type JobName = keyof Jobs
