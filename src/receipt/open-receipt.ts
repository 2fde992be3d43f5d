import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import type { Ask, Asking } from '../ask/ask.js'
import type { GraphState } from '../ask/kept-answers.js'
import { refuse } from '../ask/refuse.js'
import { bibtex, citationSentence, ris } from '../cite/citation-texts.js'
import { cslItems } from '../cite/csl.js'
import { questionHash, type TableAbout } from '../table/about-table.js'
import { answerWithSources } from '../table/answer-sources.js'
import { CitedSources, sourceRows, sourcesOfGraph } from '../table/cited-sources.js'
import { lines, writeCsv } from '../table/csv.js'
import { openTable, type Table } from '../table/open-table.js'
import { readTable } from '../table/read-table.js'
import type { ZipPart } from '../table/write-zip.js'
import { type FigureRecords, figureRecords } from './figure-records.js'
import { recomputeScript } from './recompute-script.js'
import { DESCRIPTIONS, roCrate, type WrittenFile } from './ro-crate.js'

/** The most rows of a receipt, and records behind its figures. */
const MAX_ROWS = 100_000

/** The answer to a question, ready to be written with all that belongs to it. */
export interface Receipt {
  readonly name: string
  readonly state: GraphState
  /** Its files, to be gone through once. */
  parts(): AsyncGenerator<ZipPart, void, undefined>
}

/** What a receipt is made for: besides the question, the whole of its answer as a table or as it is. */
type Answered =
  | {
      readonly kind: 'table'
      readonly table: Table
      readonly records: { readonly how: FigureRecords; readonly table: Table } | null
    }
  | { readonly kind: 'answer'; readonly json: string; readonly cited: CitedSources }

/**
 * Opens a receipt: a question, its answer, who says it, and how to cite it; of figures also the records that they are
 * made of, and a script that computes them anew.
 * @returns the receipt, or the errors of the question
 * @throws GraphQLError `RECEIPT_LIMIT`; RapporteurError `UNAVAILABLE`, `CHANGED`
 */
export const openReceipt = async (
  ask: Ask,
  document: DocumentNode,
  asking: Asking,
  about: TableAbout,
  maxRows = MAX_ROWS,
): Promise<Receipt | { readonly errors: readonly GraphQLError[] }> => {
  const answered = await answerOf(ask, document, asking, maxRows)
  if ('errors' in answered) return answered
  const state = answered.kind === 'table' ? answered.table.state : await ask.state(asking.signal)
  const operation = getOperationAST(document, asking.operationName || undefined)
  const name = operation?.name?.value ?? (answered.kind === 'table' ? answered.table.name : 'answer')
  return { name, state, parts: () => partsOf(answered, name, state, about) }
}

const answerOf = async (
  ask: Ask,
  document: DocumentNode,
  asking: Asking,
  maxRows: number,
): Promise<Answered | { readonly errors: readonly GraphQLError[] }> => {
  const table = await tableIn(ask, document, asking)
  if (table === null) {
    const { result, cited } = await answerWithSources(ask, document, asking)
    if (result.errors) return { errors: result.errors }
    return { kind: 'answer', json: `${JSON.stringify(result.data, null, 2)}\n`, cited }
  }
  if ('errors' in table) return table
  refuseLong(table, maxRows)
  if (!table.isFigures) return { kind: 'table', table, records: null }
  const how = recordsOf(ask, document, asking)
  if (!how) return { kind: 'table', table, records: null }
  const { document: ofRecords } = await ask.read(how.query, {
    own: true,
    ...(asking.signal && { signal: asking.signal }),
  })
  const records = await openTable(ask, ofRecords, {
    ...asking,
    operationName: undefined,
    sources: true,
  })
  if ('errors' in records) return records
  refuseLong(records, maxRows)
  return { kind: 'table', table, records: { how, table: records } }
}

/** The table that a document asks for; null where it asks for none. */
const tableIn = async (ask: Ask, document: DocumentNode, asking: Asking) => {
  try {
    return await openTable(ask, document, { ...asking, sources: true })
  } catch (error) {
    if ((error as GraphQLError).extensions?.['code'] === 'NOT_A_TABLE') return null
    throw error
  }
}

/** The records of a document's figures; null where no list gives them. */
const recordsOf = (ask: Ask, document: DocumentNode, { variables, operationName }: Asking): FigureRecords | null => {
  const { schema } = ask.options
  const operation = getOperationAST(document, operationName || undefined) as OperationDefinitionNode
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {})
  const { list } = readTable(schema, document, operation, coerced)
  return figureRecords(schema, document, operation, list, coerced)
}

