import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { engines, shape } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { exportedFrom } from './exported.js'

describe.each(engines)('an export as Parquet, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)
  const fileOf = async (table: string) => {
    await read('parquet', 'manifest.json')
    return asyncBufferFromFile(join(made.folder, 'parquet', `${table}.parquet`))
  }
  const rowsOf = async (table: string): Promise<readonly Record<string, unknown>[]> =>
    parquetReadObjects({ file: await fileOf(table) })

  it('gives the ballot on the resolution on Kazakhstan with the type of each value', async () => {
    const ballot = (await rowsOf('vote_event')).find(({ id }) => id === 'ep-vote:139038')
    expect(ballot).toMatchObject({
      date: new Date('2022-01-20'),
      isMain: true,
      result: 'ADOPTED',
      margin: 554n,
      tallyFor: 589n,
      titles: [],
      stage: null,
    })
    const sets = (await rowsOf('source_set')).filter(({ number }) => number === ballot?.['sourceSet'])
    expect(sets.length).toBeGreaterThan(0)
    expect(sets[0]).toMatchObject({ source: expect.stringMatching(/^source:/) })
  })

  it('gives back every hostile name, and lists as JSON', async () => {
    const persons = (await rowsOf('person')).filter(({ id }) => String(id).startsWith('hostile:'))
    // This reader (hyparquet 1.31) takes the mark of a byte order off; it is in the file.
    const expected = HOSTILE.map((name) => name.replace(/^\ufeff/, ''))
    expect(persons.map(({ name }) => name).sort()).toEqual(expected.sort())
    for (const { name, names } of persons.filter((each) => each['name'] !== ''))
      expect(names).toEqual([{ text: name, language: 'und' }])
    const [empty] = (await rowsOf('claim')).filter(({ id }) => id === 'hostile:empty')
    expect(empty).toMatchObject({ unit: '', value: null, low: 0 })
  })

  it('has a file for every type, also where there is none of it, with the columns of the CSV', async () => {
    for (const type of [...shape.nodes.keys(), ...shape.links.keys()]) {
      const table = type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
      const metadata = await parquetMetadataAsync(await fileOf(table))
      expect(Number(metadata.num_rows), type).toBe((await made.graph.store.count())[type])
      const names = parquetSchema(metadata).children.map(({ element }) => element.name)
      const [header] = (await read('csv', `${table}.csv`)).split('\r\n')
      expect(names.join(','), type).toBe(header)
    }
  })
})
