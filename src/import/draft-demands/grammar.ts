import type { Country } from '../read/countries.js'
import { type Reading, readAsk } from './asks.js'
import type { Body } from './bodies.js'
import { findMentions } from './mentions.js'
import { type Context, isSomebody, MAY_FOLLOW, readPhrase } from './phrases.js'
import { type Past, pastOf } from './pronouns.js'
import { type Ask, asksIn } from './verbs.js'

/** What a paragraph asks: of whom, what, and who else is named. */
export interface Asked {
  readonly addressees: readonly Body[]
  readonly involved: readonly Body[]
  /** What is asked, in the words of the text, one item a request. */
  readonly wishes: readonly string[]
  /** Those asked who are nobody that the lexicon knows, in the words of the text. */
  readonly unknown: readonly string[]
  /** Those of whom grammar does not tell whether they are asked, in the words of the text. */
  readonly unsure: readonly string[]
}

/** Longer paragraphs are cut for the rule; none of the Parliament's comes near. */
const LONGEST = 20_000

/** Puts plain characters for typographic ones, one for one, so that places in both texts agree. */
const plain = (text: string): string =>
  text
    .replace(/\s/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/['\u02bc]/g, '’')

const blank = (text: string): string => ' '.repeat(text.length)
/** Blanks what is quoted or in brackets: what others say asks nobody anything. */
const withoutQuotes = (text: string): string =>
  text
    .replace(/“[^“”]{0,2000}”|"[^"]{0,2000}"|«[^«»]{0,2000}»/g, blank)
    .replace(/‘[^‘]{0,2000}?’(?!\p{L})/gu, blank)
    .replace(/(?<![\p{L}\p{N}])’[^’]{1,300}’(?!\p{L})/gu, blank)
    .replace(/\([^()]{0,500}\)/g, blank)

const PASSIVE =
  /^[^\p{L}]*(?:(?:in|with|given|for|to)\b[^,;]{0,120}, )?(?<subject>[^;]{2,200}?) (?:is|are)(?: hereby| therefore| also| further| again| strongly| once again| urgently)* (?:called (?:up)?on|urged|asked|invited|requested|encouraged|required)(?=,? (?:not )?to )/iu

const ACTION_LIMIT = 200
const shorten = (text: string): string => {
  const tidy = text.replace(/\s+/g, ' ').replace(/^[\s,:]+|[\s,;.]+$/g, '')
  const words = tidy.length <= ACTION_LIMIT ? tidy : `${tidy.slice(0, ACTION_LIMIT).replace(/\s+\S*$/, '')}…`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The Parliament's sentences and their parts; "Art. 7." ends one only where another verb of asking begins. */
const CLAUSE_END =
  /;|(?<=\p{Ll}{2}\.)(?= +\p{Lu})|(?<=\.)(?= +(?:Calls|Urges|Invites|Asks|Requests|Demands|Stresses)\b)/u
const ITEM = /^\s*(?:and )?\((?:[a-z]|[ivx]{1,4})\)/

/** Finds what a paragraph asks of whom; null where it asks nobody. `country` is the one that "the authorities" are of. */
export const readAsked = (paragraph: string, country: Country | null = null): Asked | null => {
  const original = plain(paragraph.slice(0, LONGEST))
  const masked = withoutQuotes(original)
  const found: Found = { addressees: [], named: [], wishes: [], unknown: [], unsure: [] }
  const past: Past[] = []
  let start = 0
  let isList = false
  /** "Calls on: (a) A to …; (b) B to …" asks somebody else in each of its items. */
  let opened: Ask | null = null
  for (const piece of masked.split(CLAUSE_END)) {
    const offset = masked.indexOf(piece, start)
    start = offset + piece.length
    const written = original.slice(offset, offset + piece.length)
    const context = { text: piece, mentions: findMentions(piece), country }
    const many = found.wishes.length
    const item = opened && ITEM.test(written) ? [{ ...opened, at: 0, from: 0 }] : []
    const own = asksIn(piece)
    const asks = own.length > 0 ? own : item
    past.push({ ...context, asked: readClause(context, written, asks, past, found) })
    if (own.length > 0 || item.length === 0) opened = own.find(({ from }) => /^\s*:/.test(piece.slice(from))) ?? null
    // "Calls on the Commission to: (a) …; (b) …" asks in each of its items.
    if (isList && found.wishes.length === many && ITEM.test(written)) {
      found.wishes.push(shorten(written))
      nameOthers(context, found)
    } else isList = found.wishes.length > many
  }
  const { wishes, unknown, unsure } = found
  if (found.addressees.length + unknown.length + unsure.length === 0) return null
  const addressees = unique(found.addressees)
  const asked = new Set(addressees.flatMap(({ id, country: of }) => (of ? [id, `iso:${of.alpha2}`] : [id])))
  const involved = unique(found.named).filter(({ id }) => !asked.has(id))
  return { addressees, involved, wishes, unknown: [...new Set(unknown)], unsure: [...new Set(unsure)] }
}

const unique = (bodies: readonly Body[]): readonly Body[] => [
  ...new Map(bodies.map((body) => [body.id, body])).values(),
]

interface Found {
  readonly addressees: Body[]
  readonly named: Body[]
  readonly wishes: string[]
  readonly unknown: string[]
  readonly unsure: string[]
}

/** Reads one clause into what was found, and gives those whom it asks. */
const readClause = (
  context: Context,
  original: string,
  asks: readonly Ask[],
  past: readonly Past[],
  found: Found,
): readonly Body[] => {
  const asked: Body[] = []
  const add = ({ addressees, unknown, unsure }: Reading, wish: string): void => {
    asked.push(...addressees)
    found.addressees.push(...addressees)
    found.unknown.push(...unknown)
    found.unsure.push(...unsure)
    found.wishes.push(shorten(wish))
  }
  const before = found.wishes.length
  const passive = asks.length === 0 ? readPassive(context) : null
  if (passive) add(passive, original.slice(passive.wish).replace(/^,? to /, ''))
  asks.forEach((ask, i) => {
    const end = asks[i + 1]?.at ?? context.text.length
    const reading = readAsk(context, ask, end, [...past, pastOf(context, ask.at, asked)])
    if (reading) add(reading, original.slice(reading.wish, end).replace(/(?:,| and| but)\s*(?:\p{L}+ly)?\s*$/u, ''))
  })
  if (found.wishes.length > before) nameOthers(context, found)
  return asked
}

/** Who is named beside those asked, and not as the modifier or owner of something else. */
const nameOthers = ({ text, mentions }: Context, found: Found): void => {
  for (const mention of mentions) {
    if (mention.canModify && !MAY_FOLLOW.test(text.slice(mention.end)) && !/^[,.)]/.test(text.slice(mention.end)))
      continue
    if (/^’/.test(text.slice(mention.end))) continue
    found.named.push(...mention.named)
  }
}

/** Reads "A is called upon to". */
const readPassive = (context: Context): Reading | null => {
  const match = PASSIVE.exec(context.text)
  const subject = match?.groups?.['subject'] ?? ''
  const at = context.text.indexOf(subject)
  if (!match) return null
  const { heads, unknown } = readPhrase(context, at, at + subject.length)
  if (heads.length > 0) return { addressees: heads, unknown, unsure: [], wish: match[0].length }
  const isStranger = /^(?:all|the|both|those|each|every) /i.test(subject) && isSomebody(subject)
  return isStranger ? { addressees: [], unknown: [subject], unsure: [], wish: match[0].length } : null
}
