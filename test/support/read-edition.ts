import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { EditionCheck } from '../../src/import/check/edition-check.js'
import { gateRules } from '../../src/import/gate/gate-rules.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import { type OpenedSource, ReadAgain } from '../../src/import/importer.js'
import type { GraphRecord } from '../../src/model/records.js'
import { readGraphShape } from '../../src/schema/read-graph-shape.js'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

export const shape = readGraphShape(readFileSync(pathOf('../../schema.graphql'), 'utf8'))
export const SMALL_EXPORT = pathOf('../fixtures/howtheyvote')
export const REAL_EXPORT = pathOf('../../../shared/data/howtheyvote')

/** Copies the small export to a folder of its own, with some files changed: new content, or null to leave the file out. */
export const exportWith = (changes: Readonly<Record<string, string | Uint8Array | null>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'howtheyvote-'))
  folders.push(folder)
  cpSync(SMALL_EXPORT, folder, { recursive: true })
  for (const [name, content] of Object.entries(changes)) {
    if (content === null) rmSync(join(folder, name))
    else writeFileSync(join(folder, name), content)
  }
  return folder
}

/** A file of the small export, with one text replaced by another. */
export const edited = (name: string, from: string, to: string): string => {
  const text = readFileSync(join(SMALL_EXPORT, name), 'utf8')
  if (!text.includes(from)) throw new Error(`${name} has no "${from}".`)
  return text.replace(from, to)
}

/** Reads and checks an export as the first pass of an import does, with an empty store. */
export const readExport = async (folder: string) => {
  const [opened] = await howtheyvote.open(folder)
  if (!opened) throw new Error('There is no edition.')
  return readOpened(opened).catch((error: unknown) => {
    if (!(error instanceof ReadAgain)) throw error
    return readOpened(opened)
  })
}

const readOpened = async (opened: OpenedSource) => {
  const check = new EditionCheck(shape, gateRules(), async () => new Map())
  const given: GraphRecord[] = []
  for await (const batch of opened.read(check.pass(() => {}))) {
    await check.check(batch)
    given.push(...check.accepted(batch))
  }
  await check.finish()
  const files = Object.fromEntries(
    [...check.files].map(([file, { rows, bad, leftOut }]) => [
      file,
      { rows, bad, leftOut: Object.fromEntries(leftOut) },
    ]),
  )
  return { check, files, records: given, date: opened.date }
}
