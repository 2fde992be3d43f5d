import type { Body } from './draft-demands-bodies.js'
import type { Country } from './draft-demands-countries.js'
import { findMentions, partOfState } from './draft-demands-mentions.js'
import {
  agentsIn,
  type Context,
  headsOf,
  infinitiveIn,
  MAY_FOLLOW,
  PASSIVE_VERB,
  secondObjects,
} from './draft-demands-phrases.js'

/** What a paragraph asks: of whom, what, and who else is named. */
export interface Asked {
  readonly addressees: readonly Body[]
  readonly involved: readonly Body[]
  /** What is asked, in the words of the text, one item a request. */
  readonly wishes: readonly string[]
  /** Those asked who are nobody that the lexicon knows, in the words of the text. */
  readonly unknown: readonly string[]
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

const ADVERB =
  '(?:strongly|firmly|again|once again|once more|further|furthermore|moreover|also|therefore|accordingly|consequently|urgently|hereby|likewise|equally|explicitly|particularly|in particular|additionally|finally|lastly|solemnly|vehemently|categorically|in this (?:regard|context|respect|connection)|to (?:this|that) end|nevertheless|nonetheless|however|thus|instead|still|now|respectfully|specifically|especially|and|but|as a result|in addition|at the same time|more generally|first and foremost|immediately)'
const ASIDE = `(?:,[^,;]{1,120},|(?:,? ${ADVERB})+,?)?`
const OPENING = `(?:(?:in|with|given|against|as|for|to|on|at|while|since|having|following|considering|in view of|regarding|concerning)\\b[^,;]{0,160}, *)?`
const AT_START = new RegExp(`^[^\\p{L}]*(?:(?:[a-z]|[ivx]{1,4})\\) *)?${OPENING}(?:${ADVERB},? +)*$`, 'iu')
const AFTER_AND = new RegExp(`(?:,| and| but| as well as) *(?:${ADVERB},? +)*$`, 'iu')
/** Somebody else speaking: "welcomes the statement of X, which condemns Y and calls on Z". */
const REPORTED =
  /\b(?:that|which|who|whom|where)\b.*\b(?:condemns?|welcomes?|urges?|calls?|says?|states?|stresses|asks?|demands?|denounces?|warns?|deplores?|rejects?|supports?|declares?|concludes?|finds|notes|requests|recommends|invites)\b/i

const OBJECT_VERB =
  'urges|invites|asks|requests|encourages|exhorts|implores|entreats|beseeches|begs|presses|expects|tasks|enjoins|challenges'
const THAT_VERB = 'demands|insists|recommends|proposes|requires'
const STRESS_VERB =
  'stresses|emphasi[sz]es|underlines|underscores|highlights|reiterates|reaffirms|points out|affirms|maintains'
const OWN_CALL = `(?:reiterates|repeats|renews|reaffirms|restates)${ASIDE} its(?: [\\p{L}-]+){0,3} (?:calls?|appeals?|demands?|requests?|recommendations?|invitations?)`
const VERB = new RegExp(
  `(?<![\\p{L}-])(?:(?<call>calls|appeals|pleads|${OWN_CALL})(?<![\\p{L}]its)${ASIDE} (?<prep>on|upon|for|to|that|with|of)(?! (?:a |the )?(?:halt|end)\\b(?<=to.{0,12}))|(?<object>${OBJECT_VERB})${ASIDE}(?<objectThat> that)?|(?<that>${THAT_VERB})${ASIDE} (?<thatPrep>that|of|from)|(?<stress>${STRESS_VERB})${ASIDE} that)(?![\\p{L}-])`,
  'giu',
)
const PASSIVE =
  /^[^\p{L}]*(?:(?:in|with|given|for|to)\b[^,;]{0,120}, )?(?<subject>[^;]{2,200}?) (?:is|are)(?: hereby| therefore| also| further| again| strongly| once again| urgently)* (?:called (?:up)?on|urged|asked|invited|requested|encouraged|required)(?=,? (?:not )?to )/iu

const OBLIGES =
  /^(?:,[^,]{0,100},)?\s*(?:\p{L}+ly |also |therefore |now |urgently )*(?:must|should|shall|ought to|needs? to|ha(?:s|ve) to)(?! have\b)/iu
const STATES = /^\s*(?:is|are|was|were|has|have|had|will|would|can|could|may|might|does|did|do)\b/i
const AUXILIARY = /^ *\p{Ll}\p{L}+(?: \p{Ll}\p{L}+)? (?:be|must|should|shall|is|are|has|have|needs?|remain)\b/u

/** Reads "that A and B do …, and that C …": each subject that is a body and acts is asked. */
const readThat = (
  context: Context,
  start: number,
  end: number,
  kind: 'demand' | 'insist' | 'stress',
): readonly Body[] => {
  const parts: [number, number][] = []
  let from = start
  for (const match of context.text.slice(start, end).matchAll(/,?\s+(?:and|but)\s+that\s+|,\s+that\s+/g)) {
    parts.push([from, start + match.index])
    from = start + match.index + match[0].length
  }
  parts.push([from, end])
  return parts.flatMap(([first, last]) => {
    // The subject ends where the last of its names ends.
    let subjectEnd = first
    let subject: readonly Body[] = []
    for (const mention of context.mentions.filter((each) => each.start >= first && each.end <= last)) {
      const phrase = headsOf(context, first, mention.end)
      if (!phrase.mentions.includes(mention)) break
      if (
        subject.length > 0 &&
        !/^(?:,| and| or|,? as well as| including|,)*[\s\p{L},]{0,40}$/u.test(
          context.text.slice(subjectEnd, mention.start),
        )
      )
        break
      if (
        subject.length > 0 &&
        /\b(?:must|should|shall|to|be|is|are|with|by|for|in|from)\b/.test(context.text.slice(subjectEnd, mention.start))
      )
        break
      subject = phrase.heads
      subjectEnd = mention.end
    }
    if (subject.length === 0 && context.country) {
      const words =
        /^\s*(?:the )?(\p{Ll}[\p{Ll} ]{3,20}?)(?= (?:must|should|shall|immediately|release|end|stop|\p{Ll}+) )/u.exec(
          context.text.slice(first, last),
        )
      const body = words ? partOfState(words[1] ?? '', context.country) : null
      if (body && words) {
        subject = [body]
        subjectEnd = first + words[0].length
      }
    }
    const verb = context.text.slice(subjectEnd, last)
    const acts =
      subject.length > 0 &&
      !PASSIVE_VERB.test(verb) &&
      !/^’/.test(verb) &&
      !(AUXILIARY.test(verb) && !OBLIGES.test(verb) && !/^ *(?:must|should|shall|be)\b/.test(verb))
    if (
      acts &&
      (kind === 'stress'
        ? OBLIGES.test(verb)
        : kind === 'insist'
          ? OBLIGES.test(verb) || isSubjunctive(verb)
          : !/^\s*(?:was|were|had|did)\b/.test(verb))
    )
      return subject
    return kind === 'stress' ? [] : agentsIn(context, first, last)
  })
}

/** Whether a verb is in its bare form, as after "insists that Russia": "withdraw", not "withdraws" or "is". */
const isSubjunctive = (verb: string): boolean =>
  !STATES.test(verb) && /^\s*(?:\p{L}+ly )?(?!\p{L}+ed\b)(?:\p{Ll}*[^s\W])\b/u.test(verb)

const OWN =
  /^\s*(?:its (?:own |relevant |competent |responsible )*(?:President|[Cc]ommittees?|Bureau|Members|[Dd]elegations?|services|administration|Secretary-General|rapporteurs?|bodies)|the (?:relevant |competent )committees?|the Conference of Presidents|the Bureau)\b/

const ACTION_LIMIT = 200
const shorten = (text: string): string => {
  const tidy = text.replace(/\s+/g, ' ').replace(/^[\s,:]+|[\s,;.]+$/g, '')
  const words = tidy.length <= ACTION_LIMIT ? tidy : `${tidy.slice(0, ACTION_LIMIT).replace(/\s+\S*$/, '')}…`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

interface Ask {
  readonly at: number
  readonly from: number
  readonly verb: RegExpMatchArray
}

/** Where the Parliament itself asks, in one clause; what it reports of others is left out. */
const asksIn = (clause: string): readonly Ask[] => {
  if (/^[^\p{L}]*whereas\b/iu.test(clause)) return []
  return [...clause.matchAll(VERB)].flatMap((verb) => {
    const before = clause.slice(0, verb.index)
    const main = AT_START.test(before) || (AFTER_AND.test(before) && !REPORTED.test(before))
    return main ? [{ at: verb.index, from: verb.index + verb[0].length, verb }] : []
  })
}

/** Finds what a paragraph asks of whom; null where it asks nobody. `country` is the one that "the authorities" are of. */
export const readAsked = (paragraph: string, country: Country | null = null): Asked | null => {
  const original = plain(paragraph.slice(0, LONGEST))
  const masked = withoutQuotes(original)
  const found = { addressees: [] as Body[], named: [] as Body[], wishes: [] as string[], unknown: [] as string[] }
  let start = 0
  let isList = false
  for (const piece of masked.split(/;|(?<=\p{Ll}{2}\.)(?= +\p{Lu})/u)) {
    const offset = masked.indexOf(piece, start)
    start = offset + piece.length
    const written = original.slice(offset, offset + piece.length)
    const context = { text: piece, mentions: findMentions(piece), country }
    const many = found.wishes.length
    readClause(context, written, found)
    // "Calls on the Commission to: (a) …; (b) …" asks in each of its items.
    if (isList && found.wishes.length === many && /^\s*(?:and )?\((?:[a-z]|[ivx]{1,4})\)/.test(written)) {
      found.wishes.push(shorten(written))
      nameOthers(context, found)
    } else isList = found.wishes.length > many
  }
  const { wishes, unknown } = found
  if (found.addressees.length === 0 && unknown.length === 0) return null
  const addressees = unique(found.addressees)
  const asked = new Set(addressees.flatMap(({ id, country: of }) => (of ? [id, `iso:${of.alpha2}`] : [id])))
  return { addressees, involved: unique(found.named).filter(({ id }) => !asked.has(id)), wishes, unknown }
}

const unique = (bodies: readonly Body[]): readonly Body[] => [
  ...new Map(bodies.map((body) => [body.id, body])).values(),
]

interface Found {
  readonly addressees: Body[]
  readonly named: Body[]
  readonly wishes: string[]
  readonly unknown: string[]
}

const readClause = (context: Context, original: string, found: Found): void => {
  const { text } = context
  const asks = asksIn(text)
  const before = found.addressees.length + found.unknown.length
  const passive = asks.length === 0 ? PASSIVE.exec(text) : null
  if (passive) {
    const subjectAt = text.indexOf(passive.groups?.['subject'] ?? '')
    const { heads } = headsOf(context, subjectAt, subjectAt + (passive.groups?.['subject']?.length ?? 0))
    if (heads.length > 0) {
      found.addressees.push(...heads)
      found.wishes.push(shorten(original.slice(passive[0].length).replace(/^,? to /, '')))
    }
  }
  asks.forEach((ask, i) => {
    const end = asks[i + 1]?.at ?? text.length
    const reading = readAsk(context, ask, end)
    if (!reading) return
    found.addressees.push(...reading.addressees)
    found.unknown.push(...reading.unknown)
    found.wishes.push(shorten(original.slice(reading.wish, end).replace(/(?:,| and| but)\s*(?:\p{L}+ly)?\s*$/u, '')))
  })
  if (found.addressees.length + found.unknown.length === before) return
  nameOthers(context, found)
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

interface Reading {
  readonly addressees: readonly Body[]
  readonly unknown: readonly string[]
  /** Where the words begin that say what is asked. */
  readonly wish: number
}

const readAsk = (context: Context, { from, verb }: Ask, end: number): Reading | null => {
  const { text } = context
  const { call, prep, object, objectThat, that, thatPrep, stress } = verb.groups ?? {}
  if (stress || that || objectThat || prep === 'that') {
    if (thatPrep === 'of' || thatPrep === 'from') {
      const stop = /,? that\b/.exec(text.slice(from, end))
      const { heads } = headsOf(context, from, stop ? from + stop.index : end)
      return heads.length > 0 ? { addressees: heads, unknown: [], wish: stop ? from + stop.index : from } : null
    }
    const kind = stress ? 'stress' : /^insists/i.test(that ?? '') ? 'insist' : 'demand'
    const addressees = readThat(context, from, end, kind)
    return addressees.length > 0 ? { addressees, unknown: [], wish: from - 'that'.length } : null
  }
  const rest = text.slice(from, end)
  if (OWN.test(rest)) return null
  const isFor = call !== undefined && prep === 'for'
  const to = infinitiveIn(rest)
  const { heads, mentions } = headsOf(context, from, to < 0 ? from + (phraseEnd(rest) ?? rest.length) : from + to)
  if (to < 0) {
    // Without an infinitive only who stands first is asked: "asks the Commission for a report", not "urges restraint".
    const first = mentions[0]
    const isFirst =
      first &&
      text
        .slice(from, first.start)
        .replace(/\b(?:the|both|all)\b/g, '')
        .trim() === ''
    if (isFirst && !isFor) return { addressees: heads, unknown: [], wish: from }
    const agents = agentsIn(context, from, end)
    return agents.length > 0 ? { addressees: agents, unknown: [], wish: from } : null
  }
  const passive = isFor && PASSIVE_VERB.test(rest.slice(to))
  const agents = isFor || heads.length === 0 ? agentsIn(context, from, end) : []
  const addressees = [...(passive ? [] : heads), ...agents, ...secondObjects(context, from + to, end)]
  const wish = from + to + (/^(?:not )?to:?/.exec(rest.slice(to))?.[0].length ?? 0)
  if (addressees.length > 0)
    return { addressees, unknown: [], wish: rest.slice(to).startsWith('not') ? from + to : wish }
  const actor = rest.slice(0, to).trim()
  // "urges restraint" and "requests the right to speak" ask nobody; "urges all parties to talk" asks somebody unknown.
  const isSomebody = actor.length <= 200 && ((object === undefined && !isFor) || PEOPLE.test(actor))
  return isSomebody ? { addressees: [], unknown: [actor], wish } : null
}

const PEOPLE =
  /\b(?:parties|authorities|governments?|countries|states|companies|leaders|actors|organisations?|organizations?|institutions|partners|donors|members|groups?|forces|officials|politicians|platforms|stakeholders|undertakings|banks?|operators|employers|media|courts?|parliaments?|agenc(?:y|ies)|bod(?:y|ies)|sides|everyone|those|citizens|regions|airlines|federations?|Agency|Office|Authority|Committee|Party|Union|Government|Board)\b/

/** Where a phrase without an infinitive ends: at the first preposition that says what is asked. */
const phraseEnd = (rest: string): number | undefined => {
  const match = / (?:for|whether|how|when|against|regarding|about|concerning|in order|by)\b/.exec(rest)
  return match?.index
}
