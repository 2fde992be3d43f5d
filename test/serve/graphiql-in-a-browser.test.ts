import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { Serving } from '../../src/serve/serve.js'
import { openStore } from '../../src/store/open-store.js'
import { serveOnFreePort, shape } from './fake-store.js'

const browser = [
  process.env['RAPPORTEUR_TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path && existsSync(path))

if (!browser) {
  const sentence =
    'NOT TESTED: GraphiQL in a browser. There is no Chromium; install it, or name one in RAPPORTEUR_TEST_CHROMIUM.'
  if (process.env['CI']) throw new Error(sentence)
  console.warn(sentence)
}

describe.skipIf(!browser)('GraphiQL in a browser without a network', () => {
  let serving: Serving
  let profile: string

  beforeAll(async () => {
    serving = await serveOnFreePort({
      open: async () => {
        const store = await openStore({ engine: 'SQLite', path: ':memory:' }, shape)
        await prepareStore(store, shape, { seed: true })
        return store
      },
    })
    profile = await mkdtemp(join(tmpdir(), 'rapporteur-chromium-'))
  })
  afterAll(async () => {
    await serving.stop(1000)
    await rm(profile, { recursive: true, force: true })
  })

  it('answers the first example at the press of a button, and asks no other server', async () => {
    const elsewhere: string[] = []
    const faults: string[] = []
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: browser as string,
      headless: true,
      viewport: { width: 1400, height: 900 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    try {
      const origin = new URL(serving.url).origin
      await context.route('**/*', (route) => {
        const url = route.request().url()
        if (url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`) || url.startsWith('data:'))
          return route.continue()
        elsewhere.push(url)
        return route.abort()
      })
      const page = context.pages()[0] ?? (await context.newPage())
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      await page.goto(serving.url)
      await page.getByRole('button', { name: /^Execute query/ }).click()
      await expect.poll(() => page.locator('.result-window').textContent(), { timeout: 20_000 }).toContain('589')
      const tabs = await page.getByRole('tab').allInnerTexts()
      expect(tabs.map((title) => title.trim())).toEqual(expect.arrayContaining(['Vote', 'Demands', 'Claims']))
      const shot = process.env['RAPPORTEUR_TEST_SCREENSHOT']
      if (shot) await page.screenshot({ path: shot })
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
      await expect.poll(() => page.locator('.graphiql-plugin').textContent()).toContain('Query')
      expect(elsewhere).toEqual([])
      expect(faults).toEqual([])
    } finally {
      await context.close()
    }
  }, 60_000)
})
