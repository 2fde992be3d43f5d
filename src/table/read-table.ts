import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { refuse } from '../ask/refuse.js'
import { fragmentsOf } from '../query/planned-documents.js'
import { type Request, selectFields } from '../query/select-fields.js'

/** What a column's cells are. */
export type CellType = 'text' | 'number' | 'boolean' | 'day'

/** A column: its name, with dots for what lies within, and where its values stand. */
export interface TableColumn {
  readonly name: string
  readonly type: CellType
  /** From the row, or from the whole answer for what stands above the list. */
  readonly of: 'row' | 'answer'
  readonly path: readonly string[]
}

/** The one list of a document, and how it is paged. */
export interface TableList {
  /** The keys that lead to it from the answer. */
  readonly path: readonly string[]
  /** Where in the document it is asked. */
  readonly places: readonly FieldNode[]
  readonly page: TablePage | null
  /** Whether the rows are figures, of which nobody says one by itself. */
  readonly isFigures: boolean
  /** How many rows the document asks, and from where on; null where it does not say. */
  readonly first: number | null
  readonly after: string | null
  readonly skip: number
  /** The type of its rows. */
  readonly type: string
}

/** How a list is paged; one that is not is its rows itself. */
export interface TablePage {
  /** The field that gives its rows, and its key. */
  readonly key: string
  readonly field: string
  /** What tells how many rows there are, and of how many more it is not known. */
  readonly counts: readonly string[]
  /** Whether the next page is asked with the cursor of the last row, or with how many rows are passed over. */
  readonly by: 'cursor' | 'place'
}

/** What of a document's answer is a table. */
export interface TableShape {
  readonly columns: readonly TableColumn[]
  readonly list: TableList
}

/** Of the type of a page: what tells of it, and is no row. */
const ROW_FIELDS = new Set(['edges', 'nodes', 'rows'])
/** Of a page, what is counted over the whole list. */
const COUNTS = ['totalCount', 'undecidedCount']
/** What only the type of rows has that are worked out together. */
export const ROW_COUNT = 'rowCount'

/**
 * Reads which table a document asks for: the rows of its one list, with what is asked beside and above it.
 * @param variables coerced
 * @throws GraphQLError `NOT_A_TABLE` for a document with no list, with two, or with one inside another
 */
export const readTable = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): TableShape => {
  const request: Request = { schema, fragments: fragmentsOf(document), variables, looked: { selections: 0 } }
  const reader = new Reader(request)
  reader.fields(schema.getQueryType() as GraphQLObjectType, [operation], {
    of: 'answer',
    keys: [],
    name: [],
    lists: [],
  })
  return reader.table()
}

/** Where a field stands: its keys from the row or answer, how its column is called, and the lists that it is inside. */
interface Place {
  readonly of: 'row' | 'answer'
  readonly keys: readonly string[]
  readonly name: readonly string[]
  readonly lists: readonly string[]
  /** Whether it stands in a list whose values share a cell. */
  readonly isShared?: boolean
}

type Selecting = Pick<FieldNode, 'selectionSet'>

class Reader {
  readonly #columns = new Map<string, TableColumn>()
  readonly #lists: TableList[] = []
  readonly #names: string[] = []
  #inner: string | null = null

  constructor(readonly request: Request) {}

  table(): TableShape {
    if (this.#inner) throw notATable(`\`${this.#inner}\` is a list inside a list, and a row has no room for one`)
    const [list, ...more] = this.#lists
    if (!list) throw notATable('the document asks for no list')
    if (more.length > 0)
      throw notATable(`the document asks for ${this.#lists.length} lists: \`${this.#names.join('`, `')}\``)
    return { columns: [...this.#columns.values()], list }
  }

  /** Takes what is asked of an object; of an abstract type, of each type that it can be. */
  fields(type: GraphQLNamedType, selecting: readonly Selecting[], place: Place): void {
    for (const [key, { field, places }] of this.#asked(type, selecting)) this.#field(key, field, places, place)
  }

  /** The fields asked by response key, with their type; those of several possible types together. */
  #asked(type: GraphQLNamedType, selecting: readonly Selecting[]) {
    const { schema } = this.request
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type as GraphQLObjectType]
    const sets = selecting.map(({ selectionSet }) => selectionSet)
    const asked = new Map<string, { field: Field; places: readonly FieldNode[] }>()
    for (const each of types) {
      for (const [key, places] of selectFields(this.request, each, sets)) {
        const [first] = places as readonly [FieldNode]
        const definition = each.getFields()[first.name.value]
        const known = asked.get(key)?.places ?? []
        const merged = [...new Set([...known, ...places])]
        asked.set(key, { field: definition ?? TypeNameMetaFieldDef, places: merged })
      }
    }
    return asked
  }

  #field(key: string, field: Field, places: readonly FieldNode[], place: Place): void {
    const within: Place = { ...place, keys: [...place.keys, key], name: [...place.name, key] }
    const type = getNullableType(field.type)
    const named = getNamedType(field.type)
    if (isLeafType(named)) this.#column(within, named, isListType(type))
    else if (isListType(type) && isItem(named)) this.#items(named, places, within)
    else if (isListType(type)) this.#list(field, places, within, named, null)
    else if (isObjectType(named) && named.getFields()['pageInfo']) this.#page(field, named, places, within)
    else if (isObjectType(named) && named.getFields()[ROW_COUNT]) this.#workedOut(field, named, places, within)
    else this.fields(named, places, within)
  }

  /** A short list of objects without records in it, such as names in other languages: its values share a cell. */
  #items(type: GraphQLObjectType, places: readonly FieldNode[], place: Place): void {
    for (const [key, { field }] of this.#asked(type, places)) {
      this.#column({ ...place, keys: [...place.keys, key], name: [...place.name, key] }, getNamedType(field.type), true)
    }
  }

