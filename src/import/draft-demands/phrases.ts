import type { Country } from '../read/countries.js'
import type { Body } from './bodies.js'
import { type Mention, parliamentItself, partOfState } from './mentions.js'

/** A clause, who is named in it, and the country that "the authorities" are of. */
export interface Context {
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly country: Country | null
}

/** Whom a noun phrase is about. */
export interface Phrase {
  readonly heads: readonly Body[]
  readonly mentions: readonly Mention[]
  /** Those of its list who are in no lexicon, in the words of the text. */
  readonly unknown: readonly string[]
}

const DETERMINER =
  '(?:the|an?|its|their|his|her|all|any|these|those|this|that|which|what|whom|whose|each|every|both|such|our|some|no|other|another|civil|international|human|people|date|violence|peace|power|life|justice|children|women)'
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

const PEOPLE =
  /\b(?:part(?:y|ies)|authorit(?:y|ies)|governments?|countr(?:y|ies)|states|neighbours|compan(?:y|ies)|firms|industry|sector|leaders?|leadership|actors?|organi[sz]ations?|institutions|partners?|allies|donors|members|groups?|factions?|militants|insurgents|forces|officials|politicians|platforms|providers|stakeholders|undertakings|banks?|operators|employers|workers|unions|media|press|journalists|courts?|judges|judiciary|prosecutors?|parliaments?|parliamentarians|legislators|co-legislators|agenc(?:y|ies)|bod(?:y|ies)|sides?|everyone|those|citizens|society|communit(?:y|ies)|regions?|airlines|federations?|movements?|rebels|militias?|army|military|police|junta|regime|rulers|opposition|presidency|presidents?|ministers?|ministr(?:y|ies)|commissioners?|ambassadors?|envoys?|embass(?:y|ies)|delegations?|missions?|rapporteurs?|negotiators?|mediators?|observers|experts|chairs?|latter|former|nations|powers|troops|guards|soldiers|fighters|settlers|Agency|Office|Authority|Committee|Commission|Council|Party|Union|Government|Parliament|Ministry|Court|Board|Bank|Forces|Front|Army|Movement)\b/
const PRONOUN = /^(?:it|them|him|her)$/
/** A name: words in capitals, and the small ones that join them. */
const NAMED =
  /^(?:(?:the|both|all|its|their|also|former|acting|new|Acting) )*\p{Lu}[\p{L}’./-]*(?: (?:(?:of|and|for|the|in|on|von|van|de|der|den|da|di|dos|du|la|el|al|bin) )*(?:\p{Ll}{2}-)?\p{Lu}[\p{L}’./-]*)*$/u
const NO_PERSON =
  /(?:tion|ment|ness|ance|ence|ity|ship|ing|right|mean|time|step|effort|measure|action|support|restraint|calm|caution|progress|initiative|reform|attempt|permission|report|proposal|fund|talk|opportunitie|use|return)s?$/

/** The words up to what only describes the noun: "all parties" of "all parties in the region". */
const nounOf = (words: string): string =>
  words.split(
    /,|^(?:whether|how|why|if|what|when|where)\b| (?:of|in|on|by|for|from|to|with|at|under|within|that|which|who|whose|operating|involved)\b/,
  )[0] ?? ''

/** Whether words name people or a body that could be asked, though the lexicon has none such. */
export const isSomebody = (words: string): boolean => {
  const plain = words.replace(/\s+/g, ' ').trim()
  const noun = nounOf(plain).trim()
  const last = noun.split(' ').at(-1) ?? ''
  const isThing = NO_PERSON.test(last) && !PEOPLE.test(last)
  return PRONOUN.test(noun) || (!isThing && (PEOPLE.test(noun) || NAMED.test(noun)))
}

/** Whether words with an article or the like may name somebody: "all shipyards", but not "the right" or "restraint". */
export const maybeSomebody = (words: string): boolean => {
  const noun = nounOf(words.replace(/\s+/g, ' ').trim()).trim()
  return (
    isSomebody(words) ||
    (/^(?:(?:the|all|both|every|each|those|these|any) \p{L}|[\p{L}’ -]+s$)/u.test(noun) && !NO_PERSON.test(noun))
  )
}

