// Builds dist/ from src/. With --if-missing only where there is none, and with --if-possible only where the compiler is.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** The compiler's own program; nothing after an install of only what is needed at run time. */
const findCompiler = () => {
  try {
    return createRequire(import.meta.url).resolve('typescript/bin/tsc')
  } catch {
    return undefined
  }
}

/** @param {readonly string[]} args */
const run = (args) => execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' })

const build = () => {
  if (process.argv.includes('--if-missing') && existsSync(program)) return
  const compiler = findCompiler()
  if (compiler) {
    try {
      run([compiler, '-p', 'tsconfig.build.json'])
    } catch {
      // The compiler has said what is wrong.
      process.exitCode = 1
    }
  } else if (!process.argv.includes('--if-possible')) {
    process.stderr.write(
      'There is no compiler here to build Rapporteur with. Run "npm ci" without leaving out the packages for development.\n',
    )
    process.exitCode = 1
  }
}

build()
