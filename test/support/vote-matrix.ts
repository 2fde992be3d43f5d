import type { GraphRecord, Values } from '../../src/model/records.js'

/** Options as a matrix writes them: `.` is no row at all. */
const OPTIONS: Readonly<Record<string, string>> = { F: 'FOR', A: 'AGAINST', T: 'ABSTENTION', D: 'DID_NOT_VOTE' }

const citations = [{ source: 'source:synthetic' }]
const node = (type: string, id: string, values: Values = {}): GraphRecord => ({ type, id, values, citations })
const link = (name: string, from: string, to: string, values: Values = {}): GraphRecord => ({
  link: name,
  from,
  to,
  values,
  citations,
})

export const synthetic = { node, link }

/** Says a ballot `vote:<name>` of the synthetic parliament `org:house`, with what is known of it. */
export const ballot = (name: string, values: Values = {}): readonly GraphRecord[] => [
  node('VoteEvent', `vote:${name}`, { isRollCall: true, ...values }),
  link('HeldIn', `vote:${name}`, 'org:house'),
]

/**
 * Says synthetic members and their votes, from lines of `member group country votes`: a letter for each ballot, in the
 * order of their names; `-` stands for no group and for no country.
 */
export const voteMatrix = (ballots: readonly string[], text: string): readonly GraphRecord[] => {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/) as [string, string, string, string])
  const groups = new Set(rows.map(([, group]) => group).filter((group) => group !== '-'))
  const countries = new Set(rows.map(([, , country]) => country).filter((country) => country !== '-'))
  return [
    node('Source', 'source:synthetic', { title: 'Synthetic votes', kind: 'DATA_SET' }),
    node('Organization', 'org:house', { name: 'Synthetic house', kind: 'PARLIAMENT' }),
    ...[...groups].map((id) => node('Organization', id, { name: id, kind: 'POLITICAL_GROUP' })),
    ...[...countries].map((id) => node('Place', id, { name: id, kind: 'COUNTRY' })),
    ...[...new Set(rows.map(([member]) => member))].map((id) => node('Person', id, { name: id })),
    ...rows.flatMap(([member, group, country, votes]) =>
      [...votes].flatMap((letter, i) => {
        const option = OPTIONS[letter]
        if (!option) return []
        const values = { option, ...(group !== '-' && { group }), ...(country !== '-' && { country }) }
        return [link('Vote', member, `vote:${ballots[i]}`, values)]
      }),
    ),
  ]
}
