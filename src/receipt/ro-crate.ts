import type { CitedSource } from '../table/cited-sources.js'

/** A file of a receipt, as it was written. */
export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** What a receipt is of. */
export interface Described {
  readonly name: string
  readonly version: number
  readonly changedAt: string | null
  readonly address: string
  readonly now: Date
  readonly files: readonly WrittenFile[]
  readonly sources: readonly CitedSource[]
}

/** The manifest of a receipt: RO-Crate 1.1. */
export const roCrate = ({ name, version, changedAt, address, now, files, sources }: Described): string =>
  `${JSON.stringify(
    {
      '@context': 'https://w3id.org/ro/crate/1.1/context',
      '@graph': [
        {
          '@id': 'ro-crate-metadata.json',
          '@type': 'CreativeWork',
          about: { '@id': './' },
          conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        },
        {
          '@id': './',
          '@type': 'Dataset',
          name,
          description: `The answer to a question that was put to a graph of Rapporteur, with the question, its sources and how to cite them.`,
          datePublished: now.toISOString(),
          version: String(version),
          ...(changedAt && { dateModified: changedAt }),
          url: address,
          license: [...new Set(sources.flatMap(({ license }) => license ?? []))].join('; ') || 'See the sources.',
          hasPart: files.map((file) => ({ '@id': file.name })),
          citation: sources.map(({ id }) => ({ '@id': `#${id}` })),
        },
        ...files.map((file) => ({
          '@id': file.name,
          '@type': 'File',
          name: file.name,
          description: DESCRIPTIONS.get(file.name) ?? file.name,
          encodingFormat: FORMATS.get(file.name.split('.').at(-1) ?? '') ?? 'text/plain',
          contentSize: String(file.bytes),
          sha256: file.sha256,
        })),
        ...sources.map((source) => ({
          '@id': `#${source.id}`,
          '@type': 'CreativeWork',
          identifier: source.id,
          name: source.title,
          ...(source.publisher && { publisher: source.publisher.name }),
          ...(source.url && { url: source.url }),
          ...(source.license && { license: source.license }),
          ...(source.published && { datePublished: source.published }),
          ...(source.contentHash && { sha256: source.contentHash }),
        })),
      ],
    },
    null,
    2,
  )}\n`

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['csv', 'text/csv'],
  ['json', 'application/json'],
  ['graphql', 'application/graphql'],
  ['py', 'text/x-python'],
  ['bib', 'application/x-bibtex'],
  ['ris', 'application/x-research-info-systems'],
])

/** What each file is. */
export const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  ['README.txt', 'What this is.'],
  ['question.graphql', 'The question, as it was asked.'],
  ['variables.json', 'The values of its variables.'],
  [
    'rows.csv',
    'The answer: a row for each item. Of what is no figure, each row names its sources, and where in them it stands.',
  ],
  ['answer.json', 'The answer.'],
  ['records.csv', 'The records that the figures were counted from, with the fields that decide them.'],
  ['records.graphql', 'The question that gives these records.'],
  ['recompute.py', 'Computes the figures anew from the records, and says whether they are the same.'],
  [
    'sources.csv',
    'The sources: licence, address, hash of the content as it was imported, how many rows each says, and where in it.',
  ],
  ['citation.txt', 'How to cite the answer: a sentence.'],
  ['citation.bib', 'The same for BibTeX.'],
  ['citation.ris', 'The same in RIS.'],
  ['citation.json', 'The same in CSL-JSON.'],
])
