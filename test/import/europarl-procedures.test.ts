import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { europarlOpendata } from '../../src/import/europarl/europarl-opendata.js'
import { partyOf } from '../../src/import/europarl/opendata-bodies.js'
import { recordsImporter } from '../../src/import/records/records.js'
import { runImports } from '../../src/import/run-import.js'
import { graphHash } from '../../src/store/graph-hash.js'
import { engines, type Graph, NOW, shape } from '../support/engines.js'
import { fixture } from '../support/read-europarl.js'
import { fileWith, readSource } from '../support/read-source.js'
import { recordsFolder } from '../support/records-folder.js'

const MOTION = fixture('europarl-procedures/motion.json')
const PROCEDURE = fixture('europarl-procedures/procedure.json')

describe('a motion of the open data', async () => {
  const file = await readSource(europarlOpendata, MOTION)
  const id = 'ep-doc:B9-0101/2031'

  it('has groups, committees and members as authors, however they are addressed', () => {
    expect(file.problems).toEqual([])
    expect(file.to('TabledBy', id).sort()).toEqual([
      'ep-committee:PECH',
      'ep-group:ECR',
      'ep-group:GREEN_EFA',
      'ep-group:SD',
      'ep-mep:900001',
    ])
    expect(file.leftOut).toEqual([
      '1 × an author whom this importer does not know: neither a member, nor a group, nor a committee',
    ])
  })

  it('has concepts of EuroVoc of both kinds, and its dossier', () => {
    expect(file.to('Filing', id)).toEqual(['eurovoc:c_0000abcd', 'eurovoc:571'])
    expect(file.to('Dossier', id)).toEqual(['ep-proc:2031/0108'])
    expect(file.notes).toEqual([])
  })
})

it('an activity by itself is named after the body that held it, if the file tells', async () => {
  const activity = (id: string) => ({
    id: `eli/dl/event/${id}`,
    type: 'Activity',
    activity_id: id,
    activity_date: '2031-02-09',
  })
  const data = ['TRAN-2031-02-09', 'MTG-PL-2031-02-09-ITM-1', 'SOMEWHERE-2031'].map(activity)
  const context = 'https://data.europarl.europa.eu/api/v2/context.jsonld'
  const file = await readSource(europarlOpendata, fileWith('a.json', JSON.stringify({ data, '@context': context })))
  expect(data.map(({ activity_id }) => file.values(`ep-event:${activity_id}`)?.['name'])).toEqual([
    'Activity of the committee TRAN, 2031-02-09',
    'Activity of the European Parliament, 2031-02-09',
    'Activity, 2031-02-09',
  ])
})

describe('a procedure of the open data', async () => {
  const file = await readSource(europarlOpendata, PROCEDURE)

  it('tells who decided: the committee, the Parliament, or nobody where the file does not say', () => {
    expect(file.problems).toEqual([])
    const organizers = (event: string) =>
      file.records.flatMap((each) =>
        'link' in each && each.link === 'Participation' && each.to === `ep-event:${event}` ? [each.from] : [],
      )
    expect(organizers('2031-0108-DEC-DCCO-2031-02-10')).toEqual(['ep-committee:TRAN'])
    expect(organizers('TRAN-2031-02-09-1')).toEqual(['ep-committee:TRAN'])
    expect(organizers('2031-0108-SIGN-2031-03-20')).toEqual([])
    expect(organizers('2031-0108-DEC-DCPL-2031-03-06')).toEqual(['org:european-parliament'])
  })

  it('takes the day of adoption from the Parliament’s only decision, not from the committee’s', () => {
    expect(file.values('ta:P9_TA(2031)0103')).toMatchObject({ adoptedOn: '2031-03-06' })
  })

  it('tells of roles and groups that it does not know', () => {
    expect(file.leftOut).toEqual([
      '1 × in a role in the procedure that is not known to this importer, "KEEPER_OF_THE_LAMP"',
    ])
    expect(file.notes[0]).toMatch(/"https:\/\/data\.europarl\.europa\.eu\/org\/SOMEBODY" is not known/)
  })
})

it.each([
  ['https://data.europarl.europa.eu/org/THE-LEFT', 'group'],
  ['http://publications.europa.eu/resource/authority/corporate-body/EP_GROUP_LEFT', 'group'],
  ['http://publications.europa.eu/resource/authority/corporate-body/EP_ITRE', 'committee'],
  ['https://data.europarl.europa.eu/org/CJ33', 'committee'],
  ['https://data.europarl.europa.eu/org/ep-10', 'body'],
  ['https://data.europarl.europa.eu/person/197', 'member'],
  ['https://data.europarl.europa.eu/org/5153', undefined],
  ['https://example.org/org/ECR', undefined],
])('%s is a %s', (address, is) => {
  expect(partyOf(address)?.is).toBe(is)
})

