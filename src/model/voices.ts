import { createHash } from 'node:crypto'
import { contradict, differ, isList, isMoreExact } from './contradictions.js'
import type { Column } from './graph-shape.js'
import { areOtherLanguages, languageByWords, languageRank } from './languages.js'
import { type CheckedValues, type Languages, MAX_ID_LENGTH, type NamedAs, type Value } from './records.js'

/** The sources of one voice, each once, with where in it. */
export type Citations = readonly { readonly source: string; readonly locator: string | null }[]

/** What one edition says of a record, next to what is shown of it. Equal voices of many records are kept once. */
export interface Voice {
  /** The source whose edition says it; empty where it follows from other records by a rule. */
  readonly edition: string
  readonly citations: Citations
  /** The columns it says, where these are fewer than are shown; null for all. */
  readonly says: readonly string[] | null
  /** The columns it says in passing only. */
  readonly weak: readonly string[]
  /** The fields of which it says another value than is shown; a `Statement` keeps each. */
  readonly differs: readonly string[]
  /** The ids by which it names what was merged into others. */
  readonly as?: NamedAs
  /** The languages of its texts, as far as it tells them. */
  readonly languages?: Languages
}

/** A voice with its own values. Folded columns and empty lists are no values; of a link, `to` may be one. */
export interface SourceStatement {
  readonly edition: string
  readonly citations: Citations
  readonly values: CheckedValues
  readonly weak: readonly string[]
  readonly as?: NamedAs
  readonly languages?: Languages
}

/** One value of a field on which not all sources agree: each that is not shown, and in a conflict those that are. */
export interface Disputed {
  readonly field: string
  readonly said: SourceStatement
  readonly values: CheckedValues
  readonly isShown: boolean
  readonly isInPassing: boolean
  /** Whether it is one side of a conflict; what is said in passing is none, unless it is a tally. */
  readonly inConflict: boolean
}

/** What is shown of a record of which several voices speak. */
export interface Shown {
  readonly values: CheckedValues
  readonly voices: readonly Voice[]
  readonly disputed: readonly Disputed[]
}

/** What tells a voice from the others of the same record. */
export const voiceKey = ({ edition, citations, as }: Pick<Voice, 'edition' | 'citations' | 'as'>): string => {
  const sources = citations.map(({ source }) => source).join('\n')
  return `${edition}\n${sources}${as ? `\n${JSON.stringify(as)}` : ''}`
}

/**
 * Chooses what is shown: for each field the value of the first voice in the order given that does not say it in passing,
 * or else of the first that does; of tallies said in passing, the one with the most votes; of a text in several languages,
 * English. What the others say of it and does not contradict is added: the same tally with a number more, the text in
 * another language; and lists are put together. What tells more exactly is shown in the place of what it is a part of.
 * @param voices in the order of trust
 */
export const showVoices = (columns: readonly Column[], voices: readonly SourceStatement[]): Shown => {
  const values: Record<string, Value> = {}
  const disputed: Disputed[] = []
  for (const [field, parts] of fieldsOf(columns)) {
    const speaking = voices.filter((voice) => parts.some(({ name }) => voice.values[name] !== undefined))
    const translations = isList(parts) ? translationsFor(field, columns, voices) : []
    if (speaking.length === 0 && translations.length === 0) continue
    const ordered = speaking.length > 1 ? inOrder(speaking, parts, columns) : speaking
    for (const voice of ordered) {
      const own = pick(voice.values, parts)
      if (isList(parts)) for (const [name, value] of Object.entries(own)) values[name] = united(values[name], value)
      else if (isMoreExact(own, pick(values, parts), parts) && !isWeak(voice, parts)) {
        for (const { name } of parts) delete values[name]
        Object.assign(values, own)
      } else if (!differ(own, values, parts)) for (const [name, value] of Object.entries(own)) values[name] ??= value
    }
    if (translations.length > 0) values[field] = withTranslations(values[field], translations)
    const shown = pick(values, parts)
    const differing = ordered.filter((voice) => differ(pick(voice.values, parts), shown, parts))
    if (differing.length === 0) continue
    const counted = (isTally(parts) ? ordered : ordered.filter((voice) => !isWeak(voice, parts))).map((said) => ({
      said,
      values: said.values,
      languageOf: (column: string) => languageOf(said, column, columns),
    }))
    const isConflict = counted.some((a) => counted.some((b) => contradict(a, b, parts)))
    for (const said of ordered) {
      const isShown = !differing.includes(said)
      const inConflict = isConflict && counted.some((each) => each.said === said)
      if (isShown && !inConflict) continue
      disputed.push({
        field,
        said,
        values: pick(said.values, parts),
        isShown,
        isInPassing: isWeak(said, parts),
        inConflict,
      })
    }
  }
  const names = Object.keys(values)
  return {
    values,
    disputed,
    voices: voices.map((voice) => {
      const { edition, citations, values: own, weak, as } = voice
      const languages = languagesOf(voice, own)
      const says = names.filter((name) => own[name] !== undefined)
      return {
        edition,
        citations,
        says: says.length === names.length ? null : says,
        weak: weak.filter((name) => own[name] !== undefined),
        differs: disputed.filter((each) => !each.isShown && each.said === voice).map(({ field }) => field),
        ...(as && { as }),
        ...(languages && { languages }),
      }
    }),
  }
}

