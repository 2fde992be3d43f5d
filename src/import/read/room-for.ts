type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** The same numbers with room for so many: the array itself, or one at least twice as long that begins with them. */
export const roomFor = <Array extends Numbers>(array: Array, length: number): Array => {
  if (length <= array.length) return array
  const larger = new (array.constructor as new (length: number) => Array)(Math.max(array.length * 2, length))
  larger.set(array)
  return larger
}
