import { type BallotsAsked, type Every, type Selection, selectBallots } from '../../analysis/selection.js'
import { ones, type VoteTable } from '../../analysis/vote-table.js'
import { RapporteurError } from '../../errors.js'
import { type Composing, type Given, textIn } from '../composed/composer.js'

/** The ballots that a question is about, in a table that has their votes. */
export interface AskedBallots {
  readonly table: VoteTable
  readonly selection: Selection
  /** The ballots of which it is not known whether they were asked for. */
  readonly open: Selection | null
  readonly ballotCount: number
  readonly undecidedCount: number
  readonly undatedCount: number
}

/**
 * Finds the ballots that are asked.
 * @param ids those that are meant, where something else than `where` says so
 * @throws RapporteurError `BAD_ARGUMENT`; what the store throws; `UNAVAILABLE` where it would take too long
 */
export const askedBallots = async (
  given: Given,
  composing: Composing,
  ids: readonly string[] | null = null,
): Promise<AskedBallots> => {
  const [from, to] = [textIn(given, 'from'), textIn(given, 'to')]
  if (from !== null && to !== null && from > to)
    throw new RapporteurError(
      'BAD_ARGUMENT',
      `\`from\` is ${from}, and \`to\` is ${to}, which comes before it. Give the earlier day first.`,
    )
  const where = ids ? { known: ids, undecided: [] } : await composing.ids('where')
  const table = await composing.votes.of(where && [...where.known, ...where.undecided], composing.options)
  const asked: Omit<BallotsAsked, 'ids'> = {
    from,
    to,
    body: textIn(given, 'body'),
    every: textIn(given, 'every') as Every | null,
  }
  const selection = selectBallots(table, { ...asked, ids: where?.known ?? null })
  const open = where && selectBallots(table, { ...asked, ids: where.undecided })
  return {
    table,
    selection,
    open,
    ballotCount: ballotsIn(selection),
    undecidedCount: open ? ballotsIn(open) : 0,
    undatedCount: selection.undated + (open?.undated ?? 0),
  }
}

export const ballotsIn = ({ periods }: Pick<Selection, 'periods'>): number =>
  periods.reduce((sum, { segments }) => segments.reduce((all, { mask }) => mask.reduce(countIn, all), sum), 0)

const countIn = (sum: number, word: number): number => sum + ones(word)
