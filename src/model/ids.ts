/** How a kind of official reference is recognised, and its id's prefix. */
interface Spelling {
  readonly prefix: 'ep-doc' | 'ta' | 'ep-proc'
  readonly pattern: RegExp
  readonly write: (parts: readonly string[]) => string
}

const pad = (number: string | undefined): string => String(Number(number)).padStart(4, '0')
const writeDocument = (
  series: string | undefined,
  term: string | undefined,
  number: string | undefined,
  year: string | undefined,
): string =>
  `${(series ?? '').toUpperCase().startsWith('RC') ? 'RC-B' : (series ?? '').toUpperCase()}${Number(term)}-${pad(number)}/${year}`
const writeAdopted = (term: string | undefined, year: string | undefined, number: string | undefined): string =>
  `P${Number(term)}_TA(${year})${pad(number)}`

const SPELLINGS: readonly Spelling[] = [
  {
    // The minutes and the page of a text: RC-B9-0065/2022, A9-0163/2024, B9-0373/2020/rev.
    prefix: 'ep-doc',
    pattern: /^(RC-?B?|[ABC])-?(\d{1,2})-(\d{1,4})\/(\d{4})(?:\/rev\d{0,2})?$/i,
    write: ([, series, term, number, year]) => writeDocument(series, term, number, year),
  },
  {
    // The open data and the names of files: RC-9-2022-0065, A-9-2024-0163, RC-10-2025-0249_EN.html.
    prefix: 'ep-doc',
    pattern: /^(RC-?B?|[ABC])-?(\d{1,2})-(\d{4})-(\d{4})(?:-rev\d{0,2})?(?:_[a-z]{2}(?:\.[a-z]{3,5})?)?$/i,
    write: ([, series, term, year, number]) => writeDocument(series, term, number, year),
  },
  {
    // Texts adopted: P9_TA(2022)0012, also in the provisional edition, which is the same text.
    prefix: 'ta',
    pattern: /^P(\d{1,2})[_-]?TA(?:-PROV)?\((\d{4})\)(\d{1,4})$/i,
    write: ([, term, year, number]) => writeAdopted(term, year, number),
  },
  {
    // Texts adopted, in the open data and the names of files: TA-9-2022-0012, TA-9-2022-0012_EN.html.
    prefix: 'ta',
    pattern: /^TA-(\d{1,2})-(\d{4})-(\d{4})(?:-PROV)?(?:_[a-z]{2}(?:\.[a-z]{3,5})?)?$/i,
    write: ([, term, year, number]) => writeAdopted(term, year, number),
  },
  {
    // Procedures: 2022/2505(RSP), 2019/0001A(COD).
    prefix: 'ep-proc',
    pattern: /^(\d{4})\/(\d{1,4})([A-Z]?)\(([A-Z]{3})\)$/i,
    write: ([, year, number, letter, type]) => `${year}/${pad(number)}${letter?.toUpperCase()}(${type?.toUpperCase()})`,
  },
]

