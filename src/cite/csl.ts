import type { SourceFacts } from './source-facts.js'

/** An item of CSL-JSON, as far as it is used here. */
export interface CslItem {
  readonly id: string
  readonly type: 'dataset' | 'webpage' | 'document'
  readonly title: string
  readonly author?: readonly { readonly literal: string }[]
  readonly publisher?: string
  readonly issued?: CslDate
  readonly accessed?: CslDate
  readonly version?: string
  readonly URL?: string
  readonly note?: string
}

export interface CslDate {
  readonly 'date-parts': readonly (readonly number[])[]
}

/** What of this graph is cited: an answer or a record, and the state that the graph was in. */
export interface CitedHere {
  /** What is cited, in words: a record's name, or the name of a question. */
  readonly title: string
  /** The id of a record, or the hash of a question. */
  readonly id: string
  readonly version: number
  readonly changedAt: string | null
  /** Where it can be had again; null where that is not known. */
  readonly address: string | null
  /** The day on which it was asked. */
  readonly accessed: string | null
}

/** What is cited: who says it, the most trusted first, then this graph, which passes it on. */
export const cslItems = (sources: readonly SourceFacts[], here: CitedHere): readonly CslItem[] => [
  ...sources.map(sourceItem),
  {
    id: `rapporteur-${here.version}-${here.id}`.replace(/[^\w-]+/g, '-'),
    type: 'dataset',
    title: here.title === here.id ? here.id : `${here.title} (${here.id})`,
    author: [{ literal: 'Rapporteur' }],
    version: String(here.version),
    ...dateOf('issued', here.changedAt),
    ...dateOf('accessed', here.accessed),
    ...(here.address && { URL: here.address }),
  },
]

/** The same with where and when this graph, the last of the items, was asked. */
export const askedAt = (items: readonly CslItem[], address: string, now: Date): readonly CslItem[] =>
  items.map((item, i) =>
    i === items.length - 1 ? { ...item, ...dateOf('accessed', now.toISOString()), URL: address } : item,
  )

const sourceItem = ({ id, kind, title, publisher, url, published, retrieved, license }: SourceFacts): CslItem => ({
  id: id.replace(/[^\w-]+/g, '-'),
  type: kind === 'DATA_SET' ? 'dataset' : url ? 'webpage' : 'document',
  title,
  ...(publisher && { author: [{ literal: publisher.name }], publisher: publisher.name }),
  ...dateOf('issued', published),
  ...dateOf('accessed', retrieved),
  ...(url && { URL: url }),
  ...(license && { note: `License: ${license}` }),
})

const dateOf = (name: 'issued' | 'accessed', day: string | null): { readonly [key in typeof name]?: CslDate } =>
  day === null ? {} : { [name]: { 'date-parts': [day.slice(0, 10).split('-').map(Number)] } }

/** A day of CSL-JSON as a text, as exactly as it is known. */
export const dayIn = (date: CslDate | undefined): string | null =>
  date?.['date-parts'][0]?.map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0')).join('-') ?? null
