import { foldText } from '../model/fold.js'
import type { Feature, MatchRule } from './features.js'
import type { AskedQuery } from './read-query.js'
import type { ReadRecord } from './record-rows.js'

/** A record that was found for a query, and how. */
export interface Found {
  readonly type: string
  readonly id: string
  /** A word of `SearchMatch`, or `ID` where the query is its id. */
  readonly how: string
  readonly field: string
  readonly text: string
  /** The search's score; null where it was found by its id. */
  readonly searchScore: number | null
}

/** A record that may be meant. */
export interface Candidate {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly type: readonly { readonly id: string; readonly name: string }[]
  readonly score: number
  readonly features: readonly Feature[]
  readonly match: boolean
}

/** What is known of a record beside how it was found. */
export interface Weighed {
  readonly found: Found
  readonly record: ReadRecord
  /** Whether it has what is asked of each property; those of which that is not known are not among them. */
  readonly agrees: ReadonlyMap<string, boolean>
}

/** Points that a property adds or takes away. */
const AGREES = 2
const DISAGREES = 20

/** From 0 to 100: a tenth of the search's score, and what the properties add or take away. */
const pointsOf = ({ found, agrees }: Weighed): number => {
  const compared = [...agrees.values()]
  const agreeing = compared.filter(Boolean).length
  const base = found.searchScore === null ? 100 : Math.min(100, found.searchScore / 10)
  return base + agreeing * AGREES - (compared.length - agreeing) * DISAGREES
}

/**
 * The records that may be meant, the best first.
 * @param isAll whether these are all that were found
 */
export const rankCandidates = (
  asked: AskedQuery,
  weighed: readonly Weighed[],
  { isAll, typeName }: { readonly isAll: boolean; readonly typeName: (type: string) => string },
): readonly Candidate[] => {
  const decision = decideMatch(asked, weighed, isAll)
  const best = Math.max(0, ...weighed.map(pointsOf))
  return weighed
    .map((each) => {
      // What is surely meant is never behind others.
      const isMatch = decision?.is === each
      return { each, isMatch, points: isMatch ? best : pointsOf(each) }
    })
    .sort(
      (a, b) =>
        b.points - a.points || Number(b.isMatch) - Number(a.isMatch) || (a.each.found.id < b.each.found.id ? -1 : 1),
    )
    .slice(0, asked.limit)
    .map(({ each, isMatch, points }) => {
      const { found, record } = each
      const like = weighed.filter(({ found: { how } }) => SURE.has(how) && how === found.how).length
      return {
        id: found.id,
        name: record.name,
        description: describe(found, record),
        type: [{ id: found.type, name: typeName(found.type) }],
        score: Math.round(Math.min(100, Math.max(0, points)) * 10) / 10,
        features: [
          { id: `how.${found.how}`, value: true },
          { id: `field.${found.field}`, value: true },
          ...(found.searchScore === null ? [] : [{ id: 'searchScore', value: found.searchScore }]),
          ...(SURE.has(found.how) ? [{ id: 'alike', value: like - 1 }] : []),
          ...[...each.agrees].map(([id, value]) => ({ id: `property.${id}`, value })),
          ...(decision && isMatch ? [{ id: `rule.${decision.rule}`, value: true }] : []),
        ],
        match: isMatch,
      }
    })
}

const describe = ({ text, field }: Found, { name, description }: ReadRecord): string =>
  foldText(text) === foldText(name) || field === 'id' ? description : `${description}; found as “${text.slice(0, 200)}”`

/** The matches that may be sure: others are words that are alike. */
const SURE: ReadonlySet<string> = new Set(['ID', 'REFERENCE', 'NAME'])

/**
 * Decides whether one record is surely meant, and by which rule. Of several that match alike none is, unless the
 * properties leave one: it agrees with one of them at least, and each other disagrees.
 */
const decideMatch = (
  { text, types }: AskedQuery,
  weighed: readonly Weighed[],
  isAll: boolean,
): { readonly is: Weighed; readonly rule: MatchRule } | null => {
  const by = (how: string) => weighed.filter(({ found }) => found.how === how)
  const [byId] = by('ID')
  if (byId) return disagrees(byId) ? null : { is: byId, rule: 'id' }

  const [byReference, ...others] = by('REFERENCE')
  if (byReference) {
    const isWhole = byReference.found.field !== 'id' && /\d/.test(text) && text.trim().length >= SHORTEST_REFERENCE
    const isSure = others.length === 0 && !disagrees(byReference) && (types !== null || isWhole)
    return isSure ? { is: byReference, rule: 'reference' } : null
  }

  const byName = by('NAME').filter(({ found }) => found.field !== 'id')
  const [first] = byName
  if (!first) return null
  if (byName.length === 1) {
    const isName = types !== null || text.trim().includes(' ') || first.agrees.size > 0
    return isName && !disagrees(first) ? { is: first, rule: 'onlyName' } : null
  }
  // Others of the name may not have been looked at.
  if (byName.length === weighed.length && !isAll) return null
  const left = byName.filter((each) => !disagrees(each))
  const [only] = left
  return only && left.length === 1 && only.agrees.size > 0 ? { is: only, rule: 'onlyNameThatAgrees' } : null
}

/** Characters from which on a reference is no code that is a word as well. */
const SHORTEST_REFERENCE = 5

const disagrees = ({ agrees }: Weighed): boolean => [...agrees.values()].includes(false)
