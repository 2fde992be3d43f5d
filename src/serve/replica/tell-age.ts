import type { Layer } from '../front/layer.js'
import type { Follower } from './follower.js'

/** Tells with each answer as of when it is, and since when the origin has been silent. */
export const tellAge =
  (follower: Follower): Layer =>
  (next) =>
  (request, response) => {
    for (const [name, value] of Object.entries(follower.headers())) response.setHeader(name, value)
    next(request, response)
  }
