import type { Body } from './bodies.js'
import { partOfState } from './mentions.js'
import { agentsIn, type Context, isSomebody, readPhrase, undergoes } from './phrases.js'
import { antecedentOf, type Past, PRONOUN, pastOf } from './pronouns.js'
import type { Force } from './verbs.js'

/** Who is to do what a clause with "that" says. */
export interface Subjects {
  readonly heads: readonly Body[]
  readonly unknown: readonly string[]
}

const OBLIGES =
  /^\s*(?:\p{L}+ly |also |therefore |now |urgently )*(?:must|should|shall|ought to|needs? to|ha(?:s|ve) to)(?! have\b)/iu
const MUST_BE = /\b(?:must|should|shall|needs? to|has to|have to) (?:also |now |therefore )?be\b/
const STATES = /^\s*(?:is|are|was|were|has|have|had|will|would|can|could|may|might|does|did|do(?! so))\b/i
const AUXILIARY = /^ *\p{Ll}\p{L}+(?: \p{Ll}\p{L}+)? (?:be|must|should|shall|is|are|has|have|needs?|remain)\b/u

/** Whether a verb is in its bare form, as after "insists that Russia": "withdraw", not "withdraws" or "is". */
const isSubjunctive = (verb: string): boolean =>
  !STATES.test(verb) && /^\s*(?:\p{L}+ly )?(?!\p{L}+ed\b)(?:\p{Ll}*[^s\W])\b/u.test(verb)

const asksOf = (predicate: string, force: Force): boolean => {
  const verb = predicate.replace(/^,[^,;]{0,120},/, '')
  if (undergoes(verb) || /^’/.test(verb)) return false
  if (AUXILIARY.test(verb) && !OBLIGES.test(verb) && !/^ *(?:must|should|shall|be)\b/.test(verb)) return false
  if (force === 'stress') return OBLIGES.test(verb)
  if (force === 'insist') return OBLIGES.test(verb) || isSubjunctive(verb)
  return !/^\s*(?:is|are|was|were|has|have|had|did)\b/.test(verb)
}

/** Reads "that A and B do …, and that C …": each subject that is somebody and acts is asked. */
export const subjectsOf = (
  context: Context,
  start: number,
  end: number,
  force: Force,
  past: readonly Past[],
): Subjects => {
  const heads: Body[] = []
  const unknown: string[] = []
  for (const [first, last] of partsOf(context.text, start, end)) {
    const subject =
      pronounAt(context, first, last, force, heads.length > 0 ? [...past, pastOf(context, first, heads)] : past) ??
      namedAt(context, first, last) ??
      ownAt(context, first, last) ??
      strangerAt(context, first, last)
    if (subject && asksOf(context.text.slice(subject.end, last), force)) {
      heads.push(...subject.heads)
      unknown.push(...subject.unknown)
    } else if (force !== 'stress' || MUST_BE.test(context.text.slice(first, last)))
      heads.push(...agentsIn(context, first, last))
  }
  return { heads, unknown }
}

const partsOf = (text: string, start: number, end: number): readonly (readonly [number, number])[] => {
  const parts: [number, number][] = []
  let from = start
  for (const match of text.slice(start, end).matchAll(/,?\s+(?:and|but)\s+that\s+|,\s+that\s+/g)) {
    parts.push([from, start + match.index])
    from = start + match.index + match[0].length
  }
  return [...parts, [from, end]]
}

interface Subject extends Subjects {
  readonly end: number
}

/** A pronoun may stand for a thing, so a weak verb asks somebody by it only where that is hardly possible. */
const pronounAt = (
  { text }: Context,
  first: number,
  last: number,
  force: Force,
  past: readonly Past[],
): Subject | null => {
  const match = PRONOUN.exec(text.slice(first, last))
  if (!match) return null
  const end = first + match[0].length
  const antecedent = antecedentOf(match[0], past)
  if (antecedent && (force === 'demand' || antecedent.isCertain)) return { heads: antecedent.bodies, unknown: [], end }
  return force === 'stress' ? { heads: [], unknown: [], end } : { heads: [], unknown: [match[0].trim()], end }
}

