/** What a cell can be given as. */
export type Constant = string | number | boolean

/** How a field comes from a row: of one column, of several by a pattern, or the same in all rows. */
export interface FieldSource {
  readonly column?: string
  readonly pattern?: string
  readonly constant?: Constant
  /** What is taken of the cell: the first of these patterns that fits. */
  readonly take?: string | readonly string[]
  /** What each word of the cell means; null leaves the row out, or says that there is none. */
  readonly values?: Readonly<Record<string, Constant | null>>
  /** How a day is written: `DD.MM.YYYY`. */
  readonly format?: string
  /** `memberships`: the group of that day. */
  readonly from?: 'memberships'
}

/** The name of a column, a pattern with columns in braces, a constant that is no text, or all of it told apart. */
export type Field = Constant | FieldSource

/** The names of fields, each with where it comes from. */
export type Fields = Readonly<Record<string, Field | undefined>>

/** The tables in which a part of the graph stands. */
export interface Part {
  readonly file: string | readonly string[]
  /** Each column whose name fits makes a row of its own, with the name and the cell as columns of these names. */
  readonly spread?: { readonly columns: string; readonly name: string; readonly cell: string }
  /** Rows are taken only where these columns have one of these words. */
  readonly only?: Readonly<Record<string, readonly string[]>>
}

export interface Ballots extends Part {
  readonly key?: string
  readonly id: string
  readonly committee?: Field
}

export interface Members extends Part {
  readonly key?: string
  readonly id: string
  readonly birthDate?: Field
  readonly url?: Field
  readonly country?: Field
  /** What becomes of members whom other tables name and this does not have. */
  readonly unknown?: { readonly id: string; readonly name: string }
}

export interface Memberships extends Part {
  readonly member: Field
  readonly body?: true
  readonly group?: Field
  readonly committee?: Field
  readonly role?: Field
  readonly term?: Field
  readonly start?: Field
  readonly end?: Field
  /** What stands between several in one cell. */
  readonly split?: string
}

export interface Votes extends Part {
  readonly ballot: Field
  readonly member: Field
  readonly option: Field
  readonly group?: Field
  readonly country?: Field
}

export interface Tallies extends Part {
  readonly ballot: Field
  readonly group?: Field
  readonly country?: Field
}

/** Something that tables name by a word: a group, a committee, a country. */
export interface Named {
  readonly id: string
  readonly name: string
  readonly shortName?: string
  readonly officialName?: string
  readonly url?: string
  readonly isoAlpha2?: string
}

/** What the words of tables mean: each as it is written here, or any word by a pattern. */
export interface Directory {
  /** Null: the word says that there is none. */
  readonly words?: Readonly<Record<string, Named | null>>
  /** The id of any other word. */
  readonly id?: string
}

export interface Mapping {
  readonly source: {
    readonly id: string
    readonly title: string
    readonly kind?: string
    readonly url?: string
    readonly license?: string
    readonly published?: string
    readonly retrieved?: string
    readonly publisher?: { readonly id: string; readonly name: string; readonly url?: string }
  }
  readonly language?: string
  readonly csv?: { readonly separator?: string; readonly encoding?: 'utf-8' | 'windows-1252' }
  readonly body?: Named
  readonly groups?: Directory
  readonly committees?: Directory
  readonly countries?: Directory
  readonly ballots?: Several<Ballots>
  readonly members?: Several<Members>
  readonly memberships?: Several<Memberships>
  readonly tallies?: Several<Tallies>
  readonly votes?: Several<Votes>
}

/** One, or a list of them. */
type Several<One> = One | readonly One[]

/** The parts of a mapping that are read from tables, in the order in which they are read. */
export const PARTS = ['ballots', 'members', 'memberships', 'tallies', 'votes'] as const
