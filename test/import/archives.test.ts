import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { europarlMembers } from '../../src/import/europarl/europarl-members.js'
import { europarlOpendata } from '../../src/import/europarl/europarl-opendata.js'
import { europarlResults } from '../../src/import/europarl/europarl-results.js'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import { europarlTexts } from '../../src/import/europarl/europarl-texts.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import type { Importer } from '../../src/import/importer.js'
import { plover } from '../../src/import/plover/plover.js'
import { findFiles } from '../../src/import/read/find-files.js'
import { collectLeftOut } from '../../src/import/read/left-out.js'
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
  ['plover', plover, 'plover'],
  ['records', recordsImporter(shape), 'records/town-council'],
]

const filesOf = (folder: string, inside = ''): readonly ZipEntry[] =>
  readdirSync(folder).map((name) => ({ name: `${inside}${name}`, content: readFileSync(join(folder, name)) }))
const zipWith = (entries: readonly ZipEntry[], name = 'edition.zip') => fileWith(name, makeZip(entries))

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A folder with these files, called as the one of the fixture is, so that records have the same edition. */
const folderWith = (entries: readonly ZipEntry[]): string => {
  const outer = mkdtempSync(join(tmpdir(), 'archives-'))
  folders.push(outer)
  const folder = join(outer, 'town-council')
  mkdirSync(folder)
  for (const { name, content } of entries) writeFileSync(join(folder, name), content)
  return folder
}
const isRead = ({ name }: ZipEntry) => !name.endsWith('.md')

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

  it('reads the zips in a folder as if their files lay there', async () => {
    const files = filesOf(path)
    const packed = files.filter((_, index) => index % 2 === 0)
    const folder = folderWith(files.filter((each) => !packed.includes(each)))
    for (const [index, each] of packed.entries()) writeFileSync(join(folder, `${index}.zip`), makeZip([each]))
    expect(await editionsOf(importer, folder)).toEqual(await editionsOf(importer, path))
  })

  it('reads a file that was unpacked beside its zip once, and says so', async () => {
    const [file = { name: 'x', content: '' }] = filesOf(path).filter(isRead)
    const folder = folderWith([...filesOf(path), { name: 'a.ZIP', content: makeZip([file]) }])
    const { opened, leftOut } = await collectLeftOut(() => editionsOf(importer, folder))
    expect(opened).toEqual(await editionsOf(importer, path))
    expect(leftOut.join()).toContain(`${file.name} in a.ZIP (the same as the one by itself)`)
    writeFileSync(join(folder, file.name), Buffer.concat([Buffer.from(file.content), Buffer.from('\n')]))
    expect(await refusalOf(importer, folder)).toContain(
      `the file "${file.name}" is there twice, by itself and in a.ZIP, and they are not the same; keep one of them`,
    )
  })

  it('refuses a zip in a zip in a folder, and one whose entries lead out of it', async () => {
    const inner = { name: 'more.zip', content: makeZip(filesOf(path)) }
    expect(
      await refusalOf(importer, folderWith([...filesOf(path), { name: 'a.zip', content: makeZip([inner]) }])),
    ).toContain('a.zip: the entry "more.zip" is a zip inside the zip; unpack it and give its own path')
    const evil = makeZip([{ name: '../evil.csv', content: 'x' }])
    expect(await refusalOf(importer, folderWith([...filesOf(path), { name: 'a.zip', content: evil }]))).toContain(
      'a.zip: the entry "../evil.csv" has a path that leads out of the zip',
    )
  })

  it('reads files whose names are written in capitals', async () => {
    const capitals = filesOf(path).map(({ name, content }) => ({
      name: name.replace(/\.\w+$/, (ending) => ending.toUpperCase()),
      content,
    }))
    const records = async (at: string) => (await editionsOf(importer, at)).map((each) => each.records.length)
    expect(await records(folderWith(capitals))).toEqual(await records(path))
  })

  it('names what it leaves out', async () => {
    const zip = makeZip([
      { name: 'notes.odt', content: 'x' },
      { name: 'deeper/a.csv', content: 'x' },
      { name: '.hidden', content: 'x' },
    ])
    const folder = folderWith([
      ...filesOf(path).filter(isRead),
      { name: 'other.docx', content: 'x' },
      { name: '.DS_Store', content: 'x' },
      { name: 'more.zip', content: zip },
      { name: 'none.zip', content: makeZip([]) },
    ])
    mkdirSync(join(folder, 'sub.csv'))
    symlinkSync(join(folder, 'nothing'), join(folder, 'gone.csv'))
    const { opened, leftOut } = await collectLeftOut(() => editionsOf(importer, folder))
    expect(opened).toEqual(await editionsOf(importer, path))
    expect(leftOut).toEqual([
      'town-council: left out: notes.odt in more.zip, other.docx, gone.csv (a link to nowhere), deeper in more.zip (a subfolder), none.zip (an empty zip), sub.csv (a subfolder).',
    ])
  })

  it('says what there is where nothing can be read', async () => {
    const folder = folderWith([{ name: 'other.docx', content: 'x' }])
    mkdirSync(join(folder, 'sub'))
    expect(await refusalOf(importer, folder)).toContain('left out: other.docx, sub (a subfolder); the folder ')
    const zip = zipWith([
      { name: 'other.docx', content: 'x' },
      { name: 'sub/a.csv', content: 'x' },
    ])
    expect(await refusalOf(importer, zip)).toContain('left out: other.docx, sub (a subfolder); the zip ')
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
    ['a truncated zip', () => makeZip(good).subarray(0, -30), 'the zip is truncated, or is not a zip'],
    ['a zip without its beginning', () => makeZip(good).subarray(40), 'edition.zip'],
    ['a file that is not a zip', () => Buffer.from('vote_id,member_id\n'), 'the zip is truncated, or is not a zip'],
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

describe('what is left out', () => {
  it('is told of a zip as of a folder, twenty names of it', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ name: `${10 + index}.odt`, content: 'x' }))
    const entries = [...filesOf(fixture('europarl-rollcalls')).filter(isRead), ...many]
    const { leftOut } = await collectLeftOut(() => europarlRollcalls.open(zipWith(entries)))
    const names = many.slice(0, 20).map(({ name }) => name)
    expect(leftOut).toEqual([`edition.zip: left out: ${names.join(', ')} and 5 more.`])
  })

  it('is not what an importer asks for', async () => {
    const files = filesOf(fixture('howtheyvote')).filter(isRead)
    const folder = folderWith([...files, { name: 'last_updated.txt', content: '2025-09-28' }])
    const { opened, leftOut } = await collectLeftOut(() => howtheyvote.open(folder))
    expect(opened.map(({ date }) => date)).toEqual(['2025-09-28'])
    expect(leftOut).toEqual([])
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
