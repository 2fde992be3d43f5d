import { isObject, type Json, type JsonObject } from './json.js'
import { itemsOf, pageOf } from './read-lists.js'
import type { ToolResult } from './tool-result.js'

/** Tokens of the longest text. How a model cuts text is not known here; a token is taken for three bytes, which is little. */
const MOST_TOKENS = 1500
const BYTES_PER_TOKEN = 3
/** Bytes of the part that names the sources, and letters of the longest value, name and address. */
const MOST_FOR_SOURCES = 1200
const LONGEST_VALUE = 300
const LONGEST_NAME = 100
const LONGEST_LINK = 300

interface Line {
  readonly text: string
  /** The list that the line is an item of, and how many items it and those after it stand for. */
  readonly left?: number
}

/** Writes a result for a reader who has nothing else: what was found, each line that has a figure with its source. */
export const writeText = (result: ToolResult): string => {
  const head = [...headOf(result)]
  const foot = footOf(result)
  const room = (MOST_TOKENS - 40) * BYTES_PER_TOKEN - sizeOf([...head, ...foot])
  return [...head, ...cut(bodyOf(result), room), ...foot].join('\n')
}

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)

const cut = (lines: readonly Line[], room: number): readonly string[] => {
  let size = 0
  for (const [i, { text, left }] of lines.entries()) {
    size += Buffer.byteLength(text) + 1
    if (size <= room) continue
    const rest = `${lines.length - i} lines are left out here and stand in structuredContent`
    return [...lines.slice(0, i).map((each) => each.text), left ? `… ${left} more; ${rest}.` : `… ${rest}.`]
  }
  return lines.map(({ text }) => text)
}

const headOf = ({ total, undecided, complete, covered, reason, data }: ToolResult): readonly string[] => {
  const nearest = (reason?.nearest ?? []).map(
    ({ id, type, name }) => `- ${clean(name ?? id, LONGEST_NAME)} (${clean(id)}), ${type}`,
  )
  const said = reason
    ? [`${reason.code}: ${reason.sentence}`, ...(nearest.length > 0 ? ['Nearest:', ...nearest] : [])]
    : []
  if (!data) return said
  const counted = [
    ...(total === null ? [] : [`${total} in all.`]),
    ...(undecided ? [`Of ${undecided} more it is not known whether they belong here.`] : []),
    ...(covered ? [`The graph holds ballots from ${covered.from} to ${covered.to} only.`] : []),
    ...(complete === false ? ['This is not all there is.'] : []),
    ...(complete === null
      ? ['Whether this is all there is, is not known: the document asks for no totalCount or rowCount.']
      : []),
  ]
  return [...said, ...(counted.length > 0 ? [counted.join(' ')] : [])]
}

const footOf = ({
  data,
  reason,
  sources,
  moreSources,
  sourcesOf,
  asOf,
  dataVersion,
  link,
}: ToolResult): readonly string[] => {
  const lines: string[] = []
  for (const { number, id, title, url, license } of sources) {
    const line = `[${number}] ${[title ?? id, url, license].flatMap((each) => (each ? [clean(each, LONGEST_NAME)] : [])).join(', ')}`
    if (sizeOf([...lines, line]) > MOST_FOR_SOURCES) break
    lines.push(line)
  }
  const unnamed = sources.length - lines.length + moreSources
  return [
    ...(lines.length > 0
      ? [
          sourcesOf
            ? `Sources, of the first ${sourcesOf.first} of ${sourcesOf.of} records that were counted:`
            : 'Sources:',
          ...lines,
        ]
      : []),
    ...(data && !reason && sources.length === 0 && hasFigure(data as JsonObject)
      ? ['No source is named here: the document does not ask for `sources`.']
      : []),
    ...(unnamed > 0 ? [`… ${unnamed} more sources`] : []),
    ...(dataVersion === null ? [] : [`Data version ${dataVersion}, as of ${asOf ?? 'an unknown day'}.`]),
    ...(link && link.length <= LONGEST_LINK ? [`Link: ${link}`] : []),
  ]
}

const bodyOf = ({ data, sources }: ToolResult): readonly Line[] => {
  if (!data) return []
  const all = sources.map(({ number }) => `[${number}]`).join(' ')
  const entries = Object.entries(data as JsonObject)
  return entries.flatMap(([key, value]): readonly Line[] => {
    if (value === null) return []
    if (Array.isArray(value)) return listLines(value, { nodes: value }, { key, refs: '', indent: '' })
    if (!isObject(value)) return [{ text: `${key}: ${scalar(value)}` }]
    const items = itemsOf(value)
    if (!items && !('totalCount' in value)) return recordLines(value)
    const counted = entries.length > 1 || 'rows' in value ? countLines(key, value, all) : []
    return [...counted, ...listLines(items ?? [], value, { key, refs: 'rows' in value ? all : '', indent: '' })]
  })
}

/** What a list says of itself. */
const countLines = (key: string, list: JsonObject, refs: string): readonly Line[] => {
  const said = Object.entries(list).filter(([, value]) => typeof value === 'number')
  if (said.every(([, value]) => value === 0)) return []
  return [{ text: `${key}: ${said.map(([name, value]) => `${name} ${value}`).join(', ')}${spaced(refs)}` }]
}

interface ListAt {
  readonly key: string
  /** The sources of what is in it, where that names none. */
  readonly refs: string
  readonly indent: string
}

