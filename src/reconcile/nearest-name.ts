import { foldText } from '../model/fold.js'
import { spellingDistance } from '../search/spelling-distance.js'

/** Letters by which a name may differ from the one that is meant. */
const MOST = 3

/** The end of a sentence that names what may be meant; empty where nothing is near. */
export const didYouMean = (name: string, names: Iterable<string>): string => {
  const folded = foldText(name.slice(0, 100))
  const all = [...names].map((each) => ({ each, distance: spellingDistance(folded, foldText(each), MOST) }))
  const nearest = all.sort((a, b) => a.distance - b.distance)[0]
  return nearest && nearest.distance <= MOST ? ` Did you mean "${nearest.each}"?` : ''
}
