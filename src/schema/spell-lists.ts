import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  parseType,
  print,
} from 'graphql'
import { argument, type Definition, directive, fail, unwrap } from './schema-document.js'

/**
 * Spells out what a schema need not say: a type has the fields of its interfaces, and a field that gives several records
 * is a list, with its connection, its edges and the arguments that page through it. The edges of a list that has a name
 * of its own carry the columns of its link; what else stands on them is said in a type of the edges' name.
 */
export const spellLists = (document: DocumentNode): DocumentNode => new ListSpeller(document).spell()

/** A list: its name, the type of its records, and the link whose columns its edges carry. */
interface List {
  readonly name: string
  readonly node: string
  readonly link: string | null
}

/** The name of the list of those sources that say a record or a link. */
const CITATION = 'Citation'

class ListSpeller {
  readonly #definitions: ReadonlyMap<string, Definition>
  readonly #lists = new Map<string, List>()
  /** The types of figures. */
  readonly #figures = new Set<string>()

  constructor(readonly document: DocumentNode) {
    this.#definitions = new Map(document.definitions.filter(isDefinition).map((each) => [each.name.value, each]))
  }

  spell(): DocumentNode {
    const definitions = this.document.definitions.map((definition) => {
      if (!isDefinition(definition)) return definition
      const fields = [...(definition.fields ?? []), ...this.#inherited(definition)]
      return { ...definition, fields: fields.flatMap((field) => this.#fields(definition, field)) }
    })
    const lists = [...this.#lists.values()]
    const edges = new Map(lists.map((list) => [edgeOf(list), this.#edge(list)]))
    // What was said of the edges by hand is in the spelt ones.
    const others = definitions.filter((each) => !isDefinition(each) || !edges.has(each.name.value))
    const nodes = [...this.#definitions.values()]
      .filter((each) => directive(each, 'node'))
      .map((each) => each.name.value)
    const links = [...this.#definitions.values()]
      .filter((each) => directive(each, 'link'))
      .map((each) => each.name.value)
    const types = parse(
      `"The type of a record, as \`__typename\` says it." enum RecordType { ${nodes.join(' ')} }
      "The type of a link between records." enum LinkType { ${links.join(' ')} }`,
      { noLocation: true },
    )
    const figures = [...this.#figures].map((name) => definitionOf(`type ${name} { kindCount: Int! }`))
    return {
      ...this.document,
      definitions: [...others, ...lists.map(connection), ...edges.values(), ...figures, ...types.definitions],
    }
  }

  /** The fields of a type's interfaces that it does not have itself. */
  #inherited(definition: Definition): readonly FieldDefinitionNode[] {
    const own = new Set(definition.fields?.map((field) => field.name.value))
    const fields = new Map<string, FieldDefinitionNode>()
    for (const { name } of definition.interfaces ?? []) {
      for (const field of this.#definitions.get(name.value)?.fields ?? [])
        if (!own.has(field.name.value) && !fields.has(field.name.value)) fields.set(field.name.value, field)
    }
    return [...fields.values()]
  }

  /** A field, and the figures of its list beside it. */
  #fields(owner: Definition, field: FieldDefinitionNode): readonly FieldDefinitionNode[] {
    const figures = directive(field, 'figures')
    if (!figures) return [this.#field(owner, field)]
    const ofLinks = argument<string>(figures, 'link')
    if (ofLinks) return [this.#figuresField(field, ofLinks)]
    const list = this.#field(owner, field)
    const link = argument<string>(directive(field, 'edge'), 'link') ?? ''
    const isServed = this.#definitions.get(link)?.kind === Kind.INTERFACE_TYPE_DEFINITION
    const name = isServed ? link : unwrap(list.type).type.replace(/Connection$/, '')
    const [beside] = definitionOf(`type Beside {
      "The figures of \`${field.name.value}\`: how many there are of each kind, and sums of their numbers."
      ${field.name.value.replace(/s$/, '')}Stats: Int @figures(of: "${field.name.value}")
    }`).fields as readonly [FieldDefinitionNode]
    return [list, this.#figuresField(beside, name)]
  }

  #figuresField(field: FieldDefinitionNode, name: string): FieldDefinitionNode {
    this.#figures.add(`${name}Stats`)
    const [given] = definitionOf('type Given { given(first: Int = 100, after: String, atLeast: Int): Int }')
      .fields as readonly [FieldDefinitionNode]
    return { ...field, type: parseType(`${name}Stats!`), arguments: given.arguments ?? [] }
  }

  #field(owner: Definition, field: FieldDefinitionNode): FieldDefinitionNode {
    const mapping = directive(field, 'edge') ?? directive(field, 'scan') ?? directive(field, 'citations')
    const { type, list } = unwrap(field.type)
    if (!mapping || !list) return field
    const named = argument<string>(mapping, 'list')
    const name = named ?? (mapping.name.value === 'citations' ? CITATION : type)
    const link = named ? (argument<string>(mapping, 'link') ?? null) : null
    this.#remember(`${owner.name.value}.${field.name.value}`, { name, node: type, link })
    const first = argument<number>(mapping, 'first') ?? 20
    const page = definitionOf(`type Page { page(first: Int = ${first}, after: String): Int }`)
    const paged = page.fields?.[0]?.arguments ?? []
    return { ...field, type: parseType(`${name}Connection!`), arguments: [...(field.arguments ?? []), ...paged] }
  }

  #remember(field: string, list: List): void {
    const known = this.#lists.get(list.name) ?? list
    if (known.node !== list.node || known.link !== list.link)
      fail(`field "${field}" is a list "${list.name}", and so is another whose records or links are of another type`)
    this.#lists.set(list.name, list)
  }

  #edge(list: List): ObjectTypeDefinitionNode {
    const link = list.link ? this.#definitions.get(list.link) : undefined
    const byHand = this.#definitions.get(edgeOf(list))
    const own = [...(byHand?.fields ?? []), ...(link?.fields ?? [])].filter((field) => field.name.value !== 'sources')
    const said =
      list.name === CITATION
        ? '"Where in the source it stands; null where the record\'s own id already says so." locator: String'
        : '"Who says that it belongs in this list; in a list of all records, who says that the record exists." sources: [Source!]! @citations'
    const interfaces = link?.kind === Kind.INTERFACE_TYPE_DEFINITION ? `implements ${list.link}` : ''
    const edge = definitionOf(`
      "One item of a list, with its place in it."
      type ${edgeOf(list)} ${interfaces} {
        "The item's place in the list: give it as \`after\` to go on from there."
        cursor: String!
        "The record."
        node: ${list.node}!
        ${own.map(print).join('\n')}
        ${said}
      }`)
    const description = byHand?.description ?? link?.description ?? edge.description
    const fields = edge.fields?.map((field) => this.#field(edge, field)) ?? []
    return { ...edge, ...(description && { description }), fields }
  }
}

const edgeOf = ({ name }: List): string => `${name}Edge`

const connection = (list: List): ObjectTypeDefinitionNode =>
  definitionOf(`
    "A list, or a page of it."
    type ${list.name}Connection {
      "The items of the page, each with its place in the list and what is known of why it stands there."
      edges: [${edgeOf(list)}!]!
      "The records of the page by themselves."
      nodes: [${list.node}!]!
      "Where the page begins and ends."
      pageInfo: PageInfo!
      "How many items the whole list has."
      totalCount: Int!
      "For how many more it is not known whether they belong in the list, because something that \`where\` asks about is not known of them; 0 without \`where\`."
      undecidedCount: Int!
    }`)

const isDefinition = (definition: DefinitionNode): definition is Definition =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION

const definitionOf = (text: string): ObjectTypeDefinitionNode =>
  parse(text, { noLocation: true }).definitions[0] as ObjectTypeDefinitionNode
