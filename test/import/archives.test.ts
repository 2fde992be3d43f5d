import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { europarlMembers } from '../../src/import/europarl/europarl-members.js'
import { europarlOpendata } from '../../src/import/europarl/europarl-opendata.js'
import { europarlResults } from '../../src/import/europarl/europarl-results.js'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import { europarlTexts } from '../../src/import/europarl/europarl-texts.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import type { Importer } from '../../src/import/importer.js'
import { findFiles } from '../../src/import/read/find-files.js'
import { readBytes } from '../../src/import/read/source-file.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { makeZip, type ZipEntry } from '../support/make-zip.js'
import { shape } from '../support/read-edition.js'
import { fixture } from '../support/read-europarl.js'
import { acceptedRecords, fileWith, refusalOf } from '../support/read-source.js'

const IMPORTERS: readonly (readonly [name: string, importer: Importer, folder: string])[] = [
  ['howtheyvote', howtheyvote, 'howtheyvote'],
  ['europarl-rollcalls', europarlRollcalls, 'europarl-rollcalls'],
  ['europarl-results', europarlResults, 'europarl-results'],
  ['europarl-members', europarlMembers, 'europarl-members'],
  ['europarl-opendata', europarlOpendata, 'europarl-opendata'],
  ['europarl-texts', europarlTexts, 'europarl-texts'],
  ['records', recordsImporter(shape), 'records/town-council'],
]

const filesOf = (folder: string, inside = ''): readonly ZipEntry[] =>
  readdirSync(folder).map((name) => ({ name: `${inside}${name}`, content: readFileSync(join(folder, name)) }))
const zipWith = (entries: readonly ZipEntry[], name = 'edition.zip') => fileWith(name, makeZip(entries))
const editionsOf = async (importer: Importer, path: string) =>
  (await acceptedRecords(importer, path)).map(({ opened: { source, date, contentHash }, records, check }) => ({
    edition: [source, date, contentHash],
    records,
    problems: check.problems,
  }))

describe.each(IMPORTERS)('%s', (_name, importer, folder) => {
  const path = fixture(folder)

  it('reads a zip as the folder that was zipped, and as the same edition', async () => {
    const unpacked = await editionsOf(importer, path)
    expect(await editionsOf(importer, zipWith(filesOf(path), 'town-council.zip'))).toEqual(unpacked)
    const inFolder = [
      { name: 'an edition/', content: '', mode: 0o040755, method: 0 },
      ...filesOf(path, 'an edition/'),
      { name: 'an edition/more/other.txt', content: 'x' },
      { name: '__MACOSX/an edition/._x.csv', content: 'x' },
    ]
    expect(await editionsOf(importer, zipWith(inFolder, 'town-council.ZIP'))).toEqual(unpacked)
  })

  it('reads gzips in a zip', async () => {
    const packed = filesOf(path).map(({ name, content }) => ({ name: `${name}.gz`, content: gzipSync(content) }))
    const counts = (editions: Awaited<ReturnType<typeof editionsOf>>) =>
      editions.map(({ edition: [source], records }) => [source, records.length])
    expect(counts(await editionsOf(importer, zipWith(packed, 'town-council.zip')))).toEqual(
      counts(await editionsOf(importer, path)),
    )
  })

  const good = filesOf(path)
  const [first = { name: 'x', content: '' }] = good
  it.each<[string, () => Uint8Array, string]>([
    [
      'a path that leads upwards',
      () => makeZip([...good, { name: '../evil.csv', content: 'x' }]),
      'the entry "../evil.csv" has a path that leads out of the zip',
    ],
    [
      'an absolute path',
      () => makeZip([...good, { name: '/etc/evil.csv', content: 'x' }]),
      'the entry "/etc/evil.csv" has a path that leads out of the zip',
    ],
    [
      'a path with backslashes',
      () => makeZip([...good, { name: '..\\evil.csv', content: 'x' }]),
      'the entry "..\\evil.csv" has a path that leads out of the zip',
    ],
    [
      'a symbolic link',
      () => makeZip([...good, { name: 'link.csv', content: '/etc/passwd', mode: 0o120777 }]),
      'the entry "link.csv" is a symbolic link, which is never followed',
    ],
    [
      'a device',
      () => makeZip([...good, { name: 'null', content: '', mode: 0o020666 }]),
      'the entry "null" is neither a file nor a folder',
    ],
    [
      'a zip in the zip',
      () => makeZip([...good, { name: 'more.zip', content: makeZip(good) }]),
      'the entry "more.zip" is a zip inside the zip',
    ],
    ['an encrypted entry', () => makeZip([{ ...first, flags: 1 }]), `the entry "${first.name}" is encrypted`],
    ['a name that stands twice', () => makeZip([...good, first]), `the entry "${first.name}" stands twice`],
    [
      'another method of packing',
      () => makeZip([{ ...first, method: 14 }]),
      `the entry "${first.name}" is packed by the method 14, which is not read`,
    ],
    [
      'a bomb',
      () => makeZip([...good, { name: 'zeros.csv', content: Buffer.alloc(70_000_000) }]),
      'zeros.csv: it unpacks to more than 200 times its size',
    ],
    [
      'entries that share their bytes',
      () => makeZip([first, { ...first, name: 'a', sameAs: 0 }, { ...first, name: 'b', sameAs: 0 }]),
      'the entries of the zip are larger together than the zip itself',
    ],
    [
      'an entry that is larger than it says',
      () => makeZip(good.map((each) => ({ ...each, size: each.content.length - 1 }))),
      'the entry has another size than the zip says',
    ],
    [
      'an entry with another checksum',
      () => makeZip(good.map((each) => ({ ...each, checksum: 1 }))),
      'the entry is damaged: its checksum is another one',
    ],
    ['a truncated zip', () => makeZip(good).subarray(0, -30), 'the zip is truncated, or is no zip'],
    ['a zip without its beginning', () => makeZip(good).subarray(40), 'edition.zip'],
    ['a file that is no zip', () => Buffer.from('vote_id,member_id\n'), 'the zip is truncated, or is no zip'],
    ['an empty zip', () => makeZip([]), 'the zip '],
  ])('refuses %s', async (_what, zip, message) => {
    const refusal = await refusalOf(importer, fileWith('edition.zip', zip()))
    expect(refusal).toMatch(/^BAD_INPUT: .*edition\.zip.*Nothing was loaded/s)
    expect(refusal).toContain(message)
  })
})

