import type { Values } from '../../model/records.js'
import { BadCell } from '../read/read-cells.js'
import { isObject, type JsonObject } from '../read/read-json-lines.js'
import { listOf, reference, text, wholeOf } from './values.js'

const OPTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    FOR: 'yes,aye,yea,for',
    AGAINST: 'no,nay,noe,against',
    ABSTENTION: 'abstain,abstained,abstention',
    DID_NOT_VOTE: 'absent,not voting,did not vote,paired',
  }).flatMap(([option, words]) => words.split(',').map((word): [string, string] => [word, option])),
)

/**
 * The option of a vote or count: a member who is absent, not voting or paired did not vote. Null for a word that is none
 * of those known, which is not a mistake: parliaments have options of their own, such as excused.
 * @throws BadCell where there is none
 */
export const optionOf = (value: JsonObject): string | null => {
  const written = text(value, 'option')
  if (written === null) throw new BadCell('"option" is missing.')
  return OPTIONS.get(written.toLowerCase().replaceAll('_', ' ')) ?? null
}

/** Whether a count or vote is of a group, be it told by an id or not. @throws BadCell */
export const isOfGroup = (value: JsonObject, key: string): boolean =>
  reference(value, key) !== null || isObject(value[key])

/** The columns of a ballot's totals: the counts that are of no group. @throws BadCell */
export const ballotTally = (value: JsonObject): Values =>
  tally(listOf(value, 'counts').filter((count) => !isOfGroup(count, 'group')))

/**
 * The columns of the tally of each group, by its id in the file.
 * @param groupOf tells the group of a count that is of one; null where that is not known
 * @throws BadCell
 */
export const groupTallies = (
  value: JsonObject,
  groupOf: (count: JsonObject) => string | null,
): ReadonlyMap<string, Values> => {
  const groups = new Map<string, JsonObject[]>()
  for (const count of listOf(value, 'counts')) {
    const group = isOfGroup(count, 'group') ? groupOf(count) : null
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), count])
  }
  return new Map([...groups].map(([group, counts]) => [group, tally(counts)]))
}

/** A number that is missing is no 0. */
const tally = (counts: readonly JsonObject[]): Values => {
  const sums = new Map<string, number>()
  const seen = new Set<string>()
  for (const count of counts) {
    const option = optionOf(count)
    const written = String(text(count, 'option')).toLowerCase()
    if (seen.has(written)) throw new BadCell(`The count of "${written}" stands twice.`)
    seen.add(written)
    const number = wholeOf(count, 'value')
    if (option !== null) sums.set(option, (sums.get(option) ?? 0) + number)
  }
  const [yes, no, abstain] = [sums.get('FOR'), sums.get('AGAINST'), sums.get('ABSTENTION')]
  const voting = yes === undefined || no === undefined || abstain === undefined ? null : yes + no + abstain
  return {
    tallyFor: yes ?? null,
    tallyAgainst: no ?? null,
    tallyAbstention: abstain ?? null,
    tallyVoting: voting,
    tallyDidNotVote: sums.get('DID_NOT_VOTE') ?? null,
  }
}