  #column({ of, keys, name, isShared = false }: Place, type: GraphQLNamedType, isList: boolean): void {
    const column = {
      name: name.join('.'),
      type: isList || isShared ? ('text' as const) : cellTypeOf(type),
      of,
      path: keys,
    }
    const known = this.#columns.get(column.name)
    // Two types of a record may have fields of one name and unlike kinds.
    this.#columns.set(column.name, known && known.type !== column.type ? { ...column, type: 'text' } : column)
  }

  #page(field: Field, type: GraphQLObjectType, places: readonly FieldNode[], place: Place): void {
    const asked = [...this.#asked(type, places)]
    const rows = asked.filter(
      ([
        ,
        {
          places: [first],
        },
      ]) => ROW_FIELDS.has(first?.name.value ?? ''),
    )
    const [only, ...more] = rows
    if (!only) {
      // Counts alone are facts about what is above.
      const counts = asked.filter(
        ([
          ,
          {
            field: { type: counted },
          },
        ]) => isLeafType(getNamedType(counted)),
      )
      for (const [key, { field: counted }] of counts)
        this.#column(
          { ...place, keys: [...place.keys, key], name: [...place.name, key] },
          getNamedType(counted.type),
          false,
        )
      return
    }
    if (more.length > 0)
      throw notATable(
        `\`${place.name.join('.')}\` is asked for ${rows.map(([key]) => `\`${key}\``).join(' and ')}, and a table has one of them`,
      )
    const [key, { field: rowField, places: rowPlaces }] = only
    const counts = COUNTS.filter((name) => type.getFields()[name])
    const page: TablePage = { key, field: (rowPlaces[0] as FieldNode).name.value, counts, by: 'cursor' }
    this.#list(field, places, place, getNamedType(rowField.type), page, rowPlaces)
  }

  /** Rows that are worked out together; what is asked beside them is about all of them. */
  #workedOut(field: Field, type: GraphQLObjectType, places: readonly FieldNode[], place: Place): void {
    for (const [key, { field: each, places: asked }] of this.#asked(type, places)) {
      const [first] = asked as readonly [FieldNode]
      if (!ROW_FIELDS.has(first.name.value)) {
        this.#field(key, each, asked, place)
        continue
      }
      const page: TablePage = { key, field: first.name.value, counts: [ROW_COUNT], by: 'place' }
      this.#list(field, places, place, getNamedType(each.type), page, asked)
    }
  }

  #list(
    field: Field,
    places: readonly FieldNode[],
    { keys, name, lists, of }: Place,
    rowType: GraphQLNamedType,
    page: TableList['page'],
    rowPlaces = places,
  ): void {
    const listName = name.join('.')
    if (of === 'row' && page === null) {
      // A short list that is given whole shares the cells of its row.
      this.fields(rowType, rowPlaces, { of, keys, name, lists, isShared: true })
      return
    }
    if (of === 'row') {
      this.#inner ??= `${lists.join('.')}.${listName}`
      return
    }
    const args = getArgumentValues(field, places[0] as FieldNode, this.request.variables)
    const [written] = places
    const asksFirst = written?.arguments?.some((each) => each.name.value === 'first')
    this.#names.push(listName)
    this.#lists.push({
      path: keys,
      places,
      page,
      isFigures: page?.by === 'place' || (isObjectType(rowType) && rowType.getFields()['by'] !== undefined),
      first: asksFirst ? ((args['first'] as number | null | undefined) ?? null) : null,
      after: (args['after'] as string | null | undefined) ?? null,
      skip: (args['skip'] as number | null | undefined) ?? 0,
      type: rowType.name,
    })
    const row: Place = { of: 'row', keys: [], name: [], lists: [...lists, listName] }
    if (rowType.name.endsWith('Edge')) this.#edges(rowType as GraphQLObjectType, rowPlaces, row)
    else this.fields(rowType, rowPlaces, row)
  }

  /** Of an edge, its record's columns have their plain names, unless the edge has a field that is called so. */
  #edges(edge: GraphQLObjectType, places: readonly FieldNode[], row: Place): void {
    for (const [key, { field, places: asked }] of this.#asked(edge, places)) {
      const [first] = asked as readonly [FieldNode]
      if (first.name.value !== 'node') {
        this.#field(key, field, asked, row)
        continue
      }
      for (const [inner, { field: innerField, places: innerPlaces }] of this.#asked(getNamedType(field.type), asked)) {
        const isTaken = inner in edge.getFields()
        this.#field(inner, innerField, innerPlaces, { ...row, keys: [key], name: isTaken ? [key] : [] })
      }
    }
  }
}

type Field = GraphQLField<unknown, unknown>

/** Whether it has nothing within it: a name with its language. */
const isItem = (type: GraphQLNamedType): type is GraphQLObjectType =>
  isObjectType(type) && Object.values(type.getFields()).every((each) => isLeafType(getNamedType(each.type)))

const cellTypeOf = (type: GraphQLNamedType): CellType => {
  if (isEnumType(type)) return 'text'
  if (type.name === 'Int' || type.name === 'Float') return 'number'
  if (type.name === 'Boolean') return 'boolean'
  return type.name === 'Date' ? 'day' : 'text'
}

const notATable = (why: string) =>
  refuse(
    'NOT_A_TABLE',
    400,
    `A table has the rows of one list, and ${why}. Ask for one list, such as \`voteEvents { nodes { id title } }\`, with single neighbours of its rows; or ask for JSON.`,
  )
