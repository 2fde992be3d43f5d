import { describe, expect, it } from 'vitest'
import { loadImporter, loadImporters } from '../../src/import/registry.js'
import { shape } from '../support/engines.js'

describe('the importers', () => {
  it('are loaded by the name that each gives itself', async () => {
    const importers = await loadImporters(shape)
    expect([...importers.values()].map(({ name }) => name)).toEqual([...importers.keys()])
    expect((await loadImporter('howtheyvote', shape))?.name).toBe('howtheyvote')
  })

  it('are none of a name that only JavaScript knows', async () => {
    expect(await loadImporter('toString', shape)).toBeUndefined()
  })
})
