import { parseFuzzyDate } from '../../model/fuzzy-date.js'
import type { Citation, NodeRecord, Values } from '../../model/records.js'
import { addressOf } from '../read/address-of.js'
import { node } from '../read/make-records.js'
import { mostExact } from './dates.js'
import { type FtmEntity, type FtmValue, nodeId, type Said } from './entity.js'

/** A node, and the line that says it. */
export interface NodeOnLine {
  readonly line: number
  readonly record: NodeRecord
}

type Texts = (property: string) => readonly string[]
/** The first value of a property that has one in the graph. */
type First = (property: string, values: readonly string[]) => string | null
/** Web addresses, without what is none. */
type Web = (written: readonly string[]) => readonly string[]

/**
 * The nodes of an entity: one for each data set that says something of it, each with its own citations. The name that a
 * data set does not give is that of the entity as a whole, and given in passing.
 */
export const nodesOf = (
  entity: FtmEntity,
  type: string,
  schema: string,
  citationsOf: (datasets: readonly string[]) => readonly Citation[],
  leaveOut: (why: string) => void,
): readonly NodeOnLine[] => {
  const shown = nameOf(entity)
  const first: First = (property, values) => {
    for (let further = 1; further < values.length; further++) leaveOut(`further values of "${property}", which has one`)
    return values[0]?.trim() || null
  }
  const web: Web = (written) =>
    written.flatMap((each) => {
      const address = addressOf(each)
      if (address === null) leaveOut('an address that is not a web address')
      return address === null ? [] : [address]
    })
  return entity.said.map((said) => {
    const texts: Texts = (property) => said.values.get(property)?.map(({ text }) => text) ?? []
    const own = ownName(said, shown, type)
    const name = own ?? shown
    const values = {
      name,
      names: otherNames(said, name),
      ...(type === 'Person' && personValues(texts, name, first, web)),
      ...(type === 'Organization' && organizationValues(texts, schema, first, web)),
      ...(type === 'Event' && eventValues(texts, first, leaveOut)),
    }
    const weak = own === null ? (type === 'Person' ? ['name', 'sortName'] : ['name']) : []
    return { line: said.line, record: node(type, nodeId(entity.id), values, citationsOf(said.datasets), weak) }
  })
}

const NAMES = ['name', 'full', 'alias', 'previousName', 'weakAlias'] as const

/** The caption, or the name that most data sets give, whatever their order. */
const nameOf = ({ caption, said }: FtmEntity): string => {
  if (caption !== null) return caption
  for (const property of NAMES) {
    const found = bestName(said.flatMap(({ values }) => values.get(property) ?? []))
    if (found !== null) return found
  }
  return ''
}

/** The name that a data set gives itself: the one shown where it gives that one too. */
const ownName = ({ values }: Said, shown: string, type: string): string | null => {
  const own = [...(values.get('name') ?? []), ...((type === 'Place' && values.get('full')) || [])]
  return own.some(({ text }) => text.trim() === shown) ? shown : bestName(own)
}

/** Of several names the one in English, or in Latin letters and not in capitals alone; then the most frequent. */
const bestName = (names: readonly FtmValue[]): string | null => {
  const found = new Map<string, { rank: number; count: number }>()
  for (const { text, language } of names) {
    const name = text.trim()
    if (name === '') continue
    const rank = language === 'en' ? 2 : /^[\p{Script=Latin}\P{L}]*$/u.test(name) && name !== name.toUpperCase() ? 1 : 0
    const known = found.get(name)
    found.set(name, { rank: Math.max(rank, known?.rank ?? 0), count: (known?.count ?? 0) + 1 })
  }
  const [best] = [...found].sort(([a, x], [b, y]) => y.rank - x.rank || y.count - x.count || (a < b ? -1 : 1))
  return best?.[0] ?? null
}

const otherNames = ({ values }: Said, name: string): readonly FtmValue[] => {
  const others = new Map<string, FtmValue>()
  for (const property of ['name', 'alias', 'previousName', 'weakAlias', 'abbreviation'])
    for (const { text, language } of values.get(property) ?? []) {
      const tidy = text.trim()
      if (tidy !== '' && tidy !== name && (!others.has(tidy) || language))
        others.set(tidy, { text: tidy, ...(language && { language }) })
    }
  return [...others.values()]
}

const personValues = (texts: Texts, name: string, first: First, web: Web): Values => ({
  givenName: first('firstName', partsOf(texts('firstName'), name)),
  familyName: first('lastName', partsOf(texts('lastName'), name)),
  email: first('email', texts('email')),
  urls: web([...texts('website'), ...texts('wikipediaUrl')]),
  ...dateValues('birthDate', texts('birthDate')),
})

/** The spellings of a part of a name: first the one that stands in the name shown; none where several do not. */
const partsOf = (written: readonly string[], name: string): readonly string[] => {
  const all = [...new Set(written.map((each) => each.trim()).filter((each) => each !== ''))]
  const shown = all.find((each) => name.includes(each))
  if (shown === undefined) return all.length === 1 ? all : ['', ...all]
  return [shown, ...all.filter((each) => each !== shown)]
}

const organizationValues = (texts: Texts, schema: string, first: First, web: Web): Values => {
  const abbreviations = [...new Set(texts('abbreviation').map((each) => each.trim()))]
  return {
    kind: kindOf(texts('topics'), schema),
    shortName: abbreviations.length === 1 ? abbreviations[0] || null : null,
    url: first('website', web(texts('website'))),
  }
}

/** Topics that tell what kind of organisation it is. */
export const KIND_TOPICS: ReadonlyMap<string, string> = new Map([
  ['pol.party', 'PARTY'],
  ['gov.igo', 'INTERGOVERNMENTAL'],
])

const kindOf = (topics: readonly string[], schema: string): string | null => {
  for (const [topic, kind] of KIND_TOPICS) if (topics.includes(topic)) return kind
  return schema === 'PublicBody' ? 'GOVERNMENT' : null
}

/** Whether an organisation governs or acts for its country: a company only sits there. */
export const isPublic = ({ said }: FtmEntity, schema: string): boolean =>
  schema === 'PublicBody' && !said.some(({ values }) => values.get('topics')?.some(({ text }) => text === 'gov.igo'))

const eventValues = (texts: Texts, first: First, leaveOut: (why: string) => void): Values => {
  const dates = texts('date')
  const [start, end] = [mostExact(texts('startDate'))[0], mostExact(texts('endDate')).at(-1)]
  const isSpan = start !== undefined || end !== undefined
  if (isSpan && dates.length > 0) leaveOut('the start and end of an event that has a "date"')
  const span = isSpan ? [start === end ? (start as string) : `${start ?? ''}/${end ?? ''}`] : []
  return {
    summary: first('summary', [...texts('summary'), ...texts('description')]),
    ...dateValues('date', dates.length > 0 ? dates : span),
  }
}

/** The columns of a date; of several that exclude each other it is one, which EDTF can say. */
const dateValues = (column: string, written: readonly string[]): Values => {
  const dates = mostExact(written)
  if (dates.length === 0) return {}
  const date = parseFuzzyDate(dates.length === 1 ? (dates[0] as string) : `[${dates.join(',')}]`)
  if (typeof date === 'string') return {}
  const { edtf, earliest, latest } = date
  return { [`${column}Edtf`]: edtf, [`${column}Earliest`]: earliest ?? null, [`${column}Latest`]: latest ?? null }
}
