import type { GraphShape } from '../model/graph-shape.js'
import { withCountryNames } from './country-names.js'
import type { Importer } from './importer.js'

/** How each importer is loaded, by the name that the command line gives it: with its libraries, only where it is used. */
const LOADERS: Readonly<Record<string, (shape: GraphShape) => Promise<Importer>>> = {
  howtheyvote: async () => (await import('./howtheyvote/howtheyvote.js')).howtheyvote,
  'europarl-rollcalls': async () => (await import('./europarl/europarl-rollcalls.js')).europarlRollcalls,
  'europarl-results': async () => (await import('./europarl/europarl-results.js')).europarlResults,
  'europarl-members': async () => (await import('./europarl/europarl-members.js')).europarlMembers,
  'europarl-opendata': async () => (await import('./europarl/europarl-opendata.js')).europarlOpendata,
  'europarl-texts': async () => (await import('./europarl/europarl-texts.js')).europarlTexts,
  followthemoney: async () => (await import('./followthemoney/followthemoney.js')).followthemoney,
  plover: async () => (await import('./plover/plover.js')).plover,
  popolo: async () => (await import('./popolo/popolo.js')).popolo,
  table: async (shape) => (await import('./table/table.js')).tableImporter(shape),
  records: async (shape) => (await import('./records/records.js')).recordsImporter(shape),
}

/** Loads the importer of this name; undefined where there is none. */
export const loadImporter = async (name: string, shape: GraphShape): Promise<Importer | undefined> =>
  Object.hasOwn(LOADERS, name) ? load(name, shape) : undefined

/** Whoever writes records by hand names countries as they like; the seed is the same on every runtime. */
const load = async (name: string, shape: GraphShape): Promise<Importer | undefined> => {
  const importer = await LOADERS[name]?.(shape)
  return importer && name !== 'records' ? withCountryNames(importer) : importer
}

/** Loads all importers, to name them. */
export const loadImporters = async (shape: GraphShape): Promise<ReadonlyMap<string, Importer>> => {
  const loaded = await Promise.all(Object.keys(LOADERS).map((name) => load(name, shape)))
  return new Map(loaded.flatMap((importer) => (importer ? [[importer.name, importer]] : [])))
}
