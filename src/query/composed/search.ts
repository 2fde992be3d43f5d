import type { SearchHit } from '../../search/score.js'
import { checkHits, search } from '../../search/search.js'
import { DEFAULT_FIRST } from '../asked-of-list.js'
import { type Composer, numberIn, textIn, wordsIn } from './composer.js'

/** Records and links that a search looks at, about: its candidates, and the words that are near to those asked. */
const PRICE = 20_000

/** Records by what they are called. */
export const composeSearch: Composer = {
  readings: { text: { how: 'searched' } },
  // The words that may be misspelt.
  isOfMemory: true,
  atMost(given) {
    const first = (given('first') as number | null | undefined) ?? DEFAULT_FIRST
    checkHits(first)
    return first
  },
  price: () => PRICE,
  async compose(given, { store, shape, options }) {
    const asked = {
      text: textIn(given, 'text') ?? '',
      types: wordsIn(given, 'types'),
      first: numberIn(given, 'first', DEFAULT_FIRST),
    }
    return (await search(store, shape, asked, options)).map(factsOf)
  },
  words(given) {
    const types = wordsIn(given, 'types')?.join(', ') ?? 'records of every type'
    return `searches ${types} for ${JSON.stringify(textIn(given, 'text'))}; gives the best ${numberIn(given, 'first', DEFAULT_FIRST)}`
  },
}

const factsOf = ({ id, score, how, field }: SearchHit) => ({
  score,
  how,
  field: field.column,
  text: field.text,
  language: field.language,
  node: id,
})
