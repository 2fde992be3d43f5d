import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph } from '../support/engines.js'
import { office, openedByOffice } from '../support/office.js'
import { openZip } from '../support/read-zip.js'
import { serverOf } from '../support/serve-graph.js'

const citations = [{ source: 'source:synthetic' }]
const MEMBERS = 705
const GROUPS = ['ep-group:SD', 'ep-group:EPP', 'ep-group:ECR']
const COUNTRIES = ['iso:KZ', 'place:oland', 'place:malta']
const NAMES = ['Łukasz ŽĄDŁO', 'Ólafur Þór', 'Ελένη ΠΑΠΑΔΟΠΟΎΛΟΥ', 'Нұрсұлтан ӘЛІ', '=1+1', 'O’Neill, "Bo"', 'Zoë d’Aÿ']

/** A synthetic roll call of a real ballot: as many members as voted or could have, with names that are hard to write. */
const RECORDS = [
  { type: 'Source', id: 'source:synthetic', values: { kind: 'DATA_SET', title: 'Synthetic' }, citations },
  { type: 'Place', id: 'place:oland', values: { name: 'Åland' }, citations },
  { type: 'Place', id: 'place:malta', values: { name: 'Malta' }, citations },
  ...Array.from({ length: MEMBERS }, (_, i) => {
    const name = `${NAMES[i % NAMES.length]} ${String(i).padStart(3, '0')}`
    const day = `19${50 + (i % 40)}-0${1 + (i % 9)}-${10 + (i % 19)}`
    const birth = { birthDateEdtf: day, birthDateEarliest: day, birthDateLatest: day }
    return { type: 'Person', id: `person:m${i}`, values: { name, sortName: name, ...birth }, citations }
  }),
  ...Array.from({ length: MEMBERS }, (_, i) => ({
    link: 'Vote',
    from: `person:m${i}`,
    to: 'ep-vote:139038',
    values: {
      option: ['FOR', 'AGAINST', 'ABSTENTION', 'DID_NOT_VOTE'][i % 4],
      group: GROUPS[i % 3],
      country: COUNTRIES[i % 3],
      date: '2022-01-20',
    },
    citations,
  })),
]

const FIELDS = 'option date group { name } country { name } node { id name birthDate { earliest } }'
const QUERY = `query RollCall { voteEvent(id: "ep-vote:139038") { votes { edges { ${FIELDS} } } } }`

interface Vote {
  readonly option: string
  readonly date: string
  readonly group: { readonly name: string }
  readonly country: { readonly name: string }
  readonly node: { readonly id: string; readonly name: string; readonly birthDate: { readonly earliest: string } }
}

describe.each(engines)('a roll call of 705 members, on $name', ({ seeded }) => {
  const folder = mkdtempSync(join(tmpdir(), 'roll-call-'))
  let graph: Graph
  /** What GraphQL gives, in cells. */
  let expected: readonly (readonly string[])[]
  const post = async (path: string, accept: string) => {
    const response = await serverOf(graph).fetch(`http://server${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query: QUERY }),
    })
    return Buffer.from(await response.arrayBuffer())
  }
  beforeAll(async () => {
    graph = await seeded()
    await graph.load(RECORDS as never)
    const { data } = await graph.ask(
      `{ voteEvent(id: "ep-vote:139038") { votes(first: 1000) { edges { ${FIELDS} } } } }`,
    )
    const { edges } = (data as { voteEvent: { votes: { edges: readonly Vote[] } } }).voteEvent.votes
    expected = edges.map(({ option, date, group, country, node }) => [
      option,
      date,
      group.name,
      country.name,
      node.id,
      node.name,
      node.birthDate.earliest,
    ])
  }, 120_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await graph.close()
  })

  const HEAD = ['option', 'date', 'group.name', 'country.name', 'id', 'name', 'birthDate.earliest']
  /** Names that look like a formula have an apostrophe before them in CSV. */
  const inCsv = () => expected.map((row) => row.map((cell) => (cell.startsWith('=') ? `'${cell}` : cell)))

  it('is the same as CSV, under /api and in a receipt', async () => {
    expect(expected).toHaveLength(MEMBERS)
    expect(parse(await post('/graphql', 'text/csv'))).toEqual([HEAD, ...inCsv()])
    const fields = 'option,date,group.name,country.name,id,name,birthDate.earliest'
    const api = await serverOf(graph).fetch(`http://server/api/vote-events/ep-vote:139038/votes.csv?fields=${fields}`)
    expect(parse(await api.text())).toEqual([HEAD, ...inCsv()])
    const json = await serverOf(graph).fetch(
      `http://server/api/vote-events/ep-vote:139038/votes?fields=${fields}&first=1000`,
    )
    const { items } = (await json.json()) as { items: readonly Vote[] }
    expect(items.map(({ node }) => node.name)).toEqual(expected.map((row) => row[5]))
    const parts = await openZip(await post('/receipt', '*/*'))
    const rows = parse(parts.get('rows.csv') ?? '') as string[][]
    expect(rows.map((row) => row.slice(0, -2))).toEqual([HEAD, ...inCsv()])
    expect(rows[1]?.at(-2)).toBe('source:synthetic')
  })

  it.skipIf(!office)(
    'has its letters and days in LibreOffice, from CSV and from a workbook',
    { timeout: 180_000 },
    async () => {
      const csv = join(folder, 'votes.csv')
      writeFileSync(csv, await post('/graphql', 'text/csv'))
      // From CSV, LibreOffice takes days for days as well.
      expect(openedByOffice(csv, folder, 'votes')).toEqual([HEAD, ...inCsv()])
      const xlsx = join(folder, 'roll.xlsx')
      writeFileSync(xlsx, await post('/graphql', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'))
      expect(openedByOffice(xlsx, folder, 'Rows')).toEqual([HEAD, ...expected])
      const about = openedByOffice(xlsx, folder, 'About and sources')
      expect(about.find(([what]) => what === 'Question')?.[1]).toBe(QUERY)
      expect(about.at(-1)?.slice(0, 2)).toEqual(['source:synthetic', 'Synthetic'])
    },
  )
})