const PREMODIFIER =
  /^(?:(?:the|all|both|its|their|those|these|many|several|most|certain|other|every|each|on|upon|for|also|and|particularly|in particular|especially|notably|primarily|above all|namely|first and foremost|to|new|newly elected|incoming|current|future|next|relevant|competent|responsible|de facto|federal|royal|provisional|central|caretaker|self-proclaimed|transitional|interim|military|ruling|entire|wider|whole|broader|democratic|democratically elected|respective|national|illegitimate|together|jointly|individual|remaining|governments? of|leaders of|rest of the|members of|services of|in turn|not only|either|neither)(?: +|$))/i
const COORDINATOR =
  /,\s*(?:(?:and\/or|and|or|as well as|including|such as|in particular|notably|especially|but also|together with|along with)\b,?)?\s*|\s+(?:and\/or|and|or|as well as|together with|along with|including|such as|in particular|notably|especially|alongside|but also|in cooperation with)\s+/gu
/** What may follow a name that stands for itself, and not before a noun as its modifier. */
export const MAY_FOLLOW =
  /^(?:$|[\s,.:–—]*$|\s+(?:[–—]|(?:of|in|on|at|as|under|with|within|from|who|which|that|whose|through|via|acting|present|currently|for|itself|themselves|and|to|whether|how|when|where|alike|concerned|involved|represented|participating|bordering|hosting|not|by|level)\b|(?:(?!(?:comply|apply|rely|supply|reply|imply|ally|family|assembly)\b)\p{L}+ly|either|also|again|both)\s*$))/u

/** Between two commas or dashes: "in line with the Treaties", "which holds the presidency". It names nobody who is asked. */
const ASIDE =
  /,\s+(?:in (?!particular)|with|within|under|given|following|as (?!well)|at|by|through|which|who|whose|if|when|while|despite|without|after|before|pursuant|having|acting|where)\b[^,;]*(?=,)|\s[–—]\s[^–—;]*[–—](?=\s)/gu

interface Segment {
  readonly from: number
  readonly to: number
  /** The words that join it to the one before: "and", ", including"; none at the first. */
  readonly joint: string
}

/** Cuts a phrase at its commas and conjunctions, but in no name. */
const segmentsOf = (text: string, start: number, end: number, inside: readonly Mention[]): readonly Segment[] => {
  const cuts = [{ at: start, from: start, joint: '' }]
  for (const match of text.slice(start, end).matchAll(COORDINATOR)) {
    const at = start + match.index
    const from = at + match[0].length
    if (!inside.some((mention) => mention.start < at && from <= mention.end))
      cuts.push({ at, from, joint: match[0].replace(/\s+/g, ' ').trim() })
  }
  return cuts.map(({ from, joint }, i) => ({ from, to: cuts[i + 1]?.at ?? end, joint }))
}

const skipModifiers = (text: string, from: number, to: number, inside: readonly Mention[]): number => {
  let at = from
  for (;;) {
    at += /^[\s:]*/.exec(text.slice(at, to))?.[0].length ?? 0
    const stripped = PREMODIFIER.exec(text.slice(at, to))
    if (!stripped || inside.some((mention) => mention.start === at)) return at
    // "the military" stands for itself, "the military authorities" does not.
    if (text.slice(at + stripped[0].length, to).trim() === '') return at
    at += stripped[0].length
  }
}

const UNION = 'org:european-union'
const MEMBER_STATES = 'org:eu-member-states'
/** Whether a name stands for a territory, where companies and people are: a country, or the Union. */
export const isTerritory = ({ isCountry, bodies }: Mention): boolean =>
  isCountry || bodies.every(({ id }) => id === UNION || id === MEMBER_STATES)

/** Finds those whom a noun phrase is about, and not those who only describe others: "companies in Russia" are no Russia. */
export const readPhrase = (context: Context, start: number, end: number): Phrase => {
  const phrase = withoutAsides(context, start, end)
  const { text } = phrase
  const segments = segmentsOf(text, start, end, phrase.mentions)
  const heads: Body[] = []
  const mentions: Mention[] = []
  const unknown: string[] = []
  let before: Item | null = null
  for (const [i, segment] of segments.entries()) {
    const item: Item = readItem(phrase, segment, before, heads)
    heads.push(...item.bodies)
    if (item.mention) mentions.push(item.mention)
    const isHolder = segment.joint === ',' && before?.mention?.bodies.some(({ type }) => type === 'Office')
    if (item.bodies.length === 0 && !item.goesOn && isMember(segment, segments.slice(i + 1))) {
      const words = tidy(text.slice(segment.from, segment.to))
      const isRelative = / (?:that|which|who|whose)\b/.test(text.slice(start, segment.from))
      if (isStranger(words, isRelative) && !(isHolder && NAMED.test(words))) unknown.push(words)
    }
    before = item
  }
  return { heads, mentions, unknown }
}

