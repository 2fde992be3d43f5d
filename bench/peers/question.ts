/** What an arm is asked for a shape, and how its answer becomes the one that all arms have to give. */
export interface Question {
  readonly query: string | ((about: About) => string)
  /** What it is asked about, in its own terms. */
  variables(about: About): Readonly<Record<string, unknown>>
  read(data: never, about: About): unknown
  /** Where one answer is needed to ask for the next, as for a page far down: the variables that it gives, or null to go on no more. */
  readonly before?: (answer: never, asked: number) => Readonly<Record<string, unknown>> | null
  /** What a reader of the table has to know. */
  readonly note?: string
}

/** Why a shape cannot be said. */
interface Cannot {
  readonly cannot: string
}

/** The shapes that are measured. */
export const SHAPES = {
  vote: 'one vote with places, subjects, tallies',
  place: "a country's 20 latest main votes with tallies and subjects",
  rollCall: 'a roll call of 705 with group and country',
  member: "a member's 50 latest votes",
  filtered: '50 votes of a year with a word in the title or at least 500 for',
  abstained: 'the votes of a year in which the ECR mostly abstained',
  tallies: "the tallies of a year's main votes about any country, summed by group",
  single: 'the single votes in them, some 60,000, counted by country and option',
  page: 'the ninety-fifth page of a long list',
} as const

export type ShapeName = keyof typeof SHAPES
export type Questions = Readonly<Record<ShapeName, Question | Cannot>>

/** What one request is about; which of it counts depends on the shape. */
export interface About {
  readonly ballot: string
  readonly place: string
  readonly member: string
  readonly year: number
  /** A word that no other word contains, so that words and parts of texts find the same. */
  readonly word: string
  readonly groups: readonly string[]
}

/** How far down the long list the page is, and how long each page. */
export const PAGE = { before: 94, length: 100 } as const
