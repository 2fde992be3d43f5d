import { clip } from '../read/clip.js'
import { partyOf } from './opendata-bodies.js'
import { lastOf } from './opendata-names.js'
import type { OpenDataOutput } from './opendata-output.js'
import type { Statements, Term } from './opendata-triples.js'

/** The roles of the open data, and what the graph calls them. */
const ROLES: Readonly<Record<string, string>> = {
  RAPPORTEUR: 'RAPPORTEUR',
  RAPPORTEUR_CO: 'CO_RAPPORTEUR',
  RAPPORTEUR_SHADOW: 'SHADOW_RAPPORTEUR',
  RAPPORTEUR_OPINION: 'OPINION_RAPPORTEUR',
  RAPPORTEUR_SHADOW_OPINION: 'OPINION_SHADOW_RAPPORTEUR',
  COMMITTEE_LEAD: 'COMMITTEE_RESPONSIBLE',
  COMMITTEE_OPINION: 'COMMITTEE_FOR_OPINION',
  COMMITTEE_BUDGETARY_ASSESSMENT: 'BUDGETARY_ASSESSMENT',
}
/** Roles of a document's participations that are no work on its procedure. */
const OF_DOCUMENTS = new Set(['AUTHOR', 'ADDRESSEE'])

/** The persons and organisations of a participation. */
export const participantsOf = (statements: Statements, participation: string): readonly Term[] => [
  ...statements.all(participation, 'eli-dl:had_participant_person'),
  ...statements.all(participation, 'eli-dl:had_participant_organization'),
]

/** Gives those who work on a procedure, by the participations of the procedure or of a document that is part of it. */
export const giveInvolvements = (out: OpenDataOutput, subject: string, property: string, procedure: string): void => {
  const { statements } = out
  for (const { value: participation } of statements.all(subject, property)) {
    const written = lastOf(statements.first(participation, 'eli-dl:participation_role') ?? '')
    if (OF_DOCUMENTS.has(written)) continue
    const role = ROLES[written]
    if (role === undefined) {
      out.skip(`in a role in the procedure that is not known to this importer, "${clip(written)}"`)
      continue
    }
    const startDate = out.day(participation, 'eli-dl:activity_date')
    if (startDate === undefined) continue
    statements.all(participation, 'eli-dl:parliamentary_term')
    const values = {
      role,
      startDate,
      committee: organizationOf(out, participation, 'eli-dl:participation_in_name_of'),
      group: organizationOf(out, participation, 'epvoc:politicalGroup'),
    }
    const key = startDate === null ? role : `${startDate}/${role}`
    for (const { value } of participantsOf(statements, participation)) {
      const id = out.party(value)
      if (id === null) out.skip('somebody in a procedure who is not known to this importer')
      else out.link('Involvement', id, procedure, values, key)
    }
  }
}

/** The organisation that a participation names; null where there is none, or none that this importer knows. */
const organizationOf = (out: OpenDataOutput, participation: string, property: string): string | null => {
  const address = out.statements.first(participation, property)
  if (address === null) return null
  const party = partyOf(address)
  if (party === null || party.is === 'member') {
    out.pass.note(
      `${out.file}: the organisation "${clip(address, 100)}" is not known to this importer and was left out.`,
    )
    return null
  }
  return out.party(address)
}
