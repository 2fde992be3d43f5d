import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { makeServedSchema } from '../../src/schema/served-schema.js'
import { EXAMPLES } from '../../src/serve/examples.js'
import { shape } from './fake-store.js'
import { smallServer } from './small-server.js'

const { server } = smallServer()
const open = (headers: Readonly<Record<string, string>> = {}) =>
  server.fetch('http://server/graphql', { headers: { accept: 'text/html', ...headers } })

describe('GraphiQL', () => {
  it('is shown to a browser, and may load nothing from elsewhere', async () => {
    const response = await open()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*connect-src 'self'/)
    const html = await response.text()
    expect(html).toContain('<title>Rapporteur</title>')
    expect(html).not.toMatch(/<(script|link|img|iframe)\b[^>]*\b(src|href)="?(https?:)?\/\//i)
    expect(html).not.toMatch(/url\(["']?(https?:)?\/\//i)
  })

  it('comes packed, and not twice', async () => {
    const response = await open({ 'accept-encoding': 'gzip, br' })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(3_000_000)
    const again = await open({ 'if-none-match': response.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  it('is not shown to a program', async () => {
    const response = await server.fetch('http://server/graphql?query={hello}', {
      headers: { accept: 'application/json' },
    })
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  })

  it.each(EXAMPLES.map(({ name, query }) => [name, query]))(
    'has the example "%s", which the schema knows',
    (name, query) => {
      expect(name).not.toBe('')
      expect(validate(makeServedSchema(shape.served), parse(query))).toEqual([])
    },
  )
})
