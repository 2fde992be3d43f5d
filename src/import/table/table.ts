import type { GraphShape } from '../../model/graph-shape.js'
import type { Importer, OpenedSource } from '../importer.js'
import { hashFiles } from '../read/find-files.js'
import { Edition } from './edition.js'
import { findMappings } from './find-mappings.js'
import { HELP } from './help.js'
import { openParts } from './open-parts.js'
import { readMapping } from './read-mapping.js'

const VERSION = '1'

/** Imports tables as anybody has them, by a mapping that says what their columns are. */
export const tableImporter = (shape: GraphShape): Importer => ({
  name: 'table',
  version: VERSION,
  summary: 'CSV tables as anybody has them, by a mapping in YAML: MAPPING.yaml [TABLE OR FOLDER ...]',
  help: HELP,
  takesPlaces: true,
  recognises: ({ name, text }) =>
    /\.ya?ml$/i.test(name) && /^source:/m.test(text) && /^(?:ballots|members|memberships|tallies|votes):/m.test(text),
  open: async (path, places = []): Promise<readonly OpenedSource[]> => {
    const found = await findMappings(path, places)
    const editions = new Map<string, OpenedSource>()
    for (const file of found.mappings) {
      const mapping = await readMapping(file, shape)
      const { id, published, retrieved } = mapping.mapping.source
      if (editions.has(id))
        mapping.fault(
          ['source', 'id'],
          `Another mapping here is of the source "${id}" as well; give one of them another id.`,
        )
      const opened = await openParts(mapping, found, shape)
      const read = opened.parts.flatMap(({ files }) => files)
      const contentHash = await hashFiles([file, ...new Map(read.map((each) => [each.name, each])).values()])
      const edition = new Edition(mapping, shape, opened, { contentHash, importer: `table@${VERSION}` })
      editions.set(id, {
        source: id,
        date: published ?? retrieved ?? null,
        contentHash,
        size: read.reduce((sum, { size }) => sum + size, 0),
        read: (pass) => edition.read(pass),
      })
    }
    return [...editions.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  },
})
