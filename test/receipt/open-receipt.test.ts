import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReceipt } from '../../src/receipt/open-receipt.js'
import { engines, type Graph } from '../support/engines.js'
import { installed } from '../support/installed.js'
import { openZip } from '../support/read-zip.js'
import { addRealRecords, hasRealFiles } from '../support/real-graph.js'
import { askOf, serverOf } from '../support/serve-graph.js'
import { addSyntheticAssembly } from '../support/synthetic-assembly.js'

/** Figures of each kind, of which the records can be had one by one. */
const FIGURES: readonly (readonly [query: string, variables?: object])[] = [
  ['{ voteEventStats { rows { by { result } count share } } }', {}],
  [
    '{ voteEventStats(where: { isMain: { eq: true } }) { rows { by { date(unit: YEAR) organization { id name } } count margin { sum min max mean } } } }',
  ],
  ['{ voteEventStats { rows { by { day: date majority } count share tally { for { sum } against { mean } } } } }', {}],
  ['query ($unit: DateUnit) { voteEventStats { rows { by { date(unit: $unit) } count } } }', { unit: 'MONTH' }],
  ['{ voteEventStats(atLeast: 2) { rows { by { on { type reference } dossier { reference } } count } } }', {}],
  [
    '{ voteCountStats(where: { by: { eq: GROUP } }) { rows { by { organization { id name } } count tally { for { sum mean max } abstention { min } } } } }',
  ],
  ['{ voteCountStats { rows { by { by majority } count share tally { voting { sum } didNotVote { sum } } } } }', {}],
  [
    '{ voteCountStats(where: { country: { known: true } }, orderBy: [COUNT_DESC], first: 5) { rows { by { country { id } } count } } }',
  ],
  ['{ voteCountStats { rows { by { voteEvent { id date(unit: MONTH) } } tally { against { sum } } } } }', {}],
  ['{ demandStats { rows { by { status } count } } }', {}],
  ['{ demandStats { rows { by { action document { reference } } count share } } }', {}],
  ['{ claimStats { rows { by { property unit } count value { min max } low { min } high { max } } } }', {}],
  ['{ claimStats { rows { by { status about { id } } count } } }', {}],
  ['{ personStats { rows { by { country { id } } count share } } }', {}],
  ['{ personStats { rows { by { familyName } count } } }', {}],
  ['{ eventStats { rows { by { type coding } count } } }', {}],
  [
    '{ voteEvent(id: "ep-vote:139038") { countStats(where: { by: { eq: GROUP } }) { rows { by { majority } count tally { for { sum } } } } } }',
  ],
  ['{ voteEvent(id: "ep-vote:164536") { voteStats { rows { by { option group { id } } count share } } } }', {}],
  ['{ voteEvent(id: "ep-vote:164536") { voteStats { rows { by { country { id name } againstGroup } count } } } }'],
  [
    '{ place(id: "iso:KZ") { voteEventStats { rows { by { result date(unit: DAY) } count tally { for { sum } } } } } }',
    {},
  ],
]

const python = installed('python3', 'no receipt computes its figures anew')

