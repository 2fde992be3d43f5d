import { EXAMPLES } from './examples.js'

/** A ballot paper half in its box. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="28" height="28">
<rect x="10" y="3" width="12" height="14" fill="#e8b23a"/><path d="M13 9l3 3 4-6" fill="none" stroke="#10213a" stroke-width="2"/>
<rect x="3" y="15" width="26" height="14" rx="2" fill="#1f3a5f"/><rect x="8" y="15" width="16" height="3" fill="#10213a"/></svg>`

/**
 * What the page does besides showing GraphiQL: `query`, `variables` and `operationName` of its address are what is
 * asked, as in a GET, and follow what is typed, so that the address can be sent to somebody. A short link's question is
 * fetched. The bar above gives the answer away: as a link, a file, a receipt, a citation.
 */
const SCRIPT = `
const { endpoint, hasLinks } = OPTIONS
const isShort = location.pathname !== endpoint
const indented = (text) => {
  try { return JSON.stringify(JSON.parse(text), null, 2) } catch { return text }
}
// Another tab's document does not have the operation of the link.
const operations = (query) => query.match(/\\b(query|mutation|subscription)\\b\\s*\\w*/g) || []
const has = (query, name) => operations(query).some((each) => each.split(/\\s+/)[1] === name)
let asked = { query: '' }
let editedAt = 0
const keep = (name) => (value) => {
  editedAt = Date.now()
  if ((asked[name] || '') === (value || '')) return
  asked = { ...asked, [name]: value }
  const url = new URL(endpoint, location.href)
  for (const [each, text] of Object.entries(asked)) if (text) url.searchParams.set(each, text)
  history.replaceState({}, '', url)
}
const post = (path, question, headers) => fetch(path, {
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(question),
})
const ask = async ({ query, variables, operationName }, { headers } = {}) => {
  const question = { query, variables, operationName: has(query, operationName) ? operationName : undefined }
  const response = await post(endpoint, question, { accept: 'application/graphql-response+json', ...headers })
  return response.json()
}

// What is asked in the tab that is shown: GraphiQL keeps its tabs within half a second.
const current = async () => {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, editedAt + 700 - Date.now())))
  const { tabs = [], activeTabIndex = 0 } = JSON.parse(localStorage.getItem('graphiql:tabState') || '{}')
  const { query = asked.query, variables, operationName } = tabs[activeTabIndex] || asked
  const question = { query: query || '' }
  if (variables && variables.trim()) question.variables = JSON.parse(variables)
  if (operationName && has(question.query, operationName) && operations(question.query).length > 1) question.operationName = operationName
  return question
}
const said = document.querySelector('#said')
const say = (text, isWrong) => {
  said.textContent = text
  said.className = isWrong ? 'wrong' : ''
}
const copy = async (text, what) => {
  try {
    await navigator.clipboard.writeText(text)
    say(what + ' copied: ' + text)
  } catch {
    // Pages without TLS may not write to the clipboard.
    prompt('Copy ' + what.toLowerCase() + ':', text)
  }
}
const told = async (response) => {
  if (response.ok) return response
  const { errors } = await response.json()
  throw new Error(errors.map(({ message }) => message).join(' '))
}
const save = async (response, fallback) => {
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') || '')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name ? name[1] : fallback
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
  const count = (name) => response.headers.get('rapporteur-' + name + '-count')
  const undecided = Number(count('undecided'))
  const more = undecided > 0 ? ' Of ' + undecided + ' more it is not known whether they belong there.' : ''
  say(link.download + ' downloaded.' + more)
}
const table = (type) => async (question) => save(await told(await post(endpoint, question, { accept: type })), 'table')
const actions = {
  async link({ query, variables, operationName }) {
    const url = new URL(endpoint, location.href)
    url.searchParams.set('query', query)
    if (variables) url.searchParams.set('variables', JSON.stringify(variables))
    if (operationName) url.searchParams.set('operationName', operationName)
    await copy(url.toString(), 'Link')
  },
  async short(question) {
    const { link } = await (await told(await post('/q', question))).json()
    await copy(link, 'Short link')
  },
  async json(question) {
    const response = await told(await post(endpoint, question, { accept: 'application/graphql-response+json' }))
    await save(response, 'answer.json')
  },
  csv: table('text/csv'),
  xlsx: table('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  async receipt(question) {
    await save(await told(await post('/receipt', question)), 'receipt.zip')
  },
  async cite(question) {
    await copy((await (await told(await post('/cite', question))).text()).trim(), 'Citation')
  },
}
for (const button of document.querySelectorAll('#bar button')) {
  button.onclick = async () => {
    button.disabled = true
    say('…')
    try {
      await actions[button.dataset.do](await current())
    } catch (error) {
      say(error.message, true)
    }
    button.disabled = false
  }
}
if (!hasLinks) document.querySelector('[data-do=short]').remove()

/* The short link with the variables beside it, as the question that it stands for. */
const shortAddress = () => {
  const url = new URL(location.href)
  url.searchParams.set('format', 'question')
  return url
}

const linked = async () => {
  if (isShort) {
    const question = await (await told(await fetch(shortAddress()))).json()
    const { query, variables, operationName } = question
    const text = variables && Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : ''
    return { query, variables: text, operationName }
  }
  const { searchParams } = new URL(location.href)
  if (!searchParams.get('query')) return undefined
  return {
    query: searchParams.get('query'),
    variables: indented(searchParams.get('variables') || ''),
    operationName: searchParams.get('operationName'),
  }
}
const show = (link) => {
  if (link) asked = link
  // GraphiQL then offers no choice among operations, which is missed only where there are several.
  const several = link && operations(link.query).length > 1
  const tab = link && { query: link.query, variables: link.variables }
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
    ...OPTIONS,
    ...tab,
    ...(several && link.operationName && { operationName: link.operationName }),
    defaultTabs: tab ? [tab, ...OPTIONS.defaultTabs] : OPTIONS.defaultTabs,
    defaultEditorToolsVisibility: tab && tab.variables ? 'variables' : false,
    fetcher: ask,
    onEditQuery: keep('query'),
    onEditVariables: keep('variables'),
    onEditOperationName: keep('operationName'),
  })
}
linked().then(show, (error) => {
  say(error.message, true)
  show()
})
`

