import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { europarlMembers } from '../../src/import/europarl/europarl-members.js'
import { europarlOpendata } from '../../src/import/europarl/europarl-opendata.js'
import { europarlResults } from '../../src/import/europarl/europarl-results.js'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import { europarlTexts } from '../../src/import/europarl/europarl-texts.js'
import { followthemoney } from '../../src/import/followthemoney/followthemoney.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import type { Importer } from '../../src/import/importer.js'
import { plover } from '../../src/import/plover/plover.js'
import { popolo } from '../../src/import/popolo/popolo.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { runImports } from '../../src/import/run-import.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { randomFrom } from '../support/random.js'
import { shape } from '../support/read-edition.js'
import { fixture, folderWith } from '../support/read-europarl.js'

/** A kind of file, and how a good one of it is broken. */
interface Kind {
  readonly name: string
  readonly importer: Importer
  /** The folder of its fixture, and the file of it that is broken; other files are there only where `whole` says so. */
  readonly folder: string
  readonly file: string
  readonly whole?: boolean
  /** Windows-1252 is read. */
  readonly anyEncoding?: boolean
  /** A text in the file, what makes its row bad, and what is told. */
  readonly badRow: readonly [from: string, to: string, problem: string]
  readonly xml?: boolean
  /** What follows the text is refused for what it is, or is one bad row: its long lines are tested with the importer. */
  readonly longLinesElsewhere?: boolean
}

const KINDS: readonly Kind[] = [
  {
    name: 'howtheyvote',
    importer: howtheyvote,
    folder: 'howtheyvote',
    file: 'members.csv',
    whole: true,
    badRow: ['DI RUPO,BEL', 'DI RUPO,BLE', 'members.csv, line 3: The column "country_code" is "BLE"'],
  },
  {
    name: 'europarl-rollcalls',
    importer: europarlRollcalls,
    folder: 'europarl-rollcalls',
    file: 'newer.xml',
    badRow: [
      'PersId="1003">Costa</PoliticalGroup',
      'PersId="10x3">Costa</PoliticalGroup',
      'newer.xml, line 20: The attribute "PersId" of "PoliticalGroup.Member.Name" is "10x3"',
    ],
    xml: true,
  },
  {
    name: 'europarl-results',
    importer: europarlResults,
    folder: 'europarl-results',
    file: 'results.xml',
    badRow: ['votingId="800002"', 'votingId="80x002"', 'results.xml, line 8: The attribute "votingId" of "voting"'],
    xml: true,
  },
  {
    name: 'europarl-members',
    importer: europarlMembers,
    folder: 'europarl-members',
    file: 'members_term9.csv',
    anyEncoding: true,
    badRow: ['20/06/1960', '31/06/1960', 'members_term9.csv, line 4: The column "mep_birthday" is "31/06/1960 01:00"'],
  },
  {
    name: 'europarl-opendata in RDF/XML',
    importer: europarlOpendata,
    folder: 'europarl-opendata',
    file: 'meeting.xml',
    badRow: [
      'ITM-1</eli-dl:activity_id>',
      'ITM 1</eli-dl:activity_id>',
      'meeting.xml, line 12: The activity "MTG-PL-2031-09-10-PVCRE-ITM 1" has no name that can be an id',
    ],
    xml: true,
  },
  {
    name: 'europarl-opendata in Turtle',
    importer: europarlOpendata,
    folder: 'europarl-opendata',
    file: 'meetings.ttl',
    badRow: ['2031-03-05T23', '2031-02-31T23', 'meetings.ttl, line 7: The property "eli-dl:activity_'],
  },
  {
    name: 'europarl-opendata in JSON',
    importer: europarlOpendata,
    folder: 'europarl-opendata',
    file: 'document.json',
    badRow: ['"itemNumberEnd": 2', '"itemNumberEnd": 0', 'document.json, line 38: The list of amendments'],
  },
  {
    name: 'plover in a table with a header',
    importer: plover,
    folder: 'plover',
    file: 'icews-events-2022.tab',
    badRow: ['90000002\t', '9e7\t', 'icews-events-2022.tab, line 4: The column "Event ID" is "9e7"'],
  },
  {
    name: 'plover in a table without one',
    importer: plover,
    folder: 'plover',
    file: '20220120.export.CSV',
    badRow: ['990000002\t', 'E-990\t', '20220120.export.CSV, line 2: The column "GLOBALEVENTID" is "E-990"'],
  },
  {
    name: 'plover in JSON',
    importer: plover,
    folder: 'plover',
    file: 'polecat-array.json',
    badRow: ['"AID"', '"DANCE"', 'polecat-array.json, line 21: The column "Event Type" is "DANCE"'],
    longLinesElsewhere: true,
  },
  {
    name: 'followthemoney in entities',
    importer: followthemoney,
    folder: 'followthemoney',
    file: 'synthetic.ftm.json',
    badRow: ['["1971"]', '["1971-02-30"]', 'synthetic.ftm.json, line 6: The property "birthDate" is "1971-02-30"'],
    longLinesElsewhere: true,
  },
  {
    name: 'followthemoney in a table of statements',
    importer: followthemoney,
    folder: 'followthemoney',
    file: 'statements.csv',
    badRow: [',1961,', ',1960-02-30,', 'The property "birthDate" is "1960-02-30"'],
  },
  {
    name: 'popolo',
    importer: popolo,
    folder: 'popolo',
    file: 'synthetic-house.json',
    badRow: ['"1960-04"', '"1960-04-31"', 'synthetic-house.json, line 4: persons "p-1": "birth_date" is "1960-04-31"'],
    longLinesElsewhere: true,
  },
  {
    name: 'records in YAML',
    importer: recordsImporter(shape),
    folder: 'records/town-council',
    file: 'council.yaml',
    whole: true,
    badRow: ['birthDate: 1970', 'birthDate: 1970-13', 'council.yaml, line 27: Person "person:ann": "birthDate" '],
  },
  {
    name: 'records in JSON Lines',
    importer: recordsImporter(shape),
    folder: 'records/bus-lines',
    file: 'people.jsonl',
    whole: true,
    badRow: [
      '"birthDate": "1970-05"',
      '"birthDate": "1970-15"',
      'people.jsonl, line 2: Person "person:ada": "birthDate"',
    ],
  },
]
const TEXTS: Omit<Kind, 'badRow'> = {
  name: 'europarl-texts',
  importer: europarlTexts,
  folder: 'europarl-texts',
  file: 'rc-9-2031-0041-en.html',
}

