import { keptByVersion } from '../store/kept-by-version.js'

/** The sizes of a store's graph. */
export const sizesOf = keptByVersion(10_000, (store) => store.sizes())
