// Starts the server; builds it first where `npm ci` was told to run no scripts.
import { execSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = new URL('../dist/cli.js', import.meta.url)
if (!existsSync(program)) execSync('npm run --silent build', { stdio: 'inherit' })
process.argv = [process.execPath, fileURLToPath(program), 'serve', ...process.argv.slice(2)]
await import(program.href)
