import { readdirSync, readFileSync } from 'node:fs'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql'
import { RapporteurError } from '../errors.js'

/** A question that is kept: a tool is one of these, and nothing else. */
export interface StoredTool {
  /** The name of the operation. */
  readonly name: string
  readonly description: string
  readonly operation: OperationDefinitionNode
  /** What the operation spreads, and what that spreads. */
  readonly fragments: readonly FragmentDefinitionNode[]
}

/** The documents that come with the program. */
const FOLDER = new URL('../../tools/', import.meta.url)

/**
 * Reads the documents of a folder, in the order of their files: each operation is a tool, named and described as it is;
 * a fragment is for all of them.
 * @throws RapporteurError `BAD_SCHEMA` for a document that is no tool
 */
export const readTools = (folder: URL = FOLDER): readonly StoredTool[] => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
  const documents = files.map((file) => ({ file, document: parseFile(folder, file) }))
  const fragments = new Map(
    documents.flatMap(({ document }) =>
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
      ),
    ),
  )
  return documents.flatMap(({ file, document }) =>
    document.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [toolOf(each, fragments, file)] : [],
    ),
  )
}

const parseFile = (folder: URL, file: string): DocumentNode => {
  try {
    return parse(readFileSync(new URL(file, folder), 'utf8'))
  } catch (cause) {
    throw new RapporteurError('BAD_SCHEMA', `"${file}" is no GraphQL document (${cause}). Correct it.`, { cause })
  }
}

const toolOf = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  file: string,
): StoredTool => {
  const name = operation.name?.value
  const description = operation.description?.value
  const undescribed = operation.variableDefinitions?.find((each) => !each.description)?.variable.name.value
  if (!name || !description || undescribed) {
    const missing = !name ? 'a name' : !description ? 'a description' : `a description of $${undescribed}`
    throw new RapporteurError('BAD_SCHEMA', `"${file}" has an operation without ${missing}, which a tool needs.`)
  }
  return { name, description, operation, fragments: spreadBy(operation, fragments) }
}

const spreadBy = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FragmentDefinitionNode[] => {
  const spread = new Set<FragmentDefinitionNode>()
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value)
        if (!fragment || spread.has(fragment)) return
        spread.add(fragment)
        look(fragment)
      },
    })
  }
  look(operation)
  return [...spread]
}
