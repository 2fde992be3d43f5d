import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { KnownKeys, makeKey } from '../../src/serve/known-keys.js'

let folder = ''
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the keys of clients', () => {
  it('are as they were while their file cannot be looked at, and the log says so', async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapporteur-keys-'))
    const within = join(folder, 'within')
    await mkdir(within)
    const { key, line } = makeKey('newsroom')
    await writeFile(join(within, 'keys.txt'), `${line}\n`)
    const logged: string[] = []
    const keys = new KnownKeys(join(within, 'keys.txt'), (sentence) => logged.push(sentence))
    expect([keys.count, keys.find(key)?.name, keys.find('another')]).toEqual([1, 'newsroom', undefined])
    await rm(within, { recursive: true })
    // What lies above the file is no folder any more.
    await writeFile(within, '')
    await sleep(1100)
    expect(keys.find(key)?.name).toBe('newsroom')
    expect(logged).toEqual([expect.stringMatching(/The keys are as they were\.$/)])
  })
})
