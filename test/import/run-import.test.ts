import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RapporteurError } from '../../src/errors.js'
import { parseMaxProblems } from '../../src/import/check/max-problems.js'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import { howtheyvote } from '../../src/import/howtheyvote/howtheyvote.js'
import { type ImportReport, printReport } from '../../src/import/import-report.js'
import type { Importer } from '../../src/import/importer.js'
import { prepareStore } from '../../src/import/prepare-store.js'
import { type ImportOptions, runImports } from '../../src/import/run-import.js'
import type { StoredNode } from '../../src/model/records.js'
import { type GraphStore, NO_CHANGES } from '../../src/store/graph-store.js'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.js'
import { edited, exportWith, SMALL_EXPORT, shape } from '../support/read-edition.js'
import { fixture } from '../support/read-europarl.js'

let store: GraphStore
beforeEach(async () => {
  store = new SqliteStore(shape, { path: ':memory:' })
  await store.prepare()
})
afterEach(() => store.close())

const run = async (path: string, options: Partial<ImportOptions> = {}): Promise<ImportReport> => {
  const [report, ...others] = await runImports({ store, shape, importer: howtheyvote, path, ...options })
  if (!report || others.length > 0) throw new Error(`There are ${others.length + 1} reports.`)
  return report
}
const nodesOf = async (type: string): Promise<readonly StoredNode[]> => {
  const nodes: StoredNode[] = []
  for await (const node of store.scanNodes(type)) nodes.push(node)
  return nodes
}
const total = async () => Object.values(await store.count()).reduce((sum, each) => sum + each, 0)
const badResult = { 'votes.csv': edited('votes.csv', ',1,1,0,1,REJECTED', ',1,1,0,1,MAYBE') }

