import { isGroup, PARLIAMENT } from './minutes.js'

/** Who an address of the open data, or of the Publications Office, stands for. */
export type Party =
  | { readonly is: 'group'; readonly code: string }
  | { readonly is: 'committee'; readonly code: string }
  | { readonly is: 'member'; readonly number: string }
  | { readonly is: 'body'; readonly id: string; readonly name: string; readonly kind: string }

const PERSON =
  /^https?:\/\/(?:data\.europarl\.europa\.eu\/person|www\.europarl\.europa\.eu\/meps\/[a-z]{2})\/(\d{1,9})(?:[/?#].*)?$/i
const BODY =
  /^https?:\/\/(?:data\.europarl\.europa\.eu\/org|publications\.europa\.eu\/resource\/authority\/corporate-body)\/([\w.-]{1,60})$/i

/** The groups as the open data write them, where the minutes write them otherwise; other marks than letters are `_` here. */
const GROUPS: Readonly<Record<string, string>> = {
  EPP: 'PPE',
  S_D: 'S&D',
  SD: 'S&D',
  GREEN_EFA: 'Verts/ALE',
  GREENS_EFA: 'Verts/ALE',
  VERTS_ALE: 'Verts/ALE',
  LEFT: 'The Left',
  THE_LEFT: 'The Left',
  GUE_NGL: 'GUE/NGL',
  PPE_DE: 'PPE-DE',
  IND_DEM: 'IND/DEM',
}

/** Committees of the Parliament since 2004, standing ones and those for a time. */
const COMMITTEES = new Set(
  'AFCO AFET AGRI AIDA ANIT BECA BUDE BUDG CLIM CONT COVI CRIM CRIS CULT DEVE DROI ECON EMIS EMPL ENVI EUDS FEMM FISC HOUS IMCO INGE ING2 INTA ITRE JURI LIBE PECH PEGA PEST PETI REGI SANT SEDE SURE TAX2 TAX3 TAXE TERR TRAN'.split(
    ' ',
  ),
)

/** Other bodies that table, decide or ask, by their code. */
const OTHERS: Readonly<Record<string, readonly [id: string, kind: string, name: string]>> = {
  EP: [PARLIAMENT, 'PARLIAMENT', 'European Parliament'],
  COM: ['org:european-commission', 'INTERGOVERNMENTAL', 'European Commission'],
  CONSIL: ['org:council-of-the-eu', 'INTERGOVERNMENTAL', 'Council of the European Union'],
}

/** A group's code as the minutes write it; `S-D`, `S_D` and `SD` are `S&D`. */
export const groupCode = (code: string): string => GROUPS[code.toUpperCase().replace(/[^A-Z0-9]+/g, '_')] ?? code

/** Whether a code is that of a committee; joint committees are `CJ01` and so on. */
export const isCommittee = (code: string): boolean => COMMITTEES.has(code) || /^CJ\d{2}$/.test(code)

/** Who an address stands for; null where it is nobody whom this importer knows. */
export const partyOf = (address: string): Party | null => {
  const number = PERSON.exec(address)?.[1]
  if (number) return { is: 'member', number }
  const code = BODY.exec(address)?.[1]?.toUpperCase()
  if (code === undefined) return null
  const group = /^EP_GROUP_(.+)$/.exec(code)?.[1]
  if (group !== undefined) return { is: 'group', code: group }
  const committee = code.replace(/^EP_/, '')
  if (isCommittee(committee)) return { is: 'committee', code: committee }
  if (isGroup(groupCode(code))) return { is: 'group', code }
  // The Parliament of a term: `org/ep-9`.
  const [id, kind, name] = OTHERS[/^EP-\d{1,2}$/.test(code) ? 'EP' : code] ?? []
  return id && kind && name ? { is: 'body', id, kind, name } : null
}
