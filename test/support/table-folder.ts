import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { tableImporter } from '../../src/import/table/table.js'
import { shape } from './engines.js'
import { readSource, refusalOf } from './read-source.js'

export const table = tableImporter(shape)

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Files by name; null takes one away. */
type Change = Readonly<Record<string, string | Uint8Array | null>>

/** Writes files into a new folder. */
export const folderWith = (files: Change): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) if (content !== null) writeFileSync(join(folder, name), content)
  return folder
}

/** A synthetic council: what no test changes. */
export const COUNCIL = {
  'mapping.yaml': readFileSync(new URL('../fixtures/table/mapping.yaml', import.meta.url), 'utf8'),
  'ballots.csv': 'number,subject,day\n7,Bees,2031-06-03\n8,"Trees, old",2031-06-04\n',
  'members.csv':
    'seat,name,group,from,until\n1,Ada Example,Greens,2030-01-01,2031-06-03\n1,Ada Example,Blues,2031-06-04,\n2,Bo Example,none,2030-01-01,\n',
  'votes.csv': 'ballot,seat,vote\n7,1,aye\n7,2,nay\n8,1,nay\n8,2,\n',
} as const

/** The council with other files, or other words in them. */
export const council = (change: (files: typeof COUNCIL) => Change = () => ({})): string =>
  folderWith({ ...COUNCIL, ...change(COUNCIL) })

export const readCouncil = async (change?: Parameters<typeof council>[0]) => readSource(table, council(change))
export const refusal = async (change?: Parameters<typeof council>[0]) => refusalOf(table, council(change))