/** Splits what is stored into what each voice says; `stated` gives the value of a voice that differs. */
export const splitVoices = (
  columns: readonly Column[],
  stored: CheckedValues,
  voices: readonly Voice[],
  stated: (voice: Voice, field: string) => CheckedValues | undefined,
): readonly SourceStatement[] => {
  const sayable = columns.filter(isSayable)
  return voices.map((voice) => {
    const { edition, citations, says, weak, differs, as, languages } = voice
    const values: Record<string, Value> = {}
    for (const column of sayable) {
      const value = stored[column.name]
      if (value === undefined || isEmpty(value)) continue
      if (differs.includes(fieldOf(column))) continue
      if (says === null || says.includes(column.name)) values[column.name] = value
    }
    for (const field of differs) Object.assign(values, stated(voice, field))
    return { edition, citations, values, weak, ...(as && { as }), ...(languages && { languages }) }
  })
}

/** What a source says in a checked record: not what is folded from it, nor empty lists. */
export const saidValues = (columns: readonly Column[], checked: CheckedValues): CheckedValues => {
  const values: Record<string, Value> = {}
  for (const column of columns) {
    const value = checked[column.name]
    if (value !== undefined && isSayable(column) && !isEmpty(value)) values[column.name] = value
  }
  return values
}

/** The value of a field as text, and back. A text stands as it is, anything else as JSON. */
export const writeStatement = (columns: readonly Column[], field: string, values: CheckedValues): string => {
  const parts = columns.filter((column) => fieldOf(column) === field)
  const [only] = parts
  if (only && only.part === undefined) {
    const value = values[only.name]
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  return JSON.stringify(
    Object.fromEntries(
      parts.flatMap(({ name }) => (values[name] === undefined ? [] : [[within(name, field), values[name]]])),
    ),
  )
}

export const readStatement = (columns: readonly Column[], field: string, text: string): CheckedValues => {
  const parts = columns.filter((column) => fieldOf(column) === field && !column.derived)
  const [only] = parts
  if (only && only.part === undefined)
    return { [only.name]: only.kind === 'text' || only.kind === 'reference' ? text : (JSON.parse(text) as Value) }
  const read = JSON.parse(text) as CheckedValues
  return Object.fromEntries(
    parts.flatMap(({ name }) =>
      read[within(name, field)] === undefined ? [] : [[name, read[within(name, field)] as Value]],
    ),
  )
}

/** The id of a statement: of a record, a field and a voice. */
export const statementId = (
  record: string,
  field: string,
  voice: Pick<Voice, 'edition' | 'citations' | 'as'>,
): string => `statement:${hashed([record, field, voiceKey(voice)])}`

/** The id of a conflict about a field of a record. */
export const conflictId = (record: string, field: string): string => {
  const id = `conflict:${record}#${field}`
  return id.length <= MAX_ID_LENGTH && !/\s/.test(id) ? id : `conflict:${hashed([record, field])}`
}

const hashed = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

/** `tallyFor` within `tally` is `for`. */
const within = (name: string, field: string): string =>
  name.charAt(field.length).toLowerCase() + name.slice(field.length + 1)

const isSayable = ({ derived, edition }: Column): boolean => !derived && edition !== 'own'

const isEmpty = (value: Value): boolean => Array.isArray(value) && value.length === 0

const fieldOf = ({ part, name }: Column): string => part ?? name

/** The fields with the columns that make up the value of each. */
const fieldsOf = (columns: readonly Column[]): ReadonlyMap<string, readonly Column[]> => {
  const fields = new Map<string, Column[]>()
  for (const column of columns) {
    if (!isSayable(column)) continue
    const parts = fields.get(fieldOf(column))
    if (parts) parts.push(column)
    else fields.set(fieldOf(column), [column])
  }
  return fields
}

const pick = (values: CheckedValues, parts: readonly Column[]): CheckedValues =>
  Object.fromEntries(parts.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name] as Value]])))

