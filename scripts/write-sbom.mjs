// Writes the software bill of materials, in CycloneDX, of the lock file: of what is needed to run, or with --dev of all.
// `node scripts/write-sbom.mjs [--dev] [FILE]`; the package has it as sbom.cdx.json.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [file = `${root}sbom.cdx.json`] = process.argv.slice(2).filter((argument) => argument !== '--dev')

// `npm sbom --omit=dev` (npm 11) also leaves out what a package for development needs too, so it is asked for all.
const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application']
const all = JSON.parse(
  execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8, shell: process.platform === 'win32' }),
)

/** @param {{ properties?: readonly { name: string }[] }} component */
const isForDevelopment = ({ properties = [] }) => properties.some(({ name }) => name === 'cdx:npm:package:development')

const components = process.argv.includes('--dev')
  ? all.components
  : all.components.filter((/** @type {{}} */ component) => !isForDevelopment(component))
const kept = new Set([all.metadata.component['bom-ref']])
for (const component of components) kept.add(component['bom-ref'])
const dependencies = all.dependencies.flatMap((/** @type {{ ref: string, dependsOn: readonly string[] }} */ each) =>
  kept.has(each.ref) ? [{ ...each, dependsOn: each.dependsOn.filter((ref) => kept.has(ref)) }] : [],
)
writeFileSync(file, `${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`)