/** "That Hamas and Islamic Jihad release", "that Russia and its proxies leave": the second is in no lexicon. */
const SECOND_STRANGER =
  /^(?:,? and| or) ((?:the )?(?:\p{Lu}[\p{L}’-]*(?: (?=\p{Lu}|of|and the \p{Lu})(?:of (?:the )?)?|(?= )))+|(?:its|their|all) (?:\p{L}+ ){0,2}?\p{Ll}+s(?=[ ,]))/u

/** No subject is longer; it is read once for each of its names. */
const LONGEST_SUBJECT = 600

/** The subject ends where the last of its names ends. */
const namedAt = (context: Context, first: number, last: number): Subject | null => {
  let subject: Subject | null = null
  const end = Math.min(last, first + LONGEST_SUBJECT)
  for (const mention of context.mentions.filter((each) => each.start >= first && each.end <= end)) {
    const phrase = readPhrase(context, first, mention.end)
    if (!phrase.mentions.includes(mention) || /^’/.test(context.text.slice(mention.end))) break
    if (subject?.heads.some((head) => !phrase.heads.includes(head))) break
    const between = subject ? context.text.slice(subject.end, mention.start) : ''
    if (subject && !/^(?:,| and| or|,? as well as| including|,)*[\s\p{L},]{0,40}$/u.test(between)) break
    if (/\b(?:must|should|shall|to|be|is|are|with|by|for|in|from)\b/.test(between)) break
    subject = { ...phrase, end: mention.end }
  }
  if (!subject) return null
  const other = SECOND_STRANGER.exec(context.text.slice(subject.end, last))
  return other
    ? {
        heads: subject.heads,
        unknown: [...subject.unknown, (other[1] ?? '').trim()],
        end: subject.end + other[0].trimEnd().length,
      }
    : subject
}

const SMALL_SUBJECT =
  /^\s*(?:the )?(\p{Ll}[\p{Ll} ]{3,20}?)(?= (?:must|should|shall|immediately|release|end|stop|\p{Ll}+) )/u

/** "The authorities", of the country that the text is about. */
const ownAt = ({ text, country }: Context, first: number, last: number): Subject | null => {
  const words = country ? SMALL_SUBJECT.exec(text.slice(first, last)) : null
  const body = country && words ? partOfState(words[1] ?? '', country) : null
  return body && words ? { heads: [body], unknown: [], end: first + words[0].length } : null
}

/** What may stand between somebody and the verb: "the armed groups in the east must". */
const AFTER_STRANGER =
  /^ (?:of|in|from|on|under|with|operating|present|concerned|involved)\b[^,;]{0,80}?(?= (?:must|should|shall|ought)\b)/
/** What makes a word before it no whole subject: "those arrested", "Islamic" of "Islamic Jihad". */
const GOES_ON = /^ (?:\p{Lu}|(?:\p{Ll}+ed|held|taken|responsible|concerned|involved)\b)/u

/** Somebody in no lexicon: "all parties", "the armed groups in the north". */
const strangerAt = ({ text, mentions }: Context, first: number, last: number): Subject | null => {
  const rest = text.slice(first, last)
  for (const { index } of rest.matchAll(/[\p{L}\p{N}-](?= )/gu)) {
    const words = rest.slice(0, index + 1).trim()
    if (words.split(' ').length > 6 || NO_SUBJECT.test(words)) return null
    const noun = /([\p{L}’-]+)(?: (?:concerned|involved))?$/u.exec(words)?.[1] ?? ''
    const after = rest.slice(index + 1)
    const isKnown = mentions.some(({ end }) => end === first + index + 1)
    if (!isSomebody(noun) || isKnown || /^(?:those|all|both)$|’s?$/i.test(noun) || GOES_ON.test(after)) continue
    return { heads: [], unknown: [words], end: first + index + 1 + (AFTER_STRANGER.exec(after)?.[0].length ?? 0) }
  }
  return null
}

const NO_SUBJECT =
  /\b(?:that|which|who|must|should|shall|be|is|are|to|of|on|in|by|for|from|with|between|against)\b|^(?:it|them|no)\b/