/** The address of a procedure in the open data, which has no type: `eli/dl/proc/2022-2505`. */
const PROCEDURE_ADDRESS = /^(?:https?:\/\/data\.europarl\.europa\.eu\/)?eli\/dl\/proc\/(\d{4})-(\d{1,4})([A-Z]?)\/?$/i
/** A procedure's id where its type is not known. */
const UNTYPED_PROCEDURE = /^(?:ep-proc:)(\d{4})[/-](\d{1,4})([A-Z]?)$/i
/** A page of the Legislative Observatory, on either of its sites. */
const OBSERVATORY =
  /^https?:\/\/oeil(?:\.secure)?\.europarl\.europa\.eu\/[^?#]*\?(?:[^#]*&)?reference=([^&#]+)(?:[&#].*)?$/i

/** Where the Parliament's sites put a reference into an address. */
const ADDRESS =
  /^(?:https?:\/\/(?:data|www)\.europarl\.europa\.eu\/)?(?:eli\/dl\/doc|doceo\/document)\/([^/?#]+)(?:\/[a-z]{2}(?:\/[a-z]+)?)?\/?$/i
const HYPHENS = /[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]/g
const INVISIBLE = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/g

const recognise = (written: string): { readonly prefix: string; readonly reference: string } | null => {
  const tidy = written.replace(INVISIBLE, '').replace(HYPHENS, '-')
  const procedure = PROCEDURE_ADDRESS.exec(tidy) ?? UNTYPED_PROCEDURE.exec(tidy)
  if (procedure) {
    const [, year, number, letter = ''] = procedure
    return { prefix: 'ep-proc', reference: `${year}/${pad(number)}${letter.toUpperCase()}` }
  }
  const inAddress = ADDRESS.exec(tidy)?.[1] ?? OBSERVATORY.exec(tidy)?.[1]?.replace(/%2F/i, '/')
  const bare = (inAddress ?? tidy).replace(/^(ta|ep-doc|ep-proc):/i, '')
  for (const { prefix, pattern, write } of SPELLINGS) {
    const parts = pattern.exec(bare)
    if (parts) return { prefix, reference: write(parts) }
  }
  return null
}

/**
 * Gives an official reference in the spelling of the minutes, whatever hyphens, case, spaces and order it was written with.
 * The edition (provisional, revised, language) is no part of it. What is not recognised is given back as it is.
 */
export const normaliseReference = (reference: string): string => recognise(reference)?.reference ?? reference

const UPPER = new Set(['ep-group', 'ep-committee', 'iso'])
const NUMBERED = new Set(['ep-vote', 'ep-mep', 'eurovoc', 'oeil'])
const REFERENCE = new Set(['ep-doc', 'ta', 'ep-proc'])

/**
 * Gives an id as the graph has it: official references in the spelling of the minutes, codes in capitals, parts of a whole
 * (`#demand-3`, `/ep-group:SD`) after it. A bare official reference becomes its id. What is not recognised is given back as it is.
 */
export const normaliseId = (id: string): string => {
  // An id has 200 characters at most; spaces and an address around a reference may make it longer.
  if (id.length > 1000) return id
  const tidy = id.replace(INVISIBLE, '').replace(HYPHENS, '-')
  const hash = tidy.indexOf('#')
  const [whole, part] = hash < 0 ? [tidy, ''] : [tidy.slice(0, hash), tidy.slice(hash)]
  const bare = recognise(whole)
  if (bare) return `${bare.prefix}:${bare.reference}${part}`
  const colon = whole.indexOf(':')
  const prefix = whole.slice(0, Math.max(colon, 0)).toLowerCase()
  const name = whole.slice(colon + 1)
  if (REFERENCE.has(prefix)) {
    const found = recognise(whole)
    return found ? `${found.prefix}:${found.reference}${part}` : id
  }
  if (UPPER.has(prefix) && /^[a-z0-9_-]+$/i.test(name)) return `${prefix}:${name.toUpperCase()}${part}`
  const ballot = /^(\d+)(?:\/(.+))?$/.exec(name)
  if (prefix === 'ep-vote' && ballot)
    return `ep-vote:${ballot[1]}${ballot[2] ? `/${normaliseId(ballot[2])}` : ''}${part}`
  if (NUMBERED.has(prefix) && /^[0-9.]+$/.test(name)) return `${prefix}:${name}${part}`
  if (prefix === 'eurovoc' && /^c_[0-9a-f]+$/i.test(name)) return `${prefix}:${name.toLowerCase()}${part}`
  return id
}

/** A ballot of the European Parliament, by its number: `ep-vote:139038`. */
export const epVoteId = (number: number | string): string => `ep-vote:${number}`
/** A member of the European Parliament, by the number the Parliament gives to persons: `ep-mep:840`. */
export const epMemberId = (number: number | string): string => `ep-mep:${number}`
/** A political group of the European Parliament, by its code: `ep-group:SD`. */
export const epGroupId = (code: string): string => `ep-group:${code.toUpperCase()}`
/** What data sets list as a group of the European Parliament and is none: the members who are attached to no group. */
const NON_ATTACHED: ReadonlySet<string> = new Set(['ep-group:NI'])
/** Whether this id stands for those who belong to no group. */
export const isNonAttached = (group: string): boolean => NON_ATTACHED.has(group)
/** A committee of the European Parliament, by its code: `ep-committee:AFET`. */
export const epCommitteeId = (code: string): string => `ep-committee:${code.toUpperCase()}`
/** A text put to the vote, by its reference in any spelling: `ep-doc:RC-B9-0065/2022`. */
export const documentId = (reference: string): string => `ep-doc:${normaliseReference(reference)}`
/** A text adopted, by its reference in any spelling: `ta:P9_TA(2022)0012`. */
export const adoptedTextId = (reference: string): string => `ta:${normaliseReference(reference)}`
/** A procedure, by its reference in any spelling: `ep-proc:2022/2505(RSP)`; `ep-proc:2022/2505` where its type is not known. */
export const procedureId = (reference: string): string => `ep-proc:${normaliseReference(reference)}`
/** A country, by its code in ISO 3166-1 alpha-2: `iso:KZ`. */
export const placeId = (alpha2: string): string => `iso:${alpha2.toUpperCase()}`
/** A concept of EuroVoc, by its number or its newer code: `eurovoc:616`, `eurovoc:c_0000abcd`. */
export const eurovocId = (number: number | string): string => `eurovoc:${number}`
/** A subject of the Legislative Observatory, by its code: `oeil:6.10.04`. */
export const oeilId = (code: string): string => `oeil:${code}`
/** A paragraph of a text, by its number as printed: `<document>#p6`. */
export const paragraphId = (document: string, number: number | string): string => `${document}#p${number}`
/** A recital of a text, by its letter as printed: `<document>#recital-A`. */
export const recitalId = (document: string, letter: string): string => `${document}#recital-${letter}`
/** An amendment to a text, by its number as printed: `<document>#am-2`. */
export const amendmentId = (document: string, number: number | string): string => `${document}#am-${number}`
/** A demand, by its place among the demands of the text, from 1: `<document>#demand-3`. */
export const demandId = (document: string, position: number): string => `${document}#demand-${position}`
/** The tally of a group or country in a ballot: `<ballot>/<group or country>`. */
export const voteCountId = (voteEvent: string, of: string): string => `${voteEvent}/${of}`
