const written = new Map<string, string>()

/** `VoteEvent` → `vote_event`, `tallyFor` → `tally_for`; the names are those of the schema, so they are kept. */
export const snakeCase = (name: string): string => {
  const known = written.get(name)
  if (known !== undefined) return known
  const snake = name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
  written.set(name, snake)
  return snake
}

/** A name as SQL quotes it; names come from the schema alone, never from a client or a source. */
export const quoted = (name: string): string => `"${snakeCase(name)}"`

/** The column of a link or node type that holds this column's value; a reference is kept as a key. */
export const columnName = (column: { readonly name: string; readonly kind: string }): string =>
  column.kind === 'reference' ? quoted(`${column.name}Key`) : quoted(column.name)
