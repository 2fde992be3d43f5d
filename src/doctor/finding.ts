/** One thing that was looked at, and what is to be said of it. */
export interface Finding {
  readonly about: 'program' | 'settings' | 'store' | 'disk' | 'limits' | 'serving'
  /** An error keeps the program from its work; a warning is what an operator may have overlooked. */
  readonly level: 'ok' | 'warning' | 'error'
  readonly sentence: string
}

/** Makes the findings about one thing. */
export const findingsAbout = (about: Finding['about']) => {
  const tell = (level: Finding['level']) => (sentence: string) => ({ about, level, sentence })
  return { ok: tell('ok'), warning: tell('warning'), error: tell('error') }
}

/** Bytes, as a person reads them. */
export const inMegabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
