import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import { RapporteurError } from '../errors.js'
import type { Documents } from './documents.js'

/** A document that is asked for by its name. */
export interface NamedDocument {
  readonly name: string
  readonly text: string
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string
  readonly operation: OperationDefinitionNode
}

const ENDING = '.graphql'
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/
/** As many characters as the hash of a short link has, which is asked for at the same address. */
const LINK_LENGTH = 22
const MAX_DOCUMENTS = 1000
const MAX_BYTES = 65_536
/** What the address of a document says besides the values of its variables. */
export const ADDRESS_WORDS: readonly string[] = ['variables', 'format', 'bom']

/**
 * Reads the documents of a folder, each under the name of its file, and lists them: they are kept for good.
 * @throws RapporteurError `BAD_INPUT` for the first that cannot be asked for by a name, with file and line
 */
export const readNamedDocuments = (folder: string, documents: Documents): ReadonlyMap<string, NamedDocument> => {
  const files = filesOf(folder)
  if (files.length > MAX_DOCUMENTS)
    throw bad(`"${folder}" has ${files.length} documents, and a server keeps ${MAX_DOCUMENTS} at most. Leave some out.`)
  const named = new Map<string, NamedDocument>()
  for (const file of files) {
    const document = readNamed(join(folder, file), file.slice(0, -ENDING.length), documents)
    named.set(document.name, document)
  }
  return named
}

const filesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(ENDING))
      .sort()
  } catch (cause) {
    throw bad(`RAPPORTEUR_DOCUMENTS is "${folder}", which cannot be read (${reasonOf(cause)}).`, cause)
  }
}

const readNamed = (path: string, name: string, documents: Documents): NamedDocument => {
  if (!NAME.test(name)) {
    const sentence =
      'which makes no name for an address: names are made of Latin letters, digits, "-" and "_", begin with a letter and have 100 characters at most.'
    throw bad(`The document is "${path}", ${sentence} Rename the file.`)
  }
  if (name.length === LINK_LENGTH) {
    const sentence = `The document is "${path}", whose name has ${LINK_LENGTH} characters, as the hash of a short link has, and could be taken for one. Make the name longer or shorter.`
    throw bad(sentence)
  }
  const text = readText(path)
  const operation = operationOf(path, text, documents)
  return { name, text, hash: createHash('sha256').update(text).digest('hex'), operation }
}

const readText = (path: string): string => {
  try {
    const { size } = statSync(path)
    if (size > MAX_BYTES)
      throw bad(`"${path}" has ${size} bytes, and a document ${MAX_BYTES} at most. Make several smaller ones of it.`)
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof RapporteurError) throw cause
    throw bad(`"${path}" cannot be read (${reasonOf(cause)}).`, cause)
  }
}

/** The one operation of a document that fits the schema. */
const operationOf = (path: string, text: string, documents: Documents): OperationDefinitionNode => {
  const { document, errors } = listed(path, text, documents)
  const [error] = errors
  if (error) throw wrong(path, error)
  const [operation, second] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  if (!operation || second) {
    const where = second ? `${path}:${lineOf(text, second.loc?.start)}` : path
    const number = operation ? 'more than one operation' : 'no operation'
    throw bad(`"${where}" has ${number}, and a name stands for exactly one. Give each a file of its own.`)
  }
  if (operation.operation !== 'query')
    throw bad(`"${path}" has a ${operation.operation}, and only a query can be asked at an address.`)
  const taken = operation.variableDefinitions?.find(({ variable }) => ADDRESS_WORDS.includes(variable.name.value))
  if (taken) {
    const line = lineOf(text, taken.loc?.start)
    const sentence = `has a variable $${taken.variable.name.value}, and in an address that word means something else. Give it another name.`
    throw bad(`"${path}:${line}" ${sentence}`)
  }
  return operation
}

const listed = (path: string, text: string, documents: Documents) => {
  try {
    return documents.list(text)
  } catch (error) {
    if (error instanceof GraphQLError) throw wrong(path, error)
    throw error
  }
}

const wrong = (path: string, error: GraphQLError): RapporteurError => {
  const line = error.locations?.[0]?.line
  return bad(`"${path}${line === undefined ? '' : `:${line}`}" cannot be asked: ${error.message}`, error)
}

const lineOf = (text: string, offset = 0): number => text.slice(0, offset).split(/\r\n|[\n\r]/).length

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const bad = (sentence: string, cause?: unknown): RapporteurError =>
  new RapporteurError('BAD_INPUT', `${sentence} Nothing was started; correct it and run again.`, { cause })
