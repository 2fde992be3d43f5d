import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { codegen } from '@graphql-codegen/core'
import * as schemaTypes from '@graphql-codegen/typescript'
import * as operationTypes from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'
import {
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  getSingularSelector,
  Network,
  type ReaderFragment,
  RecordSource,
  type SingularReaderSelector,
  Store,
  type Variables,
} from 'relay-runtime'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareStore } from '../../src/import/prepare-store.js'
import type { Serving } from '../../src/serve/serve.js'
import { openStore } from '../../src/store/open-store.js'
import { serveOnFreePort, shape } from '../serve/fake-store.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sources = join(root, 'test', 'fixtures', 'clients')
const scalars = { Date: 'string', DateTime: 'string', URL: 'string' }
const require = createRequire(import.meta.url)
const compiler = require.resolve('relay-compiler/cli.js')

let folder = ''
let serving: Serving
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapporteur-clients-'))
  await cp(sources, folder, { recursive: true })
  await cp(join(root, 'served.graphql'), join(folder, 'served.graphql'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await mkdir(join(folder, 'made'))
  serving = await serveOnFreePort({
    open: async () => {
      const store = await openStore({ engine: 'SQLite', path: ':memory:' }, shape)
      await prepareStore(store, shape, { seed: true })
      return store
    },
  })
})
afterAll(async () => {
  await serving.stop(1000)
  await rm(folder, { recursive: true })
})

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

const ask = async (query: string, variables: object, operationName?: string): Promise<Answer> => {
  const response = await fetch(serving.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, operationName }),
  })
  return (await response.json()) as Answer
}

/** What TypeScript has against a file, at its strictest. */
const complaints = (file: string): readonly string[] => {
  const program = ts.createProgram([join(folder, file)], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  })
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

describe('a client in TypeScript whose types GraphQL Code Generator made', () => {
  let ballots = ''
  let client: PlainClient
  beforeAll(async () => {
    ballots = await readFile(join(sources, 'ballots.graphql'), 'utf8')
    const schema = parse(await readFile(join(root, 'served.graphql'), 'utf8'))
    const make = async (filename: string, name: string, plugin: typeof schemaTypes | typeof operationTypes) =>
      writeFile(
        join(folder, filename),
        await codegen({
          filename,
          schema,
          documents: [{ location: 'ballots.graphql', document: parse(ballots) }],
          // Null is no value of a filter: the type says so too.
          config: { scalars, inputMaybeValue: 'T', enumsAsTypes: true },
          plugins: [{ [name]: {} }],
          pluginMap: { [name]: plugin },
        }),
      )
    await make('schema-types.ts', 'schemaTypes', schemaTypes)
    await make('operations.ts', 'operationTypes', operationTypes)
    client = (await import(join(folder, 'plain-client.ts'))) as PlainClient
  })

  it('is well typed, and what may not be asked is refused by the compiler', () => {
    expect(complaints('plain-client.ts')).toEqual([])
  })

  it('asks with all variables, and with those left out that are optional', async () => {
    const all = { main: true, words: 'kazakhstan', from: '2022-01-20', by: ['DATE_DESC', 'ID_ASC'], first: 1 }
    expect(await client.ballots(ask, ballots, all)).toMatchObject({
      data: { voteEvents: { totalCount: 1, edges: [{ node: { id: 'ep-vote:139038', isMain: true } }] } },
    })
    expect(await client.ballots(ask, ballots, { main: false, by: ['ID_DESC'], first: 1 })).toMatchObject({
      data: { voteEvents: { totalCount: 4, edges: [{ node: { id: 'ep-vote:139023' } }] } },
    })
    expect(await client.ballots(ask, ballots, {})).toMatchObject({ data: { voteEvents: { totalCount: 5 } } })
  })

  it('is told that null asks for nothing', async () => {
    const { data, errors } = await client.ballots(ask, ballots, { main: null })
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([{ extensions: { code: 'NULL_IN_FILTER' } }])
  })

  it('builds a filter of parts', async () => {
    const found = (where?: object) => client.ballotsWhere(ask, ballots, { where })
    expect(await found(client.filterOf(true, 500))).toEqual(['ep-vote:139038'])
    expect(await found(client.filterOf(false, 500))).toEqual(
      ['139007', '139008', '139022', '139023'].map((id) => `ep-vote:${id}`),
    )
    expect(await found()).toHaveLength(5)
  })
})

interface PlainClient {
  ballots(by: typeof ask, document: string, variables: object): Promise<Answer>
  ballotsWhere(by: typeof ask, document: string, variables: object): Promise<readonly string[]>
  filterOf(main?: boolean, votesFor?: number): object
}

