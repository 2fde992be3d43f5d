import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { EditionCheck } from '../../src/import/check/edition-check.js'
import { gateRules } from '../../src/import/gate/gate-rules.js'
import { type Importer, type OpenedSource, ReadAgain } from '../../src/import/importer.js'
import { type GraphRecord, isNode, type LinkRecord, type NodeRecord } from '../../src/model/records.js'
import { shape } from './read-edition.js'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Writes a file of a source into a folder of its own. */
export const fileWith = (name: string, content: string | Uint8Array): string => {
  const folder = mkdtempSync(join(tmpdir(), 'source-'))
  folders.push(folder)
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** The records of each edition at a path that the first pass of an import accepts, with an empty store. */
export const acceptedRecords = async (importer: Importer, path: string) => {
  const editions: Awaited<ReturnType<typeof accepted>>[] = []
  for (const opened of await importer.open(path)) editions.push(await accepted(opened))
  return editions
}

const accepted = async (opened: OpenedSource): ReturnType<typeof acceptedOnce> => {
  try {
    return await acceptedOnce(opened)
  } catch (error) {
    if (!(error instanceof ReadAgain)) throw error
    return acceptedOnce(opened)
  }
}

const acceptedOnce = async (opened: OpenedSource) => {
  const whereNamed = (id: string) => opened.foreignIds?.().find((each) => each.id === id)
  const check = new EditionCheck(shape, gateRules(), async () => new Map(), whereNamed)
  const records: GraphRecord[] = []
  for await (const batch of opened.read(check.pass(() => {}))) {
    await check.check(batch)
    records.push(...check.accepted(batch))
  }
  await check.finish()
  return { opened, check, records }
}

/** Reads and checks the one document at a path as the first pass of an import does, with an empty store. */
export const readSource = async (importer: Importer, path: string) => {
  const [source, ...others] = await readSources(importer, path)
  if (!source || others.length > 0) throw new Error(`There are ${others.length + 1} documents.`)
  return source
}

/** Reads and checks each document at a path. */
export const readSources = async (importer: Importer, path: string) => (await acceptedRecords(importer, path)).map(told)

const told = ({ opened, check, records }: Awaited<ReturnType<typeof accepted>>) => {
  const nodes = new Map(records.filter(isNode).map((record): [string, NodeRecord] => [record.id, record]))
  const links = records.filter((record): record is LinkRecord => !isNode(record))
  return {
    source: opened.source,
    date: opened.date,
    problems: check.problems,
    notes: [...check.notes],
    leftOut: [...check.files].flatMap(([, { leftOut }]) => [...leftOut].map(([why, rows]) => `${rows} × ${why}`)),
    counts: Object.fromEntries(check.records),
    values: (id: string) => nodes.get(id)?.values,
    to: (link: string, from: string) =>
      links.filter((each) => each.link === link && each.from === from).map(({ to }) => to),
    concerned: (demand: string, role: string) =>
      links.filter(({ link, from, key }) => link === 'Concern' && from === demand && key === role).map(({ to }) => to),
    records,
  }
}

/** The sentence with which a file is refused. */
export const refusalOf = async (importer: Importer, path: string): Promise<string> => {
  const error = await readSources(importer, path).catch((caught: unknown) => caught)
  if (!(error instanceof RapporteurError)) throw new Error(`It was not refused: ${String(error)}`)
  return `${error.code}: ${error.message}`
}
