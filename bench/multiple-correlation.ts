/** The correlation of a number with the best sum of others, with any weights and a constant: |r| where it is one other. */
export const multipleCorrelation = (others: readonly (readonly number[])[], numbers: readonly number[]): number => {
  const columns = (others[0] ?? []).map((_, k) => centred(others.map((row) => row[k] ?? Number.NaN)))
  const target = centred(numbers)
  // Each column loses what the ones before it share with it; what is left of each adds its own part.
  const axes: number[][] = []
  for (const column of columns) {
    const left = axes.reduce((rest, axis) => less(rest, axis, dot(rest, axis) / dot(axis, axis)), column)
    axes.push(left)
  }
  const explained = axes.reduce((sum, axis) => sum + dot(target, axis) ** 2 / dot(axis, axis), 0)
  return Math.sqrt(explained / dot(target, target))
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)

const less = (one: readonly number[], other: readonly number[], factor: number): number[] =>
  one.map((value, i) => value - factor * (other[i] ?? 0))

const centred = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}
