import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../support/read-source.js'
import { folderWith, readCouncil, refusal, table } from '../../support/table-folder.js'

const LAST = '\nNothing was loaded; mend the mapping and run again.'

describe('a mapping that is wrong', () => {
  it.each<[what: string, from: string, to: string, sentence: string]>([
    [
      'a column that no table has',
      'title: subject',
      'title: subjct',
      'mapping.yaml, line 13: "title" names the column "subjct", which ballots.csv does not have; did you mean "subject"?',
    ],
    [
      'a pattern with a column that no table has',
      'council-vote:{number}',
      'council-vote:{nr}',
      'mapping.yaml, line 12: "id" names the column "nr", which ballots.csv does not have; use one of number, subject, day.',
    ],
    [
      'two mappings of one field, by its key',
      '  date: day\n',
      '  date: day\n  date: subject\n',
      'mapping.yaml, line 15: The key "date" stands twice in the same mapping; keep one of them.',
    ],
    [
      'two mappings of one field, in it',
      '  date: day\n',
      '  date: { column: day, constant: 2031-01-01 }\n',
      'mapping.yaml, line 14: "ballots.date" is mapped twice, by "column" and "constant"; keep one of them.',
    ],
    [
      'a field that comes from nowhere',
      '  date: day\n',
      '  date: { format: DD.MM.YYYY }\n',
      'mapping.yaml, line 14: "ballots.date" does not say where it comes from; give it one of "column", "pattern", "constant".',
    ],
    [
      'one id with two names',
      'council-group:blues, name',
      'council-group:greens, name',
      'mapping.yaml, line 7: "council-group:greens" is "Synthetic Blues" here and "Synthetic Greens" before; several words may mean the same, by one name.',
    ],
    [
      'a language that is none',
      'body:',
      'language: German\nbody:',
      'mapping.yaml, line 3: "language" is "German", which is no BCP 47 tag of a language, such as de or pt-BR.',
    ],
    [
      'a separator that is none',
      'body:',
      'csv: { separator: "||" }\nbody:',
      'mapping.yaml, line 3: "csv.separator" is "||"; one character stands between cells, and it is no quotation mark.',
    ],
    [
      'a part that is none',
      '  file: votes.csv\n  ballot: ballot\n  member: seat\n  option: { column: vote, values: { aye: FOR, nay: AGAINST, "": DID_NOT_VOTE, chair: null } }\n  group: { from: memberships }\n',
      '  votes.csv\n',
      'mapping.yaml, line 27: "votes" is "votes.csv", and must be a mapping of keys to values.',
    ],
    [
      'a word that is none',
      'aye: FOR',
      'aye: YES',
      'mapping.yaml, line 30: "votes.option" would be "YES", which is none of FOR, AGAINST, ABSTENTION, DID_NOT_VOTE.',
    ],
    [
      'a constant that is none',
      '  date: day\n',
      '  date: day\n  isMain: 7\n',
      'mapping.yaml, line 15: "ballots.isMain" would be "7", which is neither true nor false.',
    ],
    [
      'a constant with more beside it',
      '  date: day\n',
      '  date: day\n  method: { constant: ROLL_CALL, values: { a: b } }\n',
      'mapping.yaml, line 15: "ballots.method" says something beside "constant" or "from", which stand by themselves.',
    ],
    [
      'an id that takes a part of a cell',
      '  ballot: ballot\n',
      '  ballot: { pattern: "council-vote:{ballot}", take: "{value}" }\n',
      '"ballot" is a pattern that makes an id; "take" and "values" go with a column.',
    ],
    [
      'a key that there is not',
      '  title: subject',
      '  titel: subject',
      'mapping.yaml, line 13: "titel" is not a key of "ballots"; did you mean "title" or "date"?',
    ],
    [
      'a way to write days that is none',
      '  date: day\n',
      '  date: { column: day, format: DD.MM.YY }\n',
      'mapping.yaml, line 14: "ballots.date.format" is "DD.MM.YY", which is no way to write days; it has YYYY, MM and DD once each, as DD.MM.YYYY.',
    ],
    [
      'an id that all rows share',
      'council-vote:{number}',
      'council-vote',
      'mapping.yaml, line 12: "ballots.id" is "council-vote", which would be the same id in every row; put the columns that tell rows apart in braces: "council-vote:{number}".',
    ],
    [
      'a source that is none',
      'id: source:council',
      'id: council',
      'mapping.yaml, line 2: "source.id" is "council"; the id of a source begins with "source:" and has no spaces.',
    ],
    ['a table that is not there', 'file: votes.csv', 'file: vots.csv', 'There is no table "vots.csv"'],
    [
      'a reference without a key',
      '  key: number\n',
      '',
      '"ballot" is a column, and "ballots" has no "key" by which its rows are found',
    ],
    [
      'groups that nobody explains',
      'groups:\n  words:',
      'committees:\n  words:',
      '"group" names a group, and the mapping has no "groups" that tell what its words mean',
    ],
    [
      'groups from memberships that have none',
      '  group: group\n',
      '  body: true\n',
      'The group is to come from the memberships, and "memberships" tells of none in a group.',
    ],
    ['a membership of nothing', '  group: group\n', '', 'write just one of "body: true", "group" and "committee".'],
  ])('is refused with its line: %s', async (_what, from, to, sentence) => {
    const said = await refusal((files) => {
      if (!files['mapping.yaml'].includes(from)) throw new Error(`The mapping has no "${from}".`)
      return { 'mapping.yaml': files['mapping.yaml'].replace(from, to) }
    })
    expect(said).toContain(sentence)
    expect(said.endsWith(LAST)).toBe(true)
  })

  it('is refused where the separator is another one, with what to write', async () => {
    const said = await refusal((files) => ({ 'ballots.csv': files['ballots.csv'].replaceAll(',', ';') }))
    expect(said).toContain(
      'it has one column alone, "number;subject;day". Its cells seem to be separated otherwise; write at the top: csv: { separator: ";" }',
    )
  })

  it('is refused where the tables are in another encoding, with what to write', async () => {
    const said = await refusal((files) => ({
      'members.csv': Buffer.from(files['members.csv'].replaceAll('Bo Example', 'Bo Exämple'), 'latin1'),
    }))
    expect(said).toContain(
      'members.csv, line 4: the text is not in UTF-8; if a spreadsheet saved it, write at the top of the mapping: csv: { encoding: windows-1252 }.',
    )
  })

  it.each([
    [
      '"{value}"',
      'name: seat',
      'line 28: "seat" is a column of votes.csv already; "name" of "spread" needs a name of its own.',
    ],
    [
      '"Q{value}"',
      'name: question',
      'line 28: No column of votes.csv fits "Q{value}", but for those that the part names itself.',
    ],
  ])('is refused where the columns that it spreads are none: %s', async (columns, name, sentence) => {
    const said = await refusal((files) => ({
      'mapping.yaml': files['mapping.yaml'].replace(
        '  file: votes.csv\n',
        `  file: votes.csv\n  spread: { columns: ${columns}, ${name}, cell: cell }\n`,
      ),
    }))
    expect(said).toContain(sentence)
  })

  it('is refused where it is a table', async () => {
    const folder = folderWith({ 'votes.csv': 'a,b\n' })
    expect(await refusalOf(table, `${folder}/votes.csv`)).toContain(
      'a mapping is a YAML file, whose name ends in .yaml; give it first',
    )
    expect(await refusalOf(table, folder)).toContain('the folder has no mapping, a file whose name ends in .yaml')
  })
})

