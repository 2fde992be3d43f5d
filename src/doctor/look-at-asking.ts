import type { GraphQLSchema } from 'graphql'
import { Documents } from '../ask/documents.js'
import { readNamedDocuments } from '../ask/named-documents.js'
import { RapporteurError } from '../errors.js'
import { KnownKeys } from '../serve/known-keys.js'
import type { Settings } from '../settings.js'
import { type Finding, findingsAbout } from './finding.js'

const { ok, warning, error } = findingsAbout('serving')

/** Looks at who may ask, and what: the keys of clients and the documents that have a name. */
export const lookAtAsking = (settings: Settings, schema: () => GraphQLSchema): readonly Finding[] => [
  ...orRefuse(() => keys(settings)),
  ...orRefuse(() => documents(settings, schema)),
]

const keys = ({ keys: file }: Settings): Finding => {
  if (file === null) return ok('Clients are told apart by their addresses alone (RAPPORTEUR_KEYS).')
  const { count } = new KnownKeys(file, () => undefined)
  return count > 0
    ? ok(`Keys in "${file}": ${count}.`)
    : warning(`"${file}" has no key, so that whoever sends one is refused; "rapporteur key NAME" makes one.`)
}

const documents = ({ documents: { folder, only } }: Settings, schema: () => GraphQLSchema): Finding => {
  if (folder === null) return ok('No documents have a name (RAPPORTEUR_DOCUMENTS).')
  const { size } = readNamedDocuments(folder, new Documents(schema()))
  const also = only ? 'and nothing else may be asked' : 'and any other may be asked, too'
  return size > 0
    ? ok(`Documents with a name in "${folder}": ${size}, ${also}.`)
    : warning(`"${folder}" has no documents with a name, ${also}. Files that end in ".graphql" are such.`)
}

const orRefuse = (look: () => Finding): readonly Finding[] => {
  try {
    return [look()]
  } catch (cause) {
    if (!(cause instanceof RapporteurError)) throw cause
    return [error(cause.message)]
  }
}