let store: SqliteStore
beforeEach(async () => {
  store = new SqliteStore(shape, { path: ':memory:' })
  await store.prepare()
})
afterEach(() => store.close())

const total = async () => Object.values(await store.count()).reduce((sum, each) => sum + each, 0)
const goodFile = ({ folder, file }: Pick<Kind, 'folder' | 'file'>): Buffer => readFileSync(join(fixture(folder), file))

/** A folder in which the file of a kind has another content, and perhaps another name. */
const broken = (kind: Omit<Kind, 'badRow'>, content: string | Uint8Array, name = kind.file): string => {
  const others = kind.whole ? readdirSync(fixture(kind.folder)).filter((each) => each !== kind.file) : []
  const files = others.map((each) => [each, readFileSync(join(fixture(kind.folder), each))] as const)
  return folderWith({ ...Object.fromEntries(files), [name]: content })
}

const run = async (kind: Omit<Kind, 'badRow'>, content: string | Uint8Array, name?: string) => {
  const reports = await runImports({ store, shape, importer: kind.importer, path: broken(kind, content, name) })
  return reports.flatMap(({ problems }) => problems.map(({ file, line, reason }) => `${file}, line ${line}: ${reason}`))
}

/** The sentence with which a file is refused, after which the store is as empty as before. */
const refusalOf = async (kind: Omit<Kind, 'badRow'>, content: string | Uint8Array, name?: string): Promise<string> => {
  const error = await run(kind, content, name).catch((caught: unknown) => caught)
  if (!(error instanceof RapporteurError)) throw new Error(`It was not refused: ${String(error)}`)
  expect(error.code).toBe('BAD_INPUT')
  expect(error.message).toMatch(/Nothing was loaded/)
  expect([await total(), await store.editions()]).toEqual([0, []])
  return error.message
}