describe('an import', () => {
  it('loads an edition and marks it as complete', async () => {
    const report = await run(SMALL_EXPORT)
    expect(report).toMatchObject({
      importer: 'howtheyvote@1',
      source: 'source:howtheyvote',
      outcome: 'loaded',
      resumed: false,
      problems: [],
      issues: {},
    })
    expect(await store.count()).toMatchObject({
      VoteEvent: 4,
      Person: 3,
      VoteCount: 3,
      Vote: 6,
      Membership: 5,
      Place: 4,
      Issue: 0,
    })
    expect(await store.editions()).toMatchObject([
      { source: 'source:howtheyvote', state: 'complete', importer: 'howtheyvote@1', contentHash: report.contentHash },
    ])
    expect(printReport(report).split('\n').at(-1)).toMatch(
      /^Imported source:howtheyvote: \d+ new, 0 changed, 0 as they were \(checked in \d+\.\d s, written in \d+\.\d s\)\.$/,
    )
  })

  it('says "nothing new" of the same edition, with and without reading it again', async () => {
    await run(SMALL_EXPORT)
    const before = await total()
    const unchanged = await run(SMALL_EXPORT)
    expect(unchanged).toMatchObject({ outcome: 'unchanged', counts: { inserted: 0, updated: 0 } })
    expect(printReport(unchanged)).toMatch(
      /^Nothing new: this edition of source:howtheyvote \(SHA-256 [0-9a-f]{12}…\) is in the store already, whole/m,
    )
    const again = await run(SMALL_EXPORT, { again: true })
    expect(again).toMatchObject({ outcome: 'loaded', counts: { inserted: 0, updated: 0 } })
    expect(printReport(again)).toMatch(/Nothing new: \d+ records of source:howtheyvote, all as they were/)
    expect(await total()).toBe(before)
  })

  it('loads only what is new of a newer edition', async () => {
    await run(SMALL_EXPORT)
    const report = await run(
      exportWith({ 'geo_area_votes.csv': 'vote_id,geo_area_code\n1001,KAZ\n1002,KAZ\n1002,XKX\n1003,BEL\n' }),
    )
    expect(report.counts).toMatchObject({ inserted: 1 })
    expect(await store.editions()).toMatchObject([{ state: 'complete', contentHash: report.contentHash }])
  })

  it('writes nothing in a dry run', async () => {
    const report = await run(SMALL_EXPORT, { dryRun: true })
    expect(report).toMatchObject({ outcome: 'checked', records: { VoteEvent: 4, Vote: 6 } })
    expect(await total()).toBe(0)
    expect(await store.editions()).toEqual([])
    expect(printReport(report)).toMatch(/nothing was written \(a dry run\)\.$/)
  })

  it('leaves a bad row out, and shows it in the report and in the graph', async () => {
    const report = await run(exportWith(badResult))
    const reason = 'The column "result" is "MAYBE", which is not one of ADOPTED, REJECTED, LAPSED, WITHDRAWN.'
    expect(report.problems).toMatchObject([{ file: 'votes.csv', line: 2, reason }])
    expect(await nodesOf('Issue')).toMatchObject([
      {
        id: 'issue:bad-row:howtheyvote:votes.csv:2',
        values: { rule: 'BAD_ROW', message: reason, locator: 'votes.csv, line 2' },
      },
    ])
    expect(await store.count()).toMatchObject({ VoteEvent: 3, Vote: 3, IssueAbout: 0 })
    expect(printReport(report)).toContain(`votes.csv, line 2: ${reason}`)
    expect(printReport(report).split('\n').at(-1)).toBe('1 bad row was left out; each is an issue in the graph.')
  })

  it.each(['0', '0.1%'])('with %s bad rows allowed, refuses a file with one and writes nothing', async (max) => {
    const refused = run(exportWith(badResult), { maxProblems: parseMaxProblems(max) })
    await expect(refused).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('votes.csv: 1 of 4 rows are bad, and at most 0 may be. Nothing was loaded'),
    })
    await expect(refused).rejects.toThrow('line 2: The column "result" is "MAYBE"')
    expect(await total()).toBe(0)
    expect(await store.editions()).toEqual([])
  })

  it('counts with the bad rows those that fall with them, in whichever table', async () => {
    const votes = Array.from({ length: 11 }, (_, member) => `1001,${member},FOR,BEL,SD`)
    const folder = exportWith({
      ...badResult,
      'member_votes.csv': ['vote_id,member_id,position,country_code,group_code', ...votes].join('\n'),
    })
    await expect(run(folder)).rejects.toThrow(
      'member_votes.csv: 0 of 11 rows are bad, and 11 fall with what they need, and at most 10 may be. Nothing was loaded',
    )
    await expect(run(folder)).rejects.toThrow('votes.csv, line 2: The column "result" is "MAYBE"')
    expect(await total()).toBe(0)
    const report = await run(folder, { maxProblems: { rows: 11 } })
    expect(report.files.find(({ file }) => file === 'member_votes.csv')).toMatchObject({
      bad: 0,
      leftOut: [{ why: 'about a vote whose own row is bad', rows: 11 }],
    })
  })

  it('writes nothing of an export whose last file is bad', async () => {
    await expect(run(exportWith({ 'member_votes.csv': 'vote_id,member_id\n' }))).rejects.toThrow(
      'member_votes.csv, line 1: the columns "position", "country_code", "group_code" are missing',
    )
    expect(await total()).toBe(0)
  })

  it('shows a record that does not add up, with an issue that points to it', async () => {
    await run(exportWith({ 'votes.csv': edited('votes.csv', ',2,0,1,0,ADOPTED', ',2,1,1,0,ADOPTED') }))
    expect((await nodesOf('Issue')).map(({ id }) => id).sort()).toEqual([
      'issue:groups-sum-to-total:ep-vote:1002',
      'issue:members-sum-to-tallies:ep-vote:1002',
    ])
    const issues = []
    for await (const { from, to } of store.scanLinks('IssueAbout')) issues.push([from, to])
    expect(issues.sort()).toEqual([
      ['issue:groups-sum-to-total:ep-vote:1002', 'ep-vote:1002'],
      ['issue:members-sum-to-tallies:ep-vote:1002', 'ep-vote:1002'],
    ])
    expect((await nodesOf('Issue'))[0]?.values['locator']).toBe('votes.csv, line 3')
  })

  it('gives the issue of a record from a set of sources that record’s own sources', async () => {
    const citations = [{ source: 'source:paper', locator: 'p. 3' }]
    const values = {
      date: '2024-01-01',
      isMain: true,
      result: 'ADOPTED',
      tallyFor: 1,
      tallyAgainst: 2,
      tallyAbstention: 0,
    }
    const set: Importer = {
      name: 'set',
      version: '1',
      summary: 'A set of sources',
      recognises: () => false,
      open: async () => [
        {
          source: 'records:set',
          date: null,
          contentHash: 'set',
          size: 1,
          async *read() {
            yield [{ type: 'Source', id: 'source:paper', values: { kind: 'PUBLICATION', title: 'A paper' }, citations }]
            yield [{ type: 'VoteEvent', id: 'ballot:one', values, citations }]
          },
        },
      ],
    }
    const report = await run('', { importer: set })
    expect(report.issues).toEqual({ RESULT_AGREES_WITH_COUNTS: 1 })
    const [issue] = await nodesOf('Issue')
    expect(issue).toMatchObject({ id: 'issue:result-agrees-with-counts:ballot:one' })
    const sets = await store.sourceSets()
    expect(sets.find(({ number }) => number === issue?.sourceSet)?.citations).toEqual(citations)
  })

  it('names in the report of the first edition what lies there and is not read, also where nothing is new', async () => {
    const path = exportWith({ 'notes.docx': 'x' })
    const named = [expect.stringMatching(/: left out: (README\.md, )?notes\.docx\.$/)]
    expect((await run(path)).notes).toEqual(expect.arrayContaining(named))
    expect(await run(path)).toMatchObject({ outcome: 'unchanged', notes: named })
  })

  it('broken off while it writes, leaves its edition marked, and the next run makes it whole', async () => {
    let readings = 0
    const dying: Importer = {
      ...howtheyvote,
      open: async (path) => {
        const editions = await howtheyvote.open(path)
        return editions.map((opened) => ({
          ...opened,
          async *read(pass) {
            readings++
            let batches = 0
            for await (const batch of opened.read(pass)) {
              if (readings === 2 && ++batches === 12) throw new Error('killed')
              yield batch
            }
          },
        }))
      },
    }
    await expect(run(SMALL_EXPORT, { importer: dying })).rejects.toThrow('killed')
    expect(await store.editions()).toMatchObject([{ state: 'importing' }])
    const report = await run(SMALL_EXPORT)
    expect(report).toMatchObject({ outcome: 'loaded', resumed: true })
    expect(printReport(report)).toContain(
      'An earlier import of source:howtheyvote was broken off; this one made it whole.',
    )
    expect(await store.editions()).toMatchObject([{ state: 'complete' }])
    expect(await store.count()).toMatchObject({ VoteEvent: 4, Vote: 6 })
  })

  it('gives each bad row of a line an issue of its own', async () => {
    const oneLine: Importer = {
      name: 'one-line',
      version: '1',
      summary: 'A file in one line',
      recognises: () => false,
      open: async () => [
        {
          source: 'source:line',
          date: null,
          contentHash: 'line',
          size: 1,
          async *read(pass) {
            yield [
              {
                type: 'Source',
                id: 'source:line',
                values: { kind: 'DATA_SET', title: 'A file in one line' },
                citations: [{ source: 'source:line' }],
              },
            ]
            for (const reason of ['The first is wrong.', 'The second is wrong.'])
              pass.problem({ file: 'line.json', line: 1, reason })
          },
        },
      ],
    }
    await run('', { importer: oneLine })
    const issues = (await nodesOf('Issue')).map(({ id, values }) => [id, values['message']])
    expect(issues.sort()).toEqual([
      ['issue:bad-row:line:line.json:1', 'The first is wrong.'],
      ['issue:bad-row:line:line.json:1:2', 'The second is wrong.'],
    ])
  })

  it('of a folder with several documents imports each as its own edition, and reports on each', async () => {
    const path = fixture('europarl-rollcalls')
    const reports = await runImports({ store, shape, importer: europarlRollcalls, path })
    expect(reports.map(({ source, outcome }) => [source, outcome])).toEqual([
      ['source:ep-pv-9-2019-07-17-rcv', 'loaded'],
      ['source:ep-pv-9-2024-04-24-rcv', 'loaded'],
    ])
    expect((await store.editions()).map(({ source, state }) => [source, state]).sort()).toEqual([
      ['source:ep-pv-9-2019-07-17-rcv', 'complete'],
      ['source:ep-pv-9-2024-04-24-rcv', 'complete'],
    ])
    const again = await runImports({ store, shape, importer: europarlRollcalls, path })
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged'])
  })

  it('finds the ends of links in the store, and refuses those of another type', async () => {
    const linking = (to: string): Importer => ({
      name: 'linking',
      version: '1',
      summary: 'One link',
      recognises: () => false,
      open: async () => [
        {
          source: `source:${to}`,
          date: null,
          contentHash: to,
          size: 1,
          async *read() {
            const citations = [{ source: 'source:howtheyvote' }]
            yield [{ link: 'About', from: 'ep-vote:1001', to, values: {}, citations }]
          },
        },
      ],
    })
    await run(SMALL_EXPORT)
    expect((await run('', { importer: linking('iso:XK') })).counts.inserted).toBe(1)
    const none = { maxProblems: { rows: 0 } }
    await expect(run('', { importer: linking('ep-vote:1002'), ...none })).rejects.toThrow(
      '"ep-vote:1002" is a VoteEvent, and must be one of',
    )
    await expect(run('', { importer: linking('iso:NO'), ...none })).rejects.toThrow(
      '"iso:NO" is neither among the records nor in the store',
    )
  })
})