describe.skipIf(!hasRealFiles).each(engines)('a receipt, on $name', ({ seeded }) => {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'))
  let graph: Graph
  beforeAll(async () => {
    graph = await seeded()
    await addSyntheticAssembly(graph)
    await addRealRecords(graph)
  }, 300_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await graph.close()
  })

  const receipt = (query: string, variables: object = {}) =>
    serverOf(graph).fetch('http://server/receipt', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
  const files = async (query: string, variables: object = {}) => {
    const response = await receipt(query, variables)
    expect(response.status).toBe(200)
    return openZip(Buffer.from(await response.arrayBuffer()))
  }

  it.skipIf(!python).each(FIGURES as [string, object][])(
    'has a script that computes the same figures: %s',
    async (query, variables) => {
      const parts = await files(query, variables)
      for (const name of ['rows.csv', 'records.csv', 'recompute.py'])
        writeFileSync(join(folder, name), parts.get(name) ?? '')
      const rows = parseCsv(parts.get('rows.csv') ?? '', { columns: true }) as object[]
      const printed = execFileSync(python as string, ['recompute.py'], { cwd: folder }).toString()
      expect(printed).toMatch(new RegExp(`, ${rows.length} rows, 0 numbers that are not the same\\.\\n$`))
      // A number that was changed is found.
      expect(rows.length).toBeGreaterThan(0)
      const changed = (parts.get('rows.csv') ?? '').replace(
        /(\d+)\r\n$/,
        (number) => `${Number.parseInt(number, 10) + 7}\r\n`,
      )
      if (changed === parts.get('rows.csv')) return
      writeFileSync(join(folder, 'rows.csv'), changed)
      expect(() => execFileSync(python as string, ['recompute.py'], { cwd: folder, stdio: 'pipe' })).toThrow()
    },
  )

  it('has the rows of a list with their sources, and names every file with its hash', async () => {
    const parts = await files(
      'query Ballots { voteEvents(where: { id: { eq: "ep-vote:139038" } }) { nodes { id title } } }',
    )
    expect(parts.get('rows.csv')).toContain(
      'id,title,_sources,_locators\r\nep-vote:139038,Situation in Kazakhstan,source:ep-procedure-2022-2505',
    )
    const sources = parseCsv(parts.get('sources.csv') ?? '', { columns: true }) as {
      id: string
      rows: string
      sha256: string
      license: string
    }[]
    expect(sources.map(({ id, rows }) => [id, rows])).toEqual([
      ['source:ep-procedure-2022-2505', '1'],
      ['source:howtheyvote', '1'],
    ])
    expect([sources[1]?.license, sources[1]?.sha256.length]).toEqual(['ODbL-1.0', 64])
    const manifest = JSON.parse(parts.get('ro-crate-metadata.json') ?? '') as { '@graph': Record<string, string>[] }
    const listed = manifest['@graph'].filter((each) => each['@type'] === 'File')
    expect(listed.map(({ name }) => name).sort()).toEqual(
      [...parts.keys()].filter((name) => name !== 'ro-crate-metadata.json').sort(),
    )
    for (const { name = '', sha256, contentSize } of listed) {
      const content = Buffer.from(parts.get(name) ?? '')
      expect([name, createHash('sha256').update(content).digest('hex'), String(content.length)]).toEqual([
        name,
        sha256,
        contentSize,
      ])
    }
    expect(parts.get('citation.txt')).toMatch(
      /^European Parliament, “[^”]+”; HowTheyVote\.eu, .* As given by Rapporteur under “Ballots /,
    )
  })

  it('has the answer of what is no table, with who says it', async () => {
    const parts = await files(
      '{ voteEvent(id: "ep-vote:139038") { title organization { name } counts(by: GROUP) { totalCount } } claims { totalCount } }',
    )
    expect(JSON.parse(parts.get('answer.json') ?? '')).toMatchObject({
      voteEvent: {
        title: 'Situation in Kazakhstan',
        organization: { name: 'European Parliament' },
        counts: { totalCount: 8 },
      },
    })
    expect(parts.get('sources.csv')).toContain('source:howtheyvote')
  })

  it('says where no list gives the records of figures', async () => {
    const parts = await files('{ voteStats { rows { by { option } count } } }')
    expect([...parts.keys()]).not.toContain('recompute.py')
    expect(parts.get('README.txt')).toContain('No list gives the records')
  })

  it.each([
    ['{ nothing }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['', 400, 'BAD_REQUEST'],
    ['{ persons(first: -1) { nodes { id } } }', 400, 'BAD_ARGUMENT'],
  ])('is refused for %j', async (query, status, code) => {
    const response = await receipt(query)
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ extensions: { code } }] }])
  })

  it('is refused where it would have too many rows, or records behind its figures', async () => {
    const ask = askOf(graph)
    const about = { ask, question: { query: '' }, address: '', now: new Date() }
    for (const query of ['{ places { nodes { id } } }', '{ voteCountStats { rows { by { by } count } } }']) {
      const opened = openReceipt(ask, ask.documents.read(query).document, {}, about, 2)
      await expect(opened).rejects.toMatchObject({ extensions: { code: 'RECEIPT_LIMIT' } })
    }
  })

  it('says how to cite a record and an answer', async () => {
    const cite = async (search: string) => {
      const response = await serverOf(graph).fetch(`http://server/cite?${search}`)
      return [response.status, await response.text()] as const
    }
    expect(await cite('id=ep-vote:139038')).toEqual([
      200,
      expect.stringMatching(
        /^European Parliament, .*“Situation in Kazakhstan \(ep-vote:139038\)”, data version \d+ of \d{4}-\d\d-\d\d, asked on /,
      ),
    ])
    expect((await cite('id=ep-vote:139038&style=bibtex'))[1]).toMatch(/^@misc\{source-ep-procedure-2022-2505,/)
    expect((await cite('id=person:nobody'))[0]).toBe(404)
    expect((await cite('id=iso:KZ&style=apa'))[0]).toBe(400)
    expect((await cite(`query=${encodeURIComponent('{ claims { nodes { id } } }')}`))[1]).toContain('KazTAG')
    expect((await cite(''))[0]).toBe(400)
  })
})
