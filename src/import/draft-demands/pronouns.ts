import type { Body } from './bodies.js'
import type { Mention } from './mentions.js'
import { type Context, isSomebody, MAY_FOLLOW } from './phrases.js'

/** What a paragraph says before a pronoun, a clause each, with those whom that clause asks. */
export interface Past extends Context {
  readonly asked: readonly Body[]
}

/** What a clause says before a place in it. */
export const pastOf = (context: Context, at: number, asked: readonly Body[]): Past => ({
  ...context,
  text: context.text.slice(0, at),
  mentions: context.mentions.filter(({ end }) => end <= at),
  asked: [...asked],
})

/** Whom a pronoun stands for. */
export interface Antecedent {
  readonly bodies: readonly Body[]
  /** Whether it was asked just before or is what its clause is about, so that "it" can hardly be a thing. */
  readonly isCertain: boolean
}

/** The pronouns that stand for somebody asked. */
export const PRONOUN = /^\s*(?:it|them|they|him|her|he|she)\b/

interface Candidate {
  readonly start: number
  readonly end: number
  readonly bodies: readonly Body[]
  readonly isPlural: boolean
  readonly isOwner: boolean
}

/** Names in the plural; a country’s is none, whatever it ends in. */
const PLURAL =
  /\b(?:authorities|[Gg]overnments|[Mm]ember [Ss]tates|Member States|countries|institutions|[Dd]elegations|leaders|officials|rulers|ministers|legislators|lawmakers|[Ff]orces|troops|agencies|bodies|courts|judges|prosecutors|[Pp]arliaments|Houthis|rebels|services|Taliban|police)\b/
/** The words of a clause up to what it is about: "strongly condemns", "is appalled by the", "notes with concern that the". */
const OPENING =
  /^[^\p{L}]*(?:\p{L}+ly |also |therefore |further )*(?:is \p{L}+ (?:by|at|that|with)|\p{L}+s)(?: (?:strongly|in the strongest(?: possible)? terms|with(?: \p{L}+){1,2}))?,?(?: (?:that|the fact that|on|with|at|by))?(?: (?:the|all|both))* $/iu

/** A verb after a name: "the Council has", "the Commission proposes a law", but not "Council conclusions". */
const IS_SUBJECT =
  /^ (?:(?:has|have|is|are|was|were|had|must|should|will|would|can|could|may|did|does)\b|\p{Ll}+ed\b|\p{Ll}+s (?:the|an?|its|that|to|all|no|\p{Lu}))/u

/** Joins names that stand in one list, so that "them" can be both. */
const candidatesIn = ({ text, mentions }: Context): readonly Candidate[] => {
  const found: Candidate[] = []
  let last: Mention | null = null
  for (const mention of mentions) {
    const { start, end, bodies, isCountry, canModify } = mention
    const after = text.slice(end)
    const isOwner = after.startsWith('’')
    const isModifier =
      canModify && !isOwner && !MAY_FOLLOW.test(after) && !/^[,.)]/.test(after) && !IS_SUBJECT.test(after)
    if (isModifier) continue
    const before = found.at(-1)
    if (before && last && /^(?:,|,? and|,? as well as|,? or)(?: the| its)? $/.test(text.slice(last.end, start)))
      found[found.length - 1] = { ...before, end, bodies: [...before.bodies, ...bodies], isPlural: true, isOwner }
    else {
      const isPlural = !isCountry && (bodies.length > 1 || PLURAL.test(text.slice(start, end)))
      found.push({ start, end, bodies, isPlural, isOwner })
    }
    last = mention
  }
  return found
}

/** "It" is one body, "them" are several or a plural, "him" and "her" the holder of an office. */
const fits = (pronoun: string, { bodies, isPlural }: Pick<Candidate, 'bodies' | 'isPlural'>): boolean =>
  pronoun === 'it'
    ? !isPlural && bodies.every(({ type }) => type === 'Organization')
    : pronoun.startsWith('the')
      ? isPlural
      : !isPlural && bodies.every(({ type }) => type === 'Office')

/** Finds whom a pronoun stands for, in the nearest clause that names anybody who fits; null where that is not one. */
export const antecedentOf = (written: string, past: readonly Past[]): Antecedent | null => {
  const pronoun = written.trim()
  for (const clause of [...past].reverse()) {
    const candidates = candidatesIn(clause)
    const asked = clause.asked
    if (asked.length > 0) {
      const isPlural =
        asked.length > 1 ||
        candidates.some((each) => each.isPlural && each.bodies.some(({ id }) => id === asked[0]?.id))
      if (fits(pronoun, { bodies: asked, isPlural })) return { bodies: asked, isCertain: true }
    }
    const fitting = candidates.filter((each) => fits(pronoun, each))
    const [first] = fitting
    if (!first) continue
    const ids = new Set(fitting.map(({ bodies }) => bodies.map(({ id }) => id).join()))
    // What a clause is about stands right after its verb: "condemns Russia’s war against Ukraine".
    const isCertain = OPENING.test(clause.text.slice(0, first.start))
    const isOnly = ids.size === 1 && !hasOthers(clause, candidates)
    return isOnly || (isCertain && !hasSecondVerb(clause.text.slice(first.end)))
      ? { bodies: first.bodies, isCertain: isCertain && !first.isOwner }
      : null
  }
  return null
}

/** Whether somebody whom the lexicon does not have is named, too. */
const hasOthers = ({ text, mentions }: Context, candidates: readonly Candidate[]): boolean => {
  // The first word is a verb, capital or not.
  let rest = `${text.charAt(0).toLowerCase()}${text.slice(1)}`
  for (const { start, end } of [...mentions, ...candidates].sort((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start)}…${rest.slice(end)}`
  return rest.split(/[\s,]+(?:by|of|on|in|to|for|with|from|that|against|the|and)\s+/).some((words) => isSomebody(words))
}

const hasSecondVerb = (text: string): boolean =>
  /(?:\band|,) (?:\p{L}+ly )?\p{Ll}+s (?:the|that|its|all|\p{Lu})/u.test(text)
