import { PARLIAMENT } from './minutes.js'
import { isCommittee, partyOf } from './opendata-bodies.js'
import { lastOf } from './opendata-names.js'
import type { OpenDataOutput } from './opendata-output.js'

/** Plenary sittings, their parts and items, and the decisions taken in them, by their names. */
const IN_PLENARY = /(?:^|-)(?:[A-Z]?MTG-PL|DEC-DCPL)(?:-|$)/
/** What the types of activities say of where they happen. */
const PLENARY_TYPE = /PLENARY|^REFERRAL$/
/** The code at the beginning of a name, as of a committee's draft: `ITRE-PR-700000`, `CMTG-ITRE-2031-02-03`. */
const CODE = /^(?:[A-Z]?MTG-)?([A-Z]{4}|CJ\d{2})(?:-|$)/

/**
 * The bodies that decided or met: those whom the file names, or else the one that the name, the type or the text decided on
 * shows. None where nothing shows it: not every activity of a procedure is the Parliament's as a whole.
 */
export const decidersOf = (out: OpenDataOutput, subject: string): readonly string[] => {
  const { statements } = out
  const named = statements.all(subject, 'eli-dl:had_participant_organization').flatMap(({ value }) => {
    const party = partyOf(value)
    if (party === null) out.skip('a body that took part and is not known to this importer')
    // A group that took part in a sitting did not hold it.
    return party?.is === 'committee' || party?.is === 'body' ? [out.party(value) as string] : []
  })
  if (named.length > 0) return [...new Set(named)]
  const name = statements.first(subject, 'eli-dl:activity_id') ?? lastOf(subject)
  const type = lastOf(statements.first(subject, 'eli-dl:had_activity_type') ?? '')
  const texts = statements.all(subject, 'eli-dl:decided_on_a_realization_of').map(({ value }) => lastOf(value))
  const committees = [name, ...texts].flatMap((each) => {
    const code = CODE.exec(each)?.[1] ?? ''
    return isCommittee(code) ? [code] : []
  })
  const [committee] = committees
  if (committee !== undefined && !IN_PLENARY.test(name)) return [out.committee(committee)]
  const isPlenary =
    IN_PLENARY.test(name) ||
    (PLENARY_TYPE.test(type) && !/COMMITTEE/.test(type)) ||
    texts.some((text) => /^TA-/.test(text))
  if (!isPlenary) return []
  out.parliament()
  return [PARLIAMENT]
}
