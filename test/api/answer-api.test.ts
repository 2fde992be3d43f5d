import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, type Graph, shape } from '../support/engines.js'
import { serverOf } from '../support/serve-graph.js'

describe.each(engines)('plain HTTP, on $name', ({ seeded }) => {
  let graph: Graph
  let get: (path: string, headers?: Record<string, string>) => Promise<Response>
  beforeAll(async () => {
    graph = await seeded()
    const server = serverOf(graph)
    get = async (path, headers = {}) => server.fetch(`http://server/api${path}`, { headers })
  }, 120_000)
  afterAll(() => graph.close())

  const json = async (path: string) => (await get(path)).json() as Promise<Record<string, unknown>>
  const items = async (path: string) => (await json(path))['items']

  it('gives a record with its values, and the ids and labels of its neighbours', async () => {
    expect(await json('/vote-events/ep-vote:139038?fields=date,tally.for,organization,dossier.reference')).toEqual({
      date: '2022-01-20',
      tally: { for: 589 },
      organization: { id: 'org:european-parliament', name: 'European Parliament' },
      dossier: { reference: '2022/2505(RSP)' },
    })
    expect(await json('/persons/person:josep-borrell')).toMatchObject({ name: 'Josep Borrell', country: null })
  })

  it.each(['/vote-counts/ep-vote:139038/ep-group:SD', '/vote-counts/ep-vote%3A139038%2Fep-group%3ASD'])(
    'reads an id with a slash at %s',
    async (path) => {
      expect(await json(path)).toMatchObject({ id: 'ep-vote:139038/ep-group:SD', tally: { for: 134 } })
    },
  )

  it('gives a record of whatever type by its id or reference', async () => {
    expect(await json('/node?id=iso:KZ')).toMatchObject({ __typename: 'Place', isoAlpha3: 'KAZ' })
    expect(await json('/entity?reference=P9_TA(2022)0012')).toMatchObject({
      __typename: 'Resolution',
      adoptedOn: '2022-01-20',
    })
    expect(await json('/graph?fields=version')).toEqual({ version: expect.any(Number) })
  })

  it('takes filters with dots, and says what they leave undecided', async () => {
    const answer = await json(
      '/vote-events?date.within=2022&tally.for.gte=500&counts.some.organization=ep-group:ECR&counts.some.majority=for&order=-date&fields=id',
    )
    expect(answer).toMatchObject({ totalCount: 1, undecidedCount: 2, next: null, items: [{ id: 'ep-vote:139038' }] })
  })

  it.each([
    ['/organizations?id=org:osce,org:eeas&fields=id', ['org:eeas', 'org:osce']],
    ['/places?kind=country&id.in=iso:KZ,iso:XX&fields=id', ['iso:KZ']],
    ['/demands?addressees=org:eeas&fields=id', ['ta:P9_TA(2022)0012#demand-4']],
    ['/places?or.0.id=iso:KZ&or.1.name.startsWith=kazak&fields=id', ['iso:KZ']],
    ['/places?not.id=iso:KZ&name=Kazakhstan&fields=id', []],
  ])('answers %s', async (path, ids) => {
    expect(((await items(path)) as { id: string }[]).map(({ id }) => id)).toEqual(ids)
  })

  it('gives the lists of a record, with the fields of the link', async () => {
    expect(await items('/vote-events/ep-vote:139038/counts?by=group&fields=organization.id,tally.for&first=2')).toEqual(
      [
        { organization: { id: 'ep-group:ECR' }, tally: { for: 49 } },
        { organization: { id: 'ep-group:EPP' }, tally: { for: 171 } },
      ],
    )
    expect(await items('/persons/person:josep-borrell/demands?as=INVOLVED&first=1&fields=role,via.id,id')).toEqual([
      { role: 'INVOLVED', via: { id: 'office:vp-hr' }, node: { id: expect.any(String) } },
    ])
  })

  it('gives figures by their keys', async () => {
    expect(await items('/vote-count-stats?by=voteEvent.date:year,by')).toEqual([
      {
        by: { by: 'GROUP', voteEvent: { date: '2022' } },
        count: 8,
        share: 1,
        tally: expect.objectContaining({ for: { sum: 589 } }),
      },
    ])
    const csv = await (await get('/vote-count-stats.csv?by=organization&fields=tally.for.sum&order=key&first=2')).text()
    expect(csv.split('\r\n')[0]).toBe('by.organization.id,by.organization.name,tally.for.sum')
  })

  it('searches', async () => {
    expect(await items('/search?text=Borrel&types=person&first=1&fields=how,node.id')).toEqual([
      { how: 'BEGINNING', node: { id: 'person:josep-borrell' } },
    ])
  })

  it('gives a timeline, ways, a neighbourhood and a citation', async () => {
    const csv = await (await get('/timeline.csv?of=iso:KZ&first=1&fields=date,isVague,what,node.id')).text()
    expect(csv).toBe('date,isVague,what,node.id\r\n2022-01,true,Event.date,event:kazakhstan-protests-2022\r\n')
    const page = await json('/timeline?of=iso:KZ&from=2022-01-01&first=2')
    expect(page).toMatchObject({ items: [{ date: '2022-01', sources: [{ id: 'source:kaztag-2022-01-21' }] }, {}] })
    expect(await json(String(page['next']).replace('http://server/api', ''))).toMatchObject({ items: [{}, {}] })
    expect(await json('/path?from=person:josep-borrell&to=iso:KZ&first=1')).toMatchObject({
      isComplete: true,
      paths: [{ length: 3, steps: [{ link: 'Concern', sources: [{ id: 'source:kaztag-2022-01-21' }] }, {}, {}] }],
    })
    const around = await json('/neighbourhood?of=iso:KZ&through=About')
    expect(around['truncated']).toBe(false)
    expect((around['nodes'] as unknown[])[0]).toEqual({ __typename: 'Place', id: 'iso:KZ' })
    expect(around['links']).toHaveLength((around['nodes'] as unknown[]).length - 1)
    expect(await json('/citation?of=ep-vote:139038')).toMatchObject({
      sentence: expect.stringContaining('As given by Rapporteur'),
    })
    expect((await get('/timeline?of=person:nobody')).status).toBe(404)
  })

  it('gives figures of votes, as pages and as a table of all of them', async () => {
    const page = await json('/cohesion?first=5&fields=of.id,value&from=2022-01-01')
    expect(page).toMatchObject({ rowCount: 8, ballotCount: 5, formula: expect.stringContaining('mean over ballots') })
    expect(page['items']).toContainEqual({ of: { id: 'ep-group:EPP' }, value: 1 })
    const next = await json(String(page['next']).replace('http://server/api', ''))
    expect(next).toMatchObject({ next: null, items: [{}, {}, {}] })
    const response = await get('/cohesion.csv?first=3&voters.group=ep-group:SD&index=rice&every=year')
    expect(response.headers.get('rapporteur-total-count')).toBe('1')
    expect((await response.text()).split('\r\n').slice(0, 2)).toEqual([
      'of.id,of.name,with.id,with.name,groups.id,groups.name,period,value,why,numerator,denominator,excluded.reason,excluded.count,asMeant.value,asMeant.numerator,asMeant.denominator,fromMembers,fromTallies,formula,dataVersion',
      expect.stringMatching(
        /^ep-group:SD,Progressive Alliance of Socialists and Democrats,,,,,2022,1,,1,1,NO_VOTES,4,/,
      ),
    ])
    expect(await items('/closeness?fields=value,voteEvents.id&margin=1&id=ep-vote:139038')).toEqual([
      { value: 1, voteEvents: [{ id: 'ep-vote:139038' }] },
    ])
  })

  it('leads from page to page', async () => {
    const response = await get('/places?first=1&fields=id')
    const page = (await response.json()) as { next: string; totalCount: number }
    expect(response.headers.get('link')).toBe(`<${page.next}>; rel="next"`)
    const seen = []
    for (let next: string | null = '/places?first=1&fields=id'; next; ) {
      const each = await json(next)
      seen.push(...(each['items'] as unknown[]))
      next = (each['next'] as string | null)?.replace('http://server/api', '') ?? null
    }
    expect(seen).toHaveLength(page.totalCount)
  })

  it('gives a table by its ending, a parameter or Accept', async () => {
    const asked = [
      await get('/places.csv?fields=id&id=iso:KZ'),
      await get('/places?fields=id&id=iso:KZ&format=csv'),
      await get('/places?fields=id&id=iso:KZ', { accept: 'text/csv' }),
    ]
    for (const response of asked) {
      expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
      expect(response.headers.get('rapporteur-total-count')).toBe('1')
      expect(await response.text()).toBe('id\r\niso:KZ\r\n')
    }
  })

  it('takes whose votes are asked with a name before it, or without', async () => {
    const [one, other] = [
      await json('/cohesion?by=all&group=ep-group:SD&result=ADOPTED'),
      await json('/cohesion?by=all&voters.group=ep-group:SD&result=ADOPTED'),
    ]
    expect(one).toEqual(other)
    expect(one).toMatchObject({ items: [{ value: expect.closeTo(0.946, 3), denominator: 1, fromTallies: 1 }] })
  })

  it('tags an answer with the state of the graph', async () => {
    const tag = (await get('/places')).headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"\d+-/)
    expect((await get('/places', { 'if-none-match': tag })).status).toBe(304)
    expect((await get('/places?first=1', { 'if-none-match': 'W/"0-x"' })).status).toBe(200)
  })

  it.each([
    ['/vote-events?titel=x', 400, 'BAD_PARAMETER', /no parameter `titel` here\. Did you mean `title`/],
    [
      '/vote-events?title.contain=x',
      400,
      'BAD_PARAMETER',
      /no parameter `contain` of `title\.contain`\. Did you mean `contains`/,
    ],
    ['/vote-events?tally=3', 400, 'BAD_PARAMETER', /`tally` needs to say what of it is asked/],
    ['/vote-events?isMain=yes', 400, 'BAD_PARAMETER', /either true or false/],
    ['/vote-events?majority=FORR', 400, 'BAD_PARAMETER', /Did you mean `FOR`/],
    ['/vote-events?margin=1.5', 400, 'BAD_PARAMETER', /not a whole number/],
    ['/vote-events?first=1000', 400, 'BAD_ARGUMENT', /between 0 and 100/],
    ['/vote-events?order=colour', 400, 'BAD_PARAMETER', /`order` names `colour`/],
    ['/vote-events?fields=id,colour', 400, 'BAD_PARAMETER', /no `colour`/],
    ['/vote-events?fields=counts', 400, 'BAD_PARAMETER', /`counts` is a list/],
    ['/vote-events?date=2022-01-20&date=2022-01-21', 400, 'BAD_PARAMETER', /given twice/],
    ['/vote-events?after=x', 400, 'BAD_CURSOR', /./],
    ['/vote-events?format=pdf', 400, 'BAD_PARAMETER', /json, csv and xlsx/],
    ['/vote-count-stats', 400, 'BAD_PARAMETER', /with `by`/],
    ['/cohesion?voters.grup=ep-group:SD', 400, 'BAD_PARAMETER', /Did you mean `group`/],
    ['/cohesion.csv?order=value', 400, 'BAD_PARAMETER', /`HIGHEST_FIRST`/],
    ['/vote-count-stats?by=voteEvent.date:CENTURY', 400, 'BAD_PARAMETER', /`YEAR`/],
    ['/entity', 400, 'BAD_ARGUMENT', /./],
    ['/nothing', 404, 'NOT_FOUND', /nothing at \/api\/nothing/],
    ['/vote-event', 404, 'NOT_FOUND', /Did you mean `vote-events`/],
    ['/persons/person:nobody', 404, 'NOT_FOUND', /no record "person:nobody"/],
    ['/persons/person:josep-borrell/demand', 404, 'NOT_FOUND', /no list "demand"\. Did you mean `demands`/],
    ['/persons/person:josep-borrell.csv', 400, 'NOT_A_TABLE', /gives one record/],
    ['/persons/%E0%A4%A', 400, 'BAD_REQUEST', /not encoded/],
    [`/places?${'or.0.not.'.repeat(9)}id=x`, 400, 'BAD_PARAMETER', /levels deep/],
    [`/places?${'id=x&'.repeat(200)}`, 400, 'BAD_PARAMETER', /at most 100/],
  ])('refuses %s', async (path, status, code, sentence) => {
    const response = await get(path)
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] }
    expect(errors[0]?.message).toMatch(sentence)
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, code])
  })

  it('answers at every address that it describes', { timeout: 120_000 }, async () => {
    const { paths } = (await json('/openapi.json')) as {
      paths: Record<string, { get: { parameters: { $ref?: string }[] } }>
    }
    const composed = new Set([...shape.root].flatMap(([name, { kind }]) => (kind === 'composed' ? [name] : [])))
    const ids = new Map<string, string>()
    const failed: string[] = []
    const ask = async (path: string) => {
      const response = await get(path)
      if (response.status !== 200) failed.push(`${path}: ${(await response.text()).slice(0, 200)}`)
      return response
    }
    const areFigures = (path: string) => paths[path]?.get.parameters.some(({ $ref }) => $ref?.endsWith('/by'))
    const isPutTogether = (path: string) =>
      composed.has(path.slice(1).replace(/-(.)/g, (_, letter) => letter.toUpperCase()))
    for (const path of Object.keys(paths).sort()) {
      const [, list = '', inner] = /^(\/[\w-]+)(\/\{id\}.*)?$/.exec(path) ?? []
      if (areFigures(path) || isPutTogether(path) || ['/nodes', '/entity', '/node'].includes(path)) continue
      if (inner === undefined) {
        const response = await ask(path === '/graph' ? path : `${path}?first=1`)
        const { items = [] } = (await response.json()) as { items?: { id?: string }[] }
        if (items[0]?.id) ids.set(path, items[0].id)
        if (path !== '/graph') await ask(`${path}.csv?first=1`)
      }
      const id = ids.get(list)
      if (inner && id)
        await ask(`${list}${inner.replace('{id}', encodeURIComponent(id))}${inner === '/{id}' ? '' : '?first=1'}`)
    }
    expect(failed).toEqual([])
    expect(ids.size).toBeGreaterThan(12)
  })

  it('describes itself', async () => {
    const { lists } = (await json('')) as { lists: { address: string }[] }
    expect(lists.map(({ address }) => address)).toContain('http://server/api/vote-events')
    const description = await json('/openapi.json')
    expect(Object.keys(description['paths'] as object)).toContain('/vote-events/{id}/votes')
    expect(await new Validator().validate(description)).toMatchObject({ valid: true })
    expect(description['openapi']).toBe('3.1.0')
  })
})
