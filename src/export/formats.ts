import type { BulkFiles } from '../store/bulk-files.js'
import { csv } from './csv.js'
import type { ExportFormat } from './export-format.js'
import { followthemoney } from './followthemoney.js'
import { graphml } from './graphml.js'
import { jsonld } from './jsonld.js'
import { neo4jImport } from './neo4j-import.js'
import { parquet } from './parquet.js'
import { popolo } from './popolo.js'

/** The formats of an export, by the name that the command line gives them. */
export const formats = (engines: { readonly neo4j: BulkFiles }): ReadonlyMap<string, ExportFormat> =>
  new Map(
    [csv, parquet, jsonld, graphml, followthemoney, popolo, neo4jImport(engines.neo4j)].map((each) => [
      each.name,
      each,
    ]),
  )
