import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const npm = (...args: readonly string[]): string =>
  execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'ignore'] })

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface Locked {
  readonly name?: string
  readonly version: string
  readonly dev?: boolean
  readonly license?: string
}

const manifest = JSON.parse(read('package.json')) as Manifest
/** What the lock file has, by the folder in which it is installed. */
const locked = Object.entries((JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages)
  .filter(([folder]) => folder !== '')
  .map(([folder, each]) => ({ ...each, folder, name: each.name ?? (folder.split('node_modules/').at(-1) as string) }))
const named = ({ name, version }: { readonly name: string; readonly version: string }): string => `${name}@${version}`
const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()

describe('docs/dependencies.md', () => {
  it.each([
    ['At run time', manifest.dependencies],
    ['For development', manifest.devDependencies],
  ])('has a line with a reason for each package, and none for one that is gone: "%s"', (heading, packages) => {
    const section = read('docs/dependencies.md').split(`## ${heading}`)[1]?.split('\n## ')[0] ?? ''
    const rows = [...section.matchAll(/^\| (`.*?`) \| (.*?) \| (.*?) \| (.*?) \|$/gm)]
    const listed = rows.flatMap(([, names = '']) => [...names.matchAll(/`(.*?)`/g)].map(([, name]) => name as string))
    expect(unique(listed)).toEqual(unique(Object.keys(packages)))
    expect(listed).toHaveLength(new Set(listed).size)
    expect(rows.filter(([, , , , reason = '']) => reason.length < 10)).toEqual([])
  })
})

describe('the bill of materials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-sbom-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const write = (...flags: readonly string[]) => {
    const path = join(folder, 'sbom.json')
    execFileSync(process.execPath, [join(root, 'scripts/write-sbom.mjs'), ...flags, path], { stdio: 'pipe' })
    return JSON.parse(readFileSync(path, 'utf8')) as {
      readonly bomFormat: string
      readonly components: readonly { readonly name: string; readonly version: string; readonly 'bom-ref': string }[]
      readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
    }
  }

  it('has all that the lock file has, and nothing else', () => {
    const { bomFormat, components } = write('--dev')
    expect(bomFormat).toBe('CycloneDX')
    expect(unique(components.map(named))).toEqual(unique(locked.map(named)))
  })

  it('that comes with the package has what is needed to run it, and nothing else', () => {
    const { components, dependencies } = write()
    expect(unique(components.map(named))).toEqual(unique(locked.filter(({ dev }) => !dev).map(named)))
    const refs = components.map((each) => each['bom-ref'])
    expect(unique(dependencies.flatMap(({ dependsOn }) => dependsOn))).toEqual(unique(refs))
  })
})

describe('the licences of what is needed at run time', () => {
  /** Licences under which a package may be used by, and delivered with, a program under Apache-2.0. */
  const ALLOWED = [
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'Unlicense',
  ]

  it('are all compatible with Apache-2.0', () => {
    const licences = locked
      .filter(({ dev }) => !dev)
      .map(({ folder, license, ...each }) => {
        const path = join(root, folder, 'package.json')
        // What is for another system is not installed; the lock file says what its package.json does.
        const own = existsSync(path)
          ? (JSON.parse(readFileSync(path, 'utf8')) as { license?: unknown }).license
          : license
        return { package: named(each), licence: own }
      })
    expect(licences.length).toBeGreaterThan(50)
    expect(licences.filter(({ licence }) => !ALLOWED.includes(licence as string))).toEqual([])
  })
})

describe('the package', () => {
  // Without scripts, so that nothing is built or deleted beside other tests.
  const [packed] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts')) as {
    readonly size: number
    readonly files: readonly { readonly path: string; readonly size: number }[]
  }[]
  const files = packed?.files ?? []

  it('holds what runs and what a user reads, and nothing else', () => {
    const foreign = files.filter(
      ({ path }) =>
        !/^(node_modules|bin|seed|examples|tools|docs)\//.test(path) &&
        !/^dist\/.*(\.js|\.d\.ts)$/.test(path) &&
        !/^(LICENSE|README\.md|CHANGELOG\.md|package\.json|sbom\.cdx\.json|(schema|served)\.graphql)$/.test(path),
    )
    expect(foreign).toEqual([])
    expect(
      files.filter(
        ({ path }) => /(^|\/)(test|bench|scripts)\/|\.test\.|\.sqlite/.test(path) && !path.startsWith('node_modules/'),
      ),
    ).toEqual([])
  })

  it('is small: less than 8 MB packed, and less than 5 MB of our own', () => {
    expect(packed?.size).toBeLessThan(8e6)
    const own = files.filter(({ path }) => !path.startsWith('node_modules/'))
    expect(own.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5e6)
  })
})
