import type { Counting, MeasureAsk, ScorecardAsk } from '../../analysis/measures/measure.js'
import { CAST } from '../../analysis/vote-table.js'
import { readLinkColumns } from '../../store/link-columns.js'
import { type Composer, type Composing, textIn } from '../composed/composer.js'
import { readJson } from '../written-result.js'
import { answerFigures } from './answer-figures.js'
import { askedBallots } from './asked-ballots.js'
import { areThere, rowsAtMost, VOTES_PRICE, VOTING_READINGS, votersNamed, widthOf } from './figures-composer.js'
import { ID, scanPlan } from './scan-plan.js'
import { votersOf } from './voters.js'

/** How far members voted as a scorecard holds right. */
export const composeScores: Composer = {
  readings: { ...VOTING_READINGS, scorecard: { how: 'id' } },
  filters: { 'voters.where': 'Person' },
  atMost: rowsAtMost,
  price: () => VOTES_PRICE,
  async compose(given, composing) {
    const card = await readScorecard(textIn(given, 'scorecard') ?? '', composing)
    if (!card || !(await areThere(votersNamed(given), composing))) return null
    const asked = await askedBallots(
      given,
      composing,
      card.ballots.map(({ id }) => id),
    )
    const { table } = asked
    const { voters, undecided } = await votersOf(table, given, composing)
    const slots = new Map(table.names.ballots.map((id, slot) => [id, slot]))
    const scorecard: ScorecardAsk = {
      ballots: new Map(card.ballots.map(({ id, option, weight }) => [slots.get(id) ?? -1, { option, weight }])),
      absences: card.absences,
      abstentions: card.abstentions,
    }
    const ask: MeasureAsk = {
      voters,
      by: 'member',
      of: null,
      groups: null,
      variant: '',
      share: 0,
      width: widthOf(table),
      seats: null,
      days: null,
      scorecard,
    }
    return answerFigures({ measure: 'scores', ask, asked, undecidedVoters: undecided, always: [] }, given, composing)
  },
  words: (given) => `scores members by the ballots of ${JSON.stringify(textIn(given, 'scorecard'))}`,
}

interface Scorecard {
  readonly absences: Counting
  readonly abstentions: Counting
  readonly ballots: readonly { readonly id: string; readonly option: number; readonly weight: number }[]
}

/** A scorecard; null where there is none with this id. */
const readScorecard = async (id: string, { store, shape, options }: Composing): Promise<Scorecard | null> => {
  const plan = scanPlan(shape, {
    type: 'Scorecard',
    columns: { absences: 'absences', abstentions: 'abstentions' },
    neighbours: {},
    where: { kind: 'compare', column: ID, is: '=', to: { from: 'constant', value: id } },
    first: 1,
    after: null,
  })
  const { nodes } = readJson((await store.answer(plan, options)).json) as {
    readonly nodes: readonly { readonly absences: Counting | null; readonly abstentions: Counting | null }[]
  }
  const [card] = nodes
  if (!card) return null
  const query = { link: 'ScorecardBallot', at: 'from' as const, ids: [id], columns: ['option', 'weight'] }
  const rows = readLinkColumns(
    (await store.linkColumns(query, options)).json,
  ) as readonly unknown[] as readonly BallotsOf[]
  return {
    // What its authors do not say counts as the schema says.
    absences: card.absences ?? 'LEFT_OUT',
    abstentions: card.abstentions ?? 'DISAGREEMENT',
    ballots: rows.flatMap(([, ballots, rights, weights]) =>
      ballots.map((ballot, i) => ({ id: ballot, option: CAST.indexOf(rights[i] as never), weight: weights[i] ?? 1 })),
    ),
  }
}

/** The ballots of a scorecard: its id, and in one order the ballots, options and weights. */
type BallotsOf = readonly [
  id: string,
  ballots: readonly string[],
  options: readonly string[],
  weights: readonly (number | null)[],
]
