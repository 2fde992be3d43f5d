/** 0: done; 1: not done, or something is wrong; 2: the command line was not understood; 3: there was nothing new. */
export type ExitCode = 0 | 1 | 2 | 3

/** Whether a store that a command makes has the story of Kazakhstan 2022. */
export interface SeedFlags {
  readonly seed: boolean
}

/** Prints a line of what was asked for. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Prints a line that is no part of that. */
export const warn = (text: string): void => void process.stderr.write(`${text}\n`)

/** A number as it is read, with its thousands apart. */
export const number = (value: number): string => value.toLocaleString('en')

/** Seconds since a moment that `performance.now()` told. */
export const secondsSince = (begun: number): string => ((performance.now() - begun) / 1000).toFixed(1)

/** One line for each importer or format. */
export const nameAndSummarize = (
  known: ReadonlyMap<string, { readonly name: string; readonly summary: string }>,
): string => [...known.values()].map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')
