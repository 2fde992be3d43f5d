import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveProgram } from './serve-program.js'

/** Where the published files are: in `RAPPORTEUR_SHARED`, or in `../shared`. */
export const DATA = join(process.env.RAPPORTEUR_SHARED ?? join(import.meta.dirname, '../../shared'), 'data')

/** A set of published files: how it is imported, and what its words for groups and members are. */
export interface Data {
  readonly name: 'export' | 'lists' | 'bundestag'
  readonly imports: readonly string[]
  readonly hasMembers: boolean
  word(id: string): string
  memberId(word: string): string
}

/** Groups in the words of the lists, and of the Bundestag's tables. */
const WORDS: Readonly<Record<string, string>> = {
  'ep-group:EPP': 'PPE',
  'ep-group:SD': 'S&D',
  'ep-group:RENEW': 'Renew',
  'ep-group:GREEN_EFA': 'Verts/ALE',
  'ep-group:GUE_NGL': 'The Left',
  'bundestag-group:CDU-CSU': 'CDU/CSU',
  'bundestag-group:LINKE': 'DIE LINKE',
  'bundestag-group:GRUENE': 'DIE GRÜNEN',
}
const afterColon = (id: string): string => id.slice(id.indexOf(':') + 1)
const inWords = (id: string): string => WORDS[id] ?? afterColon(id)

export const EXPORT: Data = {
  name: 'export',
  imports: ['howtheyvote', join(DATA, 'howtheyvote')],
  hasMembers: false,
  word: afterColon,
  memberId: (word) => `ep-mep:${word}`,
}
export const LISTS: Data = {
  name: 'lists',
  imports: ['europarl-rollcalls', join(DATA, 'europarl/rollcalls-whole')],
  hasMembers: true,
  word: inWords,
  memberId: (word) => `ep-mep:${word}`,
}
export const BUNDESTAG: Data = {
  name: 'bundestag',
  imports: [
    'table',
    fileURLToPath(new URL('../examples/bundestag/mapping.yaml', import.meta.url)),
    join(DATA, 'bundestag'),
  ],
  hasMembers: true,
  word: (id) => (id.startsWith('abgeordnetenwatch-mandate:') ? `mandate ${afterColon(id)}` : inWords(id)),
  memberId: (word) =>
    word.startsWith('mandate ') ? word.replace('mandate ', 'abgeordnetenwatch-mandate:') : `abgeordnetenwatch:${word}`,
}

interface Value {
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number
}
export interface Figure extends Value {
  readonly of: { readonly id: string } | null
  readonly with: { readonly id: string } | null
  readonly asMeant: Value | null
  readonly fromMembers: number
  readonly excluded: readonly { readonly reason: string; readonly count: number }[]
}

/** Asks for all figures of a field of the schema. */
export type Ask = (field: string, args: string) => Promise<readonly Figure[]>

const ROWS =
  '{ rows { of { id } with { id } value numerator denominator fromMembers excluded { reason count } asMeant { value numerator denominator } } }'

/** Asks a store through a server of its own; while the votes are read into memory, again. */
export const served = async <T>(address: string, use: (ask: Ask) => Promise<T>): Promise<T> => {
  const server = await serveProgram(address)
  const ask: Ask = async (field, args) => {
    const query = `{ answer: ${field}(first: 1000 ${args}) ${ROWS} }`
    for (let attempt = 0; ; attempt += 1) {
      const body = JSON.stringify({ query })
      const answer = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const { data, errors } = (await answer.json()) as {
        readonly data?: { readonly answer: { readonly rows: readonly Figure[] } | null }
        readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
      }
      if (data?.answer && !errors) return data.answer.rows
      if (errors?.[0]?.extensions?.code !== 'UNAVAILABLE' || attempt === 60)
        throw new Error(`${errors?.[0]?.message ?? `Nothing was answered, status ${answer.status}.`}\n${query}`)
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
  try {
    return await use(ask)
  } finally {
    await server.stop()
  }
}

export const INDEXES = ['AGREEMENT_INDEX', 'RICE', 'ATTINA'] as const

/** All that is compared with the reference, as the program answers it, under the keys of the reference. */
export const figuresOf = async (
  ask: Ask,
  data: Data,
  pairs: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<string, Value>> => {
  const figures = new Map<string, Value>()
  const add = (measure: string, variant: string, rows: readonly Figure[]): void => {
    for (const { of, with: other, asMeant, ...cast } of rows) {
      const words = [of, other].flatMap((each) => (each ? [data.word(each.id)] : []))
      const key = (votes: string) => [data.name, measure, variant, votes, words.sort().join('~') || 'all'].join('|')
      figures.set(key('cast'), cast)
      if (asMeant) figures.set(key('meant'), asMeant)
    }
  }
  for (const index of INDEXES) add('cohesion', index, await ask('cohesion', `index: ${index}`))
  add('groupAgreement', 'all', await ask('groupAgreement', ''))
  if (!data.hasMembers) return figures
  add('loyalty', 'LOYALTY', await ask('loyalty', ''))
  if (data.name === 'bundestag')
    for (const by of ['ALL', 'GROUP', 'MEMBER']) add('participation', by, await ask('participation', `by: ${by}`))
  for (const [a, b] of pairs)
    for (const abstentions of ['AN_OPTION', 'LEFT_OUT']) {
      const args = `of: "${data.memberId(a)}" voters: { where: { id: { eq: "${data.memberId(b)}" } } }`
      add('memberAgreement', abstentions, await ask('memberAgreement', `abstentions: ${abstentions} ${args}`))
    }
  return figures
}
