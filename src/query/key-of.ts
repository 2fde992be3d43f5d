/** A text that is the same for what asks for the same. A link is known by its name, and a hole by where its value stands. */
export const keyOf = (asked: unknown): string =>
  JSON.stringify(asked, (_name, value) =>
    value && typeof value === 'object' && 'repeats' in value ? value.name : value,
  )