/** A phrase whose asides are blanked, with those named in the rest of it. */
const withoutAsides = ({ text: whole, mentions, country }: Context, start: number, end: number): Context => {
  const phrase = whole.slice(start, end).replace(ASIDE, (aside) => ' '.repeat(aside.length))
  const text = whole.slice(0, start) + phrase + whole.slice(end)
  const isInside = (each: Mention): boolean => each.start >= start && each.end <= end
  return {
    text,
    mentions: mentions.filter((each) => isInside(each) && text[each.start] === whole[each.start]),
    country,
  }
}

/** An item of a list. */
interface Item {
  /** Whom it is about; nobody where they are in no lexicon. */
  readonly bodies: readonly Body[]
  /** The name that stands for them. */
  readonly mention: Mention | null
  /** The name at its end, where that only describes it: "companies in Russia". */
  readonly described: Mention | null
  /** Whether it goes on with what describes the item before: "companies in Russia and Belarus". */
  readonly goesOn: boolean
  /** Whether it, or the item that it goes on with, is about somebody known. */
  readonly isKnown: boolean
}

const readItem = (
  { text, mentions, country }: Context,
  { from, to }: Segment,
  before: Item | null,
  heads: readonly Body[],
): Item => {
  const at = skipModifiers(text, from, to, mentions)
  const modifiers = text.slice(from, at)
  const first = mentions.find(({ start }) => start === at) ?? null
  const goesOn = first !== null && before !== null && isDescribedBy(before, first, modifiers)
  const isHead = first !== null && !goesOn && MAY_FOLLOW.test(text.slice(first.end, to))
  const mention = isHead && !isOfOthers(first, modifiers, heads) ? first : null
  const other = first ? null : wordsOfState(text.slice(at, to), modifiers, country)
  const last = mentions.filter(({ start, end }) => start >= from && end <= to).at(-1) ?? null
  const isAtEnd = last !== null && last !== mention && text.slice(last.end, to).trim() === ''
  const isKnown = goesOn ? before.isKnown : mention !== null || other !== null
  const bodies = mention?.bodies ?? (other ? [other] : [])
  return { bodies, mention, described: isAtEnd ? last : null, goesOn, isKnown }
}

/** Whether a name only describes the item before, as the one at the end of that item does. */
const isDescribedBy = ({ described, isKnown }: Item, name: Mention, modifiers: string): boolean =>
  described !== null &&
  isTerritory(described) === isTerritory(name) &&
  (modifiers.trim() === '' || isTerritory(name) || !isKnown)

