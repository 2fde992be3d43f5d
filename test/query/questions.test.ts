import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, engines, type Graph } from '../support/engines.js'
import { addRealRecords, hasRealFiles } from '../support/real-graph.js'
import { addSyntheticAssembly } from '../support/synthetic-assembly.js'
import { badInput } from './questions/bad-input.js'
import { figures } from './questions/figures.js'
import { filtersOnColumns } from './questions/filters-on-columns.js'
import { filtersOnDatesAndWords } from './questions/filters-on-dates-and-words.js'
import { filtersOnNeighbours } from './questions/filters-on-neighbours.js'
import { linkColumnsAndSources } from './questions/link-columns-and-sources.js'
import { listsInLists } from './questions/lists-in-lists.js'
import { lookups } from './questions/lookups.js'
import { orders } from './questions/orders.js'
import { pagesAndCursors } from './questions/pages-and-cursors.js'
import type { Question, Questions } from './questions/question.js'
import { search } from './questions/search.js'
import { unknownValues } from './questions/unknown-values.js'

const themes = {
  'filters on columns': filtersOnColumns,
  'filters on neighbours': filtersOnNeighbours,
  'filters on dates and words': filtersOnDatesAndWords,
  'unknown values': unknownValues,
  'columns of links, and sources': linkColumnsAndSources,
  orders,
  'pages and cursors': pagesAndCursors,
  lookups,
  'lists in lists': listsInLists,
  figures,
  search,
  'bad input': badInput,
}

const graphs = [
  { of: 'seed', what: 'the seed', isThere: true },
  { of: 'made', what: 'a synthetic assembly', isThere: true },
  { of: 'real', what: 'real records', isThere: hasRealFiles },
] as const

/** What the questions about each graph are asked of. */
const open = async ({ empty, seeded }: Engine, of: keyof Questions): Promise<Graph> => {
  const graph = await (of === 'made' ? empty() : seeded())
  if (of === 'made') await addSyntheticAssembly(graph)
  if (of === 'real') await addRealRecords(graph)
  return graph
}

describe.each(engines)('questions, on $name', (engine) => {
  describe.each(graphs)('about $what', ({ of, isThere }) => {
    let graph: Graph
    beforeAll(async () => {
      if (isThere) graph = await open(engine, of)
    }, 240_000)
    afterAll(() => graph?.close())

    describe.each(Object.entries(themes).filter(([, { [of]: those }]) => those.length > 0))(
      '%s',
      (_, { [of]: those }) => {
        it.skipIf(!isThere).each(titled(those))('%s', async (_, question) => {
          expect(await answered(graph, question)).toEqual(expected(question))
        })
      },
    )
  })
})

it('there are more than 200, no two of them alike', () => {
  const all = Object.values(themes).flatMap(({ seed, made, real }) => [...seed, ...made, ...real])
  expect(all.length).toBeGreaterThan(200)
  const texts = all.map(({ question, variables }) => question.replace(/\s+/g, ' ') + JSON.stringify(variables ?? null))
  expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([])
})

const titled = (questions: readonly Question[]) => questions.map((question) => [question.asks, question] as const)

const expected = (question: Question): unknown => {
  if ('answer' in question) return question.answer
  return 'pages' in question ? question.pages : { data: null, ...question.refusal }
}

const answered = async (graph: Graph, question: Question): Promise<unknown> => {
  const { question: text, variables } = question
  if ('pages' in question) return pagesOf(graph, text)
  const { data, errors } = await graph.ask(text, variables)
  if ('answer' in question) return errors ?? data
  const { originalError, message } = errors?.[0] ?? {}
  const { code } = (originalError ?? {}) as { readonly code?: string }
  return { data: data ?? null, code, ...(question.refusal.message !== undefined && { message }) }
}

/** All pages of a list, without their cursors. */
const pagesOf = async (graph: Graph, question: string): Promise<readonly unknown[]> => {
  const pages: unknown[] = []
  let after: string | null = null
  do {
    const { data, errors, text } = await graph.ask(question, { after })
    expect(errors).toBeUndefined()
    pages.push(JSON.parse(JSON.stringify(data), (name, value) => (name === 'endCursor' ? undefined : value)))
    after = text.includes('"hasNextPage":true') ? (/"endCursor":"(\w+)"/.exec(text)?.[1] ?? null) : null
  } while (after !== null && pages.length < 20)
  return pages
}
