import { parseFuzzyDate } from '../../model/fuzzy-date.js'
import type { Column, GraphShape } from '../../model/graph-shape.js'
import { normaliseId, normaliseReference } from '../../model/ids.js'
import type { Citation, LinkRecord, NodeRecord, Value, Values } from '../../model/records.js'
import type { Fault, Step, YamlDocument } from '../read/yaml-document.js'
import { type WrittenEdge, type WrittenField, writtenFields } from './format.js'

/** Where something stands. */
export interface Spot {
  readonly file: string
  readonly line: number
}

/** A link of a record of a file; `types` are those that the field may lead to. */
export interface LinkEntry extends Spot {
  readonly record: LinkRecord
  readonly field: string
  readonly types: readonly string[]
  /** Whether the record is nothing without it, so that the two are given together. */
  readonly required: boolean
}

/** A record of a file, its ids in the spelling of the graph, with the lines of what it names. */
export interface Entry extends Spot {
  readonly node: NodeRecord
  readonly links: readonly LinkEntry[]
  /** The sources that it and its links name. */
  readonly cited: readonly (Spot & { readonly id: string })[]
}

/** Turns a record of a file into a node and its links. */
export class EntryReader {
  readonly #fields: ReadonlyMap<string, ReadonlyMap<string, WrittenField>>

  constructor(readonly shape: GraphShape) {
    this.#fields = new Map([...shape.nodes.keys()].map((type) => [type, writtenFields(shape, type)]))
  }

  /** @returns the record, or what is wrong with it beyond what the JSON Schema tells */
  read(file: string, document: YamlDocument, type: string, index: number): Entry | readonly Fault[] {
    const whole = document.value as Readonly<Record<string, unknown>>
    const at: readonly Step[] = [type, index]
    const line = document.lineOf(at)
    const record = (whole[type] as readonly Readonly<Record<string, unknown>>[])[index] ?? {}
    const id = normaliseId(String(record['id']))
    const cited: (Spot & { readonly id: string })[] = []
    const citations = (value: unknown, path: readonly Step[]): readonly Citation[] => {
      const found = ((value ?? []) as readonly unknown[]).map(citationOf)
      cited.push(...found.map(({ source }, item) => ({ id: source, file, line: document.lineOf([...path, item]) })))
      return found
    }
    const own = record['sources']
      ? citations(record['sources'], [...at, 'sources'])
      : citations(whole['sources'], ['sources'])
    const faults: Fault[] = []
    if (own.length === 0)
      faults.push({
        line,
        reason: 'The record names no source; write "sources:" into it, or at the top of the file for all its records.',
      })
    const values: Record<string, Value> = {}
    const links: LinkEntry[] = []
    for (const [name, field] of this.#fields.get(type) ?? []) {
      const value = record[name]
      if (value === undefined) continue
      if (field.kind === 'edge') {
        const items = field.mapping.connection ? (value as readonly unknown[]) : [value]
        items.forEach((item, position) => {
          const path = field.mapping.connection ? [...at, name, position] : [...at, name]
          const more = typeof item === 'object' ? (item as Readonly<Record<string, unknown>>) : { to: item }
          const said = more['sources'] ? citations(more['sources'], [...path, 'sources']) : own
          links.push({
            file,
            line: document.lineOf(path),
            field: name,
            types: field.mapping.types,
            required: field.mapping.required,
            record: linkOf(field, id, more, said),
          })
        })
      } else {
        const found = valuesOf(name, field, value)
        if (typeof found === 'string')
          faults.push({ line: document.lineOf([...at, name]), reason: `"${name}" ${found}.` })
        else Object.assign(values, found)
      }
    }
    return faults.length > 0 ? faults : { node: { type, id, values, citations: own }, links, cited, file, line }
  }
}

const citationOf = (item: unknown): Citation => {
  if (typeof item === 'string') return { source: normaliseId(item) }
  const { source, locator } = item as { readonly source: string; readonly locator?: string }
  return { source: normaliseId(source), ...(locator !== undefined && { locator }) }
}

const linkOf = (
  { mapping, columns }: WrittenEdge,
  from: string,
  item: Readonly<Record<string, unknown>>,
  citations: readonly Citation[],
): LinkRecord => {
  const { link, only } = mapping
  const values: Record<string, Value> = link.columns.has('inferred') ? { inferred: false } : {}
  for (const column of columns) {
    const value = item[column.name]
    if (value !== undefined) values[column.name] = columnValue(column, value)
  }
  for (const { column, equals } of only) values[column.name] = equals
  const key = link.repeats ? { key: String(item['key'] ?? keyOf([...link.columns.values()], values)) } : {}
  return { link: link.name, from, to: normaliseId(String(item['to'])), ...key, values, citations }
}

/** The key of a link that may repeat: its first day that is known, then its whole numbers, then its words; `-` where it has none of them. */
const keyOf = (columns: readonly Column[], values: Values): string => {
  const given = columns.filter(
    ({ name, kind }) => kind !== 'boolean' && kind !== 'reference' && values[name] !== undefined,
  )
  const days = given.filter(({ type }) => type === 'Date').slice(0, 1)
  const numbers = given.filter(({ kind }) => kind === 'integer')
  const words = given.filter(({ kind, type }) => kind === 'text' && type !== 'Date')
  return [...days, ...numbers, ...words].map(({ name }) => String(values[name])).join('/') || '-'
}

const columnValue = (column: Column, value: unknown): Value => {
  if (column.kind === 'reference' || column.type === 'ID') return normaliseId(String(value))
  if (column.name === 'reference' || column.name === 'procedure') return normaliseReference(String(value))
  return value as Value
}

const valuesOf = (name: string, field: Exclude<WrittenField, WrittenEdge>, value: unknown): Values | string => {
  if (field.kind === 'column') return { [name]: columnValue(field.column, value) }
  const parts =
    field.type === 'FuzzyDate'
      ? parseFuzzyDate(String(value))
      : field.type === 'Tally'
        ? withVoting(value as Parts)
        : (value as Parts)
  if (typeof parts === 'string') return parts
  return Object.fromEntries(
    [...field.fields].flatMap(([part, column]) => {
      const given = (parts as Parts)[part]
      return given === undefined ? [] : [[column.name, given]]
    }),
  )
}

type Parts = Readonly<Record<string, Value>>

/** Adds the votes cast to a tally, where all three of its numbers are there. */
const withVoting = (tally: Parts): Parts | string => {
  const { for: inFavour, against, abstention, voting } = tally
  const negative = Object.entries(tally).find(([, votes]) => Number(votes) < 0)
  if (negative) return `has ${negative[1]} votes "${negative[0]}", and there are no fewer than 0`
  if (against === undefined || abstention === undefined) return tally
  const sum = Number(inFavour) + Number(against) + Number(abstention)
  if (voting !== undefined && voting !== sum)
    return `has ${voting} voting, and ${inFavour} for, ${against} against and ${abstention} abstentions are ${sum}`
  return { ...tally, voting: sum }
}
