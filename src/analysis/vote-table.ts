/**
 * Members' votes as bits, in typed arrays that threads share. Each ballot has a *slot*: a place in the order of body, day
 * and id. 1,024 slots are a chunk; in a chunk each member has a row for each group and country that the member voted with,
 * so that nothing else need be kept of a vote than its option. A parliament and another, a term and the next do not meet
 * in a row, whatever the graph holds.
 */
export interface VoteBits {
  readonly chunks: readonly Chunk[]
  /** How many words of 32 slots there are. */
  readonly words: number
  /** Ballots that there are: the slots at the end of a body's last word have none. */
  readonly taken: Uint32Array
  /** Ballots of which some member's vote is known. */
  readonly voted: Uint32Array
  /** Ballots of which the votes of all members are known, as far as anything tells. */
  readonly whole: Uint32Array
  /** Ballots of which it is told who did not vote. */
  readonly absences: Uint32Array
  /** Ballots of which some member said later what was meant. */
  readonly corrected: Uint32Array
  /** By slot: 0 where it is not known, else an `OUTCOME`. */
  readonly outcomes: Uint8Array
  /** By slot: votes for, votes against and abstentions as published, else the sums of members' votes; -1 where one is not known. */
  readonly totals: Int32Array
  /** Ballots whose totals are the sums of members' votes. */
  readonly summed: Uint32Array
  /** How groups voted: of whole ballots by their members' votes as cast, of others as published. */
  readonly tallies: GroupTallies
  /** The same as meant; the same object where nobody corrected anything. */
  readonly meantTallies: GroupTallies
}

/** 32 words of slots, or fewer at the end of a body. */
export interface Chunk {
  /** The place of its first word among all. */
  readonly word: number
  readonly words: number
  /** By row: the place of the member, the group and the country in `VoteNames`; -1 for none. */
  readonly members: Int32Array
  readonly groups: Int32Array
  readonly countries: Int32Array
  /** Three times `words` for each row: for or abstained, against or abstained, did not vote. */
  readonly planes: Uint32Array
  /** By row: the row whose planes tell what was meant; it is the row itself where nothing was corrected. */
  readonly meant: Int32Array
}

/** By slot, how each group voted: entries from `start[slot]` to `start[slot + 1]`. */
export interface GroupTallies {
  readonly start: Int32Array
  readonly groups: Int32Array
  /** Three for each entry: for, against, abstentions. */
  readonly numbers: Int32Array
}

/** What the numbers of a table stand for. */
export interface VoteNames {
  /** The id of each slot's ballot; empty where there is none. */
  readonly ballots: readonly string[]
  /** The day of each slot's ballot; empty where it is not known. */
  readonly days: readonly string[]
  /** The body of each chunk's ballots; empty where it is not known. */
  readonly bodies: readonly string[]
  readonly members: readonly string[]
  readonly groups: readonly string[]
  readonly countries: readonly string[]
}

export interface VoteTable {
  readonly bits: VoteBits
  readonly names: VoteNames
  /** The version of the graph that it was made of. */
  readonly version: number
  /** How many members' votes it holds. */
  readonly votes: number
}

/** Slots in a word, and words in a chunk. */
export const WORD = 32
export const CHUNK_WORDS = 32

export const OUTCOMES = ['ADOPTED', 'REJECTED', 'LAPSED', 'WITHDRAWN'] as const
/** What `VoteBits.outcomes` has for the two outcomes that can be won. */
export const OUTCOME = { adopted: 1, rejected: 2 } as const

/** The options that can be cast, by their place in a tally. */
export const CAST = ['FOR', 'AGAINST', 'ABSTENTION'] as const

/** Stands after these for who did not vote. */
export const ABSENT = 3

/** The option of the vote at a bit of a row's three planes, by its place in `CAST`, or `ABSENT`. */
export const optionAt = (p: number, q: number, absent: number, bit: number): number => {
  if (absent & bit) return ABSENT
  return p & bit ? (q & bit ? 2 : 0) : 1
}

/** The chunk of a slot. */
export const chunkOf = ({ chunks }: VoteBits, slot: number): Chunk | undefined =>
  chunks.find(({ word, words }) => slot >>> 5 >= word && slot >>> 5 < word + words)

/** The slots of the bits that are set in a word, by the word's place. */
export const slotsOf = (word: number, ballots: number): readonly number[] => {
  const slots: number[] = []
  for (let left = ballots; left !== 0; left &= left - 1) slots.push(word * WORD + 31 - Math.clz32(left & -left))
  return slots
}

/** How many bits of a word are set. */
export const ones = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The bytes that a table's arrays take. */
export const bytesOf = (bits: VoteBits): number => {
  const arrays = new Set<ArrayBufferLike>()
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) arrays.add(value.buffer)
    else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) add(each)
  }
  add(bits)
  return [...arrays].reduce((sum, { byteLength }) => sum + byteLength, 0)
}
