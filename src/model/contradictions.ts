import { foldText } from './fold.js'
import type { Column } from './graph-shape.js'
import { areOtherLanguages } from './languages.js'
import { type CheckedValues, sameValue } from './records.js'

/** One source's value of a field, and the language of each column that is a text of which that is known. */
export interface FieldValue {
  readonly values: CheckedValues
  readonly languageOf: (column: string) => string | undefined
}

/** The columns that make up the value of one field. */
export type Parts = readonly Column[]

/** Whether two values are not the same, where both give one. */
export const differ = (a: CheckedValues, b: CheckedValues, parts: Parts): boolean =>
  parts.some(({ name }) => a[name] !== undefined && b[name] !== undefined && !sameValue(a[name], b[name]))

/**
 * Whether two values cannot both be right. Lists complete each other; a vague date may contain an exact one, and where a
 * link leads, a text its part; a text may say the same in another language, in other signs, or a name more fully.
 */
export const contradict = (one: FieldValue, other: FieldValue, parts: Parts): boolean => {
  const [a, b] = [one.values, other.values]
  if (isList(parts) || PARTS_OF_NAMES.has(parts[0]?.name ?? '')) return false
  if (isExact(a, b, parts) || isExact(b, a, parts)) return false
  return parts.some((column) => {
    const [x, y] = [a[column.name], b[column.name]]
    if (x === undefined || y === undefined || sameValue(x, y)) return false
    if (column.kind !== 'text' || column.words || typeof x !== 'string' || typeof y !== 'string') return true
    if (areOtherLanguages(one.languageOf(column.name), other.languageOf(column.name)))
      return !isName(column) && numbersIn(x) !== numbersIn(y)
    const [p, q] = [plainText(x), plainText(y)]
    return p !== q && !(isName(column) && (isFuller(p, q, column) || isFuller(q, p, column)))
  })
}

/** Whether one value is among what another can mean: a date in a vague one, a part of the text to which a link leads. */
const isExact = (value: CheckedValues, wide: CheckedValues, parts: Parts): boolean =>
  (isDate(parts) && contains(wide, value, parts)) || (isEnd(parts) && isPartOf(value, wide, parts))

/** Whether a value is among what another can mean, and tells more than that. */
export const isMoreExact = (value: CheckedValues, than: CheckedValues, parts: Parts): boolean =>
  Object.keys(than).length > 0 && isExact(value, than, parts) && !isExact(than, value, parts)

/** The numbers of a text, which are the same in every language. */
const numbersIn = (text: string): string => (text.match(/\d+/g) ?? []).sort().join(' ')

/** The parts of a person's name, and the order that it gives: who differs in them differs in the name. */
const PARTS_OF_NAMES: ReadonlySet<string> = new Set(['sortName', 'givenName', 'familyName'])

const isName = ({ name }: Column): boolean => name === 'title' || /^name$|Name$/.test(name)

/** A text without case, accents, and what printers set in one way or another: dashes, quotation marks, spaces beside signs. */
const plainText = (text: string): string =>
  foldText(text)
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/['"`\u00b4\u2018-\u201f\u2032\u2033\u2039\u203a\u00ab\u00bb]+/g, "'")
    .replace(/\s*([^\p{L}\p{N}\s])\s*/gu, '$1')
    .replace(/[.,;:*]+$/, '')

/**
 * Whether a text has all the words of another, and more: of a title that says enough to be known by in whatever order, of
 * others in the same and none of the rest with a number in it, since that may tell one text or body from another.
 */
const isFuller = (full: string, short: string, { name }: Column): boolean => {
  const words = short.match(WORD) ?? []
  const rest = [...(full.match(WORD) ?? [])]
  const isTelling = name === 'title' && words.length >= TELLING
  for (const word of words) {
    const at = rest.indexOf(word)
    if (at < 0) return false
    const passed = isTelling ? rest.splice(at, 1) : rest.splice(0, at + 1)
    if (!isTelling && passed.slice(0, -1).some(hasNumber)) return false
  }
  return words.length > 0 && (isTelling || !rest.some(hasNumber))
}
/** Words of a title by which a text is known, whatever else another title says of it. */
const TELLING = 5
const hasNumber = (word: string): boolean => /\p{N}/u.test(word)
const WORD = /[\p{L}\p{N}]+/gu

const isDate = ([first]: Parts): boolean => first?.part !== undefined && first.name === `${first.part}Edtf`

/** Whether the days that one date can mean are among those of another; an open end has no bound. */
const contains = (wide: CheckedValues, narrow: CheckedValues, [first]: Parts): boolean => {
  const bound = (values: CheckedValues, end: string, open: string) =>
    (values[`${first?.part}${end}`] as string | undefined) ?? open
  return (
    bound(wide, 'Earliest', '') <= bound(narrow, 'Earliest', '') &&
    bound(narrow, 'Latest', '~') <= bound(wide, 'Latest', '~')
  )
}

/** The column of a link of which a node has at most one: where it leads. */
export const TO: Column = { name: 'to', kind: 'text', required: true, type: 'ID' }

const isEnd = ([first]: Parts): boolean => first === TO

/** Whether an id is that of a part: `<text>#am-2` of `<text>`, `<text>#am-2/1` of `<text>#am-2`. */
const isPartOf = (part: CheckedValues, whole: CheckedValues, [column]: Parts): boolean => {
  const [id, of] = [part[column?.name ?? ''], whole[column?.name ?? '']]
  return (
    typeof id === 'string' &&
    typeof of === 'string' &&
    (id.startsWith(`${of}#`) || (of.includes('#') && id.startsWith(`${of}/`)))
  )
}

/** Whether a field is a list, which others complete. */
export const isList = ([first]: Parts): boolean => first?.kind === 'values'
