import { isNode, type LinkRecord, type NodeRecord, type Values } from '../../model/records.js'
import { sayTally, tallyOf } from '../../model/tally.js'
import type { Finding } from '../importer.js'
import type { GateRule } from './gate-rule.js'

/** A text that votes may be on, as far as it tells which majority decides. */
interface Text {
  readonly kind: unknown
  readonly procedure: unknown
  readonly title: unknown
}

/** A ballot rejected with more votes for than against, of which the text must tell whether that can be. */
interface Rejected {
  readonly title: unknown
  readonly description: unknown
  readonly finding: Finding
}

/**
 * A text is adopted with more votes for than against, whatever majority it needs; abstentions do not matter. With more for
 * than against it may still be rejected, where it needs a majority of all members (budgets, second readings, the Rules of
 * Procedure); a resolution (RSP) needs none, so there the two contradict each other. Where the ballot names no procedure,
 * the text tells: a joint motion is always one for a resolution, and so is a motion, but for objections to delegated acts
 * and motions of censure, which its title tells.
 */
export const resultAgreesWithCounts = (): GateRule => {
  const findings: (Finding | Rejected)[] = []
  const texts = new Map<string, Text>()
  /** On which text a ballot in question is, and to which text an amendment or a part belongs. */
  const onWhich = new Map<string, string>()
  const inQuestion = new Set<string>()

  const seeBallot = ({ id, values }: NodeRecord): void => {
    const finding = contradiction(id, values)
    if (!finding) return
    if (finding.found === 'ADOPTED' || isResolution(values['procedure'])) findings.push(finding)
    else if (!values['procedure']) {
      inQuestion.add(id)
      findings.push({ title: values['title'], description: values['description'], finding })
    }
  }
  const seeText = ({ id, values: { kind, procedure, title } }: NodeRecord): void => {
    texts.set(id, { kind, procedure, title })
  }
  const seeLink = ({ link, from, to }: LinkRecord): void => {
    if (link !== 'BallotOn' || inQuestion.has(from)) onWhich.set(from, to)
  }
  const textOf = (ballot: string): Text | undefined => {
    let id = onWhich.get(ballot)
    // A part belongs to an amendment, and that to a text.
    for (let steps = 0; id !== undefined && !texts.has(id) && steps < 3; steps++) id = onWhich.get(id)
    return id === undefined ? undefined : texts.get(id)
  }

  return {
    kinds: ['VoteEvent', 'Motion', 'BallotOn', 'AmendmentOf', 'AmendmentPart'],
    see: (record) => {
      if (!isNode(record)) seeLink(record)
      else if (record.type === 'VoteEvent') seeBallot(record)
      else seeText(record)
    },
    *findings() {
      for (const each of findings) {
        if (!('finding' in each)) yield each
        else if (isDecidedSimply(textOf(each.finding.record), each)) yield each.finding
      }
    },
  }
}

/** What a ballot's figures say against its result; null where they agree, or one of them is not known. */
const contradiction = (record: string, values: Values): Finding | null => {
  const { result, tallyFor, tallyAgainst } = values
  if (typeof tallyFor !== 'number' || typeof tallyAgainst !== 'number') return null
  const isCarried = tallyFor > tallyAgainst
  if (result !== (isCarried ? 'REJECTED' : 'ADOPTED')) return null
  // At a tie nothing is carried, and a rejection agrees with it.
  const tally = tallyOf(values)
  const counts = tally ? sayTally(tally) : `${tallyFor} for, ${tallyAgainst} against`
  return {
    rule: 'RESULT_AGREES_WITH_COUNTS',
    record,
    message: `The ballot is published as ${result.toLowerCase()}, with ${counts}.`,
    expected: isCarried ? 'ADOPTED' : 'REJECTED',
    found: result,
  }
}

const isResolution = (procedure: unknown): boolean => typeof procedure === 'string' && procedure.endsWith('(RSP)')

/** What a title says of motions that need more than a simple majority. */
const QUALIFIED = /objection|delegated|délégué|censure/i

const isDecidedSimply = (text: Text | undefined, { title, description }: Rejected): boolean => {
  if (text?.procedure) return isResolution(text.procedure)
  if (text?.kind === 'JOINT_MOTION') return true
  if (text?.kind !== 'MOTION' || !(title || text.title)) return false
  return !QUALIFIED.test([title, description, text.title].join(' '))
}
