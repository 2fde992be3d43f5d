import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import { type ExecutionResult, type GraphQLSchema, parse, validate } from 'graphql'
import type { GraphShape } from '../../src/model/graph-shape.js'
import { createExecutor } from '../../src/query/execute.js'
import { VoteTables } from '../../src/query/voting/vote-tables.js'
import type { GraphStore } from '../../src/store/graph-store.js'
import type { PlainFigure, PlainVotes } from './figures-of-votes.js'
import type { RandomFiguresAsked } from './random-figures-asked.js'

/** A way to have questions answered: the text of an answer. */
export type AskFigures = (query: string) => Promise<string>

/** Asks a store, from a snapshot of all votes or reading anew what each question needs. */
export const askingFigures = async (
  { schema, shape, store }: { readonly schema: GraphQLSchema; readonly shape: GraphShape; readonly store: GraphStore },
  snapshot: boolean,
): Promise<AskFigures> => {
  const votes = new VoteTables(store, shape, { snapshot })
  if (snapshot) await votes.refresh()
  const execute = createExecutor({ schema, shape, store, votes, timeout: 60_000 })
  return async (query) => {
    const document = parse(query)
    const [invalid] = validate(schema, document)
    if (invalid) throw new Error(`The test asks what the schema does not allow: ${invalid.message} ${query}`)
    const result = await execute({ schema, document, variableValues: {} })
    return ('stringify' in result ? result.stringify(result) : JSON.stringify(result)).toString()
  }
}

/** All that is given of figures. */
export const figuresQuery = ({ asked: { field }, args }: RandomFiguresAsked): string => `{
  figures: ${field}${args} {
    rows {
      of { id } with { id } period value why numerator denominator excluded { reason count }
      asMeant { value numerator denominator } fromMembers fromTallies
      all: voteEvents(first: 100) { id }
      hits: voteEvents(part: IN_NUMERATOR, first: 3, skip: 1) { id }
      others: voteEvents(part: NOT_IN_NUMERATOR) { id }
    }
    rowCount ballotCount undecidedCount undatedCount undecidedVoterCount why
  }
}`

interface Id {
  readonly id: string
}

export interface FiguresGiven {
  readonly rows: readonly (Pick<
    PlainFigure,
    'period' | 'value' | 'numerator' | 'denominator' | 'asMeant' | 'fromMembers' | 'fromTallies'
  > & {
    readonly of: Id | null
    readonly with: Id | null
    readonly why: string | null
    readonly excluded: readonly { readonly reason: string; readonly count: number }[]
    readonly all: readonly Id[]
    readonly hits: readonly Id[]
    readonly others: readonly Id[]
  })[]
  readonly rowCount: number
  readonly ballotCount: number
  readonly undecidedCount: number
  readonly undatedCount: number
  readonly undecidedVoterCount: number
  readonly why: string | null
}

/** Fails where an answer is not what a plain computation gives. */
export const compareFigures = (text: string, question: RandomFiguresAsked, plain: PlainVotes): FiguresGiven => {
  const { data, errors } = JSON.parse(text) as ExecutionResult
  if (errors) throw new Error(`${errors[0]?.message} ${figuresQuery(question)}`)
  const given = (data as { readonly figures: FiguresGiven }).figures
  const { rows, ...counts } = plain.figures(question.asked)
  const wanted = rows.slice(question.skip, question.skip + question.first)
  const answered = {
    ...given,
    why: given.why === null,
    rows: given.rows.map(({ why, excluded, ...row }) => ({
      ...row,
      of: row.of?.id ?? null,
      with: row.with?.id ?? null,
      value: rounded(row.value),
      why: why === null,
      numerator: rounded(row.numerator),
      asMeant: row.asMeant && roundedOf(row.asMeant),
      excluded: Object.fromEntries(excluded.map(({ reason, count }) => [reason, count])),
    })),
  }
  const computed = {
    ...counts,
    rowCount: rows.length,
    why: rows.length > 0,
    rows: wanted.map(({ ballots, ...row }) => {
      const ids = (those: typeof ballots) => those.map(({ id }) => ({ id }))
      return {
        ...row,
        value: rounded(row.value),
        why: row.value !== null,
        numerator: rounded(row.numerator),
        asMeant: row.asMeant && roundedOf(row.asMeant),
        all: ids(ballots).slice(0, 100),
        hits: ids(ballots.filter(({ isHit }) => isHit)).slice(1, 4),
        others: ids(ballots.filter(({ isHit }) => !isHit)).slice(0, 20),
      }
    }),
  }
  if (!isDeepStrictEqual(answered, computed))
    throw new AssertionError({ message: figuresQuery(question), actual: answered, expected: computed })
  return given
}

/** To twelve digits: sums of fractions depend on their order. */
const rounded = (value: number | null): number | null => value && Number(value.toPrecision(12))

const roundedOf = ({ value, numerator, denominator }: NonNullable<PlainFigure['asMeant']>) => ({
  value: rounded(value),
  numerator: rounded(numerator),
  denominator,
})
