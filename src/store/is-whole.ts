import type { Hop } from './plan.js'

/** Whether a hop's link leads to nodes of these types only, so that nothing has to be left out. */
export const isWhole = ({ link, direction }: Hop, types: readonly string[]): boolean =>
  (direction === 'out' ? link.to : link.from).every((type) => types.includes(type))
