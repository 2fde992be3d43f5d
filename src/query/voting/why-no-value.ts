import type { Fraction } from '../../analysis/counting-sink.js'
import type { Reason } from '../../analysis/measures/measure.js'
import type { AskedBallots } from './asked-ballots.js'

/** Why a figure has no value, in a sentence. */
export const whyNoValue = (
  { denominator }: Fraction,
  atLeast: number,
  excluded: readonly { readonly reason: Reason; readonly count: number }[],
  /** What is counted. */
  what: 'ballots' | 'votes',
): string => {
  if (denominator > 0)
    return `Only ${denominator} count, fewer than the ${atLeast} that were asked for with \`atLeast\`.`
  const most = [...excluded].sort((a, b) => b.count - a.count)[0]
  if (!most || most.count === 0) return 'No ballot was asked for.'
  const all = excluded.reduce((sum, { count }) => sum + count, 0)
  const many = most.count === all ? 'each of them' : `${most.count} of them`
  return `None of the ${all} ${what} counts: of ${many}, ${SENTENCES[most.reason]}.`
}

/** Why there are no figures at all. */
export const whyNone = (
  { ballotCount, undecidedCount, undatedCount }: Pick<AskedBallots, 'ballotCount' | 'undecidedCount' | 'undatedCount'>,
  isComparison: boolean,
): string => {
  if (ballotCount === 0) {
    if (undecidedCount + undatedCount === 0) return 'No ballot was asked for.'
    return `Of no ballot it is known that it was asked for: of ${undecidedCount} it is not known whether they were, and of ${undatedCount} the day is not known.`
  }
  return isComparison
    ? `No two of those who were asked for have a vote that can be counted in the same one of these ${ballotCount} ballots.`
    : `None of those who were asked for has a vote that can be counted in these ${ballotCount} ballots.`
}

const SENTENCES: Readonly<Record<Reason, string>> = {
  FILTER_NOT_KNOWN: 'it is not known whether they were asked for',
  DATE_NOT_KNOWN: 'the day is not known',
  NO_VOTES: 'no votes are known',
  PARTIAL_LIST: 'not all votes are known',
  NOT_PRESENT: 'none of those who were asked for was on the list',
  NOT_CAST: 'the member, or one of the two, cast no vote',
  NOBODY_CAST: 'nobody on the list cast a vote',
  ONLY_ABSTENTIONS: 'nobody voted for or against',
  NO_GROUP: 'the member voted without a group',
  NO_PLURALITY: 'no option had more votes than each other',
  NOT_TOGETHER: 'these groups, and no others, did not vote alike',
  OUTCOME_NOT_KNOWN: 'the outcome is not known',
  TOTALS_NOT_KNOWN: 'the totals were not published',
  ABSENCE_NOT_KNOWN: 'it is not known who else could have voted',
  NOT_A_MEMBER: 'the member was not on the list',
}
