// Tells what in served.graphql would break a client of the last released version: of a tag, or of the one given.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, findBreakingChanges } from 'graphql'

const cwd = fileURLToPath(new URL('..', import.meta.url))

/** What git answers; null where it fails: there is no git, no such tag or no such file. @param {readonly string[]} args */
const git = (args) => {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

/** Whether what a change takes away was marked as deprecated in the version before. @param {string} text @param {string} description */
const wasDeprecated = (text, description) => {
  const [, type, field] = /^(\w+)\.(\w+) was removed/.exec(description) ?? []
  if (!type || !field) return false
  const fields = /** @type {any} */ (buildSchema(text).getType(type))?.getFields?.() ?? {}
  return fields[field]?.deprecationReason !== undefined
}

const tag = process.argv[2] ?? git(['describe', '--tags', '--abbrev=0', '--match', 'v*'])?.trim()
const before = tag ? git(['show', `${tag}:served.graphql`]) : null
if (before === null) {
  console.log('No version with a served.graphql was released yet, so nothing can break.')
} else {
  const now = readFileSync(new URL('../served.graphql', import.meta.url), 'utf8')
  const changes = findBreakingChanges(buildSchema(before), buildSchema(now))
  const breaking = changes.filter(({ description }) => !wasDeprecated(before, description))
  for (const { description } of breaking) console.error(description)
  if (breaking.length > 0) {
    console.error(
      `These ${breaking.length} changes break clients of ${tag}. Keep what was there and mark it @deprecated, or remove it in a new major version.`,
    )
    process.exitCode = 1
  } else {
    console.log(`Nothing breaks clients of ${tag}.`)
  }
}
