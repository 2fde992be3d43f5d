import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { findFiles } from '../../src/import/read/find-files.js'
import { headOf } from '../../src/import/read/read-head.js'
import { loadImporters } from '../../src/import/registry.js'
import { tellReader } from '../../src/import/tell-reader.js'
import { shape } from '../support/read-edition.js'
import { acceptedRecords, fileWith } from '../support/read-source.js'

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url))
const all = await loadImporters(shape)
/** Whose fixtures lie in a folder that is named otherwise. */
const FOLDERS: Readonly<Record<string, string>> = {
  'europarl-directory': 'europarl-members',
  'europarl-procedures': 'europarl-opendata',
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesIn(path)
    return name === 'README.md' ? [] : [path]
  })

const fixtures = readdirSync(FIXTURES).flatMap((folder) => {
  const name = FOLDERS[folder] ?? folder
  return all.has(name)
    ? filesIn(join(FIXTURES, folder)).map((path) => ({ name, path, file: path.slice(FIXTURES.length + 1) }))
    : []
})

const importerOf = (name: string) => {
  const found = all.get(name)
  if (!found) throw new Error(`There is no importer "${name}".`)
  return found
}

/** What is told of a file given to an importer; null where it takes it. */
const toldOf = async (name: string, path: string): Promise<string | null> => {
  const importer = importerOf(name)
  const error = await acceptedRecords(importer, path).then(
    (editions) =>
      editions.some(({ records }) => records.length > 0) ? null : new RapporteurError('BAD_INPUT', 'Nothing.'),
    (caught: unknown) => caught,
  )
  if (error === null) return null
  const told = await tellReader(error, path, importer, async () => all)
  if (!(told instanceof RapporteurError)) throw told
  return told.message
}

describe.each(fixtures)('$file', ({ name, path }) => {
  it(`is recognised by ${name} alone`, async () => {
    const { files } = await findFiles(path)
    const [head] = await Promise.all(files.map(headOf))
    const known = [...all.values()].filter((each) => head && each.recognises(head)).map((each) => each.name)
    expect(known).toEqual([name])
  })

  it.each([...all.keys()].filter((each) => each !== name))('given to %s is told who reads it', async (other) => {
    const told = await toldOf(other, path)
    // Some take a file whose rows are all bad; an import then stops because of them.
    if (told !== null) expect(told).toContain(`another importer reads: rapporteur import ${name} `)
  })
})

it('a file that is damaged is said to be that, by the importer that knows its format', async () => {
  const cut = fileWith('directory.xml', '<meps><mep><fullName>Ada EXAMPLE</fullName>')
  expect(await toldOf('europarl-members', cut)).not.toMatch(/another importer/)
})

it('a file that nobody knows is said to be of nobody', async () => {
  expect(await toldOf('europarl-members', fileWith('a.xml', '<recipes/>'))).not.toMatch(/another importer/)
})

it('packed files are looked into', async () => {
  const packed = fileWith(
    'directory.xml.gz',
    gzipSync('<meps><mep><fullName>Ada EXAMPLE</fullName><id>1</id></mep></meps>'),
  )
  expect(await toldOf('europarl-rollcalls', packed)).toMatch(
    /"directory\.xml\.gz" looks like a file that .* rapporteur import europarl-members /,
  )
})