describe.each([...KINDS, TEXTS])('$name', (kind) => {
  const good = goodFile(kind)
  const { file } = kind

  it('refuses a truncated gzip, one that is damaged, and what is none', async () => {
    const packed = gzipSync(good)
    const name = `${file}.gz`
    expect(await refusalOf(kind, packed.subarray(0, packed.length >> 1), name)).toContain(
      `${name}: the gzip file is truncated`,
    )
    const damaged = Buffer.from(packed).fill(0xff, packed.length >> 1, (packed.length >> 1) + 20)
    expect(await refusalOf(kind, damaged, name)).toContain(`${name}: the gzip file is `)
    expect(await refusalOf(kind, good, name)).toContain(`${name}: the gzip file is damaged, or is not a gzip file`)
  })

  it('refuses another encoding, with the line', async () => {
    expect(await refusalOf(kind, Buffer.from(`\ufeff${good}`, 'utf16le'))).toContain(file)
    if (kind.anyEncoding) return
    const lines = good.toString().split('\n')
    const half = Math.floor(lines.length / 2)
    const text = [...lines.slice(0, half), `${lines[half]} é`, ...lines.slice(half + 1)].join('\n')
    const refusal = await refusalOf(kind, Buffer.from(text.replace(/[\u0100-\uffff]/g, '-'), 'latin1'))
    expect(refusal).toMatch(/UTF-8/)
    expect(refusal).toMatch(/, line \d+: /)
  })

  it('refuses an empty file', async () => {
    expect(await refusalOf(kind, '')).toContain(file)
  })

  it('refuses a line of 100 MB', async () => {
    if (kind.longLinesElsewhere) return
    const refusal = await refusalOf(kind, Buffer.concat([good, Buffer.alloc(100_000_000, 'x')]))
    expect(refusal).toContain(file)
    expect(refusal).toMatch(/larger|longer|too large|not well-formed/)
  })

  it('reads a file after a byte order mark', async () => {
    const bytes = kind.anyEncoding ? Buffer.from(good.toString('latin1').replaceAll(/[\u0080-\u00ff]/g, 'e')) : good
    const read = async (content: Uint8Array) => {
      const problems = await run(kind, content)
      const counts = await store.count()
      await store.close()
      store = new SqliteStore(shape, { path: ':memory:' })
      await store.prepare()
      return { problems, counts }
    }
    expect(await read(Buffer.concat([Buffer.from('\ufeff'), bytes]))).toEqual(await read(bytes))
  })

  it('is read or refused whatever bytes are changed, and never crashes', async () => {
    const random = randomFrom(20_260_101)
    for (let time = 0; time < 40; time++) {
      const at = random.below(good.length)
      const length = random.below(40)
      const junk = Buffer.from(Array.from({ length: 1 + random.below(6) }, () => random.below(256)))
      const piece = good.subarray(at, at + length)
      const changed = random.pick([
        () => good.subarray(0, at),
        () => Buffer.concat([good.subarray(0, at), junk, good.subarray(at)]),
        () => Buffer.concat([good.subarray(0, at), good.subarray(at + length)]),
        () => Buffer.concat([good.subarray(0, at), piece, good.subarray(at)]),
        () =>
          Buffer.concat([
            good.subarray(0, at),
            Buffer.from(random.pick(['"', '<', '>', '&', '{', '}', ',', '\0', '\n', '-1', '9'.repeat(30)])),
            good.subarray(at + 1),
          ]),
      ])()
      const path = broken(kind, changed)
      const options = { store, shape, importer: kind.importer, path, dryRun: true }
      const error = await runImports(options).catch((caught: unknown) => caught)
      if (error instanceof Error && !(error instanceof RapporteurError))
        throw new Error(`The file "${path}/${file}" (change ${time}) crashed: ${error.stack}`)
    }
  })
})

