/** Connections there may be where nothing is said. */
const MOST = 5000
/** Files and sockets that a server needs besides connections: the store, its threads, the log. */
const OTHERS = 96

interface Limits {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } }
}

/** How many files the process may have open, which Node raises as far as it may; null where there is no such limit. */
export const mostOpenFiles = (): number | null => {
  const { userLimits } = process.report.getReport() as Limits
  const files = Number(userLimits?.open_files?.soft)
  // Windows has none, and others may have.
  return Number.isFinite(files) ? files : null
}

/** How many connections fit into the files that the process may have open. */
export const fittingConnections = (): number => {
  const files = mostOpenFiles()
  return files === null ? MOST : Math.min(MOST, Math.max(files - OTHERS, Math.ceil(files / 2)))
}
