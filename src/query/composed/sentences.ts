import type { GraphShape, LinkShape } from '../../model/graph-shape.js'
import type { CheckedValues } from '../../model/records.js'
import type { GraphStore } from '../../store/graph-store.js'

/** What a record is called by, the first that it has. */
const LABELS = ['name', 'title', 'reference', 'text', 'message'] as const
/** Characters of a label in a sentence. */
const MAX_LABEL = 120

/** What a record of this type can be called by. */
export const labelColumns = (shape: GraphShape, type: string): readonly string[] => {
  const columns = shape.nodes.get(type)?.columns
  return LABELS.filter((name) => columns?.has(name))
}

/** What a record is called: by its name, title or text, else by its id. */
export const labelOf = (values: Readonly<Record<string, unknown>>, id: string): string => {
  const label = LABELS.map((name) => values[name]).find((value) => typeof value === 'string' && value !== '')
  const text = label === undefined ? id : String(label)
  return text.length > MAX_LABEL ? `${text.slice(0, MAX_LABEL - 1)}…` : text
}

/** What records are called, by their ids. */
export const labelsOf = async (
  store: GraphStore,
  ids: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> => {
  const byType = new Map<string, string[]>()
  for (const [id, type] of ids) byType.set(type, [...(byType.get(type) ?? []), id])
  const labels = new Map<string, string>()
  for (const [type, some] of byType)
    for await (const { id, values } of store.scanNodes(type, { ids: some })) labels.set(id, labelOf(values, id))
  return labels
}

/** What a link says: “Josep Borrell held the office High Representative”. */
export const sentenceOf = ({ says }: LinkShape, from: string, to: string): string => `${from} ${says} ${to}`

/** When a link holds, in EDTF: its day, or an interval of its start and end; null where it has none. */
export const linkDate = ({ columns }: LinkShape, values: CheckedValues): string | null => {
  const { date, startDate, endDate, attestedOn } = values
  if (date !== undefined) return String(date)
  if (startDate !== undefined || endDate !== undefined)
    return columns.has('endDate') ? `${startDate ?? ''}/${endDate ?? '..'}` : String(startDate)
  return attestedOn === undefined ? null : String(attestedOn)
}

/** A field's name as words: `adoptedOn` is “adopted on”. */
export const fieldInWords = (name: string): string =>
  PLAIN.get(name) ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const PLAIN: ReadonlyMap<string, string> = new Map([
  ['startDate', 'from'],
  ['endDate', 'until'],
  ['date', 'on'],
])
