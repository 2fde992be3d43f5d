/** Beyond this many standard deviations the curves are held: no vote is more surprising than that. */
const REACH = 10
const STEPS = 256

/** Φ(t), the standard normal distribution, where t is at least -3. */
const upperDistribution = (t: number, density: number): number => {
  let term = t
  let sum = t
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
    term *= (t * t) / n
    sum += term
  }
  return 0.5 + density * sum
}

/** φ(t) / Φ(t) where t is below -3, by Laplace's continued fraction. */
const lowerSlope = (t: number): number => {
  let fraction = -t
  for (let n = 120; n > 0; n--) fraction = -t + n / fraction
  return fraction
}

const curveAt = (t: number): { readonly slope: number; readonly log: number } => {
  const density = Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)
  if (t < -3) {
    const slope = lowerSlope(t)
    return { slope, log: -(t * t) / 2 - Math.log(Math.sqrt(2 * Math.PI) * slope) }
  }
  const distribution = upperDistribution(t, density)
  return { slope: density / distribution, log: Math.log(distribution) }
}

const length = 2 * REACH * STEPS + 2
const curves = Array.from({ length }, (_, i) => curveAt(i / STEPS - REACH))

/**
 * The curve log Φ(t) of a vote's likelihood and its slope φ(t) / Φ(t), at steps of 1/256 from -10: read between two
 * steps, the slope is right to six digits. A table, since a fit reads it hundreds of millions of times.
 */
export const SLOPES = Float64Array.from(curves, (curve) => curve.slope)
export const LOGS = Float64Array.from(curves, (curve) => curve.log)

/** Where t stands in the tables, as a step and a fraction of one. */
export const stepOf = (t: number): number => (Math.min(REACH, Math.max(-REACH, t)) + REACH) * STEPS
