import { SEARCH_INDEX } from './search-cypher.js'

/** What a server that speaks Neo4j's protocol can do of what this program would have it do. */
export interface ServerKind {
  /** What it calls itself, with its version. */
  readonly name: string
  /** Whether indexes are made in the background, and can be waited for. */
  readonly awaitsIndexes: boolean
  /** Whether Cypher makes the full-text index of search keys. */
  readonly makesTextIndex: boolean
  /** Whether it lists transactions by what it was told with them: who waits for whom, and which connection was lost. */
  readonly listsTransactions: boolean
  /** Whether its own numbers of nodes are below 2^53, so that each is told as it is. */
  readonly hasSmallNumbers: boolean
  /** What whoever runs this program should know of it; null where there is nothing. */
  readonly notice: string | null
}

const NEO4J = {
  awaitsIndexes: true,
  makesTextIndex: true,
  listsTransactions: true,
  hasSmallNumbers: true,
  notice: null,
}
const OTHER = { awaitsIndexes: false, listsTransactions: false, hasSmallNumbers: false }
const SEE = 'docs/operating/other-servers.md says what was tried.'

/** Reads what a server said that it is when the connection was made, such as `Neo4j/5.26.0`. */
export const serverKind = (agent: string | undefined): ServerKind => {
  const [, major, minor] = /^Neo4j\/(\d+)\.(\d+)[\w.+-]*$/.exec(agent ?? '') ?? []
  // What the writer asks came with 5.23; versions since 2025 are named after the year.
  if (major && minor && (Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 23)))
    return { name: `Neo4j ${major}.${minor}`, ...NEO4J }
  const arcade = /\bArcadeDB [\w.-]+/.exec(agent ?? '')?.[0]
  if (arcade) {
    const notice = `The server is ${arcade}. Run one import at a time: two that write at once are not told of each other there. ${SEE}`
    return { name: arcade, ...OTHER, makesTextIndex: false, notice }
  }
  const name = agent || 'a server without a name'
  const notice = `The server calls itself "${name}", which Rapporteur was not tried on. It is used all the same: what it refuses is said, but a wrong answer would not be noticed. ${SEE}`
  return { name, ...OTHER, makesTextIndex: true, notice }
}

/** What to do where the index of search keys is missing and Cypher does not make it. */
export const textIndexByHand = ({ name }: ServerKind): string =>
  `Nothing can be searched: the full-text index "${SEARCH_INDEX}" is missing, and ${name} makes it by SQL only. docs/operating/other-servers.md has the two statements.`
