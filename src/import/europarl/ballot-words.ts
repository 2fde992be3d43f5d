import { foldText } from '../../model/fold.js'
import { referencesIn, withJointMotions } from './references.js'

/** What the description of a ballot says: `A9-0163/2024 - Gabriele Bischoff - Article 10 - Am 1`. */
export interface BallotWords {
  readonly reference: string | null
  /** What stands before the reference. */
  readonly title: string | null
  /** What stands after it, and after the names of the rapporteurs. */
  readonly description: string | null
}

const DASH = /\s+[-‐‑–—]\s+/

export const ballotWords = (text: string): BallotWords => {
  const parts = withJointMotions(text)
    .split(DASH)
    .filter((part) => part !== '')
  const at = parts.findIndex((part) => referencesIn(part).length > 0)
  if (at < 0) return { reference: null, title: text || null, description: null }
  const reference = referencesIn(parts[at] ?? '')[0] as string
  const after = parts.slice(at + 1).flatMap((part, i, { length }) => (i === length - 1 ? unglued(part) : [part]))
  if (reference.startsWith('A') && after.length > 1 && areNames(after[0] as string)) after.shift()
  return { reference, title: parts.slice(0, at).join(' – ') || null, description: after.join(' - ') || null }
}

/** A phrase for the whole text that hangs on the names before it by a dash without spaces: `Ann Alpha-Commission proposal`. */
const unglued = (part: string): readonly string[] => {
  for (const { index } of part.matchAll(/[-‐‑–—]/g)) {
    const [names, phrase] = [part.slice(0, index).trim(), part.slice(index + 1).trim()]
    if (areNames(names) && isMainPhrase(phrase) !== null) return [names, phrase]
  }
  return [part]
}

/**
 * Whether what follows the reference of a report names its rapporteurs. Where the minutes name them, they stand first;
 * so it is names unless it has a number or says what the ballot was on.
 */
const areNames = (text: string): boolean =>
  /\p{Lu}/u.test(text) && !/[\d§]/.test(text) && !PART.test(foldText(text)) && !KIND.test(foldText(text))

/** How the name of a passage, or of what is voted on, begins, in French and English. Folded. */
const PART =
  /^(?:(?:apres|avant|after|before|la|le|les|l['’]|the)\s*)*(?:am\b|amend|article|annexe?\b|point|visa|citation|considerant|recital|paragra|alinea|indent|tiret|bloc|block|titre|title|sous-titre|subtitle|subheading|intertitre|heading|section|chap|partie|part\b|ligne|line|preambule|preamble|rejet|rejection|budget)/
const KIND =
  /^(?:(?:joint )?motion|propos|projet|draft|accord|provisional|resolution|legislative|decision|recommandation|recommendation|commission proposal|demande|request|vote\b|single vote|procedure|consent|approbation|renvoi|referral|council|position|joint text|texte|text\b|election|report du vote|ensemble)/

/**
 * Whether a ballot was the main one on its text, as far as its words tell: null where they do not.
 *
 * Measured on the export of HowTheyVote.eu (`bench/main-ballots.ts`). An amendment's number is never the whole, but for a
 * provisional agreement, which is put to the vote as one amendment that replaces the whole text.
 */
export const isMainBallot = ({ reference, title, description }: BallotWords): boolean | null => {
  // Without a text it is a request about the agenda; an election is on no text either.
  if (reference === null) return /^(?:election|objection)\b/.test(folded(title ?? '')) ? null : false
  if (description === null) return null
  return isMainPhrase(description) ?? (isOnPart(description) ? false : null)
}

const WHOLE_TEXT = String.raw`(?: \((?:ensemble du texte|text as a whole|as a whole)\)?)?`
/** Phrases that the export counts as main, each in every case, folded; and what they are in English. */
const MAIN = new RegExp(
  `^(?:${[
    `proposition (?:commune )?de (?:la )?resolution(?: commune)?${WHOLE_TEXT}`,
    `(?:joint )?motion for a resolution${WHOLE_TEXT}`,
    'resolution(?: legislative)?|legislative resolution',
    'proposition de (?:la )?commission(?: au conseil)?(?: et amendements?)?',
    'commission proposal(?: to the council)?(?: and amendments?)?',
    String.raw`(?:accord provisoire|provisional agreement) ?- ?am(?:endment|\.)? ?\d+\p{L}*`,
    'projet de decision du conseil(?: europeen)?|draft (?:european )?council decision',
    'projet de reglement du conseil|draft council regulation',
    'proposition de decision|proposal for a decision',
    "decision d'engager des negociations interinstitutionnelles|decision to enter into interinstitutional negotiations",
    'projet de recomm[ae]ndation|draft recommendation',
    "demande de decision d'urgence|request for an urgent decision",
  ].join('|')})$`,
  'u',
)
/** Phrases that the export counts as main in none of 40 cases or more: a vote without amendments, consent, a discharge beside its resolution, and a procedure's number, which stands for a request. */
const NOT_MAIN =
  /^(?:vote unique|single vote|procedure d'approbation|decision|propositions de decision|proposals for decisions|\d{4}\/\d{4}\(\p{L}{3}\)?\)?)$/u

/** Whether a phrase is one for a main ballot; null where it is neither that nor one that never is. */
const isMainPhrase = (description: string): boolean | null => {
  const phrase = folded(description)
  if (MAIN.test(phrase)) return true
  return NOT_MAIN.test(phrase) ? false : null
}

/** Without case, accents and the number of a procedure before the words, and with plain dashes and apostrophes. */
const folded = (description: string): string =>
  foldText(description.replace(/[`´]/g, "'")).replace(/^\d{4}\/\d{4}\(\p{L}{3}\)?\)? ?- /u, '')

/** Whether the words name an amendment, a passage, or a request about the procedure. */
const isOnPart = (description: string): boolean => {
  const words = folded(description)
  return (
    /[§]|\bam(?:endments?|\.)?\s*\d|\/\d+$|^[\d\s,.()a-z-]*\d[\d\s,.()a-z-]*$/.test(words) ||
    PART.test(words) ||
    REQUEST.test(words)
  )
}
const REQUEST =
  /^(?:demande|request|renvoi|referral|motion d|motion de procedure|report du vote|proposition de rejet|proposal to reject|proposition de resolution de remplacement|alternative motion)/
