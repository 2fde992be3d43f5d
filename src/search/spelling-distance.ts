/** Rows of the table of distances, as long as the longest word. */
const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as const
const LONGEST = 62

/**
 * How many letters must be changed, added, left out or swapped with their neighbour to make one word of another, up to a
 * bound; one more than the bound where it is more.
 */
export const spellingDistance = (a: string, b: string, most: number): number => {
  const tooFar = most + 1
  if (Math.abs(a.length - b.length) > most || a.length > LONGEST || b.length > LONGEST) return tooFar
  let [beforeLast, last, row] = rows as readonly [Uint8Array, Uint8Array, Uint8Array]
  for (let j = 0; j <= b.length; j++) last[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let distance = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (isSame ? 0 : 1),
      )
      const isSwapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      if (isSwapped) distance = Math.min(distance, (beforeLast[j - 2] as number) + 1)
      row[j] = distance
      if (distance < least) least = distance
    }
    if (least > most) return tooFar
    const free = beforeLast
    beforeLast = last
    last = row
    row = free
  }
  return Math.min(last[b.length] as number, tooFar)
}
