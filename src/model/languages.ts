import { foldText } from './fold.js'

/**
 * The order in which texts are shown that say the same in several languages: the working languages of the Union's
 * institutions, then all others. A text whose language nobody tells counts as English, in which most are.
 */
const ORDER: readonly string[] = ['en', 'fr', 'de']

/** The place of a language in the order in which texts are shown; those after the working languages share one. */
export const languageRank = (language: string | undefined): number => {
  if (language === undefined) return 0
  const at = ORDER.indexOf(mainLanguage(language))
  return at < 0 ? ORDER.length : at
}

/** Whether two texts are known to be in different languages. */
export const areOtherLanguages = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && mainLanguage(a) !== mainLanguage(b)

/** `kk` of `kk-Cyrl`. */
const mainLanguage = (tag: string): string => (tag.split('-')[0] ?? '').toLowerCase()

/** Words of minutes and titles that one of the two languages has, and hardly any other of the Union; without accents. */
const WORDS = {
  en: 'after amendments and annex before by from heading joint motion of paragraph paragraphs proposal provisional agreement recital recitals draft request rejection single statement subheading text the whole with',
  fr: 'accord apres avant au aux alinea amendements annexe avec commune considerant considerants dans des du ensemble et intertitre les paragraphe partie par pour projet proposition propositions provisoire recommandation rejet renvoi sous sur texte titre tiret une unique',
} as const
/** Words that only their accents make French, and how an amendment that deletes is numbered: `Am 95S`, `Am 95D`. */
const SIGNS = { en: /\bam \d+D\b/i, fr: /\b(?:d\u00e9cision|r\u00e9solution)\b|\bam \d+S\b/iu } as const

const sets = { en: new Set(WORDS.en.split(' ')), fr: new Set(WORDS.fr.split(' ')) }

/**
 * The language of a text by its words, of the two in which the Parliament's minutes are most often read; undefined where
 * it has no telling word, or such of both.
 */
export const languageByWords = (text: string): 'en' | 'fr' | undefined => {
  const words = foldText(text).match(/\p{L}+/gu) ?? []
  const isEnglish = words.some((word) => sets.en.has(word)) || SIGNS.en.test(text)
  const isFrench = words.some((word) => sets.fr.has(word)) || SIGNS.fr.test(text)
  if (isEnglish === isFrench) return undefined
  return isEnglish ? 'en' : 'fr'
}
