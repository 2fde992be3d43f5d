import type { Body } from './draft-demands-bodies.js'
import type { Country } from './draft-demands-countries.js'
import { type Mention, partOfState } from './draft-demands-mentions.js'

const DETERMINER =
  '(?:the|an?|its|their|his|her|all|any|these|those|this|that|which|whom|each|every|both|such|our|some|no|other|another|civil|international|human|people|date|violence|peace|power|life|justice|children|women)'
/** Words that govern a "to" which begins no infinitive. */
const BEFORE_TO =
  /(?:access|according|due|thanks|owing|prior|pursuant|regard|relation|related|contrary|subject|respect|committed|commitment|contribut\w+|end|addition|opposed|linked|response|referr\w+|similar|close|next|up|returned?|view|belong\w+|adjacent|exports?|limited) $/i
const INFINITIVE = new RegExp(
  `(?:^|[ ,])(?:not )?to(?:: |, |  | (?!${DETERMINER}\\b)(?!\\p{L}+ing\\b(?<!\\bbring))(?=\\p{Ll}))`,
  'gu',
)

/** Where the infinitive begins that says what somebody is asked to do; -1 where there is none. */
export const infinitiveIn = (text: string, from = 0): number => {
  for (const match of text.matchAll(INFINITIVE)) {
    const at = match.index + (/^[ ,]/.test(match[0]) ? 1 : 0)
    if (at >= from && !BEFORE_TO.test(text.slice(Math.max(0, at - 30), at))) return at
  }
  return -1
}

const PREMODIFIER =
  /^(?:(?:the|all|both|its|their|other|every|each|on|upon|for|also|and|particularly|in particular|especially|notably|primarily|above all|namely|first and foremost|new|newly elected|incoming|current|future|next|relevant|competent|responsible|de facto|federal|royal|provisional|central|caretaker|self-proclaimed|transitional|interim|military|ruling|entire|wider|whole|broader|democratic|democratically elected|respective|national|illegitimate|together|jointly|individual|remaining|governments? of|leaders of|rest of the|members of|services of|in turn|not only|either|neither)(?: +|$))/i
const COORDINATOR =
  /,\s*(?:(?:and|or|as well as|including|such as|in particular|notably|especially|but also|together with|along with)\b)?\s*|\s+(?:and|or|as well as|together with|along with|including|such as|in particular|notably|especially|alongside|but also|in cooperation with)\s+/gu
/** What may follow a name that stands for itself, and not before a noun as its modifier. */
export const MAY_FOLLOW =
  /^(?:$|[\s,.:]*$|\s+(?:of|in|on|at|as|under|with|within|from|who|which|that|whose|through|via|acting|present|currently|for|itself|themselves|and|to|whether|how|when|where|alike|concerned|involved|not|by|level)\b)/

interface Phrase {
  readonly heads: readonly Body[]
  readonly mentions: readonly Mention[]
}

/** A clause, who is named in it, and the country that "the authorities" are of. */
export interface Context {
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly country: Country | null
}

/** Finds those whom a noun phrase is about, and not those who only describe others: "companies in Russia" are no Russia. */
export const headsOf = ({ text, mentions, country }: Context, start: number, end: number): Phrase => {
  const inside = mentions.filter((mention) => mention.start >= start && mention.end <= end)
  const cuts: [number, number][] = [[start, start]]
  for (const match of text.slice(start, end).matchAll(COORDINATOR)) {
    const at = start + match.index
    if (!inside.some((mention) => mention.start < at && at + match[0].length <= mention.end))
      cuts.push([at, at + match[0].length])
  }
  const heads: Body[] = []
  const headMentions: Mention[] = []
  let governed: Mention | null = null
  cuts.forEach(([, from], i) => {
    const to = cuts[i + 1]?.[0] ?? end
    let at = from
    for (;;) {
      at += /^\s*/.exec(text.slice(at, to))?.[0].length ?? 0
      const stripped = PREMODIFIER.exec(text.slice(at, to))
      if (!stripped || inside.some((mention) => mention.start === at)) break
      at += stripped[0].length
    }
    const mention = inside.find((each) => each.start === at)
    const bare = mention !== undefined && text.slice(from, at).trim() === ''
    const isHead =
      mention !== undefined &&
      MAY_FOLLOW.test(text.slice(mention.end, to)) &&
      !(governed && bare && governed.isCountry === mention.isCountry)
    if (isHead) {
      heads.push(...mention.bodies)
      headMentions.push(mention)
    } else if (country && !mention) {
      const words = /^[\p{L} ]+?(?=\s*$|\s+(?:of|in|who|which)\b)/u.exec(text.slice(at, to))?.[0] ?? ''
      const body = partOfState(words, country)
      if (body) heads.push(body)
    }
    const last = inside.filter((each) => each.start >= from && each.end <= to).at(-1)
    governed = last && last !== (isHead ? mention : undefined) && text.slice(last.end, to).trim() === '' ? last : null
  })
  return { heads, mentions: headMentions }
}

