import type { Segment } from '../selection.js'
import { askedRows } from './asked-rows.js'
import type { Measure, MeasureInput, Sink } from './measure.js'
import { type Outcomes, outcomesIn } from './outcomes.js'
import { pluralitiesIn } from './pluralities.js'

/** How often the outcome is what a member, or most of a group, voted for. */
export const winningRate: Measure = {
  formula: ({ by }) =>
    by === 'member'
      ? 'votes for what was adopted and against what was rejected / votes cast where the outcome is known'
      : 'ballots whose outcome is the option with most votes in the group / ballots in which one option has most votes and the outcome is known',
  of: ({ by }) => by,
  with: () => null,
  base: ({ by }) => (by === 'member' ? 'members' : 'tallies'),
  rest: () => 'NOT_CAST',
  run(input, sink) {
    for (const segment of input.segments) {
      const outcomes = outcomesIn(input.bits, segment)
      if (input.ask.by === 'member') ofMembers(input, segment, outcomes, sink)
      else ofGroups(input, segment, outcomes, sink)
    }
  },
}

const ofMembers = (input: MeasureInput, segment: Segment, outcomes: Outcomes, sink: Sink): void => {
  for (const { member, eachWord } of askedRows(input, segment)) {
    sink.touch(member)
    eachWord((word, ballots, p, q) => {
      const cast = (p | q) & ballots
      const [adopted, rejected] = [outcomes[0][word - segment.from], outcomes[1][word - segment.from]] as [
        number,
        number,
      ]
      const counted = cast & (adopted | rejected)
      sink.count(member, word, counted, counted & ((p & ~q & adopted) | (q & ~p & rejected)))
      sink.exclude(member, 'OUTCOME_NOT_KNOWN', word, cast & ~counted)
    })
  }
}

const ofGroups = ({ bits, ask, meant }: MeasureInput, segment: Segment, outcomes: Outcomes, sink: Sink): void => {
  const { from, to } = segment
  for (const [group, of] of pluralitiesIn(bits, segment, meant)) {
    if (ask.voters.group !== null && ask.voters.group !== group) continue
    sink.touch(group)
    for (let word = from; word < to; word += 1) {
      const w = word - from
      const [yes, no, abstained] = [of.most[0][w], of.most[1][w], of.most[2][w]] as [number, number, number]
      const [adopted, rejected] = [outcomes[0][w] as number, outcomes[1][w] as number]
      const cast = of.cast[w] as number
      const counted = (yes | no | abstained) & (adopted | rejected)
      sink.count(group, word, counted, (yes & adopted) | (no & rejected))
      sink.exclude(group, 'OUTCOME_NOT_KNOWN', word, cast & ~(adopted | rejected))
      sink.exclude(group, 'NO_PLURALITY', word, cast & (adopted | rejected) & ~counted)
      sink.exclude(group, 'NOBODY_CAST', word, (of.present[w] as number) & ~cast)
    }
  }
}
