import type { TestProject } from 'vitest/node'
import { startNeo4j } from '../../scripts/neo4j-server.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of a Neo4j server without password that tests may empty; null where there is none. */
    neo4j: string | null
  }
}

let stop = async (): Promise<void> => {}
let untested: string | undefined

/**
 * Provides `inject('neo4j')` to all tests: the server of RAPPORTEUR_TEST_NEO4J_URI, or one of its own. Where that cannot
 * start, tests go on without it and say so loudly; with CI=true this is an error.
 */
export const setup = async (project: TestProject): Promise<void> => {
  const given = process.env.RAPPORTEUR_TEST_NEO4J_URI
  try {
    if (given === 'none') throw new Error('RAPPORTEUR_TEST_NEO4J_URI is "none".')
    project.provide('neo4j', given || (await startOwn()))
  } catch (error) {
    if (process.env.CI) throw error
    untested = error instanceof Error ? error.message : String(error)
    project.provide('neo4j', null)
    warn()
  }
}

export const teardown = async (): Promise<void> => {
  await stop()
  warn()
}

const startOwn = async (): Promise<string> => {
  const server = await startNeo4j({ heapMegabytes: 1024, onProgress: (sentence) => console.log(sentence) })
  stop = server.stop
  return server.uri
}

const warn = (): void => {
  if (untested === undefined) return
  const line = '='.repeat(80)
  console.warn(`\n${line}\nNEO4J WAS NOT TESTED: every test of that engine is skipped.\n${untested}\n${line}\n`)
}
