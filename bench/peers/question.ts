/** What an arm is asked for a shape, and how its answer becomes the one that all arms have to give. */
export interface Question {
  readonly query: string
  /** What it is asked about, in its own terms. */
  variables(about: About): Readonly<Record<string, unknown>>
  read(data: never): unknown
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
  page: 'the ninety-fifth page of a long list',
} as const

export type ShapeName = keyof typeof SHAPES
export type Questions = Readonly<Record<ShapeName, Question | Cannot>>

/** What one request is about; which of it counts depends on the shape. */
export interface About {
  readonly ballot: string
  readonly place: string
  readonly member: string
}

/** How far down the long list the page is, and how long each page. */
export const PAGE = { before: 94, length: 100 } as const
