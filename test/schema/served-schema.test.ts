import { printSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import { shape } from '../support/engines.js'

describe('the schema that is served', () => {
  it('is the one in served.graphql (vitest -u writes it anew)', async () => {
    await expect(`${printSchema(makeServedSchema(shape.served))}\n`).toMatchFileSnapshot('../../served.graphql')
  })
})
