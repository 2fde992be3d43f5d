import type { Kind, MeasureAsk } from '../../analysis/measures/measure.js'
import type { MeasureName } from '../../analysis/measures/measures.js'
import type { VoteTable } from '../../analysis/vote-table.js'
import { RapporteurError } from '../../errors.js'
import { isNonAttached } from '../../model/ids.js'
import type { Reading } from '../../store/values.js'
import { type Composer, type Composing, type Given, numberIn, textIn, wordsIn } from '../composed/composer.js'
import { typeOf } from '../composed/type-of.js'
import { wholeNumber } from '../composed/whole-number.js'
import { answerFigures, DEFAULT_FIRST } from './answer-figures.js'
import { askedBallots } from './asked-ballots.js'
import { placeIn, placesIn, seatsIn, votersOf } from './voters.js'

/** A field that gives figures of a measure. */
export interface FiguresField {
  readonly measure: MeasureName
  /** The argument that chooses among what the measure makes, if any. */
  readonly variant?: string
  /** Of what figures are, where no argument `by` says so. */
  readonly by?: Kind
  /** What the argument `of` names, where it is an id. */
  readonly of?: 'members' | 'groups'
}

const ID: Reading = { how: 'id' }
const MAX_FIRST = 1000
/** Sets of so many groups are told apart. */
const MAX_GROUPS = 50
/** What reading and counting votes costs beside what the answer gives: no more than the largest statement. */
export const VOTES_PRICE = 300_000

/** How arguments are read that fields of figures have in common. */
export const VOTING_READINGS: Composer['readings'] = {
  of: ID,
  body: ID,
  groups: { how: 'idList' },
  'voters.group': ID,
  'voters.country': ID,
  'voters.memberOf': ID,
}
export const VOTING_FILTERS: NonNullable<Composer['filters']> = { where: 'VoteEvent', 'voters.where': 'Person' }

/** @throws RapporteurError `BAD_ARGUMENT` */
export const rowsAtMost = (given: (name: string) => unknown): number => {
  wholeNumber('atLeast', given('atLeast'), 1, [0, Number.MAX_SAFE_INTEGER])
  wholeNumber('skip', given('skip'), 0, [0, Number.MAX_SAFE_INTEGER])
  return wholeNumber('first', given('first'), DEFAULT_FIRST, [1, MAX_FIRST])
}

/** Puts figures of a measure together. */
export const composeFigures = (field: FiguresField): Composer => ({
  readings: VOTING_READINGS,
  filters: VOTING_FILTERS,
  atMost: rowsAtMost,
  price: () => VOTES_PRICE,
  compose: (given, composing) => compose(field, given, composing),
  words: () => `works out ${field.measure} from the votes of members`,
})

const compose = async (field: FiguresField, given: Given, composing: Composing): Promise<unknown> => {
  const of = field.of ? textIn(given, 'of') : null
  const named = [of, textIn(given, 'body'), ...votersNamed(given), ...(wordsIn(given, 'groups') ?? [])]
  if (!(await areThere(named, composing))) return null
  const by = (textIn(given, 'by')?.toLowerCase() as Kind | undefined) ?? field.by ?? 'all'
  if (field.measure === 'winningRate' && by === 'group') checkOnlyGroup(given, composing)
  const asked = await askedBallots(given, composing)
  const { table } = asked
  const { voters, undecided } = await votersOf(table, given, composing)
  const places = placesIn(table)
  const ofParticipation = field.measure === 'participation'
  const ask: MeasureAsk = {
    voters,
    by,
    of: field.of ? placeIn(places[field.of], of) : null,
    groups: groupsIn(field, given, table),
    variant: field.variant ? (textIn(given, field.variant) ?? '') : '',
    share: numberIn(given, 'margin', 0),
    width: widthOf(table),
    seats: ofParticipation ? await seatsIn(table, composing) : null,
    days: ofParticipation ? places.days : null,
    scorecard: null,
  }
  // Each member with each takes seconds.
  const isLong = field.measure === 'memberAgreement' && of === null
  const question = {
    measure: field.measure,
    ask,
    asked,
    undecidedVoters: undecided,
    always: alwaysOf(field, ask),
    group: textIn(given, 'voters.group'),
    isLong,
  }
  return answerFigures(question, given, composing)
}

/** What most of a group votes for is not known of a part of it. */
const checkOnlyGroup = (given: Given, composing: Composing): void => {
  const [, ...others] = votersNamed(given)
  if (others.every((id) => id === null) && !composing.hasFilter('voters.where')) return
  throw new RapporteurError(
    'BAD_ARGUMENT',
    'The winning rate of groups is that of whole groups; of `voters`, only `group` can be given. Ask for members with `by: MEMBER`, or leave the others out.',
  )
}

/** The ids of what voters are asked to belong to. */
export const votersNamed = (given: Given): readonly (string | null)[] =>
  ['group', 'country', 'memberOf'].map((name) => textIn(given, `voters.${name}`))

/** Whether there is a record of each of these ids. */
export const areThere = async (ids: readonly (string | null)[], composing: Composing): Promise<boolean> => {
  const types = await Promise.all(ids.map((id) => (id === null ? '' : typeOf(id, composing))))
  return !types.includes(null)
}

/** By which the keys of figures of two are made. */
export const widthOf = ({ names }: VoteTable): number =>
  Math.max(names.members.length, names.groups.length, names.countries.length, 1)

const groupsIn = ({ measure }: FiguresField, given: Given, table: VoteTable): MeasureAsk['groups'] => {
  const { groups } = placesIn(table)
  // Loyalty knows no group of those who belong to none.
  if (measure === 'loyalty') return [...groups].flatMap(([id, place]) => (isNonAttached(id) ? [place] : []))
  const asked = wordsIn(given, 'groups')?.map((id) => placeIn(groups, id) as number) ?? null
  if (measure !== 'coalitions') return asked
  const all = [...new Set(asked ?? groups.values())]
  if (all.length <= MAX_GROUPS) return all
  throw new RapporteurError(
    'COST_LIMIT',
    `There are ${all.length} groups; coalitions of at most ${MAX_GROUPS} are told apart. Name them with \`groups\`.`,
  )
}

/** Of what there is a figure even where nothing counts: of the one group, or of all together. */
const alwaysOf = (field: FiguresField, { by, voters }: MeasureAsk): readonly number[] => {
  if (field.of) return []
  if (by === 'all') return [0]
  return by === 'group' && voters.group !== null ? [voters.group] : []
}
