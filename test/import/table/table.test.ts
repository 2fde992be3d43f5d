import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { HELP } from '../../../src/import/table/help.js'
import { mappingSchema } from '../../../src/import/table/mapping-schema.js'
import { isNode } from '../../../src/model/records.js'
import { shape } from '../../support/engines.js'
import { makeZip } from '../../support/make-zip.js'
import { printJson } from '../../support/print-json.js'
import { readSource } from '../../support/read-source.js'
import { COUNCIL, council, folderWith, readCouncil, table } from '../../support/table-folder.js'

type Read = Awaited<ReturnType<typeof readCouncil>>
const votesOf = ({ records }: Read) =>
  records.flatMap((each) => (isNode(each) || each.link !== 'Vote' ? [] : [[each.from, each.to, each.values]]))
const ballot = (number: number) => `council-vote:${number}`
const member = (seat: number) => `council-member:${seat}`

describe('tables read by a mapping', () => {
  it('give ballots, members, memberships and votes with the group of the day', async () => {
    const read = await readCouncil()
    expect(read).toMatchObject({ source: 'source:council', date: '2031-07-01', problems: [], notes: [] })
    expect(read.leftOut).toEqual(['1 × of no group'])
    expect(read.values(ballot(8))).toMatchObject({ title: 'Trees, old', date: '2031-06-04' })
    expect(read.values(member(1))).toMatchObject({ name: 'Ada Example' })
    expect(read.to('HeldIn', ballot(7))).toEqual(['org:council'])
    expect(read.to('OrganizationPart', 'council-group:greens')).toEqual(['org:council'])
    expect(read.to('Membership', member(1))).toEqual(['council-group:greens', 'council-group:blues'])
    const vote = (option: string, group: string | null, date: string) => ({ option, group, date, country: null })
    expect(votesOf(read)).toEqual([
      [member(1), ballot(7), vote('FOR', 'council-group:greens', '2031-06-03')],
      [member(2), ballot(7), vote('AGAINST', null, '2031-06-03')],
      [member(1), ballot(8), vote('AGAINST', 'council-group:blues', '2031-06-04')],
      [member(2), ballot(8), vote('DID_NOT_VOTE', null, '2031-06-04')],
    ])
  })

  it('are the same packed, with another separator, and in windows-1252', async () => {
    const plain = await readCouncil((files) => ({
      'members.csv': files['members.csv'].replaceAll('Ada Example', 'Ada Exämple'),
    }))
    const packed = await readCouncil((files) => {
      const written = (text: string) =>
        Buffer.from(text.replaceAll(',', ';').replace('"Trees; old"', '"Trees, old"'), 'latin1')
      return {
        'mapping.yaml': `csv: { separator: ";", encoding: windows-1252 }\n${files['mapping.yaml']}`,
        'ballots.csv': written(files['ballots.csv']),
        'members.csv': written(files['members.csv'].replaceAll('Ada Example', 'Ada Exämple')),
        'votes.csv': null,
        'votes.csv.gz': gzipSync(written(files['votes.csv'])),
      }
    })
    const without = (read: Read) => read.records.filter((each) => !('type' in each && each.type === 'Source'))
    expect(without(packed)).toEqual(without(plain))
  })

  it('may all be one table', async () => {
    const read = await readCouncil(() => ({
      'mapping.yaml': `source: { id: source:council, title: A synthetic council }
groups: { id: "council-group:{value}" }
ballots: { file: all.csv, id: "council-vote:{day}/{number}", title: subject, date: { column: day, format: D.M.YYYY } }
members: { file: all.csv, id: "council-member:{name}", name: name }
memberships: { file: all.csv, member: "council-member:{name}", group: party }
votes:
  file: all.csv
  ballot: council-vote:{day}/{number}
  member: council-member:{name}
  option: { column: vote, values: { ja: FOR, nein: AGAINST } }
  group: party
`,
      'all.csv': `day,number,subject,name,party,vote
3.6.2031,1,Bees,Ada Example,Green List,ja
3.6.2031,1,Bees,Bo Example,Blues,nein
3.6.2031,2,Trees,Ada Example,Green List,nein
3.6.2031,2,Trees,Ada Example,Green List,nein
`,
    }))
    expect(read).toMatchObject({ problems: [], leftOut: ['1 × that stand in the same words before'] })
    expect(read.counts).toMatchObject({ VoteEvent: 2, Person: 2, Membership: 2, Vote: 3, Organization: 2 })
    expect(read.values('council-group:Green-List')).toEqual({ kind: 'POLITICAL_GROUP', name: 'Green List' })
    expect(votesOf(read)[0]).toEqual([
      'council-member:Ada-Example',
      'council-vote:3.6.2031/1',
      { option: 'FOR', group: 'council-group:Green-List', date: '2031-06-03', country: null },
    ])
  })

  it('tell several memberships in one cell, and take names out of longer texts', async () => {
    const read = await readCouncil((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        '  group: group\n',
        '  split: "|"\n  group: { column: group, take: ["{value} since *", "{value}"] }\n',
      ),
      'members.csv':
        'seat,name,group,from,until\n1,Ada Example,Greens | Blues since June,2030-01-01|2031-06-04,2031-06-03|\n2,Bo Example,none,,\n',
    }))
    expect(read.problems).toEqual([])
    expect(read.records).toContainEqual(
      expect.objectContaining({
        link: 'Membership',
        to: 'council-group:blues',
        values: { role: 'MEMBER', term: null, startDate: '2031-06-04', endDate: null },
      }),
    )
    expect(votesOf(read).map(([, , values]) => (values as { group: unknown }).group)).toEqual([
      'council-group:greens',
      null,
      'council-group:blues',
      null,
    ])
  })

  it('tell a date of birth as exactly as the table does, and a page', async () => {
    const read = await readCouncil((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        '  name: name\n',
        '  givenName: { column: name, take: "{value} *" }\n  familyName: { column: name, take: "* {value}" }\n  birthDate: born\n  url: page\n',
      ),
      'members.csv':
        'seat,name,group,from,until,born,page\n1,Ada Example,Greens,,,1970,https://council.example/ada\n2,Bo Example,none,,,1980-05,\n3,Cy Example,none,,,May,\n',
    }))
    expect(read.values(member(1))).toMatchObject({
      name: 'Ada Example',
      familyName: 'Example',
      birthDateEarliest: '1970-01-01',
      urls: ['https://council.example/ada'],
    })
    expect(read.values(member(2))).toMatchObject({ birthDateEdtf: '1980-05', birthDateLatest: '1980-05-31' })
    expect(read.problems.map(({ line, reason }) => [line, reason])).toEqual([
      [4, expect.stringContaining('The date of birth is "May"')],
    ])
  })

  it('take in whom the table of members lacks, and say so', async () => {
    const path = council((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        '  name: name\n',
        '  name: name\n  unknown: { id: "council-seat:{value}", name: "Seat {value}" }\n',
      ),
      'votes.csv': `${files['votes.csv']}7,3,aye\n8,3,aye\n`,
    }))
    const findings: unknown[] = []
    const [opened] = await table.open(path)
    const records: unknown[] = []
    const { SILENT } = await import('../../../src/import/read/make-records.js')
    for await (const batch of opened?.read({ ...SILENT, finding: (each) => findings.push(each) }) ?? [])
      records.push(...('records' in batch ? batch.records : batch))
    expect(findings).toEqual([
      {
        rule: 'MEMBER_IS_LISTED',
        record: 'council-seat:3',
        message:
          '2 rows name the member "3" (the first votes.csv, line 6), whom the table of members does not have: the name is not known.',
        expected: '1',
        found: '0',
      },
    ])
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'Person', id: 'council-seat:3', weak: ['name', 'sortName'] }),
    )
    expect(records.filter((each) => (each as { from?: string }).from === 'council-seat:3')).toHaveLength(2)
  })

  it('give tallies, those of groups too, and hold them against the votes', async () => {
    const read = await readCouncil((files) => ({
      'mapping.yaml': `${files['mapping.yaml'].replace('  date: day\n', '  date: day\n  for: ayes\n  against: nays\n  abstention: 0\n')}
tallies: { file: groups.csv, ballot: ballot, group: group, for: ayes, against: nays, abstention: 0 }
`,
      'ballots.csv': 'number,subject,day,ayes,nays\n7,Bees,2031-06-03,1,1\n8,Trees,2031-06-04,5,1\n',
      'groups.csv': 'ballot,group,ayes,nays\n7,Greens,1,0\n',
    }))
    expect(read.problems).toEqual([])
    expect(read.values('council-vote:8')).toMatchObject({
      tallyFor: 5,
      tallyAgainst: 1,
      tallyAbstention: 0,
      tallyVoting: 6,
    })
    expect(read.values('council-vote:7/council-group:greens')).toMatchObject({
      by: 'GROUP',
      tallyFor: 1,
      tallyVoting: 1,
    })
    expect(read.to('CountFor', 'council-vote:7/council-group:greens')).toEqual(['council-group:greens'])
  })

  it('take only the rows that the mapping wants, and only the tables that its names fit', async () => {
    const read = await readCouncil((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        'file: votes.csv',
        'only: { kind: [roll call] }\n  file: "votes-*.csv"',
      ),
      'votes.csv': null,
      'votes-2030.csv': 'ballot,seat,vote,kind\n7,1,aye,roll call\n7,2,nay,secret\n',
      'votes-2031.csv': 'ballot,seat,vote,kind\n8,1,aye,roll call\n',
      'other-votes-2031.csv': 'a\n',
    }))
    expect(read).toMatchObject({ problems: [], counts: { Vote: 2 } })
    expect(read.leftOut).toContain('1 × of which "only" of "votes" takes none, by "kind"')
  })

  it('may have a column for each ballot, of which one that falls takes no other with it', async () => {
    const read = await readCouncil((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        '  file: votes.csv\n',
        '  file: votes.csv\n  spread: { columns: "ballot {value}", name: ballot, cell: vote }\n',
      ),
      'ballots.csv': `${files['ballots.csv']}9,Bad,2031-13-01\n`,
      'votes.csv': 'seat,ballot 7,ballot 9,ballot 8,remarks\n1,aye,aye,nay,\n2,nay,chair,perhaps,late\n',
    }))
    expect(votesOf(read).map(([from, to]) => [from, to])).toEqual([
      [member(1), ballot(7)],
      [member(2), ballot(7)],
      [member(1), ballot(8)],
    ])
    expect(read.problems.map(({ file, line }) => [file, line])).toEqual([
      ['ballots.csv', 4],
      ['votes.csv', 3],
    ])
    expect(read.leftOut).toEqual([
      '1 × of no group',
      '1 × with an option that the mapping leaves out',
      '1 × in need of a record whose own row is bad',
    ])
    expect(read.notes).toEqual(['votes.csv: the column "remarks" was left out, since the mapping does not name it.'])
  })

  it('may end in separators and empty lines, as spreadsheets write them', async () => {
    const read = await readCouncil(() => ({
      'ballots.csv': '\ufeffnumber,subject,day,,\r\n7,Bees,2031-06-03,,\r\n8,Trees,2031-06-04,,\r\n,,,,\r\n',
    }))
    expect(read).toMatchObject({ problems: [], notes: [], counts: { VoteEvent: 2, Vote: 4 } })
    expect(read.leftOut).toContain('1 × that are empty')
  })

  it('may be in a zip with the mapping', async () => {
    const path = join(folderWith({}), 'council.zip')
    writeFileSync(path, makeZip(Object.entries(COUNCIL).map(([name, content]) => ({ name, content }))))
    expect(await readSource(table, path)).toMatchObject({ source: 'source:council', problems: [], counts: { Vote: 4 } })
  })

  it('may be published by the body itself', async () => {
    const read = await readCouncil((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        'published: 2031-07-01',
        'publisher: { id: org:council, name: Synthetic Council }',
      ),
    }))
    expect(read.problems).toEqual([])
    expect(read.to('Publisher', 'source:council')).toEqual(['org:council'])
    expect(read.values('org:council')).toMatchObject({ kind: 'PARLIAMENT' })
  })

  it('leave out what the mapping leaves out, counted', async () => {
    const read = await readCouncil((files) => ({
      'votes.csv': 'ballot,seat,vote,note\n7,1,aye,\n7,2,chair,\n7,2,nay,\n',
      'mapping.yaml': files['mapping.yaml'],
    }))
    expect(read.leftOut).toContain('1 × with an option that the mapping leaves out')
    expect(read.notes).toContain('votes.csv: the column "note" was left out, since the mapping does not name it.')
    expect(votesOf(read)).toHaveLength(2)
  })
})

