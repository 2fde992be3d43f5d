import { spellingDistance } from './spelling-distance.js'

/** The end of a sentence that names what was probably meant, or what there is. */
export const nearest = (given: string, known: readonly string[]): string => {
  const most = Math.max(2, Math.floor(given.length / 3))
  const folded = given.toLowerCase()
  const [best] = known
    .map((name) => ({ name, distance: spellingDistance(folded, name.toLowerCase(), most) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
  if (best) return ` Did you mean \`${best.name}\`?`
  const shown = known.slice(0, 40).join('`, `')
  return known.length === 0 ? '' : ` There are \`${shown}\`${known.length > 40 ? ' and more' : ''}.`
}
