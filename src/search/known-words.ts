import { keptByVersion } from '../store/kept-by-version.js'
import { Vocabulary } from './vocabulary.js'

/** The words of a store. */
export const wordsOf = keptByVersion(2000, async (store) => Vocabulary.read(await store.searchWords()))
