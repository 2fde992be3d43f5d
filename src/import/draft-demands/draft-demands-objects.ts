import type { Body } from './draft-demands-bodies.js'
import { type Context, infinitiveIn, isSomebody, type Phrase, readPhrase, undergoes } from './draft-demands-phrases.js'
import type { Form } from './draft-demands-verbs.js'

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
/** What takes a preposition to itself, so that it may not be that of the verb that asks: "to care for A and for B". */
const TAKEN: Readonly<Record<string, RegExp>> = { on: /\bcall(?:s|ing)? (?:up)?on\b/, for: /\bfor\b/ }
const PREPOSITION = /\b(?:with|between|among|towards|against|alongside|in|for|from|to|on|by)\b/
const COMPANY = /(?:^\s*\p{L}+|\b(?:with|between|among|towards|against|alongside|by|to|for|from)) (?:the |its )?$/u

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
const isList = (context: Context, from: number, to: number, joint: string): boolean => {
  const last = context.mentions.find(({ end }) => end === to)
  const before = context.text.slice(from, last?.start ?? to)
  const isClosed = joint.startsWith(', ') && / and /.test(context.text.slice(from, to))
  return !isClosed && (before.includes(',') || (last !== undefined && COMPANY.test(before)))
}

/**
 * Reads further objects of one verb: "calls on A to pay and on B to follow", "urges A to pay and B to follow". Without a
 * preposition a name is asked only where it can belong to nothing in the infinitive before it.
 */
export const furtherObjects = (context: Context, start: number, end: number, kind: Form['kind']): Further => {
  const text = context.text.slice(start, end)
  const heads: Body[] = []
  const unknown: string[] = []
  const unsure: string[] = []
  let verb = 0
  for (const match of text.matchAll(JOINT)) {
    if (match.index < verb) continue
    const from = match.index + match[0].length
    const to = infinitiveIn(text, from)
    const written = match.groups?.['preposition']
    const isSame = written !== undefined && written.replace('upon', 'on') === kind
    if (written && !isSame) continue
    const before = text.slice(0, match.index)
    if (to < 0 || to - from > 200) {
      // "and on the Council", with nothing more: it is to do the same.
      continue
    }
    if (text.slice(from, to).includes(';')) continue
    const phrase = readPhrase(context, start + from, start + to)
    const words = text.slice(from, to).replace(/[\s,]+$/, '')
    if (isSame) {
      if (TAKEN[kind]?.test(before.slice(verb))) unsure.push(words)
      else if (!undergoes(text.slice(to))) addAll(phrase, words)
      verb = to
      continue
    }
    if (!isWhole(context, phrase, start + from, start + to) || NESTED.test(before)) continue
    if (isClear(context, start + verb, start + match.index)) addAll(phrase, words)
    else if (!isList(context, start + verb, start + match.index, match[0])) unsure.push(words)
    else continue
    verb = to
  }
  return { heads, unknown, unsure }

  function addAll(phrase: Phrase, words: string): void {
    heads.push(...phrase.heads)
    unknown.push(...(phrase.heads.length > 0 ? phrase.unknown : [words]))
  }
}

/** Whether a phrase is theirs from its first word to its last: "and Russia’s refusal to talk" asks nobody. */
const isWhole = ({ text }: Context, { heads, mentions }: Phrase, from: number, to: number): boolean => {
  const [first, last] = [mentions[0], mentions.at(-1)]
  return (
    heads.length > 0 &&
    first !== undefined &&
    last !== undefined &&
    text.slice(from, first.start).trim().split(' ').length <= 2 &&
    /^(?:,[^,]{1,120},|\s|also|then|alike)*$/.test(text.slice(last.end, to))
  )
}