const tidy = (words: string): string =>
  words
    .replace(/^\s*(?:on|upon|for) /, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Whether an item of a list names somebody in no lexicon; after a relative clause fewer words can be trusted to. */
const isStranger = (words: string, isRelative: boolean): boolean =>
  (isRelative ? isSomebody(words) : maybeSomebody(words)) && !OWN.test(words)

/** "Its Member States" are the Union's only where the Union was named: the United Nations have some, too. */
const isOfOthers = ({ bodies }: Mention, before: string, heads: readonly Body[]): boolean =>
  /\bits\b/.test(before) && bodies.some(({ id }) => id === MEMBER_STATES) && !heads.some(({ id }) => id === UNION)

/** The Parliament's own organs: what it asks of them is its own business. */
export const OWN =
  /^\s*(?:(?:its|Parliament’s) (?:own |relevant |competent |responsible )*(?:President|[Cc]ommittees?|Bureau|Members|[Dd]elegations?|services|administration|Secretary-General|rapporteurs?|bodies)|the (?:relevant |competent )committees?|the Conference of Presidents|the Bureau)\b/

/** Whether a part of a list is a member of it: joined by "and", or by a comma where an "and" follows. */
const isMember = ({ joint }: Segment, later: readonly Segment[]): boolean =>
  joint === '' ||
  /(?:^|\b)(?:and|or|as well as|but also|together with|along with|alongside)\b/.test(joint) ||
  (joint === ',' && later.some((each) => /\b(?:and|or|as well as)\b/.test(each.joint)))

/** The body that plain words name: a part of the state that the text is about, or the Parliament that speaks. */
const wordsOfState = (words: string, before: string, country: Country | null): Body | null => {
  const noun = /^[\p{L} ]+?(?=\s*$|\s+(?:of|in|who|which)\b)/u.exec(words)?.[0] ?? ''
  if (noun === 'Parliament' && !/\bthe\b/i.test(before)) return parliamentItself
  return country ? partOfState(noun, country) : null
}

const ADJECTIVE = '(?!(?:prepared|committed|determined|united|engaged|involved in)\\b)'
const PARTICIPLE = `${ADJECTIVE}(?:\\p{L}+ed|held|brought|made|given|put|set|kept|sent|taken|done|built|found|sought|cut|shown|drawn|driven|written|hit|paid|left|lost|met|read|said|seen|withdrawn|undertaken|sold|told|taught|dealt|won|begun|chosen|frozen|overseen|stripped|let|shut|bound|heard|spared)`
/** Verbs whose subject does nothing, but has something done to it or given to it. */
const UNDERGOING =
  'receive|get|obtain|benefit|enjoy|win|prevail|deserve|suffer|gain|face|bear|undergo|regain|have (?:access|the right|every right|the means|the opportunity)|be (?:able|free|safe|subject)'
const UNDERGOES = new RegExp(
  `^\\W*(?:must|should|shall|to|can|may|ought to|needs? to|has to|have to)?(?: not)?\\s*(?:(?:\\p{L}+ly|now|also|soon|finally) )*(?:be (?:\\p{L}+ly )?${PARTICIPLE}|${UNDERGOING})\\b`,
  'iu',
)

/** Whether a verb at the beginning of a text asks nothing of its subject: "must be released", "should receive the aid". */
export const undergoes = (text: string): boolean => UNDERGOES.test(text)

/** Words between "be released" and its "by" that take the "by" to themselves: "be opened into the crimes committed by". */
const BETWEEN = `(?: (?!(?:into|of|against|from|on|over|by|and)\\b|\\p{L}{3,}ed\\b|(?:held|made|led|run|given|taken)\\b)[\\p{L}-]+){0,8}?`
const BY_VERB = new RegExp(`\\bbe (?:\\p{L}+ly )?${PARTICIPLE}${BETWEEN} by (?=\\S)`, 'giu')
const DEED =
  'investigations?|inquir(?:y|ies)|review|report|response|reaction|action|assessment|measures|steps|efforts?|mission|commitment|intervention|audit|evaluation|visits?|support|pressure|engagement|monitoring|mediation|sanctions'
const CARRYING_OUT =
  'release|withdrawal|lifting|repeal|establishment|creation|adoption|ratification|implementation|publication|appointment|payment|provision|presentation|signing|conclusion|opening|launch|suspension|imposition|cessation|halt'
const OF_WHAT =
  '(?: of (?:(?!by\\b|\\p{L}{3,}ed\\b|(?:held|made|led|run|taken)\\b)[\\p{L}\\p{N}’-]+ ){0,9}?(?:(?!\\p{L}{3,}ed\\b|held\\b|made\\b)[\\p{L}\\p{N}’-]+))?'
const BY_NOUN = new RegExp(
  `^\\s*(?:(?:the|an?) )?(?:(?!(?:to|of|by|in|for|into|from|that)\\b)[\\p{L}-]+(?:,| and)? ){0,6}?(?:(?:${DEED}|\\p{L}{3,}(?:tion|sion|ment|al))|(?:${CARRYING_OUT})${OF_WHAT}) by (?=\\S)`,
  'iu',
)

const agentFrom = (context: Context, from: number, end: number): readonly Body[] => {
  const stop = /[,;.]| (?:to|into|in|for|against|before|without|within|with|on|at|of an?|from)\b/.exec(
    context.text.slice(from, end),
  )
  return readPhrase(context, from, stop ? from + stop.index : end).heads
}

/** Who is to do what is asked in the passive: "that the prisoners be released by the authorities". */
export const agentsIn = (context: Context, start: number, end: number): readonly Body[] =>
  [...context.text.slice(start, end).matchAll(BY_VERB)].flatMap((match) =>
    agentFrom(context, start + match.index + match[0].length, end),
  )

/** Who is to do the deed that a noun at the beginning names: "the release of the prisoners by the authorities". */
export const doersOf = (context: Context, start: number, end: number): readonly Body[] => {
  const match = BY_NOUN.exec(context.text.slice(start, end))
  return match ? agentFrom(context, start + match[0].length, end) : []
}