describe('the example of the documentation', () => {
  it('is read as it says', async () => {
    const text = readFileSync(new URL('../../../docs/sources/table.md', import.meta.url), 'utf8')
    const [mapping = '', ...others] = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, code = '']) => code)
    const [members = '', votes = ''] = [...text.matchAll(/```csv\n(.*?)```/gs)].map(([, code = '']) => code)
    expect(others).toHaveLength(2)
    const folder = folderWith({ 'mapping.yaml': mapping, 'members.csv': members, 'votes.csv': votes })
    const read = await readSource(table, folder)
    expect(read).toMatchObject({ problems: [], notes: [], leftOut: ['1 × of no group'] })
    expect(read.counts).toMatchObject({ VoteEvent: 2, Person: 3, Membership: 2, Vote: 4 })
    expect(votesOf(read)[0]?.[2]).toEqual({
      option: 'FOR',
      group: 'example-group:greens',
      country: null,
      date: '2031-06-03',
    })
  })
})

describe('the mapping that the help of the command line shows', () => {
  it('can be used as it is', async () => {
    const mapping = HELP.slice(HELP.indexOf('source:'))
    const folder = folderWith({
      'mapping.yaml': mapping,
      'ballots.csv': 'number,subject,day\n1,Bees,03.06.2031\n',
      'members.csv': 'seat,name\n1,Ada Example\n',
      'votes.csv': 'number,seat,vote,party\n1,1,yes,Greens\n',
    })
    expect(await readSource(table, folder)).toMatchObject({ problems: [], notes: [], counts: { Vote: 1 } })
  })
})

describe('the published JSON Schema of mappings', () => {
  it('is the one made by the program (vitest -u writes it anew)', async () => {
    await expect(`${printJson(mappingSchema(shape))}\n`).toMatchFileSnapshot('../../../examples/mapping.schema.json')
  })
})
