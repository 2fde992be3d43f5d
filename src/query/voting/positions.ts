import { slowThread } from '../../analysis/threads.js'
import { RapporteurError } from '../../errors.js'
import { type Composer, type Given, numberIn, textIn } from '../composed/composer.js'
import { wholeNumber } from '../composed/whole-number.js'
import { DEFAULT_FIRST } from './answer-figures.js'
import { askedBallots } from './asked-ballots.js'
import { areThere, rowsAtMost, VOTES_PRICE, VOTING_FILTERS, VOTING_READINGS, votersNamed } from './figures-composer.js'
import { placesIn, votersOf } from './voters.js'

const ID = { how: 'id' } as const

/** Where members stand, by how they voted. */
export const composePositions: Composer = {
  readings: { ...VOTING_READINGS, low: ID, high: ID, above: ID },
  filters: VOTING_FILTERS,
  atMost(given) {
    wholeNumber('dimensions', given('dimensions'), 1, [1, 2])
    wholeNumber('leastVotes', given('leastVotes'), 20, [1, Number.MAX_SAFE_INTEGER])
    return rowsAtMost(given)
  },
  // A fit goes over all votes many times, in a thread of its own.
  price: () => 3 * VOTES_PRICE,
  async compose(given, composing) {
    const anchors = ['low', 'high', 'above'].map((name) => textIn(given, name))
    if (!(await areThere([...anchors, ...votersNamed(given)], composing))) return null
    const { table, selection, ballotCount, undecidedCount, undatedCount } = await askedBallots(given, composing)
    const { voters, undecided } = await votersOf(table, given, composing)
    const segments = selection.periods.flatMap((period) => period.segments)
    const bodies = [...new Set(segments.map(({ chunk }) => table.names.bodies[chunk]))]
    if (bodies.length > 1)
      throw new RapporteurError(
        'BAD_ARGUMENT',
        `The ballots were held in ${bodies.length} bodies, ${bodies
          .slice(0, 5)
          .map((id) => `"${id}"`)
          .join(', ')}; positions are of members of one. Name it with \`body\`.`,
      )
    const { members } = placesIn(table)
    const anchor = (name: string) => {
      const id = textIn(given, name)
      return id === null ? undefined : { member: members.get(id) ?? -1, name: `"${id}"` }
    }
    const [low, high, above] = [anchor('low'), anchor('high'), anchor('above')]
    if (!low || !high) throw new Error('The schema asks for two anchors.')
    const job = {
      bits: table.bits,
      asked: {
        segments,
        voters,
        isMeant: given.get('asMeant') === true,
        dimensions: numberIn(given, 'dimensions', 1) === 2 ? (2 as const) : (1 as const),
        low,
        high,
        above,
        leastVotes: numberIn(given, 'leastVotes', 20),
      },
    }
    const found = await slowThread.run('positions', job, composing.options)
    const { names, version } = table
    const rows = found.members.map(({ votes, positions, why }, i) => ({
      member: names.members[found.places[i] as number] ?? null,
      votes,
      first: positions?.[0] ?? null,
      second: positions?.[1] ?? null,
      why,
    }))
    rows.sort((a, b) => {
      const [one, other] = [a.first?.value ?? Number.POSITIVE_INFINITY, b.first?.value ?? Number.POSITIVE_INFINITY]
      return one === other ? ((a.member ?? '') < (b.member ?? '') ? -1 : 1) : one - other
    })
    const skip = numberIn(given, 'skip', 0)
    return {
      rows: rows.slice(skip, skip + numberIn(given, 'first', DEFAULT_FIRST)),
      rowCount: rows.length,
      placedCount: found.placed,
      ballotCount,
      undecidedCount,
      undatedCount,
      undecidedVoterCount: undecided,
      usedBallotCount: found.ballots,
      leftOut: [
        ...found.leftOut,
        ...(ballotCount > found.slots.length
          ? [{ reason: 'PARTIAL_LIST', count: ballotCount - found.slots.length }]
          : []),
      ],
      above: found.above === null ? null : (names.members[found.places[found.above] as number] ?? null),
      voteCount: found.votes,
      correctCount: found.correct,
      classified: found.classified,
      apre: found.apre,
      logLikelihood: found.logLikelihood,
      iterations: found.iterations,
      hasConverged: found.converged,
      method: METHOD,
      dataVersion: version,
      voteEvents: (asked: Given) => {
        const first = numberIn(asked, 'first', 20)
        const from = wholeNumber('skip', asked.get('skip'), 0, [0, Number.MAX_SAFE_INTEGER])
        return found.slots.slice(from, from + first).map((slot) => names.ballots[slot] as string)
      },
    }
  },
  words: () => 'fits positions to the votes of members, in a thread of its own',
}

const METHOD =
  'two-parameter probit model of votes for and against, fitted by expectation and maximisation; intervals hold 95 of 100 true positions if votes come about as the model says'
