/** The vocabularies whose terms are used; what none of them says is a term of our own. */
export const PREFIXES: Readonly<Record<string, string>> = {
  schema: 'http://schema.org/',
  eli: 'http://data.europa.eu/eli/ontology#',
  opengov: 'http://www.w3.org/ns/opengov#',
  org: 'http://www.w3.org/ns/org#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  dcterms: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

/** The classes that a record or link has besides that of our own, which has the name of its type. */
export const CLASSES: Readonly<Record<string, readonly string[]>> = {
  Person: ['schema:Person'],
  Organization: ['schema:Organization', 'org:Organization'],
  Office: ['org:Post'],
  Place: ['schema:Place'],
  Event: ['schema:Event'],
  Motion: ['opengov:Motion'],
  Resolution: ['eli:LegalResource'],
  Paragraph: ['eli:LegalResourceSubdivision'],
  VoteEvent: ['opengov:VoteEvent'],
  VoteCount: ['opengov:Count'],
  Scorecard: ['schema:CreativeWork'],
  Claim: ['schema:Claim'],
  Source: ['schema:CreativeWork'],
  Subject: ['skos:Concept'],
  SourceSet: ['dcterms:ProvenanceStatement'],
  Membership: ['org:Membership'],
  Holding: ['org:Membership'],
  Vote: ['opengov:Vote'],
}

/** The properties that columns are, where a vocabulary has one that means the same. */
export const PROPERTIES: Readonly<Record<string, string>> = {
  identifier: 'schema:identifier',
  name: 'schema:name',
  names: 'schema:alternateName',
  givenName: 'schema:givenName',
  familyName: 'schema:familyName',
  email: 'schema:email',
  url: 'schema:url',
  urls: 'schema:url',
  summary: 'schema:abstract',
  description: 'schema:description',
  title: 'dcterms:title',
  titles: 'dcterms:alternative',
  text: 'schema:text',
  position: 'schema:position',
  reference: 'eli:id_local',
  startDate: 'schema:startDate',
  endDate: 'schema:endDate',
  published: 'schema:datePublished',
  publishedOn: 'schema:datePublished',
  license: 'schema:license',
  unit: 'schema:unitText',
  code: 'skos:notation',
  option: 'opengov:option',
  result: 'opengov:result',
  role: 'org:role',
  group: 'opengov:group',
  voter: 'opengov:voter',
  voteEvent: 'opengov:voteEvent',
  member: 'org:member',
  organization: 'org:organization',
  holder: 'org:member',
  office: 'opengov:post',
  memberOf: 'org:memberOf',
  holds: 'org:holds',
  about: 'schema:about',
  isAbout: 'eli:is_about',
  publisher: 'schema:publisher',
  author: 'schema:author',
  citation: 'schema:citation',
  partOf: 'schema:isPartOf',
  location: 'schema:location',
  passedBy: 'eli:passed_by',
  source: 'dcterms:source',
}

interface LinkTerms {
  /** What the link is about, and where it leads, as properties of the link; `from` and `to` where none is named. */
  readonly from?: string
  readonly to?: string
  /** The property of the record that the link goes out from. */
  readonly says: string
}

/** The terms of links; another link says its own name, in camel case. */
export const LINK_TERMS: Readonly<Record<string, LinkTerms>> = {
  Membership: { from: 'member', to: 'organization', says: 'memberOf' },
  Holding: { from: 'holder', to: 'office', says: 'holds' },
  Vote: { from: 'voter', to: 'voteEvent', says: 'votedIn' },
  About: { says: 'about' },
  ClaimAbout: { says: 'about' },
  Filing: { says: 'isAbout' },
  Publisher: { says: 'publisher' },
  ScorecardAuthor: { says: 'author' },
  OrganizationPart: { says: 'partOf' },
  PlacePart: { says: 'partOf' },
  AmendmentPart: { says: 'partOf' },
  ParagraphOf: { says: 'partOf' },
  EventPlace: { says: 'location' },
  AdoptedBy: { says: 'passedBy' },
}
