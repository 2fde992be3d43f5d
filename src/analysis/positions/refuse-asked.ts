import { type ErrorCode, RapporteurError } from '../../errors.js'
import type { AnchoredFit } from './anchor-fit.js'
import type { PackedVotes, VoteMatrix } from './pack-votes.js'
import { type Anchor, LEAST_APART, LEAST_BALLOTS, LEAST_MEMBERS, MOST_CELLS, type PositionsAsked } from './positions.js'
import type { ProbitModel } from './probit-model.js'

const refuse = (wrong: string, instead: string, code: ErrorCode = 'BAD_ARGUMENT'): RapporteurError =>
  new RapporteurError(code, `${wrong} Nobody was placed; ${instead}.`)

/** Refuses what is wrong whatever the votes are: before one of them is read. */
export const refuseAsked = ({
  members,
  ballots,
  dimensions,
  low,
  high,
  above,
}: Omit<PositionsAsked, 'votes'>): void => {
  if (members * ballots > MOST_CELLS)
    throw refuse(
      `Positions of ${members} members from ${ballots} ballots are ${members * ballots} cells, and at most ${MOST_CELLS} are taken.`,
      'take a shorter period, or conditions that fewer ballots meet',
      'COST_LIMIT',
    )
  if (low.member === high.member)
    throw refuse(`Both anchors are ${low.name}, but positions are measured from one member to another.`, 'name two')
  if (dimensions === 2 && (above?.member === low.member || above?.member === high.member))
    throw refuse(
      `${above.name} is named for the second dimension and for the first, but the two who fix the first are at 0 on the second.`,
      'name a third member for it, or none',
    )
}

/** Refuses an anchor with too few votes. */
export const refuseSilent = (
  { members, ballots, votes }: VoteMatrix,
  { votesOf }: PackedVotes,
  { member, name }: Anchor,
  leastVotes: number,
): void => {
  const count = (member < members && votesOf[member]) || 0
  if (count >= leastVotes) return
  const voted = votes.subarray(member * ballots, (member + 1) * ballots).some((vote) => vote !== 0)
  throw voted
    ? refuse(
        `${name} cast ${count} votes for or against in the ballots that positions are made from, and whoever others are measured by needs ${leastVotes}.`,
        'name a member who voted more often, or take a longer period',
      )
    : refuse(
        `${name} cast no vote for or against in these ballots, so others cannot be measured by them.`,
        'name a member who voted, or take another period',
      )
}

/** Refuses to place anybody from too few members or ballots. */
export const refuseFew = (
  asked: PositionsAsked,
  { members, ballots }: PackedVotes,
  { leastVotes, leastMinority }: { readonly leastVotes: number; readonly leastMinority: number },
): void => {
  const leastBallots = LEAST_BALLOTS * asked.dimensions
  if (members.length >= LEAST_MEMBERS && ballots.length >= leastBallots) return
  throw refuse(
    `Positions in ${asked.dimensions === 1 ? 'one dimension' : 'two dimensions'} need at least ${LEAST_MEMBERS} members with ${leastVotes} votes each in at least ${leastBallots} ballots whose minority is ${leastMinority} of the votes or more; of ${asked.members} members and ${asked.ballots} ballots these are ${members.length} and ${ballots.length}.`,
    'take a longer period, or fewer conditions',
  )
}

/** Refuses two anchors who voted in no ballot together. */
export const refuseApart = (
  { byMember, ballots }: PackedVotes,
  { low, high }: PositionsAsked,
  placeOf: (anchor: Anchor) => number,
): void => {
  const m = ballots.length
  const [lowRow, highRow] = [placeOf(low) * m, placeOf(high) * m]
  for (let j = 0; j < m; j++) if (byMember[lowRow + j] !== 0 && byMember[highRow + j] !== 0) return
  throw refuse(
    `${low.name} and ${high.name} never voted for or against in the same ballot, so nothing says how far they are apart.`,
    'name two members of the same time',
  )
}

/** Refuses a second dimension where all ballots divide members in the same way, so that the fit found no other. */
export const refuseFlat = ({ second }: ProbitModel): void => {
  if (second.every(Number.isFinite)) return
  throw refuse(
    'All these ballots divide the members along one line, so no second dimension can be told.',
    'ask for one',
  )
}

/** Refuses two anchors whose distance is mostly error. */
export const refuseNear = ({ apart }: AnchoredFit, { low, high }: PositionsAsked): void => {
  if (apart >= LEAST_APART) return
  throw refuse(
    `The votes place ${low.name} and ${high.name} too near to each other to measure others by them: their distance is ${apart.toFixed(1)} times its standard error, and has to be ${LEAST_APART} times.`,
    'name two members who vote less alike',
  )
}

/** Refuses a member for the second dimension who may be on either side of the first. */
export const refuseUndecided = (name: string): never => {
  throw refuse(
    `The votes do not tell on which side of the first dimension ${name} stands.`,
    'name another member for the second dimension, or none',
  )
}
