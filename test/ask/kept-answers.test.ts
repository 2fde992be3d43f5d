import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import { createExecutor, type Executor } from '../../src/query/execute.js'
import { createServer } from '../../src/serve/server.js'
import { engines, type Graph, schema, shape } from '../support/engines.js'

const BALLOT = 'query Ballot($id: ID!) { voteEvent(id: $id) { tally { for } } }'
const PLACES = '{ places { totalCount } }'
const variables = { id: 'ep-vote:139038' }

describe.each(engines)('an answer that is kept, on $name', ({ seeded }) => {
  let graph: Graph
  let answered = 0
  let places = 0
  beforeAll(async () => {
    graph = await seeded()
  }, 120_000)
  afterAll(() => graph.close())
  beforeEach(() => {
    answered = 0
  })

  const askWith = (keptAnswers: number) => {
    const executor = createExecutor({ schema, shape, store: graph.store, timeout: 20_000 })
    const counting: Executor = (args) => {
      // The look at the state of the graph is no answer.
      if (!args.document.loc?.source.body.includes('changedAt')) answered += 1
      return executor(args)
    }
    return new Ask({ schema, executor: () => counting, keptAnswers })
  }
  const addPlace = async () => {
    places += 1
    const citations = [{ source: 'source:ep-procedure-2022-2505' }]
    await graph.load([{ type: 'Place', id: `place:new-${places}`, values: { name: 'New' }, citations }])
  }
  const written = async (ask: Ask, text: string, asking = {}) => {
    const result = await ask.question(text, asking)
    return 'stringify' in result ? result.stringify(result).toString() : JSON.stringify(result)
  }

  it('is given again to the letter, without being asked of the store, and by its variables', async () => {
    const ask = askWith(1_000_000)
    const first = await written(ask, BALLOT, { variables })
    expect(first).toBe('{"data":{"voteEvent":{"tally":{"for":589}}}}')
    expect(await written(ask, BALLOT, { variables })).toBe(first)
    expect((await ask.question(BALLOT, { variables })).data).toEqual({ voteEvent: { tally: { for: 589 } } })
    expect(answered).toBe(1)
    expect(await written(ask, BALLOT, { variables: { id: 'ep-vote:139007' } })).toContain('296')
    const two =
      'query A { voteEvent(id: "ep-vote:139038") { date } } query B { voteEvent(id: "ep-vote:139038") { title } }'
    expect(await written(ask, two, { operationName: 'A' })).toContain('2022-01-20')
    expect(await written(ask, two, { operationName: 'B' })).toContain('Kazakhstan')
  })

  it('is never older than a second, nor than a state that was told', async () => {
    const ask = askWith(1_000_000)
    const count = async () => JSON.parse(await written(ask, PLACES)).data.places.totalCount as number
    const before = await count()
    await addPlace()
    await sleep(1001)
    expect(await count()).toBe(before + 1)
    await addPlace()
    await ask.state()
    expect(await count()).toBe(before + 2)
  })

  it('has the tag of the state that it is of', async () => {
    const server = createServer({
      ask: askWith(1_000_000),
      readiness: async () => ({ ready: true, sentence: '' }),
      log: () => undefined,
    })
    const get = async () => {
      const response = await server.fetch(`http://server/graphql?query=${encodeURIComponent(PLACES)}`)
      return { tag: response.headers.get('etag'), text: await response.text() }
    }
    const first = await get()
    expect(await get()).toEqual(first)
    await addPlace()
    const second = await get()
    expect([second.tag === first.tag, second.text === first.text]).toEqual([false, false])
  })

  it.each([
    ['with errors', '{ places(first: 1000) { totalCount } voteEvent(id: "ep-vote:139038") { date } }', {}],
    ['that explains itself', BALLOT, { variables, explain: true }],
    ['of what is kept in memory of an older graph', '{ search(text: "Kazakhstn") { score } }', {}],
    ['to the program itself', BALLOT, { variables, own: true }],
  ] as const)('is none %s', async (_, text, asking) => {
    const ask = askWith(1_000_000)
    await ask.question(text, asking)
    await ask.question(text, asking)
    expect(answered).toBe(2)
  })

  it('is none where there is no room, and the one that was asked last stays', async () => {
    const all = '{ organizations(first: 20) { nodes { id name } } voteEvents { nodes { id title date } } }'
    const large = askWith(2000)
    await large.question(all)
    await large.question(all)
    expect(answered).toBe(2)
    answered = 0
    const small = askWith(4000)
    for (let i = 0; i < 20; i += 1) await small.question(BALLOT, { variables: { id: `ep-vote:${i}` } })
    expect(answered).toBe(20)
    await small.question(BALLOT, { variables: { id: 'ep-vote:19' } })
    expect(answered).toBe(20)
    await small.question(BALLOT, { variables: { id: 'ep-vote:0' } })
    expect(answered).toBe(21)
  })
})