const ADJECTIVE = '(?!(?:prepared|committed|determined|united|engaged|involved in)\\b)'
const PARTICIPLE = `${ADJECTIVE}(?:\\p{L}+ed|held|brought|made|given|put|set|kept|sent|taken|done|built|found|sought|cut|shown|drawn|driven|written|hit|paid|left|lost|met|read|said|seen|withdrawn|undertaken|sold|told|taught|dealt|won|begun|chosen|frozen|overseen|stripped)`
/** A verb in the passive at the beginning of a text: "be held", "must be released". */
export const PASSIVE_VERB = new RegExp(
  `^\\W*(?:must|should|shall|to|can|may)?(?: not)?\\s*(?:immediately |now |also |urgently |swiftly |fully |finally )*be (?:\\p{L}+ly )?${PARTICIPLE}\\b`,
  'iu',
)
const BY_AGENT = new RegExp(
  `(?:\\bbe (?:\\p{L}+ly )?${PARTICIPLE}(?: [\\p{L}-]+){0,8}?|\\b(?:investigations?|inquir(?:y|ies)|review|report|response|reaction|action|assessment|measures|steps|efforts?|mission|commitment|intervention|audit|evaluation|visits?|support|pressure|engagement|monitoring|mediation|sanctions)) by (?=\\S)`,
  'giu',
)

/** Who is to do what is asked in the passive: "that the prisoners be released by the authorities". */
export const agentsIn = (context: Context, start: number, end: number): readonly Body[] =>
  [...context.text.slice(start, end).matchAll(BY_AGENT)].flatMap((match) => {
    const from = start + match.index + match[0].length
    const stop = /[,;.]| (?:to|into|in|for|against|before|without|within|and|with|on|at)\b/.exec(
      context.text.slice(from, end),
    )
    return headsOf(context, from, stop ? from + stop.index : end).heads
  })

const NESTED =
  /\b(?:call(?:s|ing)? (?:up)?on|urg(?:e|ing)|press(?:ing)?|ask(?:ing)?|request(?:ing)?|encourag(?:e|ing)|invit(?:e|ing)|demand(?:ing)?|persuad(?:e|ing)|convinc(?:e|ing)|push(?:ing)?|help(?:ing)?|enabl(?:e|ing)|allow(?:ing)?|forc(?:e|ing)|pressur(?:e|ing)|requir(?:e|ing)|oblig(?:e|ing)|assist(?:ing)?|authoris(?:e|ing)|permit(?:ting)?|compel(?:ling)?|support(?:ing)?|lead(?:ing)?|put(?:ting)? pressure on)\b/i
const SECOND =
  /(?:,| and|,? as well as|, and)(?<on> (?:also )?(?:up)?on)? (?=(?:the |all |both |its |their )?\p{Lu}|the international)/gu

/** Further objects of one verb: "urges A to pay and B to follow", but not "urges A to press B to follow". */
export const secondObjects = (context: Context, start: number, end: number): readonly Body[] => {
  const text = context.text.slice(start, end)
  const found: Body[] = []
  for (const match of text.matchAll(SECOND)) {
    const from = match.index + match[0].length
    const to = infinitiveIn(text, from)
    if (to < 0 || to - from > 160 || /[;]/.test(text.slice(from, to))) continue
    const before = text.slice(0, match.index)
    const nested = NESTED.test(before)
    const joins = context.mentions.some(({ end: last }) => last === start + match.index)
    if (nested && !match.groups?.['on']) continue
    if (joins && !match.groups?.['on'] && !before.includes(',')) continue
    const phrase = headsOf(context, start + from, start + to)
    // The phrase must be theirs as a whole: "and Russia’s refusal to talk" asks nobody.
    if (
      phrase.mentions[0] &&
      text
        .slice(from, phrase.mentions[0].start - start)
        .trim()
        .split(' ').length <= 2
    )
      found.push(...phrase.heads)
  }
  return found
}