describe('a zip', () => {
  it('with more entries than any edition has is refused', async () => {
    const many = Array.from({ length: 50_001 }, (_, index) => ({ name: `${index}.csv`, content: '', method: 0 }))
    expect(await refusalOf(howtheyvote, zipWith(many))).toContain('the zip has more than 50,000 entries')
  })

  it('can be read again and again, and is closed each time, even where the reader stops early', async () => {
    const content = Array.from({ length: 500_000 }, (_, index) => `${(index * 7919) % 1_000_003}\n`).join('')
    const { files } = await findFiles(zipWith([{ name: 'a.csv', content }]))
    const [file] = files
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    for (let time = 0; time < 5; time++) {
      let text = ''
      for await (const chunk of file?.bytes() ?? []) text += Buffer.from(chunk).toString()
      expect(text).toBe(content)
      for await (const chunk of file?.bytes() ?? []) if (chunk.length > 0) break
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(open()).toBeLessThanOrEqual(before)
  })
})

describe('a gzip', () => {
  it.each([
    'member_votes.csv.gz',
    'members_term9.csv.gz',
    'minutes.xml.gz',
    'page.html.gz',
    'data.ttl.gz',
    'a.yaml.gz',
  ])('that unpacks to hundreds of times its size is refused: %s', async (name) => {
    // What is refused sooner is so because no page, record or cell is that long.
    const importer = {
      csv: europarlMembers,
      xml: europarlRollcalls,
      html: europarlTexts,
      ttl: europarlOpendata,
      yaml: recordsImporter(shape),
    }[name.split('.')[1] as 'csv']
    const bomb = gzipSync(Buffer.alloc(70_000_000, 'a\n'))
    expect(await refusalOf(importer, fileWith(name, bomb))).toMatch(/^BAD_INPUT: .*Nothing was loaded/s)
  })

  it('of one repeated row is a bomb only if it is large', async () => {
    const sizeOf = async (times: number) => {
      const { files } = await findFiles(fileWith('a.csv.gz', gzipSync('1,one and the same label\n'.repeat(times))))
      let size = 0
      for (const file of files) for await (const chunk of readBytes(file, () => {})) size += chunk.length
      return size
    }
    expect(await sizeOf(100_000)).toBe(2_500_000)
    await expect(sizeOf(3_000_000)).rejects.toThrow(
      'a.csv.gz: it unpacks to more than 200 times its size, which no real file does; unpack it yourself if you trust it. Nothing was loaded',
    )
  })
})
