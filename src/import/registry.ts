import type { GraphShape } from '../model/graph-shape.js'
import { howtheyvote } from './howtheyvote.js'
import type { Importer } from './importer.js'
import { recordsImporter } from './records.js'

/** The importers, by the name that the command line gives them. */
export const importers = (shape: GraphShape): ReadonlyMap<string, Importer> =>
  new Map([howtheyvote, recordsImporter(shape)].map((each) => [each.name, each]))