/** The hash of all of it, which is the same in either order, on either engine. */
let hash = ''

describe.each(engines)('procedures, on $name', (engine) => {
  let graph: Graph
  const read = (path: string, importer = europarlOpendata) =>
    runImports({ store: graph.store, shape, importer, path, now: () => NOW })
  beforeAll(async () => {
    graph = await engine.empty()
    for (const path of engine.name === 'SQLite' ? [MOTION, PROCEDURE] : [PROCEDURE, MOTION]) await read(path)
  }, 120_000)
  afterAll(() => graph.close())

  it('have their rapporteurs, shadows and committees, with group and day', async () => {
    const { data } = await graph.ask(`{ procedure(id: "ep-proc:2031/0108(COD)") { stage
      participants { edges { node { id } role startDate committee { id } group { id } } }
      rapporteurs: participants(where: { link: { role: { eq: RAPPORTEUR } } }) { nodes { id } } } }`)
    const edge = (
      id: string,
      role: string,
      startDate: string | null,
      committee: string | null,
      group: string | null,
    ) => ({
      node: { id },
      role,
      startDate,
      committee: committee && { id: `ep-committee:${committee}` },
      group: group && { id: `ep-group:${group}` },
    })
    expect(data).toEqual({
      procedure: {
        stage: 'RDG1',
        participants: {
          edges: [
            edge('ep-mep:900001', 'RAPPORTEUR', '2031-01-15', 'TRAN', 'SD'),
            edge('ep-mep:900002', 'SHADOW_RAPPORTEUR', '2031-01-20', null, 'RENEW'),
            edge('ep-committee:TRAN', 'COMMITTEE_RESPONSIBLE', null, null, null),
            edge('ep-mep:900003', 'OPINION_RAPPORTEUR', null, 'PECH', null),
          ],
        },
        rapporteurs: { nodes: [{ id: 'ep-mep:900001' }] },
      },
    })
  })

  it('are found from the person, the committee, and the motion that knows their address alone', async () => {
    const { data } = await graph.ask(`{
      person(id: "ep-mep:900002") { procedures(where: { link: { role: { eq: SHADOW_RAPPORTEUR } } }) { nodes { reference } } }
      organization(id: "ep-committee:TRAN") { procedures { edges { role node { reference } } } }
      motion(id: "ep-doc:B9-0101/2031") { dossier { id reference } }
      procedure(id: "ep-proc:2031/0108") { id }
      conflicts { totalCount } }`)
    expect(data).toEqual({
      person: { procedures: { nodes: [{ reference: '2031/0108(COD)' }] } },
      organization: {
        procedures: { edges: [{ role: 'COMMITTEE_RESPONSIBLE', node: { reference: '2031/0108(COD)' } }] },
      },
      motion: { dossier: { id: 'ep-proc:2031/0108(COD)', reference: '2031/0108(COD)' } },
      procedure: { id: 'ep-proc:2031/0108(COD)' },
      conflicts: { totalCount: 0 },
    })
  })

  it('give one hash in either order', async () => {
    const found = await graphHash(graph.store, shape)
    hash ||= found
    expect(found).toBe(hash)
  })

  it('can be written by hand', async () => {
    const path = recordsFolder(
      'roles',
      `sources: [source:synthetic-desk]
Source: [{ id: source:synthetic-desk, kind: DATA_SET, title: A synthetic desk }]
Procedure: [{ id: "ep-proc:2031/0109(INI)", reference: "2031/0109(INI)", stage: RDG1 }]
Organization: [{ id: ep-group:ID, kind: POLITICAL_GROUP, name: A group }]
Person:
  - id: person:ada-synthetic
    name: Ada Synthetic
    procedures: [{ to: "ep-proc:2031/0109(INI)", role: RAPPORTEUR, startDate: 2031-04-01, group: ep-group:ID }]
`,
    )
    await read(path, recordsImporter(shape))
    const { data } = await graph.ask(`{ procedure(id: "ep-proc:2031/0109(INI)") {
      participants { edges { role startDate group { id } node { id name } } } } }`)
    expect(data).toEqual({
      procedure: {
        participants: {
          edges: [
            {
              role: 'RAPPORTEUR',
              startDate: '2031-04-01',
              group: { id: 'ep-group:ID' },
              node: { id: 'person:ada-synthetic', name: 'Ada Synthetic' },
            },
          ],
        },
      },
    })
  })
})