/** The items of both lists, each once. */
const united = (list: Value | undefined, more: Value): Value => {
  const items = [...((list ?? []) as readonly unknown[]), ...(more as readonly unknown[])]
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()] as unknown as Value
}

const isWeak = ({ weak }: SourceStatement, parts: readonly Column[]): boolean =>
  parts.some(({ name }) => weak.includes(name))

const isTally = (parts: readonly Column[]): boolean =>
  parts[0]?.part !== undefined && parts[0].name === `${parts[0].part}For`

/** Those who do not say it in passing first; of tallies said in passing, the fuller first; of texts, those in English. */
const inOrder = (
  voices: readonly SourceStatement[],
  parts: readonly Column[],
  columns: readonly Column[],
): readonly SourceStatement[] => {
  const firm = voices.filter((voice) => !isWeak(voice, parts))
  const weak = voices.filter((voice) => isWeak(voice, parts))
  if (isTally(parts)) weak.sort((a, b) => votes(b, parts) - votes(a, parts))
  const text = parts[0] as Column
  if (listFor(text, columns)) {
    const rank = (voice: SourceStatement) => languageRank(languageOf(voice, text.name, columns))
    for (const some of [firm, weak]) some.sort((a, b) => rank(a) - rank(b))
  }
  return [...firm, ...weak]
}

/** The list of what a text is in other languages: `titles` of `title`. */
const listFor = ({ name }: Pick<Column, 'name'>, columns: readonly Column[]): Column | undefined =>
  columns.find((column) => column.name === `${name}s` && column.kind === 'values' && column.type === 'Name')

/** The languages that a source tells of the texts that it gives. */
export const languagesOf = (
  { languages = {} }: Pick<SourceStatement, 'languages'>,
  given: CheckedValues,
): Languages | null => {
  const told = Object.entries(languages).filter(([column]) => given[column] !== undefined)
  return told.length > 0 ? Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1))) : null
}

/** The language of a text: by its words, or else as its source tells. A name's words do not tell. */
const languageOf = (voice: SourceStatement, column: string, columns: readonly Column[]): string | undefined => {
  const text = voice.values[column]
  if (typeof text !== 'string') return undefined
  const told = voice.languages?.[column]
  if (column === 'name' || !listFor({ name: column }, columns)) return told
  // Some lists in French have titles in English.
  return told === undefined || told === 'en' || told === 'fr' ? (languageByWords(text) ?? told) : told
}

interface Translation {
  readonly text: string
  readonly language: string
}

/** What sources say of a text in other languages than the one shown, for the list beside it; of each language the first. */
const translationsFor = (
  list: string,
  columns: readonly Column[],
  voices: readonly SourceStatement[],
): readonly Translation[] => {
  const text = columns.find((column) => listFor(column, columns)?.name === list)
  if (!text) return []
  const speaking = voices.filter(({ values }) => values[text.name] !== undefined)
  const [shown, ...others] = inOrder(speaking, [text], columns)
  const language = shown && languageOf(shown, text.name, columns)
  const found = new Map<string, Translation>()
  for (const voice of others) {
    const other = languageOf(voice, text.name, columns)
    if (other === undefined || !areOtherLanguages(language, other) || found.has(other)) continue
    found.set(other, { text: String(voice.values[text.name]), language: other })
  }
  return [...found.values()]
}

/** A list of names with those in languages that it has not. */
const withTranslations = (list: Value | undefined, translations: readonly Translation[]): Value => {
  const items = (list ?? []) as readonly Partial<Translation>[]
  const missing = translations.filter(({ language }) => items.every((item) => item.language !== language))
  return [...items, ...missing] as unknown as Value
}

const votes = ({ values }: SourceStatement, parts: readonly Column[]): number => {
  const { part } = parts[0] as Column
  return ['For', 'Against', 'Abstention'].reduce((sum, option) => sum + Number(values[`${part}${option}`] ?? 0), 0)
}
