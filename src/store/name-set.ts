import { hashText } from '../model/hash-text.js'

/**
 * A set of texts of which only 64 bits each are kept: eight bytes a text, so that millions fit. Of fifteen million texts
 * the chance that any two are taken for the same is about one in 160,000.
 */
export class NameSet {
  #high = new Uint32Array(1 << 12)
  #low = new Uint32Array(1 << 12)
  #size = 0

  get size(): number {
    return this.#size
  }

  has(text: string): boolean {
    const [high, low] = hash(text)
    return this.#find(high, low) < 0
  }

  /** Adds a text; tells whether it was new. */
  add(text: string): boolean {
    const [high, low] = hash(text)
    const place = this.#find(high, low)
    if (place < 0) return false
    this.#high[place] = high
    this.#low[place] = low
    this.#size += 1
    if (this.#size * 4 > this.#high.length * 3) this.#grow()
    return true
  }

  /** The free place for a hash, or -1 where it is there. */
  #find(high: number, low: number): number {
    const mask = this.#high.length - 1
    for (let at = low & mask; ; at = (at + 1) & mask) {
      if (this.#high[at] === 0 && this.#low[at] === 0) return at
      if (this.#high[at] === high && this.#low[at] === low) return -1
    }
  }

  #grow(): void {
    const [highs, lows] = [this.#high, this.#low]
    this.#high = new Uint32Array(highs.length * 2)
    this.#low = new Uint32Array(lows.length * 2)
    for (let i = 0; i < highs.length; i++) {
      const [high, low] = [highs[i] as number, lows[i] as number]
      if (high === 0 && low === 0) continue
      const place = this.#find(high, low)
      this.#high[place] = high
      this.#low[place] = low
    }
  }
}

/** Two hashes of 32 bits, never both 0. */
const hash = (text: string): readonly [number, number] => {
  const [high, low] = hashText(text)
  return [high, low || 1]
}