const refuseLong = ({ totalCount }: Table, maxRows: number): void => {
  if (totalCount === null || totalCount <= maxRows) return
  throw refuse(
    'RECEIPT_LIMIT',
    400,
    `The receipt would have ${totalCount} rows or records; the most is ${maxRows}. Ask for less with \`where\`, or for a table without a receipt.`,
  )
}

/** The files, with the manifest at their end. */
async function* partsOf(
  answered: Answered,
  name: string,
  state: GraphState,
  about: TableAbout,
): AsyncGenerator<ZipPart, void, undefined> {
  const files: WrittenFile[] = []
  const { question, address, now, ask } = about
  yield* hashed({ name: 'question.graphql', content: `${question.query.trim()}\n` }, files)
  yield* hashed({ name: 'variables.json', content: `${JSON.stringify(question.variables ?? {}, null, 2)}\n` }, files)
  const cited = answered.kind === 'answer' ? answered.cited : new CitedSources()
  for (const part of answerParts(answered, cited)) yield* hashed(part, files)
  const isOfGraph = answered.kind === 'table' && answered.table.isFigures && !answered.records
  const sources = isOfGraph ? await sourcesOfGraph(ask) : await cited.describe(ask)
  yield* hashed({ name: 'sources.csv', content: lines(sourceRows(sources)) }, files)
  const items = cslItems(sources, {
    title: name,
    id: questionHash(question),
    version: state.version,
    changedAt: state.changedAt,
    address,
    accessed: now.toISOString(),
  })
  yield* hashed({ name: 'citation.txt', content: `${citationSentence(items)}\n` }, files)
  yield* hashed({ name: 'citation.bib', content: bibtex(items) }, files)
  yield* hashed({ name: 'citation.ris', content: ris(items) }, files)
  yield* hashed({ name: 'citation.json', content: `${JSON.stringify(items, null, 2)}\n` }, files)
  yield* hashed({ name: 'README.txt', content: readme(answered, files, state, about) }, files)
  yield { name: 'ro-crate-metadata.json', content: roCrate({ name, ...state, address, now, files, sources }) }
}

function* answerParts(answered: Answered, cited: CitedSources): Generator<ZipPart, void, undefined> {
  if (answered.kind === 'answer') {
    yield { name: 'answer.json', content: answered.json }
    return
  }
  const { table, records } = answered
  if (table.isFigures) yield { name: 'rows.csv', content: writeCsv(table) }
  else yield { name: 'rows.csv', content: writeCsv(table, { cited }) }
  if (!records) return
  yield { name: 'records.csv', content: writeCsv(records.table, { cited }) }
  yield { name: 'records.graphql', content: `${records.how.query}\n` }
  yield { name: 'recompute.py', content: recomputeScript(records.how) }
}

/** A part, of which it is noted how long it is and what its hash is when it was read. */
async function* hashed({ name, content }: ZipPart, files: WrittenFile[]): AsyncGenerator<ZipPart, void, undefined> {
  const hash = createHash('sha256')
  let bytes = 0
  const noted = async function* () {
    for await (const chunk of typeof content === 'string' ? [content] : content) {
      hash.update(chunk)
      bytes += Buffer.byteLength(chunk)
      yield chunk
    }
  }
  yield { name, content: noted() }
  files.push({ name, bytes, sha256: hash.digest('hex') })
}

const readme = (
  answered: Answered,
  files: readonly WrittenFile[],
  state: GraphState,
  { address, now }: TableAbout,
): string => {
  const told = files.map(({ name }) => `${name}\n    ${DESCRIPTIONS.get(name) ?? ''}`)
  const { totalCount = null, undecidedCount = null } = answered.kind === 'table' ? answered.table : {}
  const counts = [
    totalCount !== null && `Rows in all: ${totalCount}.`,
    undecidedCount !== null && `Rows of which it is not known whether they belong there: ${undecidedCount}.`,
  ].flatMap((each) => each || [])
  const figures =
    answered.kind === 'table' && answered.table.isFigures && !answered.records
      ? [
          '\nNo list gives the records that these figures are made of one by one, so that there is no script here.\nThe sources are those of the whole graph.',
        ]
      : []
  return `A receipt: the answer to a question that was put to a graph of Rapporteur.

Asked on ${now.toISOString()}.
Data version ${state.version}${state.changedAt ? `, changed at ${state.changedAt}` : ''}.
Ask again: ${address}
${counts.join('\n')}${figures.join('')}

An empty cell is what no source says; it is not 0, and not none.
A text in a CSV file that a spreadsheet program would take for a formula has an apostrophe before it.

${told.join('\n')}
ro-crate-metadata.json
    The manifest: every file with its hash, and the sources.
`
}
