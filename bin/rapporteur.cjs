#!/usr/bin/env node
// The way in, written so that an old Node can read it too: it says in a sentence what is missing before it loads anything.
const { engines } = require('../package.json')

/** Why this Node cannot run the program; nothing where it can. */
const versionTooOld = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = engines.node.replace('>=', '').split('.').map(Number)
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined
  return `Rapporteur needs Node ${neededMajor}.${neededMinor} or later, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`
}

const run = () => {
  const { existsSync } = require('node:fs')
  const { join } = require('node:path')
  const { pathToFileURL } = require('node:url')
  const program = join(__dirname, '..', 'dist', 'cli.js')
  if (!existsSync(program)) {
    const remedy =
      'Run "npm ci" with the packages for development, which builds it; "npm prune --omit=dev" afterwards leaves only what is needed to run it.'
    return fail(`Rapporteur has not been built here. ${remedy}`)
  }
  import(pathToFileURL(program).href).catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    fail(
      `A package that Rapporteur needs is not installed (${error.message}). Run "npm ci", or install Rapporteur again.`,
    )
  })
}

/** @param {string} sentence */
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

const tooOld = versionTooOld()
if (tooOld) fail(tooOld)
else run()
