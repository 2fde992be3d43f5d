import { compareTrust } from '../model/trust.js'
import { type SourceStatement, voiceKey } from '../model/voices.js'
import type { Edition } from './graph-store.js'
import { bestSource } from './source-sets.js'

/** Editions by their source. */
export const byEdition = (editions: readonly Edition[]): ReadonlyMap<string, Edition> =>
  new Map(editions.map((edition) => [edition.source, edition]))

/** The order of trust between voices, the least trusted first: by their best sources, then the sources' own dates, then ids. */
export const inOrderOfTrust =
  (editions: ReadonlyMap<string, Edition>) =>
  (
    a: Pick<SourceStatement, 'edition' | 'citations' | 'as'>,
    b: Pick<SourceStatement, 'edition' | 'citations' | 'as'>,
  ): number => {
    const [ofA, ofB] = [bestSource(a), bestSource(b)]
    const [dateA, dateB] = [a, b].map(({ edition }) => editions.get(edition)?.date ?? '') as [string, string]
    return (
      compareTrust(ofA, ofB) ||
      compareText(dateA, dateB) ||
      compareText(ofB, ofA) ||
      compareText(voiceKey(b), voiceKey(a))
    )
  }

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