describe.each(KINDS)('$name', (kind) => {
  it('leaves a bad row out, tells it with file, line and reason, and loads the rest', async () => {
    const [from, to, problem] = kind.badRow
    const good = goodFile(kind)
    const text = good.toString('latin1')
    if (!text.includes(from)) throw new Error(`${kind.file} has no "${from}".`)
    const problems = await run(kind, Buffer.from(text.replace(from, to), 'latin1'))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
    expect(await total()).toBeGreaterThan(0)
    expect(await store.editions()).toMatchObject([{ state: 'complete' }])
  })
})

describe.each(KINDS.filter(({ xml }) => xml))('$name', (kind) => {
  const text = goodFile(kind).toString()
  const root = /<(?![?!])/.exec(text)?.index ?? 0
  const ahead = (inserted: string) => `${text.slice(0, root)}${inserted}${text.slice(root)}`
  const inside = (inserted: string) => text.replace(/<\/[^<]*>\s*$/, (end) => `${inserted}${end}`)

  it.each<[string, () => string]>([
    ['a DOCTYPE with declarations', () => ahead('<!DOCTYPE x SYSTEM "http://example.org/x.dtd" [<!ELEMENT x ANY>]>')],
    [
      'an entity bomb',
      () =>
        ahead(
          `<!DOCTYPE x [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (name, at: number) => `<!ENTITY ${name} "${`&${'abcdefghij'[at]};`.repeat(10)}">`)}]>`,
        ).replace('>', '>&j;'),
    ],
    ['an entity of a file', () => ahead('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')],
  ])('refuses %s', async (_what, content) => {
    expect(await refusalOf(kind, content())).toMatch(/DOCTYPE|well-formed/)
  })

  it.each<[string, () => string]>([
    ['an unclosed tag', () => inside('<a>')],
    ['an end that is missing', () => text.replace(/<\/[^<]*>\s*$/, '')],
    ['an entity that it does not define', () => inside('&nbsp;')],
  ])('refuses %s', async (_what, content) => {
    expect(await refusalOf(kind, content())).toContain(kind.file)
  })

  it('refuses a million numeric entities, or reads them as the text that they are', async () => {
    const content = inside(`<x>${'&#65;'.repeat(1_000_000)}</x>`)
    const result = await run(kind, content).catch((error: RapporteurError) => error.message)
    if (typeof result === 'string') expect(result).toContain('Nothing was loaded')
    else expect(result).toEqual([])
  })
})

it('records in YAML refuse what repeats itself without end', async () => {
  const kind = KINDS.find(({ file }) => file.endsWith('.yaml')) as Kind
  const names = [...'abcdefghi']
  const bomb = names.map((name, at) => `${name}: &${name} [${at === 0 ? 'x' : `*${names[at - 1]},`.repeat(9)}]`)
  expect(await refusalOf(kind, bomb.join('\n'))).toContain('repeats parts of itself')
})

it('howtheyvote takes neither side of a member who stands on two, on neighbouring lines or far apart', async () => {
  const kind: Kind = { ...(KINDS[0] as Kind), file: 'member_votes.csv' }
  const good = goodFile(kind).toString()
  const problems = await run(kind, `${good.trimEnd()}\n1002,88721,FOR,BEL,GUE_NGL\n1001,840,AGAINST,LUX,RENEW\n`)
  const far =
    'The member "ep-mep:840" stands on two sides of "ep-vote:1001": FOR in RENEW for LUX on line 2, and AGAINST in RENEW for LUX on line 9. Neither is taken.'
  const near =
    'The member "ep-mep:88721" stands on two sides of "ep-vote:1002": ABSTENTION in GUE_NGL for BEL on line 7, and FOR in GUE_NGL for BEL on line 8. Neither is taken.'
  expect(problems).toEqual([
    `member_votes.csv, line 2: ${far}`,
    `member_votes.csv, line 9: ${far}`,
    `member_votes.csv, line 7: ${near}`,
    `member_votes.csv, line 8: ${near}`,
  ])
  expect((await store.count())['Vote']).toBe(4)
})
