import type { FrontRequest, FrontResponse } from './messages.js'

/** Answers requests. */
export type FrontListener = (request: FrontRequest, response: FrontResponse) => void

/** Does something about each request before the next layer sees it, or in its place. */
export type Layer = (next: FrontListener) => FrontListener

/** Puts layers before what answers; a request comes to them in their order. */
export const behind = (layers: readonly Layer[], answer: FrontListener): FrontListener =>
  layers.reduceRight((next, layer) => layer(next), answer)