describe('preparing a store', () => {
  it('puts the seed into a new store, once', async () => {
    const fresh = new SqliteStore(shape, { path: ':memory:' })
    expect(await prepareStore(fresh, shape, { seed: true })).toMatchObject({
      created: true,
      seed: { outcome: 'loaded' },
    })
    expect(await prepareStore(fresh, shape, { seed: true })).toEqual({ created: false, seed: null })
    await fresh.close()
  })

  it('puts the seed into a store whose making was broken off before it', async () => {
    expect(await prepareStore(store, shape, { seed: true })).toMatchObject({
      created: false,
      seed: { outcome: 'loaded' },
    })
  })

  it('leaves the seed out of a store that has something else, or where it is not wanted', async () => {
    expect(await prepareStore(store, shape, { seed: false })).toEqual({ created: false, seed: null })
    await run(SMALL_EXPORT)
    expect(await prepareStore(store, shape, { seed: true })).toEqual({ created: false, seed: null })
  })

  it('completes a seed whose loading was broken off', async () => {
    await prepareStore(store, shape, { seed: true })
    const writer = await store.writer()
    const [edition] = await store.editions()
    if (edition)
      await writer.write(
        { ...NO_CHANGES, edition: { ...edition, state: 'importing' } },
        { at: new Date().toISOString(), version: 1 },
      )
    await writer.close()
    expect(await prepareStore(store, shape, { seed: true })).toMatchObject({
      seed: { resumed: true, counts: { inserted: 0 } },
    })
    expect(await store.editions()).toMatchObject([{ state: 'complete' }])
  })
})

describe('the number of problems allowed', () => {
  it.each([
    ['0', { rows: 0 }],
    ['25', { rows: 25 }],
    ['0.5%', { share: 0.005, atLeast: 0 }],
  ])('reads "%s"', (text, expected) => {
    expect(parseMaxProblems(text)).toEqual(expected)
  })

  it.each(['', '-1', 'many', '1.5', '101%'])('refuses "%s"', (text) => {
    expect(() => parseMaxProblems(text)).toThrow(RapporteurError)
  })
})
