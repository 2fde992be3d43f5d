/** The lists whose members become nodes, in the order in which they take an id that several of them use. */
export const NODE_LISTS = ['persons', 'organizations', 'posts', 'areas', 'events', 'motions', 'vote_events'] as const
export type NodeList = (typeof NODE_LISTS)[number]
/** All lists that are read: members of the others become links. */
export type PopoloList = NodeList | 'memberships' | 'votes'
