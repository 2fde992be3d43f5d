import type { GraphShape } from '../model/graph-shape.js'
import { europarlMembers } from './europarl-members.js'
import { europarlOpendata } from './europarl-opendata.js'
import { europarlResults } from './europarl-results.js'
import { europarlRollcalls } from './europarl-rollcalls.js'
import { europarlTexts } from './europarl-texts.js'
import { howtheyvote } from './howtheyvote.js'
import type { Importer } from './importer.js'
import { recordsImporter } from './records.js'

/** The importers, by the name that the command line gives them. */
export const importers = (shape: GraphShape): ReadonlyMap<string, Importer> =>
  new Map(
    [
      howtheyvote,
      europarlRollcalls,
      europarlResults,
      europarlMembers,
      europarlOpendata,
      europarlTexts,
      recordsImporter(shape),
    ].map((each) => [each.name, each]),
  )
