import type { JsonObject } from './json.js'

/** Asks the graph what explains an answer; null where it was refused. */
export type AskMore = (text: string, variables: Readonly<Record<string, unknown>>) => Promise<JsonObject | null>
