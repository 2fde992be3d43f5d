import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differences, questions } from '../support/contract.js'
import { engines, type Graph } from '../support/engines.js'

describe.each(engines)('the contract, on $name', (engine) => {
  let graph: Graph
  beforeAll(async () => {
    graph = await engine.seeded()
  })
  afterAll(() => graph.close())

  it('has eight questions', () => {
    expect(questions).toHaveLength(8)
  })

  it.each(questions)('$name has its answer, by one statement', async ({ query, answer }) => {
    const { data, errors, statements } = await graph.ask(query)
    expect(errors).toBeUndefined()
    expect(differences(answer, data)).toEqual([])
    expect(statements).toHaveLength(1)
  })
})
