import type { GraphQLError } from 'graphql'
import { refuse } from './refuse.js'

/** Keys and items in all variables, and how deep they stand: reading so many takes some 20 ms, and reading them recurs. */
const [MOST_VALUES, MOST_LEVELS] = [5_000, 32]

/** What refuses variables that are beyond the limits, `VARIABLE_LIMIT`; found without recursion, in time linear in them. */
export const refusalOfVariables = (
  variables: Readonly<Record<string, unknown>> | undefined,
): GraphQLError | undefined => {
  let level: readonly object[] = variables ? [variables] : []
  let values = 0
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > MOST_LEVELS) {
      const sentence = `Values in the variables stand more than ${MOST_LEVELS} levels deep, the most that this server reads.`
      return refuse('VARIABLE_LIMIT', 400, sentence, undefined, { limit: MOST_LEVELS })
    }
    const below: object[] = []
    for (const each of level) {
      for (const value of Object.values(each)) {
        values += 1
        if (typeof value === 'object' && value !== null) below.push(value)
      }
      if (values > MOST_VALUES) {
        const sentence = `The variables have more than ${MOST_VALUES} values, the most that this server reads. Ask several smaller questions.`
        return refuse('VARIABLE_LIMIT', 400, sentence, undefined, { limit: MOST_VALUES })
      }
    }
    level = below
  }
  return undefined
}
