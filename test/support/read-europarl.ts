import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import type { Importer } from '../../src/import/importer.js'
import { SILENT } from '../../src/import/read/make-records.js'
import type { GraphRecord } from '../../src/model/records.js'
import { acceptedRecords } from './read-source.js'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The folder of a fixture or of the real files, by its name. */
export const fixture = (name: string): string => pathOf(`../fixtures/${name}`)
export const realFiles = (name: string): string => pathOf(`../../../shared/data/europarl/${name}`)

/** A folder with these files. */
export const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'europarl-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** A file of a fixture with texts replaced by others. */
export const edited = (path: string, ...changes: readonly (readonly [from: string, to: string])[]): string => {
  let text = readFileSync(fixture(path), 'utf8')
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${path} has no "${from}".`)
    text = text.replace(from, to)
  }
  return text
}

/** Reads and checks each document as the first pass of an import does, with an empty store; gives what they say together. */
export const readWith = async (importer: Importer, path: string) => {
  const editions = await acceptedRecords(importer, path)
  for (const { opened, check, records } of editions) {
    const again: GraphRecord[] = []
    for await (const batch of opened.read(SILENT)) again.push(...check.accepted(batch))
    expect(again).toEqual(records)
  }
  const checks = editions.map(({ check }) => check)
  return {
    sources: editions.map(({ opened }) => `${opened.source} of ${opened.date}`),
    records: editions.flatMap(({ records }) => records),
    findings: checks.flatMap(({ findings }) => findings),
    problems: checks.flatMap(({ problems }) =>
      problems.map(({ file, line, reason }) => `${file}, line ${line}: ${reason}`),
    ),
    notes: checks.flatMap(({ notes }) => [...notes]),
    leftOut: summed(checks.flatMap(({ files }) => [...files.values()].flatMap(({ leftOut }) => [...leftOut]))),
    counts: summed(checks.flatMap(({ records }) => [...records])),
  }
}

const summed = (counts: readonly (readonly [string, number])[]): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {}
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count
  return sums
}

/** A node's values without those that are null, and the columns that are given in passing. */
export const valuesOf = (records: readonly GraphRecord[], id: string): unknown => {
  const record = records.find((each) => 'type' in each && each.id === id)
  if (!record) return undefined
  return Object.fromEntries(Object.entries(record.values).filter(([, value]) => value !== null && value !== undefined))
}

export const weakOf = (records: readonly GraphRecord[], id: string): unknown => {
  const record = records.find((each) => 'type' in each && each.id === id)
  return (record as { readonly weak?: readonly string[] } | undefined)?.weak
}

/** Links of a type, as `from → to`. */
export const linksOf = (records: readonly GraphRecord[], type: string): readonly string[] =>
  records.flatMap((record) => ('link' in record && record.link === type ? [`${record.from} → ${record.to}`] : []))

/** The message with which an edition is refused as a whole. */
export const refusalOf = async (importer: Importer, path: string): Promise<string> => {
  const error = await readWith(importer, path).catch((caught: unknown) => caught)
  if (!(error instanceof RapporteurError)) throw new Error(`It was not refused: ${String(error)}`)
  expect(error.code).toBe('BAD_INPUT')
  expect(error.message).toMatch(/Nothing was loaded/)
  return error.message
}
