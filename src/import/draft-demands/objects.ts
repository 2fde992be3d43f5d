import type { Body } from './bodies.js'
import { type Context, infinitiveIn, isSomebody, isTerritory, type Phrase, readPhrase, undergoes } from './phrases.js'
import type { Form } from './verbs.js'

/** Who else one verb asks, after the first of them and what that one is to do. */
export interface Further {
  readonly heads: readonly Body[]
  readonly unknown: readonly string[]
  /** Those of whom grammar alone does not tell whether they are asked, in the words of the text. */
  readonly unsure: readonly string[]
}

/** Verbs that have an infinitive of their own, so that a second name may be asked by these: "urges A to press B to act". */
const NESTED =
  /\b(?:call(?:s|ing)? (?:up)?on|urg(?:e|ing)|press(?:ing)?|ask(?:ing)?|request(?:ing)?|encourag(?:e|ing)|invit(?:e|ing)|demand(?:ing)?|persuad(?:e|ing)|convinc(?:e|ing)|push(?:ing)?|help(?:ing)?|enabl(?:e|ing)|allow(?:ing)?|forc(?:e|ing)|pressur(?:e|ing)|requir(?:e|ing)|oblig(?:e|ing)|assist(?:ing)?|authoris(?:e|ing)|permit(?:ting)?|compel(?:ling)?|support(?:ing)?|lead(?:ing)?|put(?:ting)? pressure on)\b/i
const PREPOSITION = /\b(?:with|between|among|towards|against|alongside|in|for|from|to|on|by)\b/
const GOVERNS =
  /(?:^\s*(?:not )?to \p{L}+|\b(?:with|between|among|towards|against|alongside|by|to|for|from|call(?:ing)? (?:up)?on)) (?:the |its )?$/u

const JOINT = /(?:,? and|,? as well as|,? but also|,)(?: also)? (?:(?<preposition>on|upon|for) )?/g

/** How the words between an infinitive and a second name stand to that name. */
const isClear = (context: Context, from: number, to: number): boolean => {
  const words = context.text.slice(from, to)
  const names = context.mentions.filter(({ start, end }) => start >= from && end <= to)
  return (
    !PREPOSITION.test(words.replace(/^\W*(?:not )?to\b/, '')) &&
    !words.includes(',') &&
    !isSomebody(words.replace(/^\W*(?:not )?to \p{L}+ ?/u, '')) &&
    names.every(({ end }) => /^’/.test(context.text.slice(end)))
  )
}

/** Whether a name before the conjunction makes a list with the one after it: "to work with A, B and C". */
const isList = ({ text, mentions }: Context, from: number, to: number, joint: string): boolean => {
  let first = to
  for (const { start, end } of [...mentions].reverse())
    if (end === first || (end < first && /^(?:,? and|,? or|,) (?:the )?$/.test(text.slice(end, first)))) first = start
  if (first === to) first -= /\p{Lu}\p{L}*$/u.exec(text.slice(from, to))?.[0].length ?? 0
  const before = text.slice(from, first)
  // After "A, B and C, and D" the list has ended.
  const isClosed = joint.startsWith(', ') && / and /.test(text.slice(from, to))
  return (
    !isClosed && (before.includes(',') || text.slice(from, to).includes(',') || (first < to && GOVERNS.test(before)))
  )
}

/** A conjunction inside an infinitive, and what stands from it to the next infinitive; places are those in the text. */
interface Second {
  readonly phrase: Phrase
  readonly words: string
  /** Where the infinitive before it begins. */
  readonly verb: number
  readonly joint: number
  readonly from: number
  readonly to: number
  readonly preposition: string | undefined
  /** Whether a verb before it may ask by itself. */
  readonly isNested: boolean
}

/**
 * Reads further objects of one verb: "calls on A to pay and on B to follow", "urges A to pay and B to follow". Without a
 * preposition a name is asked only where it can belong to nothing in the infinitive before it. `start` is where the first
 * infinitive begins.
 */
export const furtherObjects = (context: Context, start: number, end: number, kind: Form['kind']): Further => {
  const heads: Body[] = []
  const unknown: string[] = []
  const unsure: string[] = []
  const text = context.text.slice(0, end)
  let verb = start
  for (const match of text.slice(start).matchAll(JOINT)) {
    const joint = start + match.index
    const from = joint + match[0].length
    const to = infinitiveIn(text, from)
    if (joint < verb || to < 0 || to - from > LONGEST_PHRASE) continue
    const phrase = readPhrase(context, from, to)
    const words = text.slice(from, to).replace(/[\s,]+$/, '')
    const preposition = match.groups?.['preposition']?.replace('upon', 'on')
    const isNested = NESTED.test(text.slice(start, joint))
    const standing = standingOf(context, { phrase, words, verb, joint, from, to, preposition, isNested }, kind)
    if (standing === 'other') continue
    verb = to
    if (standing === 'unsure') unsure.push(words)
    else if (!undergoes(text.slice(to))) {
      heads.push(...phrase.heads)
      unknown.push(...(phrase.heads.length > 0 ? phrase.unknown : [words]))
    }
  }
  return { heads, unknown, unsure }
}

/** Whether a second name is an object of the verb that asks, is something else, or may be either. */
const standingOf = (context: Context, second: Second, kind: Form['kind']): 'asked' | 'unsure' | 'other' => {
  const { phrase, words, verb, joint, from, to, preposition, isNested } = second
  if (preposition) return kind !== 'on' && kind !== 'for' ? 'other' : isTaken(context, second) ? 'unsure' : 'asked'
  const isName = isWhole(context, phrase, from, to)
  const isStranger =
    phrase.mentions.length === 0 && words.length < LONGEST_STRANGER && !/ and /.test(words) && isSomebody(words)
  if (!isName && !isStranger) return 'other'
  const isKnown = isName || phrase.heads.length > 0
  if (isKnown && !isNested && isClear(context, verb, joint)) return 'asked'
  return isList(context, verb, joint, context.text.slice(joint, from)) ? 'other' : 'unsure'
}

/** Whether a preposition may belong to the words before it: "to report on A and on B", but not "to fine A, and on B to". */
const isTaken = ({ text, mentions }: Context, { phrase, verb, joint, preposition }: Second): boolean => {
  const before = text.slice(verb, joint)
  if (preposition === 'for') return /\bfor (?:the )?[\p{L}’-]+(?: [\p{L}’-]+){0,2}$/u.test(before)
  if (/\bcall(?:s|ing)? (?:up)?on\b/.test(before)) return true
  const last = mentions.find(({ end }) => end === joint)
  const isSameKind = last && phrase.mentions.some((each) => isTerritory(each) === isTerritory(last))
  return isSameKind === true && / on (?:the )?$/.test(text.slice(verb, last?.start))
}

const LONGEST_PHRASE = 200
const LONGEST_STRANGER = 60

/** Whether a phrase is theirs from its first word to its last: "and Russia’s refusal to talk" asks nobody. */
const isWhole = ({ text }: Context, { mentions }: Phrase, from: number, to: number): boolean => {
  const [first, last] = [mentions[0], mentions.at(-1)]
  return (
    first !== undefined &&
    last !== undefined &&
    text.slice(from, first.start).trim().split(' ').length <= 2 &&
    /^(?:,[^,]{1,120},|\s|also|then|alike)*$/.test(text.slice(last.end, to))
  )
}
