import type { ProbitModel } from './probit-model.js'

/** Positions as measured from two members, by packed member, with their standard errors. */
export interface AnchoredFit {
  readonly first: Float64Array
  readonly firstError: Float64Array
  readonly second: Float64Array
  readonly secondError: Float64Array
  /** How far the anchors are apart, in standard errors of that distance. */
  readonly apart: number
}

/**
 * Lays the first axis through two members, the low at -1 and the high at 1; the second, if there is one, is at right angles
 * to it, in the same unit. A fit of two dimensions is first stretched so that members vary alike in every direction, as
 * votes alone would not tell one direction's unit from another's.
 *
 * With positions as complex numbers this is 2 (x - low) / (high - low) - 1, and the errors of all three positions go into
 * that of the result, to the first order and as if they were independent.
 */
export const anchorFit = (
  model: ProbitModel,
  variances: Float64Array,
  dimensions: 1 | 2,
  { low, high }: { readonly low: number; readonly high: number },
): AnchoredFit => {
  const n = model.first.length
  const { k11, k21, k22 } = dimensions === 1 ? { k11: 1, k21: 0, k22: 1 } : evener(model)
  const x = (i: number): number => k11 * (model.first[i] as number)
  const y = (i: number): number => k21 * (model.first[i] as number) + k22 * (model.second[i] as number)
  const variance = (i: number): Variance => {
    const [xx, xy, yy] = [variances[3 * i] as number, variances[3 * i + 1] as number, variances[3 * i + 2] as number]
    return {
      xx: k11 * k11 * xx,
      xy: k11 * (k21 * xx + k22 * xy),
      yy: k21 * k21 * xx + 2 * k21 * k22 * xy + k22 * k22 * yy,
    }
  }
  const [lowX, lowY] = [x(low), y(low)]
  const [dx, dy] = [x(high) - lowX, y(high) - lowY]
  const square = dx * dx + dy * dy
  const [ofLow, ofHigh] = [variance(low), variance(high)]
  const error = Math.sqrt(
    dx * dx * (ofLow.xx + ofHigh.xx) + 2 * dx * dy * (ofLow.xy + ofHigh.xy) + dy * dy * (ofLow.yy + ofHigh.yy),
  )
  const apart = square === 0 ? 0 : square / error
  // 2 / (high - low), as a complex number.
  const [unitX, unitY] = [(2 * dx) / square, (-2 * dy) / square]

  const result = {
    first: new Float64Array(n),
    firstError: new Float64Array(n),
    second: new Float64Array(n),
    secondError: new Float64Array(n),
    apart,
  }
  for (let i = 0; i < n; i++) {
    // The anchors are where they are laid, and no rounding moves them.
    if (i === low || i === high) {
      result.first[i] = i === low ? -1 : 1
      continue
    }
    // How far along from the low to the high.
    const tx = ((x(i) - lowX) * unitX - (y(i) - lowY) * unitY) / 2
    const ty = ((x(i) - lowX) * unitY + (y(i) - lowY) * unitX) / 2
    result.first[i] = 2 * tx - 1
    result.second[i] = 2 * ty
    const own = timesSquared(variance(i), unitX, unitY)
    const lows = timesSquared(ofLow, unitX * (1 - tx) + unitY * ty, unitY * (1 - tx) - unitX * ty)
    const highs = timesSquared(ofHigh, unitX * tx - unitY * ty, unitX * ty + unitY * tx)
    result.firstError[i] = Math.sqrt(own.xx + lows.xx + highs.xx)
    result.secondError[i] = Math.sqrt(own.yy + lows.yy + highs.yy)
  }
  return result
}

interface Variance {
  readonly xx: number
  readonly xy: number
  readonly yy: number
}

/** The variances along the two axes of a number times the complex number p + qi. */
const timesSquared = ({ xx, xy, yy }: Variance, p: number, q: number) => ({
  xx: p * p * xx - 2 * p * q * xy + q * q * yy,
  yy: q * q * xx + 2 * p * q * xy + p * p * yy,
})

/** What makes the spread of positions the same in every direction: a triangular matrix. */
const evener = ({ first, second }: ProbitModel) => {
  const n = first.length
  let [meanX, meanY] = [0, 0]
  for (let i = 0; i < n; i++) {
    meanX += (first[i] as number) / n
    meanY += (second[i] as number) / n
  }
  let [xx, xy, yy] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const x = (first[i] as number) - meanX
    const y = (second[i] as number) - meanY
    xx += (x * x) / n
    xy += (x * y) / n
    yy += (y * y) / n
  }
  const l11 = Math.sqrt(xx)
  const l21 = xy / l11
  const l22 = Math.sqrt(yy - l21 * l21)
  return { k11: 1 / l11, k21: -l21 / (l11 * l22), k22: 1 / l22 }
}
