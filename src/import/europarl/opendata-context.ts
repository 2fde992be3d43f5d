const EP = 'https://data.europarl.europa.eu/def/epvoc#'
const ELI = 'http://data.europa.eu/eli/ontology#'
const DCT = 'http://purl.org/dc/terms/'

/** Prefixes of the vocabularies in which the Parliament publishes; messages shorten addresses by them. */
export const PREFIXES: Readonly<Record<string, string>> = {
  'eli-dl': 'http://data.europa.eu/eli/eli-draft-legislation-ontology#',
  eli: ELI,
  epvoc: EP,
  dcterms: DCT,
  dc: 'http://purl.org/dc/elements/1.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  org: 'http://www.w3.org/ns/org#',
  dcat: 'http://www.w3.org/ns/dcat#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  euvoc: 'http://publications.europa.eu/ontology/euvoc#',
  geosparql: 'http://www.opengis.net/ont/geosparql#',
  // The answers of the API have keys with this prefix, and no address for it.
  api: 'api:',
  unknown: 'https://data.europarl.europa.eu/def/unknown#',
}

/** Where the answers of the API look for the meaning of their keys; it is never asked. */
export const CONTEXT_ADDRESS = 'https://data.europarl.europa.eu/api/v2/context.jsonld'

const refers = (iri: string) => ({ '@id': iri, '@type': '@id' })
const inLanguages = (iri: string) => ({ '@id': iri, '@container': '@language' })
const words = (prefix: string, names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, `${PREFIXES[prefix]}${name}`]))
const links = (prefix: string, names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, refers(`${PREFIXES[prefix]}${name}`)]))

/**
 * The keys of the API (version 2) that this program knows, in JSON-LD 1.1: what stands at `CONTEXT_ADDRESS` for others.
 * Any other key becomes a property of the vocabulary `unknown`, so that it is reported and not lost.
 */
export const API_CONTEXT = {
  '@context': {
    '@version': 1.1,
    '@vocab': PREFIXES['unknown'] as string,
    id: '@id',
    type: '@type',
    data: '@graph',
    ...words('eli-dl', 'Activity ForeseenActivity Decision Process Participation'),
    ...words('eli', 'Work Expression Manifestation'),
    ...words('foaf', 'Person familyName givenName'),
    ...words('org', 'Membership Organization'),
    PeriodOfTime: `${DCT}PeriodOfTime`,
    ...words(
      'eli-dl',
      'activity_date activity_start_date activity_end_date activity_id activity_order process_id number_of_attendees',
    ),
    activity_label: inLanguages(`${PREFIXES['eli-dl']}activity_label`),
    ...links(
      'eli-dl',
      'had_activity_type consists_of forms_part_of recorded_in_a_realization_of documented_by_a_realization_of based_on_a_realization_of decided_on_a_realization_of created_a_realization_of occured_at_stage current_stage was_scheduled_in had_participation had_participant_person had_participant_organization participation_in_name_of participation_role parliamentary_term process_type foresees_change_of',
    ),
    ...links(
      'eli',
      'is_about is_derivative_of is_realized_by is_embodied_by is_exemplified_by media_type format language work_type based_on',
    ),
    document_date: `${ELI}document_date`,
    process_title: inLanguages(`${PREFIXES['eli-dl']}process_title`),
    title: inLanguages(`${ELI}title`),
    title_alternative: inLanguages(`${ELI}title_alternative`),
    title_dcterms: inLanguages(`${DCT}title`),
    creator: refers(`${DCT}creator`),
    identifier: `${DCT}identifier`,
    issued: `${DCT}issued`,
    label: `${PREFIXES['rdfs']}label`,
    bday: `${PREFIXES['vcard']}bday`,
    hasLocality: refers(`${PREFIXES['vcard']}hasLocality`),
    ...links(
      'eli-dl',
      'decision_method decision_outcome had_decision_outcome had_voter_favor had_voter_against had_voter_abstention had_voter_intended_favor had_voter_intended_against had_voter_intended_abstention',
    ),
    ...words('eli-dl', 'number_of_votes_favor number_of_votes_against number_of_votes_abstention'),
    ...words('epvoc', 'notation_votingId'),
    ...links('org', 'hasMembership organization role memberDuring'),
    ...words('dcat', 'startDate endDate'),
    represents: refers(`${PREFIXES['euvoc']}represents`),
    ...links('epvoc', 'membershipClassification'),
    ...links(
      'epvoc',
      'originalLanguage workHadParticipation inverse_foresees_change_of inverse_created_a_realization_of politicalGroup',
    ),
    ...words('epvoc', 'identifierYear itemNumberBegin itemNumberEnd epNumber byteSize notation_agendaPoint sortLabel'),
  },
} as const

/** An address as messages show it: `eli-dl:activity_date`. */
export const shortName = (iri: string): string => {
  for (const [prefix, beginning] of Object.entries(PREFIXES)) {
    if (iri.startsWith(beginning)) return `${prefix}:${iri.slice(beginning.length)}`
  }
  return iri
}
