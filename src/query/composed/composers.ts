import { composeFigures, type FiguresField } from '../voting/figures-composer.js'
import { composePositions } from '../voting/positions.js'
import { composeScores } from '../voting/scores.js'
import { composeTurnedBallots } from '../voting/turned-ballots.js'
import { composeWhoVoted } from '../voting/who-voted.js'
import { composeCitation } from './citation.js'
import type { Composer } from './composer.js'
import { composeNeighbourhood } from './neighbourhood.js'
import { composePath } from './path.js'
import { composeSearch } from './search.js'
import { composeTimeline } from './timeline.js'

/** Figures of votes: a field for each measure. */
const FIGURES: readonly FiguresField[] = [
  { measure: 'cohesion', variant: 'index' },
  { measure: 'loyalty', variant: 'of', by: 'member' },
  { measure: 'participation', variant: 'of' },
  { measure: 'memberAgreement', variant: 'abstentions', by: 'member', of: 'members' },
  { measure: 'memberGroupAgreement', variant: 'abstentions', by: 'member', of: 'members' },
  { measure: 'groupAgreement', by: 'group', of: 'groups' },
  { measure: 'winningRate' },
  { measure: 'closeness', by: 'all' },
  { measure: 'coalitions', variant: 'of', by: 'groups' },
]

/** What puts answers together, by the name that the schema has for it. */
const COMPOSERS: ReadonlyMap<string, Composer> = new Map([
  ['search', composeSearch],
  ['timeline', composeTimeline],
  ['citation', composeCitation],
  ['path', composePath],
  ['neighbourhood', composeNeighbourhood],
  ['scores', composeScores],
  ['whoVoted', composeWhoVoted],
  ['turnedBallots', composeTurnedBallots],
  ['positions', composePositions],
  ...FIGURES.map((field): [string, Composer] => [field.measure, composeFigures(field)]),
])

export const composerOf = (name: string): Composer => COMPOSERS.get(name) as Composer
