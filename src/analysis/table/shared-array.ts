interface ArrayType<T> {
  new (buffer: SharedArrayBuffer): T
  readonly BYTES_PER_ELEMENT: number
}

/** An array that threads share. */
export const shared = <T>(type: ArrayType<T>, length: number): T =>
  new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT))
