import { parseFuzzyDate } from '../model/fuzzy-date.js'
import type { AskMore } from './ask-more.js'
import { isObject, type Json } from './json.js'
import type { Asked } from './read-asked.js'
import { itemsOf } from './read-lists.js'
import type { Coverage, Reason } from './tool-result.js'

export const COVERED = `{
  first: voteEvents(where: { date: { known: true } }, orderBy: [DATE_ASC], first: 1) { nodes { date } }
  last: voteEvents(where: { date: { known: true } }, orderBy: [DATE_DESC], first: 1) { nodes { date } }
}`

/** The days of the first and the last ballot in the graph, where a question about ballots asks for days beyond them. */
export const readCoverage = async ({ periods, roots }: Asked, ask: AskMore): Promise<Coverage | null> => {
  if (periods.length === 0 || !roots.some((root) => /^vote/i.test(root))) return null
  const answer = await ask(COVERED, {})
  const [from, to] = ['first', 'last'].map((key) => dateOf(answer?.[key]))
  if (!from || !to) return null
  const isBeyond = boundsOf(periods).some(({ earliest, latest }) => earliest < from || latest > to)
  return isBeyond ? { from, to } : null
}

/** Why nothing was found, where nothing that lies in the period is in the graph. */
export const notCovered = ({ periods }: Asked, covered: Coverage | null): Reason | undefined => {
  if (!covered) return undefined
  const { from, to } = covered
  const outside = boundsOf(periods).find(({ earliest, latest }) => latest < from || earliest > to)
  if (!outside) return undefined
  const sentence = `The graph holds ballots from ${from} to ${to}, and "${outside.period}" lies outside. What happened then is not known here.`
  return { code: 'NOT_COVERED', sentence, nearest: [] }
}

/** The first and the last day of each period; one that is open goes on for ever. */
const boundsOf = (periods: readonly string[]) =>
  periods.flatMap((period) => {
    const date = parseFuzzyDate(period)
    if (typeof date === 'string') return []
    return [{ period, earliest: date.earliest ?? '0000-01-01', latest: date.latest ?? '9999-12-31' }]
  })

const dateOf = (list: Json | undefined): string | undefined => {
  const [first] = (isObject(list) ? itemsOf(list) : undefined) ?? []
  const date = isObject(first) ? first['date'] : undefined
  return typeof date === 'string' ? date : undefined
}
