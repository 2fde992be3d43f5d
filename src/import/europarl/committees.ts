import { epCommitteeId } from '../../model/ids.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import { link, node } from '../read/make-records.js'
import { PARLIAMENT } from './minutes.js'

/** The committees of the terms since 2004 by their code in the minutes, with their names in English, the newest first. */
const COMMITTEES: Readonly<Record<string, readonly [name: string, ...earlier: string[]]>> = {
  AFET: ['Committee on Foreign Affairs'],
  DROI: ['Subcommittee on Human Rights'],
  SEDE: ['Committee on Security and Defence', 'Subcommittee on Security and Defence'],
  DEVE: ['Committee on Development'],
  INTA: ['Committee on International Trade'],
  BUDG: ['Committee on Budgets'],
  CONT: ['Committee on Budgetary Control'],
  ECON: ['Committee on Economic and Monetary Affairs'],
  FISC: ['Subcommittee on Tax Matters'],
  EMPL: ['Committee on Employment and Social Affairs'],
  ENVI: [
    'Committee on the Environment, Climate and Food Safety',
    'Committee on the Environment, Public Health and Food Safety',
  ],
  SANT: ['Committee on Public Health', 'Subcommittee on Public Health'],
  ITRE: ['Committee on Industry, Research and Energy'],
  IMCO: ['Committee on the Internal Market and Consumer Protection'],
  TRAN: ['Committee on Transport and Tourism'],
  REGI: ['Committee on Regional Development'],
  AGRI: ['Committee on Agriculture and Rural Development'],
  PECH: ['Committee on Fisheries'],
  CULT: ['Committee on Culture and Education'],
  JURI: ['Committee on Legal Affairs'],
  LIBE: ['Committee on Civil Liberties, Justice and Home Affairs'],
  AFCO: ['Committee on Constitutional Affairs'],
  FEMM: ['Committee on Women’s Rights and Gender Equality'],
  PETI: ['Committee on Petitions'],
  HOUS: ['Special Committee on the Housing Crisis in the European Union'],
  EUDS: ['Special Committee on the European Democracy Shield'],
}
const plain = (text: string): string => text.trim().replaceAll("'", '’').toLowerCase()
const NAMES = Object.entries(COMMITTEES).flatMap(([code, names]) => names.map((name) => [plain(name), code] as const))
const CODES: ReadonlyMap<string, string> = new Map([
  ...NAMES,
  ...Object.keys(COMMITTEES).map((code) => [code.toLowerCase(), code] as const),
])

/** The code of a committee, from its code or name as the minutes write it; null for what is neither. */
export const committeeOf = (written: string): string | null => CODES.get(plain(written)) ?? null

/** The codes of the committees that a text names by name, such as `Committee: Committee on Budgets`, in their order. */
export const committeesIn = (text: string): readonly string[] => {
  const where = NAMES.map(([name, code]) => [plain(text).indexOf(name), code] as const)
  const found = where.filter(([at]) => at >= 0).toSorted(([a], [b]) => a - b)
  return [...new Set(found.map(([, code]) => code))]
}

/** The records of a committee: as little as its links need. */
export const committeeRecords = (code: string, citations: readonly Citation[]): readonly GraphRecord[] => {
  const id = epCommitteeId(code)
  const values = { kind: 'COMMITTEE', name: COMMITTEES[code]?.[0] ?? code, shortName: code }
  return [
    node('Organization', id, values, citations, ['name', 'shortName']),
    link('OrganizationPart', id, PARLIAMENT, citations),
  ]
}
