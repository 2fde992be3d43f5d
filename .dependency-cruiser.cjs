// Folders are the way of the data: what a folder of src/ may import besides itself, errors.ts, gone.ts and settings.ts.
// "store" is the store's interface: the files directly in src/store/, except open-store.ts, which knows the adapters.
const mayImport = {
  model: [],
  schema: ['model'],
  store: ['model'],
  import: ['model', 'store'],
  search: ['model', 'store'],
  analysis: ['store'],
  cite: ['model'],
  query: ['model', 'store', 'search', 'cite', 'analysis'],
  export: ['model', 'store'],
  ask: ['query'],
  table: ['query', 'ask', 'cite'],
  receipt: ['query', 'ask', 'cite', 'table'],
  api: ['search', 'ask'],
  mcp: ['model', 'search', 'ask'],
  reconcile: ['model', 'search', 'ask'],
  doctor: ['store', 'ask', 'serve'],
  serve: [
    'analysis',
    'model',
    'schema',
    'store',
    'search',
    'query',
    'ask',
    'table',
    'cite',
    'receipt',
    'api',
    'export',
    'mcp',
    'reconcile',
  ],
}
const folders = Object.keys(mayImport).join('|')
const shared = '^src/(errors|settings|known-settings|gone)\\.ts$'
const top = '^src/((cli|index)\\.ts$|commands/)'
const chooser = '^src/store/open-store\\.ts$'
const pathOf = (folder) => (folder === 'store' ? '^src/store/(?!open-store\\.)[^/]+\\.ts$' : `^src/${folder}/`)

const directions = Object.entries(mayImport).map(([folder, others]) => ({
  name: `${folder}-imports-only`,
  comment: `src/${folder} imports only itself and: ${others.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: [`^src/${folder}/`, shared, ...others.map(pathOf)] },
}))

/** A package that only one folder may import. */
const only = (folder, packages) => ({
  name: `${packages}-only-in-${folder.replace('/', '-')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${folder}/` },
  to: { path: `(^|/)node_modules/${packages}(/|-)` },
})

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'adapters-behind-the-chooser',
      comment:
        'An adapter is imported by its own folder and by what chooses the engine, so nothing else knows which runs.',
      severity: 'error',
      from: { path: '^src/(.+)', pathNot: [top, chooser, '^src/store/(neo4j|sqlite)/'] },
      to: { path: '^src/store/(neo4j|sqlite)/' },
    },
    {
      name: 'adapters-apart',
      severity: 'error',
      from: { path: '^src/store/(neo4j|sqlite)/' },
      to: { path: ['^src/store/(neo4j|sqlite)/', chooser], pathNot: '^src/store/$1/' },
    },
    {
      name: 'model-does-no-io',
      severity: 'error',
      from: { path: '^src/model/' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|tls|http|https|http2|dns|dgram|child_process|worker_threads)(/|$)',
      },
    },
    {
      name: 'shared-imports-nothing-else',
      comment: 'errors.ts and settings.ts are open to everybody, so they must not lead anywhere.',
      severity: 'error',
      from: { path: shared },
      to: { path: '^src/', pathNot: shared },
    },
    {
      name: 'nothing-imports-the-top',
      severity: 'error',
      from: { path: '^src/', pathNot: top },
      to: { path: top },
    },
    {
      name: 'folder-not-in-the-table',
      comment: 'A new folder needs a line in mayImport above.',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/(${folders})/`, shared, top] },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'no-dev-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only', 'npm', 'npm-peer'],
      },
    },
    only('store/neo4j', 'neo4j-driver'),
    only('store/sqlite', 'libsql'),
    only('serve', 'graphql-yoga'),
    only('serve', '@graphql-yoga'),
    only('mcp', '@modelcontextprotocol'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
