import type { Question } from '../table/about-table.js'
import { type KeptQuestions, LINKS } from './kept-questions.js'
import { questionAddress } from './question-address.js'

/**
 * Makes the address that asks a question again, of a server at `base`: a short one with the variables beside it, where
 * the document is one of few and is kept; else the whole question.
 */
export const linkToQuestion = async (
  base: string,
  { isStored = false, ...question }: Question & { readonly isStored?: boolean },
  endpoint: string,
  kept?: KeptQuestions,
): Promise<string> => {
  if (kept && isStored) {
    try {
      const address = new URL(`${base}${LINKS}/${await kept.keep({ query: question.query })}`)
      const variables = JSON.stringify(question.variables ?? {})
      if (variables !== '{}') address.searchParams.set('variables', variables)
      return address.toString()
    } catch {
      // Where no more can be kept, or the folder not written, the long address does as well.
    }
  }
  return questionAddress(base + endpoint, question)
}
