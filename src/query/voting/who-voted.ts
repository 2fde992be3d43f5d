import { type FoundVote, votesIn } from '../../analysis/votes-in.js'
import { RapporteurError } from '../../errors.js'
import type { Reading } from '../../store/values.js'
import { type Composer, type Given, numberIn, wordsIn } from '../composed/composer.js'
import { typeOf } from '../composed/type-of.js'
import { wholeNumber } from '../composed/whole-number.js'
import { DEFAULT_FIRST } from './answer-figures.js'
import { rowsAtMost, VOTES_PRICE } from './figures-composer.js'

const MAX_BALLOTS = 10
const IDS: Reading = { how: 'idList' }

/** The arguments that name ballots, by the option that is asked in them. */
const ARGUMENTS = { for: 'FOR', against: 'AGAINST', abstention: 'ABSTENTION', didNotVote: 'DID_NOT_VOTE' } as const

/** Who voted as asked in each of some ballots. */
export const composeWhoVoted: Composer = {
  readings: { for: IDS, against: IDS, abstention: IDS, didNotVote: IDS },
  atMost(given) {
    wholeNumber('skip', given('skip'), 0, [0, Number.MAX_SAFE_INTEGER])
    return rowsAtMost(given)
  },
  price: () => VOTES_PRICE,
  async compose(given, composing) {
    const asked = ballotsIn(given)
    const ids = [...new Set(asked.map(({ id }) => id))]
    if (ids.length === 0 || ids.length > MAX_BALLOTS)
      throw new RapporteurError(
        'BAD_ARGUMENT',
        `${ids.length} ballots are named; name from 1 to ${MAX_BALLOTS} with \`for\`, \`against\`, \`abstention\` or \`didNotVote\`.`,
      )
    const types = await Promise.all(ids.map((id) => typeOf(id, composing)))
    if (types.some((type) => type !== 'VoteEvent')) return null
    const { bits, names, version } = await composing.votes.of(ids, composing.options)
    const slots = new Map(ids.map((id) => [id, names.ballots.indexOf(id)]))
    const alike = asked.map(({ id, option }): readonly FoundVote[] => {
      const slot = slots.get(id) as number
      const votes = slot < 0 ? [] : votesIn(bits, slot, given.get('asMeant') === true)
      return votes.filter((vote) => vote.option === option)
    })
    const members = alike.map((votes) => new Set(votes.map(({ member }) => member)))
    const isInAll = ({ member }: FoundVote) => members.every((each) => each.has(member))
    const rows = (alike.at(-1) ?? []).filter(isInAll).sort((a, b) => a.member - b.member)
    const isWhole = (slot: number) => slot >= 0 && (((bits.whole[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1
    const skip = numberIn(given, 'skip', 0)
    return {
      rows: rows.slice(skip, skip + numberIn(given, 'first', DEFAULT_FIRST)).map(({ member, group, country }) => ({
        member: names.members[member],
        group: names.groups[group] ?? null,
        country: names.countries[country] ?? null,
      })),
      rowCount: rows.length,
      partial: ids.filter((id) => !isWhole(slots.get(id) as number)),
      dataVersion: version,
    }
  },
  words: () => 'looks up in the votes of members who voted as asked in each of the ballots',
}

const ballotsIn = (given: Given): readonly { readonly id: string; readonly option: string }[] =>
  Object.entries(ARGUMENTS).flatMap(([name, option]) => (wordsIn(given, name) ?? []).map((id) => ({ id, option })))
