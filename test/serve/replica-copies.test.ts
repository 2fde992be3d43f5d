import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type HeldCopy, ReplicaCopies } from '../../src/serve/replica/replica-copies.js'
import type { GraphStore } from '../../src/store/graph-store.js'

let folder = ''
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A store whose copy is its version and nothing else. */
const storeOf = (state: { version: number }): GraphStore =>
  ({
    state: async () => ({ version: state.version, changedAt: null }),
    copyTo: async (path: string) => {
      const text = `version ${state.version}`
      await writeFile(path, text)
      const sha256 = createHash('sha256').update(text).digest('hex')
      return { sha256, version: state.version, changedAt: null, bytes: text.length, isUnfinished: false }
    },
  }) as unknown as GraphStore

describe('the copy for followers', () => {
  it('of a state that was there before stays when who read the older one has it', async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapporteur-copies-'))
    const state = { version: 1 }
    const store = storeOf(state)
    const copies = new ReplicaCopies({
      folder,
      store: () => store,
      open: async () => store,
      log: () => undefined,
      pause: 0,
    })
    /** Asks until the copy is of this version: a new one is not made as soon as the last. */
    const read = async (version: number): Promise<HeldCopy> => {
      state.version = version
      for (;;) {
        const copy = await copies.current().catch(() => null)
        if (copy?.version === version) return copy
        copy?.letGo()
        await sleep(20)
      }
    }
    const [first, second, again] = [await read(1), await read(2), await read(1)]
    expect(again.path).toBe(first.path)
    second.letGo()
    first.letGo()
    await expect.poll(() => existsSync(second.path)).toBe(false)
    expect(await readFile(again.path, 'utf8')).toBe('version 1')
    again.letGo()
    // Somebody takes it away.
    await rm(again.path)
    const made = await read(1)
    await sleep(50)
    expect(await readFile(made.path, 'utf8')).toBe('version 1')
    made.letGo()
  })
})
