import type { RequestListener } from 'node:http'

/** Does something about each request before the next layer sees it, or in its place. */
export type Layer = (next: RequestListener) => RequestListener

/** Puts layers before what answers; a request comes to them in their order. */
export const behind = (layers: readonly Layer[], answer: RequestListener): RequestListener =>
  layers.reduceRight((next, layer) => layer(next), answer)
