import type { Body } from './bodies.js'
import { subjectsOf } from './clauses.js'
import { furtherObjects } from './objects.js'
import {
  agentsIn,
  type Context,
  doersOf,
  infinitiveIn,
  isSomebody,
  maybeSomebody,
  OWN,
  readPhrase,
  undergoes,
} from './phrases.js'
import { antecedentOf, type Past, PRONOUN } from './pronouns.js'
import type { Ask, Form } from './verbs.js'

/** Of whom one verb asks something. */
export interface Reading {
  readonly addressees: readonly Body[]
  /** Those asked who are in no lexicon, in the words of the text. */
  readonly unknown: readonly string[]
  /** Those of whom grammar does not tell whether they are asked, in the words of the text. */
  readonly unsure: readonly string[]
  /** Where the words begin that say what is asked. */
  readonly wish: number
}

interface Named {
  readonly heads: readonly Body[]
  readonly unknown?: readonly string[]
  readonly unsure?: readonly string[]
}

const readingOf = ({ heads, unknown = [], unsure = [] }: Named, wish: number): Reading | null =>
  heads.length + unknown.length + unsure.length === 0 ? null : { addressees: heads, unknown, unsure, wish }

/** Reads whom a verb asks, up to `end`, where the next one begins; null where it is nobody. `past` is what was said before. */
export const readAsk = (context: Context, ask: Ask, end: number, past: readonly Past[]): Reading | null => {
  const { from, form } = ask
  if (form.kind === 'that') return readingOf(subjectsOf(context, from, end, form.force, past), from - 'that'.length)
  if (form.kind === 'thing') return readingOf({ heads: doersOf(context, from, end) }, from)
  if (form.kind === 'source') return readSource(context, from, end)
  const to = infinitiveIn(context.text.slice(from, end))
  return to < 0 ? readNoun(context, ask, end, past) : readInfinitive(context, ask, from + to, end, past)
}

/** Reads "demands of A that", "recommends to A that". */
const readSource = (context: Context, from: number, end: number): Reading | null => {
  const stop = /,? that\b|:/.exec(context.text.slice(from, end))
  const wish = stop ? from + stop.index : from
  return readingOf({ heads: readPhrase(context, from, stop ? wish : end).heads }, wish)
}

/** Reads "urges A to", "calls on A to", "calls for A to": `to` is where the infinitive begins. */
const readInfinitive = (
  context: Context,
  { from, form }: Ask,
  to: number,
  end: number,
  past: readonly Past[],
): Reading | null => {
  const { text } = context
  const infinitive = text.slice(to, end)
  const actor = text.slice(from, to).trim()
  const isFor = form.kind === 'for'
  // "Calls for A to be expelled" asks nothing of A.
  const isPatient = isFor && undergoes(infinitive)
  const named = pronounIn(actor, past) ?? readPhrase(context, from, to)
  const asked = isPatient ? { heads: [], unknown: [] } : named
  const doers = isPatient ? [] : doersOf(context, from, end)
  const agents = isFor || named.heads.length === 0 ? [...doers, ...agentsIn(context, from, end)] : []
  const further = furtherObjects(context, to, end, form.kind)
  const heads = [...asked.heads, ...agents, ...further.heads]
  // "Urges restraint" and "requests the right to speak" ask nobody; "urges all parties to talk" asks somebody unknown.
  const isStranger = named.heads.length === 0 && !isPatient && !OWN.test(actor) && isActor(form, actor)
  const unknown = isStranger ? [actor] : heads.length > 0 ? asked.unknown : asked.unknown.filter(isSomebody)
  const wish = to + (/^to:?/.exec(infinitive)?.[0].length ?? 0)
  return readingOf({ heads, unknown: [...unknown, ...further.unknown], unsure: further.unsure }, wish)
}

const pronounIn = (words: string, past: readonly Past[]): Required<Pick<Named, 'heads' | 'unknown'>> | null => {
  const said = PRONOUN.exec(words)?.[0] ?? ''
  // "Calls on it, nevertheless, to" has no other words but an aside.
  const antecedent = said && /^(?:,[^,]*,?)?$/.test(words.slice(said.length)) ? antecedentOf(said, past) : null
  return antecedent && { heads: antecedent.bodies, unknown: [] }
}

/** Whether words in the place of those asked may name somebody, after this verb. */
const isActor = (form: Form, words: string): boolean => {
  if (words.length > 200) return false
  if (form.kind === 'on') return true
  if (form.kind === 'to') return /^(?:the|all|both|its|those|every|\p{Lu})/u.test(words)
  return form.kind === 'object' && form.isOfPersons ? maybeSomebody(words) : isSomebody(words)
}

/** Without an infinitive only who stands first is asked: "asks the Commission for a report", not "urges restraint". */
const readNoun = (context: Context, { from, form }: Ask, end: number, past: readonly Past[]): Reading | null => {
  const rest = context.text.slice(from, end)
  if (form.kind !== 'for') {
    const phrase = readPhrase(context, from, from + phraseEnd(rest))
    const before = phrase.mentions[0] && context.text.slice(from, phrase.mentions[0].start)
    if (before?.replace(/\b(?:the|both|all)\b/g, '').trim() === '') return readingOf(phrase, from)
    const antecedent = pronounIn(PRONOUN.exec(rest)?.[0].trim() ?? '', past)
    if (antecedent) return readingOf(antecedent, from)
  }
  return readingOf({ heads: [...doersOf(context, from, end), ...agentsIn(context, from, end)] }, from)
}

/** Where a phrase without an infinitive ends: at the first preposition that says what is asked. */
const phraseEnd = (rest: string): number =>
  / (?:for|whether|how|when|against|regarding|about|concerning|in order|by)\b/.exec(rest)?.index ?? rest.length
