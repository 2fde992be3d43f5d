import { epCommitteeId } from '../../model/ids.js'
import type { Citation, GraphRecord } from '../../model/records.js'
import { link, node } from '../read/make-records.js'
import { PARLIAMENT } from './minutes.js'

/** The committees of the terms since 2004 by their code in the minutes, with their names in English. */
const COMMITTEES: Readonly<Record<string, string>> = {
  AFET: 'Committee on Foreign Affairs',
  DROI: 'Subcommittee on Human Rights',
  SEDE: 'Committee on Security and Defence',
  DEVE: 'Committee on Development',
  INTA: 'Committee on International Trade',
  BUDG: 'Committee on Budgets',
  CONT: 'Committee on Budgetary Control',
  ECON: 'Committee on Economic and Monetary Affairs',
  FISC: 'Subcommittee on Tax Matters',
  EMPL: 'Committee on Employment and Social Affairs',
  ENVI: 'Committee on the Environment, Public Health and Food Safety',
  SANT: 'Committee on Public Health',
  ITRE: 'Committee on Industry, Research and Energy',
  IMCO: 'Committee on the Internal Market and Consumer Protection',
  TRAN: 'Committee on Transport and Tourism',
  REGI: 'Committee on Regional Development',
  AGRI: 'Committee on Agriculture and Rural Development',
  PECH: 'Committee on Fisheries',
  CULT: 'Committee on Culture and Education',
  JURI: 'Committee on Legal Affairs',
  LIBE: 'Committee on Civil Liberties, Justice and Home Affairs',
  AFCO: 'Committee on Constitutional Affairs',
  FEMM: 'Committee on Women’s Rights and Gender Equality',
  PETI: 'Committee on Petitions',
}
const CODES = new Map(Object.entries(COMMITTEES).map(([code, name]) => [name.toLowerCase(), code]))

/** The code of a committee, from its code or name as the minutes write it; null for what is neither. */
export const committeeOf = (written: string): string | null => {
  const text = written.trim()
  if (text.toUpperCase() in COMMITTEES) return text.toUpperCase()
  return (
    CODES.get(
      text
        .replace(/^committee:\s*/i, '')
        .replaceAll("'", '’')
        .toLowerCase(),
    ) ?? null
  )
}

/** The records of a committee: as little as its links need. */
export const committeeRecords = (code: string, citations: readonly Citation[]): readonly GraphRecord[] => {
  const id = epCommitteeId(code)
  const values = { kind: 'COMMITTEE', name: COMMITTEES[code] ?? code, shortName: code }
  return [
    node('Organization', id, values, citations, ['name', 'shortName']),
    link('OrganizationPart', id, PARLIAMENT, citations),
  ]
}
