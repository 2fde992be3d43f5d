/** `ResolutionBallot` → `RESOLUTION_BALLOT`: the relationship type of a link. */
export const relationshipType = (link: string): string =>
  link.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

/** A name as Cypher quotes it; names come from the schema alone, never from a client or a source. */
export const quoted = (name: string): string => `\`${name}\``

/** The label that every node has, which carries the constraint on `id`. */
export const NODE_LABEL = 'Node'
/** The property that holds a node's type; `type` is a property of events. */
export const TYPE_PROPERTY = 'nodeType'
