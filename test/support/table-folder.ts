import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  'mapping.yaml': `source: { id: source:council, title: A synthetic council, published: 2031-07-01 }
body: { id: org:council, name: Synthetic Council }
groups:
  words:
    Greens: { id: council-group:greens, name: Synthetic Greens, shortName: Greens }
    Blues: { id: council-group:blues, name: Synthetic Blues }
    none: null
ballots:
  file: ballots.csv
  key: number
  id: council-vote:{number}
  title: subject
  date: day
members:
  file: members.csv
  key: seat
  id: council-member:{seat}
  name: name
memberships:
  file: members.csv
  member: seat
  group: group
  start: from
  end: until
votes:
  file: votes.csv
  ballot: ballot
  member: seat
  option: { column: vote, values: { aye: FOR, nay: AGAINST, "": DID_NOT_VOTE, chair: null } }
  group: { from: memberships }
`,
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