const BAR_STYLE = `
body { display: flex; flex-direction: column; height: 100vh; margin: 0 }
#root { flex: 1; min-height: 0; height: auto !important; position: relative }
#root .graphiql-container { height: 100% !important }
#bar { display: flex; align-items: center; gap: 6px; padding: 6px 12px; font: 14px system-ui, sans-serif;
  background: #f4f6f9; color: #10213a; border-bottom: 1px solid #d5dbe4 }
#bar button { font: inherit; padding: 3px 10px; border: 1px solid #b9c3d2; border-radius: 4px; background: #fff;
  color: inherit; cursor: pointer }
#bar button:hover, #bar button:focus-visible { border-color: #1f3a5f; background: #e8edf5 }
#bar button:disabled { opacity: .5; cursor: wait }
#bar i { width: 1px; align-self: stretch; margin: 2px 6px; background: #d5dbe4 }
#said { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: right }
#said.wrong { color: #a11d1d; white-space: normal; text-align: left }
@media (prefers-color-scheme: dark) {
  #bar { background: #18202e; color: #dce3ee; border-color: #2d3950 }
  #bar button { background: #222d40; border-color: #3b4964 }
  #bar button:hover, #bar button:focus-visible { background: #2c3a54; border-color: #8ea3c6 }
  #said.wrong { color: #ff9c9c }
}
`

const BAR = `<div id="bar" role="toolbar" aria-label="The answer">
<button data-do="link" title="An address that opens this question here">Copy link</button>
<button data-do="short" title="A short address that stays">Copy short link</button>
<i></i>
<button data-do="json" title="The answer as JSON">JSON</button>
<button data-do="csv" title="The list of the answer as a table">CSV</button>
<button data-do="xlsx" title="The list of the answer as a workbook that names its sources">Excel</button>
<i></i>
<button data-do="receipt" title="The answer with its question, sources and citation, and for figures their records, as a zip">Receipt</button>
<button data-do="cite" title="A sentence for a footnote">Copy citation</button>
<output id="said"></output>
</div>`

/** Makes the page that shows GraphiQL, with the example questions as tabs and everything that it needs in it. */
export const makeGraphiqlPage = async (endpoint: string, hasLinks: boolean): Promise<string> => {
  // Nine megabytes of text, read only where somebody wants to see it.
  const { css, editorWorkerService, graphqlWorker, js, jsonWorker } = await import(
    '@graphql-yoga/render-graphiql/graphiql'
  )
  const options = {
    title: 'Rapporteur',
    endpoint,
    hasLinks,
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
<style>${css}${BAR_STYLE}</style>
</head>
<body class="no-focus-outline">
<noscript>This page needs JavaScript. Questions are also answered without it: send them here as JSON.</noscript>
${BAR}
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
