import type { FilterShape } from '../model/graph-shape.js'

const UNIT = `
  "Of a day: the part of it that is the same for all that are counted together."
  enum DateUnit {
    "The year: \`2023\`."
    YEAR
    "The month: \`2023-10\`."
    MONTH
    "The day itself."
    DAY
  }
  "An order of figures; afterwards they are always ordered by all keys, in the order in which these are asked."
  enum StatOrder {
    "Those with the fewest first."
    COUNT_ASC
    "Those with the most first."
    COUNT_DESC
    "By the keys, as they are asked."
    KEY_ASC
    "By the keys, the last first."
    KEY_DESC
  }
  "A number of all that are counted together."
  type IntNumbers {
    "The sum of those that are known; null where none is."
    sum: Int
    "The least of those that are known."
    min: Int
    "The greatest of those that are known."
    max: Int
    "The sum divided by how many are known, to six places."
    mean: Float
    "Of how many it is known."
    known: Int!
  }
  "A number of all that are counted together, which need not be whole. It has no sum: what it says of each is another thing."
  type FloatNumbers {
    "The least of those that are known."
    min: Float
    "The greatest of those that are known."
    max: Float
    "Of how many it is known."
    known: Int!
  }`

/**
 * Spells out the figures that can be asked of lists: whatever a list can be asked by can be a key, and whatever is a number
 * can be summed.
 * @param lists the input type by which the rows of each are asked, by the name of the type of its figures
 * @returns the definitions, as text
 */
export const spellFigures = (
  lists: ReadonlyMap<string, string>,
  filters: ReadonlyMap<string, FilterShape>,
): readonly string[] => (lists.size === 0 ? [] : new FigureSpeller(filters).spell(lists))

class FigureSpeller {
  readonly #definitions = new Map<string, string>()

  constructor(readonly filters: ReadonlyMap<string, FilterShape>) {}

  spell(lists: ReadonlyMap<string, string>): readonly string[] {
    this.#definitions.set('', UNIT)
    for (const [name, where] of lists) this.#stats(name, where)
    return [...this.#definitions.values()]
  }

  #stats(name: string, where: string): void {
    const row = name.replace(/s$/, 'Row')
    const shape = this.filters.get(where) as FilterShape
    this.#definitions.set(
      name,
      `"Figures of the records of a list."
      type ${name} {
        "The kinds of records, or a page of them: those that are alike in all that is selected under \`by\` are of one kind."
        rows: [${row}!]!
        "How many kinds there are, shown or not."
        kindCount: Int!
        "How many kinds have fewer records than \`atLeast\` asks, and are not shown."
        suppressed: Int!
        "How many records all kinds have together."
        totalCount: Int!
        "Of how many more records it is not known whether they are among them, because something that \`where\` asks about is not known of them; 0 without \`where\`."
        undecidedCount: Int!
        "Where the page begins and ends."
        pageInfo: PageInfo!
      }
      "Records that are counted together."
      type ${row} {
        "What they are alike in: each field that is selected is a key."
        by: ${this.#keys(where.replace(/Where$/, 'Keys'), shape)}!
        "How many they are."
        count: Int!
        "Their part of all that are counted, to six places; null where there are none."
        share: Float
        ${this.#numbers(shape)}
      }`,
    )
  }

  /** The type whose fields are keys. */
  #keys(name: string, shape: FilterShape): string {
    if (this.#definitions.has(name)) return name
    // Keys lead to keys, which may lead back.
    this.#definitions.set(name, '')
    const fields = [...shape].flatMap(([field, asked]): string[] => {
      switch (asked.kind) {
        case 'column': {
          if (asked.column.type === 'DateTime' || asked.column.kind === 'number') return []
          if (asked.column.type === 'Date') return [`${field}(unit: DateUnit = DAY): String`]
          return [`${field}: ${asked.column.type}`]
        }
        case 'one':
          return [
            `${field}: ${this.#keys(asked.where.replace(/Where$/, 'Keys'), this.filters.get(asked.where) as FilterShape)}!`,
          ]
        case 'fields':
          return field === 'link'
            ? [`${field}: ${this.#keys(`${name.replace(/Keys$/, '')}LinkKeys`, asked.fields)}!`]
            : []
        default:
          return []
      }
    })
    this.#definitions.set(
      name,
      `"What can be a key. A field is null where it is not known, and all fields of a record are where there is none." type ${name} { ${fields.join('\n')} }`,
    )
    return name
  }

  /** The fields that give numbers. */
  #numbers(shape: FilterShape): string {
    return [...shape]
      .flatMap(([field, asked]) => {
        if (asked.kind === 'column') {
          const numbers = numbersOf(asked.column.kind)
          return numbers ? [`"Of this number." ${field}: ${numbers}!`] : []
        }
        if (asked.kind !== 'fields' || field === 'link') return []
        const parts = [...asked.fields].flatMap(([part, each]) => {
          const numbers = each.kind === 'column' ? numbersOf(each.column.kind) : null
          return numbers ? [`${part}: ${numbers}!`] : []
        })
        if (parts.length === 0) return []
        const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}Numbers`
        this.#definitions.set(name, `"The numbers of an object." type ${name} { ${parts.join('\n')} }`)
        return [`"Of these numbers." ${field}: ${name}!`]
      })
      .join('\n')
  }
}

const numbersOf = (kind: string): string | null =>
  kind === 'integer' ? 'IntNumbers' : kind === 'number' ? 'FloatNumbers' : null
