import { memberAgreement, memberGroupAgreement } from './agreement.js'
import { closeness } from './closeness.js'
import { coalitions } from './coalitions.js'
import { cohesion } from './cohesion.js'
import { groupAgreement } from './group-agreement.js'
import { loyalty } from './loyalty.js'
import type { Measure } from './measure.js'
import { participation } from './participation.js'
import { scores } from './scores.js'
import { winningRate } from './winning-rate.js'

/** All measures, by the name of the field that gives them. */
const MEASURES = {
  cohesion,
  loyalty,
  participation,
  memberAgreement,
  memberGroupAgreement,
  groupAgreement,
  winningRate,
  closeness,
  coalitions,
  scores,
} as const satisfies Readonly<Record<string, Measure>>

export type MeasureName = keyof typeof MEASURES

export const measureOf = (name: MeasureName): Measure => MEASURES[name]
