import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { Ask } from '../../src/ask/ask.js'
import type { Executor } from '../../src/query/execute.js'
import { documentFolder } from '../support/document-folder.js'

const schema = buildSchema(
  'type Query { hello(times: Int): String place: Place } type Place { name: String partOf: Place }',
)
const executor = (): Executor => async () => ({ data: { hello: 'hello' } })
const askWith = (folder: string, only = false) => new Ask({ schema, executor, documents: { folder, only } })

describe('a folder of named documents', () => {
  it('gives each query its file’s name, and leaves other files alone', () => {
    const folder = documentFolder({
      'hello.graphql': 'query H($n: Int) { hello(times: $n) }',
      'Place_2.graphql': '{ place { ...n } } fragment n on Place { name }',
      'README.md': 'Not a document.',
    })
    expect([...askWith(folder).named.keys()]).toEqual(['Place_2', 'hello'])
  })

  it.each([
    ['a.graphql', '{\n  hello\n', /a\.graphql:3" cannot be asked: Syntax Error/],
    ['a.graphql', '{\n  hello\n  nothing\n}', /a\.graphql:3" cannot be asked: Cannot query field "nothing"/],
    ['a.graphql', 'query A { hello }\nquery B { hello }', /a\.graphql:2" has more than one operation/],
    ['a.graphql', 'fragment n on Place { name }', /a\.graphql:1" cannot be asked: Fragment "n" is never used/],
    ['a.graphql', 'query A(\n$format: Int) { hello(times: $format) }', /a\.graphql:2" has a variable \$format/],
    ['a.graphql', `{ place ${'{ partOf '.repeat(13)} { name } ${'}'.repeat(14)}`, /a\.graphql:1" .*15 levels deep/],
    ['a.graphql', `{ hello ${'x '.repeat(2001)}}`, /a\.graphql" cannot be asked: .*more than 2000 tokens/],
    ['a.graphql', `{ hello } #${'x'.repeat(70_000)}`, /a\.graphql" has 70011 bytes, and a document 65536 at most/],
    ['a b.graphql', '{ hello }', /a b\.graphql", which makes no name/],
    ['1st.graphql', '{ hello }', /1st\.graphql", which makes no name/],
    [`${'a'.repeat(22)}.graphql`, '{ hello }', /22 characters, as the hash of a short link has/],
  ])('is refused for %s: %s', (file, text, sentence) => {
    const folder = documentFolder({ [file]: text })
    let refused: unknown
    try {
      askWith(folder)
    } catch (error) {
      refused = error
    }
    expect(refused).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(sentence) })
    expect(String(refused)).toMatch(/Nothing was started; correct it and run again\.$/)
  })

  it('is refused where it is not there', () => {
    expect(() => askWith('/nowhere/at-all')).toThrow(
      /RAPPORTEUR_DOCUMENTS is "\/nowhere\/at-all", which cannot be read/,
    )
  })
})

describe('where only listed documents may be asked', () => {
  const text = '{ hello }'
  const ask = () => askWith(documentFolder({ 'hello.graphql': text }), true)
  const codes = async (asked: Ask, query: string) =>
    (await asked.question(query)).errors?.map(({ extensions }) => extensions['code'])

  it('those are, and no other, were it malformed or one letter away', async () => {
    const asked = ask()
    expect(await asked.question(text)).toEqual({ data: { hello: 'hello' } })
    for (const other of ['{ hello  }', '{ place { name } }', '{', ''])
      expect(await codes(asked, other)).toEqual(['DOCUMENT_NOT_LISTED'])
  })

  it('the program asks what it needs, and nobody may because it did', async () => {
    const asked = ask()
    const own = '{ place { name } }'
    expect((await asked.question(own, { own: true })).errors).toBeUndefined()
    expect(asked.documents.known(own)).toBeUndefined()
    expect(await codes(asked, own)).toEqual(['DOCUMENT_NOT_LISTED'])
  })
})