describe('a row that is wrong', () => {
  it.each<
    [what: string, file: 'ballots.csv' | 'members.csv' | 'votes.csv', rows: string, line: number, reason: string]
  >([
    [
      'a word that has no meaning',
      'votes.csv',
      '7,2,perhaps',
      6,
      'The column "vote" is "perhaps", which is not among the values that the mapping has for it: "aye", "nay", "", "chair".',
    ],
    [
      'a key that the other table lacks',
      'votes.csv',
      '9,1,aye',
      6,
      'The column "ballot" is "9", and no row of "ballots" has that as its "number".',
    ],
    [
      'a member that the table lacks',
      'votes.csv',
      '7,9,aye',
      6,
      'The column "seat" is "9", and no row of "members" has that as its "seat"; "unknown" of "members" would take such a member in by this word alone.',
    ],
    [
      'a day that does not exist',
      'ballots.csv',
      '9,Bees,2031-02-29',
      4,
      'The column "day" is "2031-02-29", which is not a day that exists, written as YYYY-MM-DD; "format" tells how days are written.',
    ],
    [
      'a ballot that stands twice',
      'ballots.csv',
      '7,Wasps,2031-06-03',
      4,
      '"council-vote:7" stands twice, here and in ballots.csv, line 2, and not in the same words.',
    ],
    [
      'an id without its cell',
      'ballots.csv',
      ',Wasps,2031-06-03',
      4,
      'The column "number" is empty, and the id needs it.',
    ],
    [
      'a group that has no meaning',
      'members.csv',
      '3,Cy Example,Reds,,',
      5,
      'The column "group" is "Reds", which is not among the words of "groups" in the mapping: "Greens", "Blues", "none".',
    ],
    ['cells too few', 'votes.csv', '7,2', 6, 'The row has 2 cells and the header 3.'],
  ])('is left out and told: %s', async (_what, file, rows, line, reason) => {
    const { problems } = await readCouncil((files) => ({ [file]: `${files[file]}${rows}\n` }))
    expect(problems.map((each) => ({ file: each.file, line: each.line, reason: each.reason }))).toEqual([
      { file, line, reason },
    ])
  })

  it('takes the rows with it that need it, which are no bad rows of their own', async () => {
    const read = await readCouncil((files) => ({ 'ballots.csv': files['ballots.csv'].replace('2031-06-04', 'June') }))
    expect(read.problems).toHaveLength(1)
    expect(read.leftOut).toContain('2 × in need of a record whose own row is bad')
    expect(read.counts).toMatchObject({ VoteEvent: 1, Vote: 2 })
  })

  it('is told once where it says what was said, and never takes one of two sides', async () => {
    const twice = await readCouncil((files) => ({
      'ballots.csv': `${files['ballots.csv']}7,Bees,2031-06-03\n`,
      'votes.csv': `${files['votes.csv']}7,1,aye\n`,
    }))
    expect(twice.problems).toEqual([])
    expect(twice.leftOut.filter((each) => each.includes('same words'))).toHaveLength(2)
    expect(twice.counts).toMatchObject({ VoteEvent: 2, Vote: 4 })
    const otherwise = await readCouncil((files) => ({ 'votes.csv': `${files['votes.csv']}7,1,nay\n` }))
    expect(otherwise.counts).toMatchObject({ Vote: 3 })
    expect(otherwise.problems.map(({ line }) => line)).toEqual([2, 6])
    expect(otherwise.problems[0]?.reason).toBe(
      'The member "council-member:1" stands on two sides of "council-vote:7": FOR in council-group:greens in votes.csv, line 2, and AGAINST in council-group:greens in votes.csv, line 6. Neither is taken.',
    )
  })
})
