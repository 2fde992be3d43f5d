import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
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
  let links = ''

  beforeAll(async () => {
    links = await mkdtemp(join(tmpdir(), 'rapporteur-links-'))
    serving = await serveOnFreePort({
      links,
      open: async () => {
        const store = await openStore({ engine: 'SQLite', path: ':memory:' }, shape)
        await prepareStore(store, shape, { seed: true })
        return store
      },
    })
  })
  afterAll(async () => {
    await serving.stop(1000)
    await rm(links, { recursive: true, force: true })
  })

  /** Opens an address of the server in a browser without a network, and expects no fault and no request to elsewhere. */
  const inBrowser = async (search: string, look: (page: Page) => Promise<void>, expected?: RegExp): Promise<void> => {
    const elsewhere: string[] = []
    const faults: string[] = []
    const profile = await mkdtemp(join(tmpdir(), 'rapporteur-chromium-'))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: browser as string,
      headless: true,
      viewport: { width: 1400, height: 900 },
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
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
        if (message.type() === 'error' && !expected?.test(message.text())) faults.push(message.text())
      })
      await page.goto(search.startsWith('http') ? search : `${serving.url}${search}`)
      await look(page)
      const shot = process.env['RAPPORTEUR_TEST_SCREENSHOT']
      if (shot) await page.screenshot({ path: `${shot}-${search.replace(/\W+/g, '-').slice(0, 12)}.png` })
      expect(elsewhere).toEqual([])
      expect(faults).toEqual([])
    } finally {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    }
  }
  const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ }).click()
  const shows = (page: Page, text: string) =>
    expect.poll(() => page.locator('.result-window').textContent()).toContain(text)
  // A tab can be dragged as well; a press of its button that lasts a moment would begin that.
  const open = (page: Page, title: string) =>
    page.locator('.graphiql-tab-button', { hasText: title }).first().dispatchEvent('click')
  const titles = async (page: Page) => (await page.getByRole('tab').allInnerTexts()).map((title) => title.trim())

  it('answers the first example at the press of a button, and asks no other server', async () => {
    await inBrowser('', async (page) => {
      await run(page)
      await shows(page, '589')
      expect(await titles(page)).toEqual(expect.arrayContaining(['Vote', 'Demands', 'Claims']))
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
      await expect.poll(() => page.locator('.graphiql-plugin').textContent()).toContain('Query')
    })
  }, 60_000)

  it('asks what a link asks, with its variables, in a tab before the examples', async () => {
    const query = 'query Ballot($id: ID!) { voteEvent(id: $id) { tally { for } } }'
    const variables = JSON.stringify({ id: 'ep-vote:139038' })
    await inBrowser(`?${new URLSearchParams({ query, variables })}`, async (page) => {
      await run(page)
      await shows(page, '589')
      const first = await titles(page)
      expect(first.slice(0, 2)).toEqual(['Ballot', 'Vote'])
      await page.reload()
      await run(page)
      await shows(page, '589')
      expect(await titles(page)).toEqual(first)
      // What is asked next is in the address as well.
      await open(page, 'OSCE')
      const asked = () => new URL(page.url()).searchParams
      await expect.poll(() => asked().get('query')).toContain('org:osce')
      expect(asked().get('variables')).toBe(null)
      await open(page, 'Ballot')
      await expect.poll(() => asked().get('query')).toBe(query)
      await expect.poll(() => JSON.parse(asked().get('variables') ?? '{}')).toEqual({ id: 'ep-vote:139038' })
    })
  }, 60_000)

  it('explains an answer in the tab that has the header for it, and in no other', async () => {
    await inBrowser('', async (page) => {
      await open(page, 'Explained')
      await run(page)
      await shows(page, 'milliseconds')
      await open(page, 'Vote')
      await run(page)
      await shows(page, '589')
      expect(await page.locator('.result-window').textContent()).not.toContain('extensions')
      await open(page, 'Explained')
    })
  }, 60_000)

  it('asks the operation that a link names among several', async () => {
    const query = 'query First { voteEvents { totalCount } } query Second { organization(id: "org:osce") { name } }'
    await inBrowser(`?${new URLSearchParams({ query, operationName: 'Second' })}`, async (page) => {
      await run(page)
      await shows(page, 'Co-operation')
      await open(page, 'Vote')
      await expect.poll(() => new URL(page.url()).searchParams.get('query')).toContain('ep-vote:139038')
      await run(page)
      await shows(page, '589')
    })
  }, 60_000)

  const LIST =
    'query Groups($id: ID!) { voteEvent(id: $id) { counts(by: GROUP) { nodes { organization { name } tally { for } } } } }'
  const ofList = `?${new URLSearchParams({ query: LIST, variables: JSON.stringify({ id: 'ep-vote:139038' }) })}`
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()')
  const said = (page: Page) => page.locator('#said').textContent()
  const download = async (page: Page, name: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, name)])
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
  }

  it('gives the answer as files, and says what is no table', async () => {
    await inBrowser(ofList, async (page) => {
      await run(page)
      await shows(page, 'Reformists')
      const csv = await download(page, 'CSV')
      expect(csv.name).toBe('voteEvent-counts.csv')
      expect(csv.content.toString().split('\r\n')[0]).toBe('organization.name,tally.for')
      expect(csv.content.toString().split('\r\n')).toHaveLength(10)
      const json = await download(page, 'JSON')
      expect(JSON.parse(json.content.toString())).toHaveProperty('data.voteEvent.counts.nodes')
      for (const [button, name] of [
        ['Excel', 'voteEvent-counts.xlsx'],
        ['Receipt', 'Groups-receipt.zip'],
      ] as const) {
        const file = await download(page, button)
        expect([file.name, file.content.subarray(0, 2).toString()]).toEqual([name, 'PK'])
      }
      await press(page, 'Copy citation')
      await expect.poll(() => said(page)).toContain('Citation copied')
      expect(await clipboard(page)).toContain('As given by Rapporteur under “Groups')
    })
  }, 60_000)

  it('copies a link with all that is asked, and a short one that opens the same question', async () => {
    let short = ''
    await inBrowser(ofList, async (page) => {
      await press(page, 'Copy link')
      await expect.poll(() => said(page)).toContain('Link copied')
      const link = new URL(await clipboard(page)).searchParams
      expect([link.get('query'), link.get('variables')]).toEqual([LIST, '{"id":"ep-vote:139038"}'])
      await press(page, 'Copy short link')
      await expect.poll(() => said(page)).toContain('Short link copied')
      short = await clipboard(page)
      expect(short).toMatch(/\/q\/[\w-]{22}$/)
    })
    await inBrowser(short, async (page) => {
      await run(page)
      await shows(page, 'Reformists')
      await open(page, 'Claims')
      await expect.poll(() => new URL(page.url()).pathname).toBe('/graphql')
    })
  }, 60_000)

  it('says in a sentence why a question is no table', async () => {
    await inBrowser(
      '',
      async (page) => {
        await open(page, 'Resolution')
        const failed: string[] = []
        page.on('response', (response) => response.status() === 400 && failed.push(response.url()))
        await press(page, 'CSV')
        await expect.poll(() => said(page)).toContain('A table has the rows of one list')
        expect(failed).toHaveLength(1)
      },
      /status of 400/,
    )
  }, 60_000)
})
