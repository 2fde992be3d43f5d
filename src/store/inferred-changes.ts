import type { InferenceRule, InferredLink } from '../model/infer-links.js'
import { type LinkName, type StoredLink, sameRecord } from '../model/records.js'
import type { Changes, GraphStore } from './graph-store.js'
import type { SourceSets } from './source-sets.js'

/** What has to be written for the links of a rule to be those that follow now; one that a source states is left as it is. */
export const inferredChanges = async (
  rule: InferenceRule,
  store: GraphStore,
  sets: SourceSets,
): Promise<Pick<Changes, 'insertLinks' | 'updateLinks' | 'deleteLinks'> & { readonly links: number }> => {
  const stated = new Set<string>()
  const stale = new Map<string, StoredLink>()
  for await (const link of store.scanLinks(rule.link)) {
    if (link.values['inferred'] === true) stale.set(nameOf(link), link)
    else stated.add(nameOf(link))
  }
  const insertLinks: StoredLink[] = []
  const updateLinks: StoredLink[] = []
  let links = 0
  for (const link of united(await rule.infer(store), sets)) {
    if (stated.has(nameOf(link))) continue
    const known = stale.get(nameOf(link))
    stale.delete(nameOf(link))
    if (!known) insertLinks.push(link)
    else if (!sameRecord(known, link)) updateLinks.push(link)
    links += 1
  }
  return { insertLinks, updateLinks, deleteLinks: [...stale.values()], links }
}

/** Each link once, with the sources of every way in which it follows. */
const united = (links: readonly InferredLink[], sets: SourceSets): readonly StoredLink[] => {
  const byName = new Map<string, { readonly link: Omit<InferredLink, 'sourceSets'>; readonly numbers: number[] }>()
  for (const { sourceSets, ...link } of links) {
    const known = byName.get(nameOf(link))
    if (known) known.numbers.push(...sourceSets)
    else byName.set(nameOf(link), { link, numbers: [...sourceSets] })
  }
  return [...byName.values()].map(({ link, numbers }) => ({ ...link, sourceSet: sets.derived(numbers) }))
}

const nameOf = ({ link, from, to, key }: LinkName): string => `${link}\n${from}\n${to}\n${key}`
