import { describe, expect, it } from 'vitest'
import { europarlMembers } from '../../src/import/europarl/europarl-members.js'
import { fixture } from '../support/read-europarl.js'
import { fileWith, readSource, refusalOf } from '../support/read-source.js'

describe('the directory of members in XML', async () => {
  const file = await readSource(europarlMembers, fixture('europarl-directory/directory.xml'))

  it('has members with country, group and party', () => {
    expect(file.source).toBe('source:ep-meps-directory')
    expect(file.values('ep-mep:900001')).toEqual({ name: 'Ada EXAMPLE-DUPONT', sortName: 'EXAMPLE-DUPONT, Ada' })
    expect(file.to('Represents', 'ep-mep:900001')).toEqual(['iso:BE'])
    expect(file.to('Membership', 'ep-mep:900001')).toEqual(['ep-group:SD', 'org:party-be-synthetic-party-šp'])
    expect(file.values('org:party-be-synthetic-party-šp')).toEqual({ kind: 'PARTY', name: 'Synthetic Party (ŠP)' })
    expect(file.to('Represents', 'ep-mep:900002')).toEqual(['iso:CZ'])
    expect(file.to('Membership', 'ep-mep:900002')).toEqual(['ep-group:NI'])
    expect(file.values('ep-mep:900002')).toMatchObject({ sortName: 'SAMPLE, Bo van der' })
  })

  it('says names in passing: the family name is in capitals', () => {
    const record = file.records.find((each) => 'type' in each && each.id === 'ep-mep:900001')
    expect((record as { weak?: readonly string[] }).weak).toEqual(['name', 'sortName'])
  })

  it('tells what it does not know, and a member without a number', () => {
    expect(file.to('Represents', 'ep-mep:900003')).toEqual([])
    expect(file.notes).toEqual([
      'directory.xml, line 17: the country "Atlantis" is not known to this importer and was left out.',
      'directory.xml, line 17: the group "The Rowers\' Group" is not known to this importer and was left out.',
    ])
    expect(file.problems).toEqual([
      {
        file: 'directory.xml',
        line: 23,
        lost: [],
        reason: 'The element "id" is "none", which is not a number of a member.',
      },
    ])
  })

  it('is refused where it ends too early, or has no member', async () => {
    const cut = '<meps><mep><fullName>Ada EXAMPLE</fullName><id>1</id></mep><mep>'
    expect(await refusalOf(europarlMembers, fileWith('a.xml', cut))).toMatch(/not well-formed/)
    expect(await refusalOf(europarlMembers, fileWith('a.xml', '<meps></meps>'))).toMatch(/no member that can be read/)
  })
})
