import { BALLOT_PRECISION, type ProbitModel } from './probit-model.js'

/**
 * Moves, turns and stretches all positions at once, and the ballots against them, so that every vote keeps its probability
 * and the whole becomes as probable as such a change can make it. Steps of single members and ballots would take hundreds
 * of turns for this. The first dimension is then the one that divides more.
 */
export const rebalance = (model: ProbitModel, dimensions: 1 | 2): void => {
  shift(model)
  const positions = squares(model.first, model.second)
  const ballots = squares(model.dividesFirst, model.dividesSecond)
  if (dimensions === 1) {
    const factor = ((ballots.xx * BALLOT_PRECISION) / positions.xx) ** 0.25
    turn(model.first, model.second, [factor, 0, 0, 0])
    turn(model.dividesFirst, model.dividesSecond, [1 / factor, 0, 0, 0])
    return
  }
  // The squares of positions are L·Lᵀ; those of ballots, seen through L, are turned to their own axes.
  const l11 = Math.sqrt(positions.xx)
  const l21 = positions.xy / l11
  const l22 = Math.sqrt(positions.yy - l21 * l21)
  const xx = l11 * l11 * ballots.xx + 2 * l11 * l21 * ballots.xy + l21 * l21 * ballots.yy
  const xy = l22 * (l11 * ballots.xy + l21 * ballots.yy)
  const yy = l22 * l22 * ballots.yy
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const factorOf = (square: number): number => (square * BALLOT_PRECISION) ** 0.25
  const p = factorOf(cos * cos * xx + 2 * cos * sin * xy + sin * sin * yy)
  const q = factorOf(sin * sin * xx - 2 * cos * sin * xy + cos * cos * yy)
  const back = l21 / (l11 * l22)
  turn(model.first, model.second, [
    p * (cos / l11 - sin * back),
    (p * sin) / l22,
    -q * (sin / l11 + cos * back),
    (q * cos) / l22,
  ])
  turn(model.dividesFirst, model.dividesSecond, [
    (cos * l11) / p,
    (cos * l21 + sin * l22) / p,
    (-sin * l11) / q,
    (-sin * l21 + cos * l22) / q,
  ])
}

/** Moves the zero of positions to where it is most probable; ballots ask what they asked. */
const shift = ({ first, second, asks, dividesFirst, dividesSecond }: ProbitModel): void => {
  const n = first.length
  const { xx, xy, yy } = squares(dividesFirst, dividesSecond)
  let [gx, gy] = [0, 0]
  for (let j = 0; j < asks.length; j++) {
    gx += (asks[j] as number) * (dividesFirst[j] as number) * BALLOT_PRECISION
    gy += (asks[j] as number) * (dividesSecond[j] as number) * BALLOT_PRECISION
  }
  for (let i = 0; i < n; i++) {
    gx -= first[i] as number
    gy -= second[i] as number
  }
  const [hxx, hxy, hyy] = [n + xx * BALLOT_PRECISION, xy * BALLOT_PRECISION, n + yy * BALLOT_PRECISION]
  const determinant = hxx * hyy - hxy * hxy
  const dx = (hyy * gx - hxy * gy) / determinant
  const dy = (hxx * gy - hxy * gx) / determinant
  for (let i = 0; i < n; i++) {
    first[i] = (first[i] as number) + dx
    second[i] = (second[i] as number) + dy
  }
  for (let j = 0; j < asks.length; j++) {
    asks[j] = (asks[j] as number) - (dividesFirst[j] as number) * dx - (dividesSecond[j] as number) * dy
  }
}

const squares = (first: Float64Array, second: Float64Array) => {
  let [xx, xy, yy] = [0, 0, 0]
  for (let i = 0; i < first.length; i++) {
    const x = first[i] as number
    const y = second[i] as number
    xx += x * x
    xy += x * y
    yy += y * y
  }
  return { xx, xy, yy }
}

const turn = (
  first: Float64Array,
  second: Float64Array,
  [a, b, c, d]: readonly [a: number, b: number, c: number, d: number],
): void => {
  for (let i = 0; i < first.length; i++) {
    const x = first[i] as number
    const y = second[i] as number
    first[i] = a * x + b * y
    second[i] = c * x + d * y
  }
}
