import type { AskMore } from './ask-more.js'
import { isObject, type Json } from './json.js'
import type { Nearest } from './tool-result.js'

/** How many that come near are named, and for how many texts they are looked for. */
const MOST_NEAREST = 5
const MOST_TEXTS = 3
/** Characters of the longest text that a search takes. */
const LONGEST_TEXT = 300

export const NEAREST = `query nearest($text: String!) {
  search(text: $text, first: ${MOST_NEAREST}) {
    node {
      __typename
      id
      ... on Entity { entity: name }
      ... on Subject { subject: name }
      ... on Document { text: title }
      ... on Procedure { procedure: title }
      ... on VoteEvent { ballot: title }
      ... on Source { source: title }
      ... on Scorecard { scorecard: title }
    }
  }
}`

/** What a search finds for these texts, the best first. */
export const nearestRecords = async (texts: readonly string[], ask: AskMore): Promise<readonly Nearest[]> => {
  const found = new Map<string, Nearest>()
  for (const text of texts.slice(0, MOST_TEXTS)) {
    const hits = (await ask(NEAREST, { text: text.slice(0, LONGEST_TEXT) }))?.['search']
    for (const hit of Array.isArray(hits) ? (hits as readonly Json[]) : []) {
      if (!isObject(hit) || !isObject(hit['node'])) continue
      const { __typename: type, id, ...names } = hit['node']
      const name = Object.values(names).find((each) => typeof each === 'string') ?? null
      found.set(String(id), { id: String(id), type: String(type), name: name === null ? null : String(name) })
    }
  }
  return [...found.values()].slice(0, MOST_NEAREST)
}

/** The words in an id, which may be a name: `person:josep-borrell`. */
export const wordsOf = (id: string): string => id.replace(/^[\w-]*:/, '').replace(/[^\p{L}\p{N}]+/gu, ' ')
