/** Puts a slot into a set, of which each bit is one. */
export const mark = (set: Uint32Array, slot: number): void => {
  set[slot >>> 5] = (set[slot >>> 5] as number) | (1 << (slot & 31))
}

export const isMarked = (set: Uint32Array, slot: number): boolean =>
  (((set[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1
