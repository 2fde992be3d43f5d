import { EXAMPLES } from './examples.js'

/** A ballot paper half in its box. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="28" height="28">
<rect x="10" y="3" width="12" height="14" fill="#e8b23a"/><path d="M13 9l3 3 4-6" fill="none" stroke="#10213a" stroke-width="2"/>
<rect x="3" y="15" width="26" height="14" rx="2" fill="#1f3a5f"/><rect x="8" y="15" width="16" height="3" fill="#10213a"/></svg>`

/**
 * What the page does besides showing GraphiQL: `query`, `variables` and `operationName` of its address are what is
 * asked, as in a GET, and follow what is typed, so that the address can be sent to somebody.
 */
const SCRIPT = `
const asked = new URL(location.href).searchParams
const indented = (text) => {
  try { return JSON.stringify(JSON.parse(text), null, 2) } catch { return text }
}
const keep = (name) => (value) => {
  const url = new URL(location.href)
  if (value) url.searchParams.set(name, value)
  else url.searchParams.delete(name)
  history.replaceState({}, '', url)
}
// Another tab's document does not have the operation of the link.
const operations = (query) => query.match(/\\b(query|mutation|subscription)\\b\\s*\\w*/g) || []
const has = (query, name) => operations(query).some((each) => each.split(/\\s+/)[1] === name)
const ask = async ({ query, variables, operationName }, { headers } = {}) => {
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query, variables, operationName: has(query, operationName) ? operationName : undefined }),
  })
  return response.json()
}
const link = asked.get('query') ? { query: asked.get('query'), variables: indented(asked.get('variables') || '') } : undefined
// GraphiQL then offers no choice among operations, which is missed only where there are several.
const several = link && operations(link.query).length > 1
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  ...OPTIONS,
  ...link,
  ...(several && asked.get('operationName') && { operationName: asked.get('operationName') }),
  defaultTabs: link ? [link, ...OPTIONS.defaultTabs] : OPTIONS.defaultTabs,
  defaultEditorToolsVisibility: link && link.variables ? 'variables' : false,
  fetcher: ask,
  onEditQuery: keep('query'),
  onEditVariables: keep('variables'),
  onEditOperationName: keep('operationName'),
})
`

/** Makes the page that shows GraphiQL, with the example questions as tabs and everything that it needs in it. */
export const makeGraphiqlPage = async (): Promise<string> => {
  // Nine megabytes of text, read only where somebody wants to see it.
  const { css, editorWorkerService, graphqlWorker, js, jsonWorker } = await import(
    '@graphql-yoga/render-graphiql/graphiql'
  )
  const options = {
    title: 'Rapporteur',
    logo: MARK,
    defaultTabs: EXAMPLES.map(({ query, headers }) => ({ query, headers })),
  }
  const workers = { editorWorkerService, json: jsonWorker, graphql: graphqlWorker }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${options.title}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}">
<style>${css}</style>
</head>
<body class="no-focus-outline">
<noscript>This page needs JavaScript. Questions are also answered without it: send them here as JSON.</noscript>
<div id="root"></div>
<script>
const WORKERS = ${inScript(workers)}
const OPTIONS = ${inScript(options)}
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) =>
    URL.createObjectURL(new Blob([WORKERS[label] || WORKERS.editorWorkerService], { type: 'application/javascript' })),
}
</script>
<script>${js}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** Data as an expression of JavaScript that ends no script element. */
const inScript = (data: unknown): string => JSON.stringify(data).replaceAll('</', '<\\/')
