import { committeeOf } from './committees.js'
import { isGroup } from './minutes.js'

/** What the minutes write for the text itself, in the place of an author. */
const TEXT = /^(?:original text|texte original)$/i
/** Authors whom the minutes do not name. */
const UNNAMED = /^(?:members|meps|députés|rapporteurs?|amended orally)$/i
const RESPONSIBLE = /^(?:(?:the )?committee(?: responsible)?|commission(?: compétente)?)$/
/** Between authors, and what says no more than the author before: a compromise amendment, `Group`. */
const BETWEEN = /^(?:and|et|[,;]|\(CA\)[,;]?|groups?[,;]?)$/i
/** The longest name of an author has 10 words. */
const MAX_WORDS = 12
const MAX_CHARACTERS = 2_000

/** Whether an author is the committee responsible, which the item names. */
export const isResponsibleCommittee = (author: string): boolean => RESPONSIBLE.test(author)

const isKnown = (name: string): boolean =>
  isGroup(name) || committeeOf(name) !== null || UNNAMED.test(name) || TEXT.test(name) || RESPONSIBLE.test(name)

/**
 * The authors that the minutes name: on lines of their own, with commas or with nothing but a space between them
 * (`Renew The Left Members`).
 */
export const authorsOf = (lines: readonly string[]): readonly string[] =>
  lines
    .flatMap(
      (line) => allKnown(line) ?? line.split(/[,;]|\s+and\s+/).flatMap((part) => allKnown(part) ?? [part.trim()]),
    )
    .filter((author) => author !== '' && !TEXT.test(author))

/** The authors of a text in which nothing else stands; null where something does. */
const allKnown = (text: string): readonly string[] | null => {
  if (text.length > MAX_CHARACTERS) return null
  const words = text.split(/\s+/).filter((word) => word !== '')
  const authors: string[] = []
  for (let at = 0; at < words.length; ) {
    if (BETWEEN.test(words[at] ?? '')) {
      at++
      continue
    }
    const count = knownWords(words, at)
    if (count === 0) return null
    authors.push(nameOf(words, at, count))
    at += count
  }
  return authors
}

/** How many words from here on are one author, the most that are; 0 for none. */
const knownWords = (words: readonly string[], at: number): number => {
  for (let count = Math.min(MAX_WORDS, words.length - at); count > 0; count--)
    if (isKnown(nameOf(words, at, count))) return count
  return 0
}

const nameOf = (words: readonly string[], at: number, count: number): string =>
  words
    .slice(at, at + count)
    .join(' ')
    .replace(/[,;:]+$/, '')
