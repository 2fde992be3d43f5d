import { type DocumentNode, Kind } from 'graphql'
import { type ConnectionShape, STATE } from '../model/graph-shape.js'
import { type Definition, directive, fail, unwrap } from './schema-document.js'

/** The types that a schema defines, by name. */
export class SchemaTypes {
  readonly definitions = new Map<string, Definition>()
  /** The words of each enum. */
  readonly words = new Map<string, readonly string[]>()
  /** The node types that a node type or interface stands for. */
  readonly possibleTypes = new Map<string, readonly string[]>()

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
        this.definitions.set(definition.name.value, definition)
      } else if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
        this.words.set(definition.name.value, definition.values?.map((value) => value.name.value) ?? [])
      }
    }
    const nodes = this.with('node')
    for (const { name } of nodes) this.possibleTypes.set(name.value, [name.value])
    for (const { kind, name } of this.definitions.values()) {
      if (kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
      const types = nodes.filter((node) => node.interfaces?.some((each) => each.name.value === name.value))
      if (types.length > 0) this.possibleTypes.set(name.value, types.map((type) => type.name.value).sort())
    }
    if (this.with('graph').length > 0) this.possibleTypes.set(STATE.type, [STATE.type])
  }

  /** The types that say a directive. */
  with(name: string): readonly Definition[] {
    return [...this.definitions.values()].filter((definition) => directive(definition, name))
  }

  /** The names of a list’s types; null for a type that is not a list. */
  connectionOf(type: string): (ConnectionShape & { readonly node: string }) | null {
    const definition = this.definitions.get(type)
    const edges = definition?.fields?.find((field) => field.name.value === 'edges')
    const nodes = definition?.fields?.find((field) => field.name.value === 'nodes')
    if (!edges || !nodes) return null
    const list = type.replace(/Connection$/, '')
    const names = { name: type, edge: unwrap(edges.type).type, where: `${list}Where`, order: `${list}Order` }
    return { ...names, node: unwrap(nodes.type).type }
  }

  /** The node types that a type stands for. */
  possible(type: string, where: string): readonly string[] {
    return (
      this.possibleTypes.get(type) ??
      fail(`${where} names the type "${type}", which is neither a node type nor an interface of one`)
    )
  }
}
