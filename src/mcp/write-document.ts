import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql'
import { RapporteurError } from '../errors.js'
import type { StoredTool } from './read-tools.js'

type Arguments = Readonly<Record<string, unknown>>

/** A tool's document as it is asked. */
export interface WrittenDocument {
  readonly query: string
  /** Those of the arguments that are variables of it. */
  readonly variables: Arguments
  /** The arguments that would change nothing: what they are about is not asked for. */
  readonly idle: readonly string[]
}

/**
 * Writes the document that asks a tool's question with these arguments. What `@include` and `@skip` leave out is not in
 * it. A condition whose variable is not given is left out, and with it what held nothing else:
 * `{ some: { id: { eq: $id } } }` asks for nothing then, and not for any.
 * @throws RapporteurError `BAD_ARGUMENT` for what is to be included and is neither true nor false
 */
export const writeDocument = ({ operation, fragments }: StoredTool, given: Arguments): WrittenDocument => {
  const definitions = operation.variableDefinitions ?? []
  const narrowing = new Narrowing(definitions, given)
  const [asked, ...others] = [operation, ...fragments].map((each) => narrowing.narrow(each))
  const used = narrowing.used
  const kept = definitions.filter(({ variable }) => used.has(variable.name.value))
  const undescribed = kept.map(({ description: _, ...each }) => each)
  const { description: _, ...rest } = asked as OperationDefinitionNode
  const spread = others.filter((each) => narrowing.spread.has((each as FragmentDefinitionNode).name.value))
  return {
    query: [{ ...rest, variableDefinitions: undescribed }, ...spread].map((each) => print(each)).join('\n\n'),
    variables: Object.fromEntries(Object.entries(given).filter(([name]) => used.has(name))),
    idle: Object.keys(given).filter((name) => !used.has(name) && narrowing.changes(name)),
  }
}

type Conditional = FieldNode | FragmentSpreadNode | InlineFragmentNode

/** Takes out of a document what is not asked with some arguments. */
class Narrowing {
  /** The variables of what is left. */
  readonly used = new Set<string>()
  /** The fragments that what is left spreads. */
  readonly spread = new Set<string>()
  readonly #decided = new Set<string>()
  readonly #defaults: ReadonlyMap<string, unknown>
  readonly #required: ReadonlySet<string>

  constructor(
    definitions: readonly VariableDefinitionNode[],
    readonly given: Arguments,
  ) {
    const defaults = definitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    )
    this.#defaults = new Map(defaults)
    // What has to be given is asked for, so that its lack is told.
    const required = definitions.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
    this.#required = new Set(required.map(({ variable }) => variable.name.value))
  }

  narrow<T extends OperationDefinitionNode | FragmentDefinitionNode>(definition: T): T {
    const enter = (node: Conditional) => this.#decide(node)
    const isHollow = ({ selectionSet }: FieldNode | InlineFragmentNode) => selectionSet?.selections.length === 0
    const narrowed = visit(definition, {
      Field: { enter, leave: (field) => (isHollow(field) ? null : undefined) },
      InlineFragment: { enter, leave: (fragment) => (isHollow(fragment) ? null : undefined) },
      FragmentSpread: { enter },
      ObjectField: { leave: (field) => (this.#isLeftOut(field.value) ? null : undefined) },
      ListValue: {
        leave: (list) => {
          const values = list.values.filter((value) => !this.#isLeftOut(value))
          return values.length === list.values.length ? undefined : { ...list, values }
        },
      },
      Argument: { leave: (argument) => (this.#isLeftOut(argument.value) ? null : undefined) },
    }) as T
    visit(narrowed.selectionSet, {
      Variable: ({ name }) => void this.used.add(name.value),
      FragmentSpread: ({ name }) => void this.spread.add(name.value),
    })
    return narrowed
  }

  /** Whether a variable of what was left out would have asked for something else than is asked without it. */
  changes(name: string): boolean {
    return !this.#decided.has(name) && this.given[name] !== this.#defaults.get(name)
  }

  /** Leaves out what is not to be asked, and its condition from what is. */
  #decide(node: Conditional): Conditional | null | undefined {
    const conditions = node.directives?.filter(({ name }) => name.value === 'include' || name.value === 'skip') ?? []
    if (conditions.length === 0) return undefined
    const isAsked = conditions.every((condition) => this.#holds(condition))
    return isAsked ? { ...node, directives: node.directives?.filter((each) => !conditions.includes(each)) ?? [] } : null
  }

  #holds({ name, arguments: [argument] = [] }: DirectiveNode): boolean {
    const variable = argument?.value.kind === Kind.VARIABLE ? argument.value.name.value : ''
    this.#decided.add(variable)
    const value = this.given[variable] ?? this.#defaults.get(variable)
    if (typeof value !== 'boolean')
      throw new RapporteurError('BAD_ARGUMENT', `\`${variable}\` must be true or false. Nothing was asked.`)
    return name.value === 'include' ? value : !value
  }

  #isLeftOut(value: ValueNode): boolean {
    if (value.kind === Kind.OBJECT) return value.fields.length === 0
    if (value.kind !== Kind.VARIABLE) return false
    const name = value.name.value
    return this.given[name] === undefined && !this.#defaults.has(name) && !this.#required.has(name)
  }
}
