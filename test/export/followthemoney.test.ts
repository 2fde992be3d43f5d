import { describe, expect, it } from 'vitest'
import { engines } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { exportedFrom } from './exported.js'

interface Entity {
  readonly id: string
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly datasets: readonly string[]
}

/** Properties that name other entities. */
const NAMING = [
  'partOf',
  'parent',
  'organization',
  'organizer',
  'member',
  'holder',
  'post',
  'document',
  'entity',
  'subject',
  'object',
]

describe.each(engines)('an export as FollowTheMoney, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)
  const entities = async (): Promise<readonly Entity[]> =>
    (await read('followthemoney', 'entities.ftm.json'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entity)
  const find = async (id: string) => (await entities()).find((entity) => entity.id === id)

  it('gives a person who held an office, the country and who says so', async () => {
    const all = await entities()
    expect(await find('rapporteur-iso.3aKZ')).toMatchObject({
      schema: 'Territory',
      properties: { name: ['Kazakhstan'], country: ['kz'] },
    })
    const borrell = all.find(({ id }) => id === 'rapporteur-person.3ajosep-borrell')
    expect(borrell).toMatchObject({ schema: 'Person', properties: { name: ['Josep Borrell'] } })
    expect(borrell?.datasets).toEqual(['kaztag_2022_01_21'])
    const occupancy = all.find(
      ({ schema, properties }) => schema === 'Occupancy' && properties['holder']?.[0] === borrell?.id,
    )
    expect(occupancy?.properties['post']).toEqual(['rapporteur-office.3avp-hr'])
    expect(JSON.parse(await read('followthemoney', 'datasets.json'))).toContainEqual(
      expect.objectContaining({ name: 'kaztag_2022_01_21', source: 'source:kaztag-2022-01-21' }),
    )
  })

  it('makes a ballot an event, a text a document, and what links them a documentation', async () => {
    expect(await find('rapporteur-ep-vote.3a139038')).toMatchObject({
      schema: 'Event',
      properties: {
        date: ['2022-01-20'],
        keywords: ['VOTE', 'ADOPTED'],
        organizer: ['rapporteur-org.3aeuropean-parliament'],
      },
    })
    expect((await find('rapporteur-ta.3aP9.5fTA.282022.290012'))?.schema).toBe('Document')
    const put = (await entities()).filter(({ properties }) => properties['role']?.[0] === 'put to the vote')
    expect(put).toHaveLength((await made.graph.store.count())['BallotOn'] as number)
  })

  it('names only entities that are there, by ids that FollowTheMoney takes', async () => {
    const all = await entities()
    const ids = new Set(all.map(({ id }) => id))
    expect(ids.size).toBe(all.length)
    for (const id of ids) expect(id).toMatch(/^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$/)
    const named = all.flatMap(({ properties }) => NAMING.flatMap((property) => properties[property] ?? []))
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((id) => !ids.has(id))).toEqual([])
    // Readers refuse an entity that names itself.
    const selves = all.filter(({ id, properties }) => NAMING.some((property) => properties[property]?.includes(id)))
    expect(selves).toEqual([])
  })

  it('cuts what is too long, and keeps it whole beside that', async () => {
    const entity = await find('rapporteur-hostile.3along')
    expect(entity?.properties['name']).toEqual([`${'𝒳'.repeat(191)}…`])
    expect(entity?.properties['description']).toEqual(['𝒳'.repeat(300)])
    const all = await entities()
    expect(Math.max(...all.map(({ id }) => id.length))).toBeLessThanOrEqual(200)
  })

  it('gives back every hostile name', async () => {
    const persons = (await entities()).filter(({ id }) => id.startsWith('rapporteur-hostile.3a.22'))
    expect(persons.map(({ properties }) => properties['name']?.[0]).sort()).toEqual([...HOSTILE].sort())
  })

  it('says that votes, tallies, demands and claims are left out', async () => {
    const { leftOut, records } = JSON.parse(await read('followthemoney', 'manifest.json'))
    const counts = await made.graph.store.count()
    for (const type of ['Vote', 'VoteCount', 'Demand', 'Claim', 'Subject']) expect(leftOut[type]).toBe(counts[type])
    expect(records.Person).toBe(counts['Person'])
  })
})
