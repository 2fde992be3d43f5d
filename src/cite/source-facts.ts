import { compareTrust } from '../model/trust.js'

/** What is known of a source. */
export interface SourceFacts {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly publisher: { readonly name: string } | null
  readonly url: string | null
  readonly published: string | null
  readonly retrieved: string | null
  readonly license: string | null
  /** SHA-256 of its content as it was imported. */
  readonly contentHash: string | null
  readonly importer: string | null
}

/** The most trusted source first; of those that are trusted alike, by their ids. */
export const inOrderOfTrust = <T extends { readonly id: string }>(sources: readonly T[]): readonly T[] =>
  [...sources].sort((a, b) => compareTrust(b.id, a.id) || (a.id < b.id ? -1 : 1))
