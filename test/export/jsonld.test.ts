import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { describe, expect, it } from 'vitest'
import { engines, shape } from '../support/engines.js'
import { HOSTILE } from '../support/hostile-graph.js'
import { exportedFrom } from './exported.js'

interface Term {
  readonly value: string
  readonly language?: string
  readonly datatype?: Term
}

interface Statement {
  readonly subject: Term
  readonly predicate: Term
  readonly object: Term
}

const RECORD = 'urn:rapporteur:record:'
const TERM = 'urn:rapporteur:term:'
const IS_A = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

describe.each(engines)('an export as JSON-LD, on $name', (engine) => {
  const { made, read } = exportedFrom(engine)
  const statementsOf = async (type: string): Promise<readonly Statement[]> => {
    const text = await read('jsonld', `${type}.jsonld`)
    const parser = new JsonLdParser({
      baseIRI: 'https://example.org/dump/',
      streamingProfile: true,
      documentLoader: {
        load: async (url: string) =>
          JSON.parse(await readFile(join(made.folder, 'jsonld', url.replace('https://example.org/dump/', '')), 'utf8')),
      },
    })
    const statements: Statement[] = []
    for await (const statement of Readable.from([text]).pipe(parser)) statements.push(statement as Statement)
    return statements
  }
  const about = (statements: readonly Statement[], id: string) =>
    statements
      .filter(({ subject }) => subject.value === id)
      .map(({ predicate, object }) => [predicate.value, object.value])

  it('gives the ballot on the resolution on Kazakhstan in terms of vocabularies and our own', async () => {
    const statements = await statementsOf('VoteEvent')
    const ballot = about(statements, `${RECORD}ep-vote:139038`)
    expect(ballot).toEqual(
      expect.arrayContaining([
        [IS_A, `${TERM}VoteEvent`],
        [IS_A, 'http://www.w3.org/ns/opengov#VoteEvent'],
        ['http://schema.org/identifier', 'ep-vote:139038'],
        [`${TERM}date`, '2022-01-20'],
        [`${TERM}tallyFor`, '589'],
        ['http://www.w3.org/ns/opengov#result', 'ADOPTED'],
      ]),
    )
    const day = statements.find(({ predicate }) => predicate.value === `${TERM}date`)
    expect(day?.object.datatype?.value).toBe('http://www.w3.org/2001/XMLSchema#date')
    const [, set] = ballot.find(([predicate]) => predicate === 'http://purl.org/dc/terms/provenance') as [
      string,
      string,
    ]
    const sets = await statementsOf('SourceSet')
    const [[, citation]] = about(sets, set).filter(([predicate]) => predicate === 'http://schema.org/citation') as [
      [string, string],
    ]
    expect(about(sets, citation)).toContainEqual(['http://purl.org/dc/terms/source', expect.stringContaining(RECORD)])
  })

  it('gives a link as an object, and as a statement about the record it goes out from', async () => {
    const statements = await statementsOf('AdoptedBy')
    expect(about(statements, `${RECORD}ta:P9_TA(2022)0012`)).toEqual([
      ['http://data.europa.eu/eli/ontology#passed_by', `${RECORD}org:european-parliament`],
    ])
    const memberships = await statementsOf('Membership')
    const members = memberships.filter(({ predicate }) => predicate.value === 'http://www.w3.org/ns/org#member')
    expect(members).toHaveLength((await made.graph.store.count())['Membership'] as number)
  })

  it('gives back every hostile name, as it is and with its language', async () => {
    const statements = (await statementsOf('Person')).filter(({ subject }) =>
      decodeURIComponent(subject.value).startsWith(`${RECORD}hostile:`),
    )
    const textsOf = (property: string) =>
      statements
        .filter(({ predicate }) => predicate.value === `http://schema.org/${property}`)
        .map(({ object }) => object.value)
        .sort()
    expect(textsOf('name')).toEqual([...HOSTILE].sort())
    expect(textsOf('alternateName')).toEqual([...HOSTILE].sort())
    expect(textsOf('identifier')).toContain(`hostile:"<0>&\\'`)
    expect(statements.some(({ object }) => object.language === 'und')).toBe(true)
  })

  it('has as many objects of each type as there are records and links', async () => {
    const counts = await made.graph.store.count()
    for (const type of [...shape.nodes.keys(), ...shape.links.keys()]) {
      const statements = await statementsOf(type)
      const objects = statements.filter(
        ({ predicate, object }) => predicate.value === IS_A && object.value === TERM + type,
      )
      expect(objects.length, type).toBe(counts[type])
    }
  })
})