const listLines = (items: readonly Json[], list: JsonObject, { key, refs, indent }: ListAt): readonly Line[] => {
  const { next, hasPrevious } = pageOf(list)
  const total = list['rows'] ? (list['kindCount'] ?? list['rowCount']) : list['totalCount']
  // How many are left after a page that was gone on to, its list does not say.
  const all = typeof total === 'number' && !hasPrevious ? total : items.length
  const lines = items.map((item, i) => ({ text: `${indent}- ${describe(flat(item), refs)}`, left: all - i }))
  const rest = items.length > 0 ? all - items.length : 0
  if (rest <= 0 && !next) return lines
  const goOn = next ? `, asked for with after: "${next}"` : ''
  return [...lines, { text: `${indent}… ${rest > 0 ? `${rest} ` : ''}more of ${key}${goOn}` }]
}

/** A record by itself: a line for each field. */
const recordLines = (record: JsonObject): readonly Line[] => {
  const refs = refsOf(record).replace(/: [^\]]*/g, '')
  const { label, rest } = labelOf(record)
  return [
    { text: `${label}${spaced(refsOf(record))}` },
    ...Object.entries(rest).flatMap(([key, value]): readonly Line[] => {
      if (isObject(value) && value['isKnown'] === false) return [{ text: `${key}: not known` }]
      const items = isObject(value) ? itemsOf(value) : Array.isArray(value) && value.some(isObject) ? value : undefined
      if (!items) return [{ text: `${key}: ${inline(value, refs)}${hasFigure(value) ? spaced(refs) : ''}` }]
      const counted = isObject(value) && typeof value['totalCount'] === 'number' ? value['totalCount'] : items.length
      const list: JsonObject = isObject(value) ? value : { nodes: items }
      const undecided = list['undecidedCount'] ? `, and of ${list['undecidedCount']} more it is not known` : ''
      const head = { text: `${key}: ${counted}${undecided}${spaced(refs)}` }
      return [head, ...listLines(items, list, { key, refs, indent: '  ' })]
    }),
  ]
}

/** A record in one line. */
const describe = (item: Json, inherited: string): string => {
  if (item === null) return 'none'
  if (!isObject(item)) return inline(item, inherited)
  const own = refsOf(item)
  const { label, rest } = labelOf(item)
  const said = saidOf(rest, '')
  const refs = own || (hasFigure(item) ? inherited : '')
  return `${[label, ...said].filter((each) => each !== '').join('; ')}${spaced(refs)}`
}

/** The fields of a record that say something: an object of which nothing was asked says nothing, nor does why nothing lacks. */
const saidOf = (fields: JsonObject, refs: string): readonly string[] =>
  Object.entries(fields).flatMap(([key, value]) => {
    if (key === 'why' && value === null) return []
    const text = inline(value, refs)
    return text === '' ? [] : [`${key} ${text}`]
  })

const inline = (value: Json, refs: string): string => {
  if (Array.isArray(value))
    return value.map((each) => inline(flat(each), refs)).join(value.some(isObject) ? ' | ' : ', ')
  if (!isObject(value)) return scalar(value)
  const items = itemsOf(value)
  if (value['isKnown'] === false) return 'not known'
  if (items) {
    const total = typeof value['totalCount'] === 'number' ? value['totalCount'] : items.length
    const rest = total - items.length
    const named = items.map((each) => inline(flat(each), refs))
    return [...(named.length > 0 ? named : ['none']), ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')
  }
  if (typeof value['totalCount'] === 'number' && Object.keys(value).length === 1) return String(value['totalCount'])
  const { label, rest } = labelOf(value)
  const said = saidOf(rest, refs)
  const own = refsOf(value)
  return [label ? `${label}${said.length > 0 ? `: ${said.join(', ')}` : ''}` : said.join(', '), own]
    .filter(Boolean)
    .join(' ')
}

/** The columns of a link together with the record that it leads to. */
const flat = (item: Json): Json => {
  if (!isObject(item) || !isObject(item['node'])) return item
  const { node, cursor: _, ...columns } = item
  return { ...(node as JsonObject), ...columns }
}

const NAMES = ['name', 'title', 'reference'] as const

/** The name of a record with its id, and the fields that are left. */
const labelOf = (record: JsonObject): { readonly label: string; readonly rest: JsonObject } => {
  const { __typename: type, id, sources: _, cursor: __, ...rest } = record
  const named = NAMES.find((key) => typeof rest[key] === 'string')
  const name = named ? scalar(rest[named] as Json) : ''
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => !named || value !== rest[named]))
  const label = [type, name, id && name ? `(${scalar(id)})` : id].filter(Boolean).join(' ')
  return { label, rest: kept }
}

const refsOf = (record: JsonObject): string => {
  const refs = record['sources']
  if (!Array.isArray(refs)) return ''
  return (refs as readonly Json[])
    .flatMap((ref) => {
      if (!isObject(ref)) return []
      const locator = ref['locator']
      return [
        typeof locator === 'string' && locator.length <= 60
          ? `[${ref['source']}: ${clean(locator)}]`
          : `[${ref['source']}]`,
      ]
    })
    .join(' ')
}

const hasFigure = (value: Json): boolean =>
  typeof value === 'number' ||
  (isObject(value) && Object.entries(value).some(([key, each]) => key !== 'sources' && hasFigure(each)))

const spaced = (refs: string): string => (refs ? ` ${refs}` : '')

const scalar = (value: Json): string => (value === null ? 'not known' : clean(String(value)))

/** A text in one line and without what only steers a screen: control characters, and marks that turn the direction of writing. */
const clean = (text: string, longest = LONGEST_VALUE): string => {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim()
  const letters = [...line]
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line
}
