import type { Citation, GraphRecord } from '../model/records.js'
import type { Batch, Importer, OpenedSource, Pass } from './importer.js'
import { node } from './read/make-records.js'

/** The official languages of the European Union, Russian and Kazakh. */
const LANGUAGES = 'bg cs da de el en es et fi fr ga hr hu it kk lt lv mt nl pl pt ro ru sk sl sv'.split(' ')

/** The edition of Unicode's CLDR that the runtime has; undefined where it has none. */
const VERSION: string | undefined = process.versions['cldr']

/**
 * Has an importer give the names of countries in other languages, of those countries that its editions give, with the CLDR of
 * the runtime as their source. Another CLDR makes another version of the importer, so that an edition is read again.
 */
export const withCountryNames = (importer: Importer): Importer =>
  VERSION === undefined
    ? importer
    : {
        ...importer,
        version: `${importer.version}+cldr-${VERSION}`,
        open: async (path, places) => (await importer.open(path, places)).map((opened) => namedSource(opened, VERSION)),
      }

const namedSource = (opened: OpenedSource, version: string): OpenedSource => ({
  source: opened.source,
  date: opened.date,
  contentHash: opened.contentHash,
  size: opened.size,
  ...(opened.foreignIds && { foreignIds: () => opened.foreignIds?.() ?? [] }),
  read: (pass) => readNamed(opened, version, pass),
})

async function* readNamed(opened: OpenedSource, version: string, pass: Pass): AsyncIterable<Batch> {
  /** The countries that were given, by their ids. */
  const countries = new Map<string, string>()
  for await (const batch of opened.read(pass)) {
    yield batch
    for (const record of 'records' in batch ? batch.records : batch) {
      if (!('type' in record) || record.type !== 'Place') continue
      const code = record.values['isoAlpha2']
      if (typeof code === 'string' && record.id === `iso:${code}`) countries.set(record.id, code)
    }
  }
  const named = [...countries].flatMap(([id, code]) => countryRecord(id, code, version))
  if (named.length > 0) yield [sourceRecord(version), ...named]
}

const sourceOf = (version: string): string => `source:cldr-${version}`

const sourceRecord = (version: string): GraphRecord => {
  const values = {
    kind: 'DATA_SET',
    title: `Unicode CLDR ${version}: names of countries`,
    url: 'https://cldr.unicode.org/',
    license: 'Unicode-3.0',
  }
  return node('Source', sourceOf(version), values, [{ source: sourceOf(version) }])
}

const displays = LANGUAGES.filter((language) => Intl.DisplayNames.supportedLocalesOf(language).length > 0).map(
  (language) => ({ language, names: new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }) }),
)

/** The names of a country; nothing for a code that CLDR does not know. */
const countryRecord = (id: string, code: string, version: string): readonly GraphRecord[] => {
  const names = displays.flatMap(({ language, names: display }) => {
    const text = display.of(code)
    return text === undefined ? [] : [{ text, language }]
  })
  const name = names.find(({ language }) => language === 'en')?.text
  if (name === undefined) return []
  const citations: readonly Citation[] = [{ source: sourceOf(version) }]
  return [node('Place', id, { kind: 'COUNTRY', name, names, isoAlpha2: code }, citations, ['kind', 'name'])]
}
