import { paragraphId, placeId } from '../../model/ids.js'
import type { Citation, GraphRecord, LinkRecord, Values } from '../../model/records.js'
import { link, node } from '../read/make-records.js'
import type { Body } from './bodies.js'
import { readAsked } from './grammar.js'
import { countriesIn } from './mentions.js'

/** A numbered paragraph of a text in English. */
export interface AskingParagraph {
  /** Its number as printed. */
  readonly number: string
  readonly text: string
}

/** Of whom a paragraph asks something, and what: found by a rule, for a person to confirm. */
export interface DraftDemand {
  readonly number: string
  /** What is asked, shortened. */
  readonly text: string
  readonly addressees: readonly Body[]
  readonly involved: readonly Body[]
  /** Those asked who are in no lexicon, in the words of the text. */
  readonly unknown: readonly string[]
  /** Those of whom grammar does not tell whether they are asked, in the words of the text. */
  readonly unsure: readonly string[]
}

const TEXT_LIMIT = 500

/**
 * Finds the paragraphs that call on somebody, by the grammar of such texts. The title tells which country "the authorities"
 * are of, where it names only one.
 */
export const draftDemands = (paragraphs: readonly AskingParagraph[], title = ''): readonly DraftDemand[] => {
  const countries = countriesIn(title)
  const country = countries.length === 1 ? (countries[0] ?? null) : null
  return paragraphs.flatMap(({ number, text }) => {
    const asked = readAsked(text, country)
    if (!asked) return []
    const { addressees, involved, unknown, unsure, wishes } = asked
    const whole = [...new Set(wishes)].join('; ')
    const shown = whole.length <= TEXT_LIMIT ? whole : `${whole.slice(0, TEXT_LIMIT).replace(/\s+\S*$/, '')}…`
    return [{ number, text: shown || 'What is asked could not be read', addressees, involved, unknown, unsure }]
  })
}

/** The id of a drafted demand: by its paragraph, so that it stays when the rule finds more, and never takes a confirmed one's place. */
const draftDemandId = (document: string, number: string): string => `${document}#draft-p${number}`

/** The records of a drafted demand, the `position`th of its text, and of those whom it concerns, as far as none was given before. */
export const draftDemandRecords = (
  document: string,
  { number, text, addressees, involved }: DraftDemand,
  position: number,
  { source }: Citation,
  given: Set<string>,
): readonly GraphRecord[] => {
  const id = draftDemandId(document, number)
  const cited: readonly Citation[] = [{ source, locator: `paragraph ${number}` }]
  const concern = (body: Body, role: string): LinkRecord => ({
    ...link('Concern', id, body.id, cited, { role, inferred: false }),
    key: role,
  })
  const values = { text, action: 'REQUEST', position, status: 'DRAFT' }
  return [
    ...[...addressees, ...involved].flatMap((body) => bodyRecords(body, [{ source }], given)),
    // What a rule found is said in passing: whoever confirms, corrects or retracts it is shown.
    node('Demand', id, values, cited, Object.keys(values)),
    link('DemandIn', id, document, cited),
    link('DemandAt', id, paragraphId(document, number), cited),
    ...addressees.map((body) => concern(body, 'ADDRESSEE')),
    ...involved.map((body) => concern(body, 'INVOLVED')),
  ]
}

/** A body as a record, with the country that it governs; nothing where it was given before. */
const bodyRecords = (
  { id, type, name, kind, shortName, country }: Body,
  citations: readonly Citation[],
  given: Set<string>,
): readonly GraphRecord[] => {
  const records: GraphRecord[] = []
  const give = (of: string, nodeId: string, values: Values): void => {
    if (given.has(nodeId)) return
    given.add(nodeId)
    // The lexicon's names are the rule's, not the text's: any other source's are shown before them.
    records.push(node(of, nodeId, values, citations, Object.keys(values)))
  }
  if (country) {
    const { alpha2, alpha3, name: called } = country
    give('Place', placeId(alpha2), { kind: 'COUNTRY', name: called, isoAlpha2: alpha2, isoAlpha3: alpha3 })
  }
  if (type === 'Place' || given.has(id)) return records
  give(type, id, { name, ...(kind && { kind }), ...(shortName && { shortName }) })
  if (country && type === 'Organization') records.push(link('Jurisdiction', id, placeId(country.alpha2), citations))
  return records
}