describe('a client of Relay', () => {
  let artifacts: Artifacts
  const compile = async (src: string) => {
    const options = {
      schema: './served.graphql',
      language: 'typescript',
      eagerEsModules: true,
      customScalarTypes: scalars,
    }
    await writeFile(join(folder, 'relay.json'), JSON.stringify({ src, artifactDirectory: './made', ...options }))
    await promisify(execFile)(process.execPath, [compiler, 'relay.json'], { cwd: folder })
  }
  /** What the compiler made, under this name. */
  const made = async <Artifact>(name: string): Promise<Artifact> =>
    ((await import(join(folder, 'made', `${name}.graphql.ts`))) as { readonly default: Artifact }).default

  beforeAll(async () => {
    await compile('./relay')
    artifacts = {
      query: await made('relayBallotsQuery'),
      page: await made('relayBallotsPageQuery'),
      list: await made('relayBallots_list'),
      whole: await made('relayBallotsWhereQuery'),
    }
  })

  /** Relay's own store and network, which asks the program; it sends what it is given by `sent`. */
  const environment = (sent: (variables: Variables) => Variables) =>
    new Environment({
      store: new Store(new RecordSource()),
      network: Network.create(
        async ({ text }, variables) => (await ask(text ?? '', sent(variables))) as GraphQLResponse,
      ),
    })
  /** Relay sends null for each variable that is left out; a filter wants it left out. */
  const known = (variables: Variables): Variables =>
    Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== null && value !== undefined))

  it('is compiled and well typed', () => {
    expect(complaints(join('relay', 'relay-ballots.ts'))).toEqual([])
  })

  it('is refused by the compiler where it asks for what there is not', async () => {
    await mkdir(join(folder, 'wrong'))
    const wrong = 'query wrongQuery { voteEvents(where: { isMein: { eq: true } }) { totalCount } }'
    await writeFile(
      join(folder, 'wrong', 'wrong.ts'),
      `import { graphql } from 'relay-runtime'\nexport const query = graphql\`${wrong}\`\n`,
    )
    await expect(compile('./wrong')).rejects.toThrow('isMein')
  })

  it.each([
    [
      'all variables',
      { main: false, words: 'kazakhstan', by: ['DATE_DESC', 'ID_DESC'] },
      [139023, 139022, 139008, 139007],
    ],
    ['those left out that are optional', {}, [139007, 139008, 139022, 139023, 139038]],
  ])('asks with %s, in pages that its store puts together', async (_, asked, ballots) => {
    const relay = environment(known)
    const variables = { count: 2, ...asked }
    const first = createOperationDescriptor(artifacts.query, variables)
    await fetchQuery(relay, artifacts.query, variables).toPromise()
    const list = () => {
      const query = relay.lookup(first.fragment).data
      return relay.lookup(getSingularSelector(artifacts.list, query) as SingularReaderSelector).data as unknown as Page
    }
    const seen: number[] = [list().voteEvents.edges.length]
    while (list().voteEvents.pageInfo.hasNextPage) {
      const after = list().voteEvents.pageInfo.endCursor
      const next = createOperationDescriptor(artifacts.page, { ...variables, after }, { force: true })
      await relay.execute({ operation: next }).toPromise()
      seen.push(list().voteEvents.edges.length)
    }
    expect(list().voteEvents.edges.map(({ node }) => node.id)).toEqual(ballots.map((id) => `ep-vote:${id}`))
    expect(seen).toEqual(ballots.length === 4 ? [2, 4] : [2, 4, 5])
  })

  it('asks by a whole filter, or without one, sending its variables as they are', async () => {
    const found = async (variables: Variables) => {
      const data = await fetchQuery(
        environment((each) => each),
        artifacts.whole,
        { count: 9, ...variables },
      ).toPromise()
      return (data as Page).voteEvents.edges.map(({ node }) => node.id)
    }
    expect(await found({ where: { isMain: { eq: true }, tally: { for: { gte: 500 } } } })).toEqual(['ep-vote:139038'])
    expect(await found({})).toHaveLength(5)
  })

  it('is told that null asks for nothing, where it sends that for a variable left out', async () => {
    const relay = environment((each) => each)
    await expect(fetchQuery(relay, artifacts.query, { count: 2 }).toPromise()).rejects.toMatchObject({
      source: { errors: [{ extensions: { code: 'NULL_IN_FILTER' } }] },
    })
  })
})

interface Artifacts {
  readonly query: ConcreteRequest
  readonly page: ConcreteRequest
  readonly list: ReaderFragment
  readonly whole: ConcreteRequest
}

interface Page {
  readonly voteEvents: {
    readonly edges: readonly { readonly node: { readonly id: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}
