import type { GraphShape } from '../model/graph-shape.js'
import { europarlMembers } from './europarl/europarl-members.js'
import { europarlOpendata } from './europarl/europarl-opendata.js'
import { europarlResults } from './europarl/europarl-results.js'
import { europarlRollcalls } from './europarl/europarl-rollcalls.js'
import { europarlTexts } from './europarl/europarl-texts.js'
import { followthemoney } from './followthemoney/followthemoney.js'
import { howtheyvote } from './howtheyvote/howtheyvote.js'
import type { Importer } from './importer.js'
import { plover } from './plover/plover.js'
import { popolo } from './popolo/popolo.js'
import { recordsImporter } from './records/records.js'

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
      followthemoney,
      plover,
      popolo,
      recordsImporter(shape),
    ].map((each) => [each.name, each]),
  )
