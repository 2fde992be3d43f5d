/** Connections there may be where nothing is said. */
const MOST = 5000
/** Files and sockets that a server needs besides connections: the store, its threads, the log. */
const OTHERS = 96

interface Limits {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } }
}

/** How many connections fit into the files that the process may have open, which Node raises as far as it may. */
export const fittingConnections = (): number => {
  const { userLimits } = process.report.getReport() as Limits
  const files = Number(userLimits?.open_files?.soft)
  // Windows has no such limit, others may have none.
  return Number.isFinite(files) ? Math.min(MOST, Math.max(files - OTHERS, Math.ceil(files / 2))) : MOST
}
