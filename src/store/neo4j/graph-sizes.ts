import { CITATIONS, type GraphShape } from '../../model/graph-shape.js'
import type { GraphSizes, LinkSizes } from '../graph-store.js'
import { quoted, relationshipType } from './names.js'

/** Gives the value `n` of a statement's one row. */
type Ask = (text: string) => Promise<unknown>

/** Counts nodes and links, and the most links at a node: the store knows how many there are, and a node how many it has. */
export const readSizes = async ({ nodes, links }: GraphShape, ask: Ask): Promise<GraphSizes> => {
  const kinds = [...links.values(), { ...CITATIONS, from: ['SourceSet'] }]
  const counted = [
    ...[...nodes.keys()].map((type) => `(:${quoted(type)})`),
    ...kinds.map((link) => `()${arrow(link)}()`),
  ]
  // Planning a statement costs more than counting.
  const counts = (await ask(`RETURN [${counted.map((pattern) => `COUNT { ${pattern} }`).join(', ')}] AS n`)) as number[]
  const most = (types: readonly string[], pattern: string) =>
    ask(`MATCH (n:${types.map(quoted).join('|')}) RETURN max(COUNT { ${pattern} }) AS n`) as Promise<number>
  const linkSizes = new Map<string, LinkSizes>()
  for (const [i, link] of kinds.entries()) {
    const all = counts[nodes.size + i] ?? 0
    const out = all && (link.one ? 1 : await most(link.from, `(n)${arrow(link)}()`))
    // How many records a source is cited by decides nothing.
    const into = all && link.name !== CITATIONS.name ? await most(link.to, `()${arrow(link)}(n)`) : 0
    linkSizes.set(link.name, { all, out, in: into })
  }
  return { nodes: new Map([...nodes.keys()].map((type, i) => [type, counts[i] ?? 0])), links: linkSizes }
}

const arrow = ({ name }: { readonly name: string }): string =>
  `-[:${name === CITATIONS.name ? 'INCLUDES' : quoted(relationshipType(name))}]->`
