/** What a reader could take for something else when it is not quoted. */
const SPECIAL = /[",\r\n]|^\s|\s$/

/** A row of CSV (RFC 4180) with its line end. An empty text is quoted, so that it is not taken for no value. */
export const csvRow = (cells: readonly (string | null)[], lineEnd = '\n'): string => {
  let row = ''
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] ?? null
    if (i > 0) row += ','
    if (cell === null) continue
    row += cell === '' || SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  }
  return row + lineEnd
}
