import type { GraphShape } from '../model/graph-shape.js'
import type { GraphStore } from '../store/graph-store.js'

/** What an export wrote. */
interface ExportReport {
  readonly folder: string
  readonly records: number
  readonly links: number
  readonly files: number
  /** The size of all files. */
  readonly bytes: number
  /** What to do with the files, as a sentence. */
  readonly next: string
}

/** A way to write all that a store says into files. */
export interface ExportFormat {
  readonly name: string
  readonly summary: string
  /**
   * Writes the files into a new folder, which has its name only when all of them are in it.
   * @throws RapporteurError `BAD_OUTPUT` for a folder that holds something already or cannot be written
   */
  write(store: GraphStore, shape: GraphShape, folder: string): Promise<ExportReport>
}
