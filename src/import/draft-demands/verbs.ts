/** A verb by which the Parliament asks, in its clause. */
export interface Ask {
  readonly at: number
  /** Where the verb ends, with its preposition, and what it governs begins. */
  readonly from: number
  readonly form: Form
}

/**
 * How a verb asks: of its object ("urges A to"), by "on", "to" or "for" ("calls on A to"), by "that" with a force, through
 * its object's source ("demands of A that"), or for a thing alone ("demands the release by A").
 */
export type Form =
  | { readonly kind: 'object'; readonly isOfPersons: boolean }
  | { readonly kind: 'on' | 'to' | 'for' | 'source' | 'thing' }
  | { readonly kind: 'that'; readonly force: Force }

/** How binding a verb with "that" is: any verb makes a demand of a person, a request may be of a thing; "stresses" needs "must". */
export type Force = 'demand' | 'request' | 'insist' | 'stress'

const ADVERB =
  '(?:strongly|firmly|again|once again|once more|further|furthermore|moreover|also|therefore|accordingly|consequently|urgently|hereby|likewise|equally|explicitly|particularly|in particular|additionally|finally|lastly|solemnly|vehemently|categorically|in this (?:regard|context|respect|connection)|to (?:this|that) end|nevertheless|nonetheless|however|thus|instead|still|now|respectfully|specifically|especially|and|but|as a result|in addition|at the same time|more generally|first and foremost|immediately)'
const ASIDE = `(?:,[^,;]{1,120},|(?:,? ${ADVERB})+,?)?`
const OPENING = `(?:(?:in|with|given|against|as|for|to|on|at|while|since|having|following|considering|in view of|regarding|concerning)\\b[^,;]{0,160}, *)?`
const AT_START = new RegExp(`^[^\\p{L}]*(?:(?:[a-z]|[ivx]{1,4})\\) *)?${OPENING}(?:${ADVERB},? +)*$`, 'iu')
const AFTER_AND = new RegExp(`(?:,| and| but| as well as) *(?:${ADVERB},? +)*$`, 'iu')
const SPEAKS =
  '(?:condemns|welcomes|urges|calls (?:up)?on|calls for|says|states that|stresses|asks|demands|denounces|warns|deplores|declares|concludes|notes that|requests|recommends|invites)'
/**
 * Somebody else speaking: "welcomes the statement of X, which condemns Y and calls on Z". The verb is one of speech, in the
 * number and tense of the verb that asks, and no comma has closed the clause.
 */
const REPORTED = new RegExp(
  `\\b(?:that|where)\\b.*\\b${SPEAKS}\\b|\\b(?:which|who|whom)\\b(?:[^,]|,(?!\\s*(?:and|but)\\b))*\\b${SPEAKS}\\b(?:[^,]|,(?!\\s*(?:and|but)\\b))*$`,
)

const OBJECT_VERB =
  'urges|recommends|invites|asks|requests|encourages|exhorts|implores|entreats|beseeches|begs|presses|expects|tasks|enjoins|challenges'
const THAT_VERB = 'demands|insists|recommends|proposes|suggests|requires'
const STRESS_VERB =
  'stresses|emphasi[sz]es|underlines|underscores|highlights|reiterates|reaffirms|points out|affirms|maintains'
const OWN_CALL = `(?:reiterates|repeats|renews|reaffirms|restates)(?:${ASIDE}| [^,;]{1,120} and) its(?: [\\p{L}-]+){0,3} (?:calls?|appeals?|demands?|requests?|recommendations?|invitations?)`
const NEED = `(?:${STRESS_VERB}|insists on|points to)${ASIDE} (?:the|a|an)(?: [\\p{L}-]+){0,2} (?:need|necessity|importance) for|(?:${STRESS_VERB})${ASIDE} that it is (?:\\p{L}+ly )?(?:crucial|essential|vital|necessary|imperative|important|urgent|critical|high time) for`
const CALL = `(?<call>calls|is calling|asks(?= for )|appeals|pleads|${OWN_CALL})(?<![\\p{L}]its)${ASIDE} (?<preposition>on|upon|for|to|that|with|of)(?! (?:a |the )?(?:halt|end)\\b(?<=to.{0,12}))`
const VERB = new RegExp(
  `(?<![\\p{L}-])(?:${CALL}|(?<need>${NEED})|(?<that>${THAT_VERB})${ASIDE}(?: the following)? (?<thatPreposition>that|of|from|to)|(?<object>${OBJECT_VERB})${ASIDE}(?<objectThat> that)?|(?<thing>demands)(?= )|(?<stress>${STRESS_VERB})${ASIDE} that)(?![\\p{L}-])`,
  'giu',
)
const OF_PERSONS = /^(?:urges|invites|exhorts|implores|entreats|beseeches|begs|presses|tasks|enjoins|challenges)/i

const formOf = (groups: Record<string, string | undefined>): Form => {
  const { call, preposition, need, object, objectThat, that, thatPreposition, stress, thing } = groups
  if (stress) return { kind: 'that', force: 'stress' }
  if (thing) return { kind: 'thing' }
  if (need) return { kind: 'for' }
  if (thatPreposition && thatPreposition !== 'that') return { kind: 'source' }
  if (that || objectThat || preposition === 'that') return { kind: 'that', force: forceOf(that ?? call ?? '') }
  if (object) return { kind: 'object', isOfPersons: OF_PERSONS.test(object) }
  return { kind: preposition === 'for' ? 'for' : preposition === 'to' ? 'to' : 'on' }
}

const forceOf = (verb: string): Force =>
  /^insists/i.test(verb) ? 'insist' : /^demands|demands?$/i.test(verb) ? 'demand' : 'request'

/** Where the Parliament itself asks, in one clause; what it reports of others is left out. */
export const asksIn = (clause: string): readonly Ask[] => {
  if (/^[^\p{L}]*whereas\b/iu.test(clause)) return []
  return [...clause.matchAll(VERB)].flatMap((verb) => {
    const before = clause.slice(0, verb.index)
    const main = AT_START.test(before) || (AFTER_AND.test(before) && !REPORTED.test(before))
    return main ? [{ at: verb.index, from: verb.index + verb[0].length, form: formOf(verb.groups ?? {}) }] : []
  })
}
