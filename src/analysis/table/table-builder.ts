import { CAST, CHUNK_WORDS, type Chunk, type GroupTallies, OUTCOMES, type VoteTable, WORD } from '../vote-table.js'
import { ChunkBuilder } from './chunk-builder.js'
import { Numbered, type Sorted } from './numbered.js'
import { shared } from './shared-array.js'
import { isMarked, mark } from './slot-sets.js'
import { countGroups, fillTotals, type TallyEntry } from './sum-votes.js'

/** A ballot as it is read. */
export interface BallotRow {
  readonly id: string
  readonly date: string | null
  readonly body: string | null
  readonly result: string | null
  readonly for: number | null
  readonly against: number | null
  readonly abstention: number | null
}

/** A group's tally as it was published. */
export interface TallyRow {
  readonly ballot: string
  readonly group: string
  readonly for: number | null
  readonly against: number | null
  readonly abstention: number | null
}

/** A later statement of what was meant. */
export interface CorrectionRow {
  readonly ballot: string
  readonly member: string
  readonly option: string
  /** Of a member who voted a `CORRECTION`, of any other an `INTENTION`. */
  readonly kind: string
}

/** Makes a table of votes. Ballots come first, and corrections last. */
export class TableBuilder {
  readonly #slots = new Map<string, number>()
  readonly #ballots: string[] = []
  readonly #days: string[] = []
  readonly #chunks: ChunkBuilder[] = []
  readonly #members = new Numbered()
  readonly #groups = new Numbered()
  readonly #countries = new Numbered()
  readonly #bodies: string[] = []
  readonly #outcomes: Uint8Array
  readonly #totals: Int32Array
  readonly #sets: Readonly<Record<'taken' | 'voted' | 'partial' | 'absences' | 'corrected', Uint32Array>>
  readonly #published: TallyEntry[] = []
  readonly #chunkOfWord: Int32Array
  #votes = 0

  /** @param partial the ids of ballots of which not all members' votes are known */
  constructor(ballots: readonly BallotRow[], partial: readonly string[]) {
    const key = ({ body, date, id }: BallotRow) => [body ?? '', date ?? '~', id] as const
    const sorted = ballots.map((row) => [key(row), row] as const).sort(([a], [b]) => compare(a, b))
    for (const [[body], row] of sorted) this.#place(body, row)
    const words = this.#chunks.reduce((sum, chunk) => sum + chunk.words, 0)
    this.#chunkOfWord = new Int32Array(words)
    for (const [i, { word, words }] of this.#chunks.entries()) this.#chunkOfWord.fill(i, word, word + words)
    this.#outcomes = shared(Uint8Array, words * WORD)
    this.#totals = shared(Int32Array, words * WORD * 3).fill(-1)
    const set = () => shared(Uint32Array, words)
    this.#sets = { taken: set(), voted: set(), partial: set(), absences: set(), corrected: set() }
    for (const [, row] of sorted) {
      const slot = this.#slots.get(row.id) as number
      this.#outcomes[slot] = 1 + OUTCOMES.indexOf(row.result as (typeof OUTCOMES)[number])
      this.#totals.set([row.for ?? -1, row.against ?? -1, row.abstention ?? -1], slot * 3)
      mark(this.#sets.taken, slot)
    }
    for (const id of partial) {
      const slot = this.#slots.get(id)
      if (slot !== undefined) mark(this.#sets.partial, slot)
    }
  }

  #place(body: string, { id, date }: BallotRow): void {
    const last = this.#chunks.at(-1)
    let chunk = last
    if (!last || this.#bodies.at(-1) !== body || last.length === CHUNK_WORDS * WORD) {
      const word = last ? last.word + last.words : 0
      chunk = new ChunkBuilder(word)
      this.#chunks.push(chunk)
      this.#bodies.push(body)
      while (this.#ballots.length < word * WORD) {
        this.#ballots.push('')
        this.#days.push('')
      }
    }
    this.#slots.set(id, (chunk as ChunkBuilder).add())
    this.#ballots.push(id)
    this.#days.push(date ?? '')
  }

  addTally({ ballot, group, for: yes, against, abstention }: TallyRow): void {
    const slot = this.#slots.get(ballot)
    if (slot === undefined || yes === null || against === null || abstention === null) return
    this.#published.push({ slot, group: this.#groups.of(group), numbers: [yes, against, abstention] })
  }

  /** Number the members, options, groups and countries of votes. */
  readonly numberings: readonly ((value: unknown) => number)[] = [
    (id) => this.#members.of(id as string),
    placeOfOption,
    (id) => (id === null ? -1 : this.#groups.of(id as string)),
    (id) => (id === null ? -1 : this.#countries.of(id as string)),
  ]

  /**
   * Votes in a ballot that is not known are left out.
   * @param votes of each vote the numbers of the member, the option, the group and the country
   */
  addVotes(ballot: string, votes: readonly number[]): void {
    const slot = this.#slots.get(ballot)
    if (slot === undefined || votes.length === 0) return
    const chunk = this.#chunkOf(slot)
    for (let i = 0; i < votes.length; i += 4) {
      const option = votes[i + 1] as number
      chunk.set(chunk.row(votes[i] as number, votes[i + 2] as number, votes[i + 3] as number), slot, option)
      if (option < 0) mark(this.#sets.absences, slot)
    }
    mark(this.#sets.voted, slot)
    this.#votes += votes.length / 4
  }

  /**
   * Whoever did not vote would have for the group and country of the nearest own vote of that day; where there is none, it
   * is not known for which.
   */
  addCorrection({ ballot, member: id, option, kind }: CorrectionRow): void {
    const slot = this.#slots.get(ballot)
    if (slot === undefined) return
    const chunk = this.#chunkOf(slot)
    const member = this.#members.of(id)
    const row = chunk.rowOf(member, slot) ?? (kind === 'INTENTION' ? this.#rowBeside(member, slot) : undefined)
    if (row === undefined) return
    chunk.correct(row, slot, placeOfOption(option))
    mark(this.#sets.corrected, slot)
  }

  #rowBeside(member: number, slot: number): number {
    const bodyAt = (other: number) => this.#bodies[this.#chunkOfWord[other >>> 5] as number]
    const day = this.#days[slot] ?? ''
    const isOfSitting = (other: number) =>
      day !== '' && (this.#days[other] ?? '') === day && bodyAt(other) === bodyAt(slot)
    const chunk = this.#chunkOf(slot)
    for (let away = 1, isBefore = true, isAfter = true; isBefore || isAfter; away += 1) {
      isBefore &&= isOfSitting(slot - away)
      isAfter &&= isOfSitting(slot + away)
      for (const other of [...(isBefore ? [slot - away] : []), ...(isAfter ? [slot + away] : [])]) {
        const of = this.#chunkOf(other)
        const row = of.rowOf(member, other)
        if (row !== undefined) return chunk.row(...of.keyOf(row))
      }
    }
    return chunk.row(member, -1, -1)
  }

  /** The ids of the bodies and groups that there are. */
  organizations(): readonly string[] {
    return [...new Set([...this.#bodies.filter((body) => body !== ''), ...this.#groups.names])]
  }

  /** Says of members, who may have no vote, that there are such. */
  addMembers(members: readonly string[]): void {
    for (const member of members) this.#members.of(member)
  }

  #chunkOf(slot: number): ChunkBuilder {
    return this.#chunks[this.#chunkOfWord[slot >>> 5] as number] as ChunkBuilder
  }

  build(version: number): VoteTable {
    const { taken, voted, partial, absences, corrected } = this.#sets
    const whole = shared(Uint32Array, voted.length)
    for (let word = 0; word < whole.length; word += 1)
      whole[word] = (voted[word] as number) & ~(partial[word] as number)
    // In the order of ids, whatever the order in which a store gave them.
    const [members, groups, countries] = [this.#members, this.#groups, this.#countries].map((each) =>
      each.sorted(),
    ) as [Sorted, Sorted, Sorted]
    const chunks = this.#chunks.map((chunk) => chunk.build([members.places, groups.places, countries.places]))
    for (const tally of this.#published) tally.group = groups.places[tally.group] as number
    const summed = shared(Uint32Array, voted.length)
    for (const chunk of chunks) fillTotals(chunk, whole, this.#totals, summed)
    const tallies = this.#tallies(chunks, whole, false)
    const hasCorrections = corrected.some((word) => word !== 0)
    return {
      bits: {
        chunks,
        words: voted.length,
        taken,
        voted,
        whole,
        absences,
        corrected,
        outcomes: this.#outcomes,
        totals: this.#totals,
        summed,
        tallies,
        meantTallies: hasCorrections ? this.#tallies(chunks, whole, true) : tallies,
      },
      names: {
        ballots: this.#ballots,
        days: this.#days,
        bodies: this.#bodies,
        members: members.names,
        groups: groups.names,
        countries: countries.names,
      },
      version,
      votes: this.#votes,
    }
  }

  #tallies(chunks: readonly Chunk[], whole: Uint32Array, meant: boolean): GroupTallies {
    const slots = whole.length * WORD
    const published = this.#published.filter(({ slot }) => !isMarked(whole, slot))
    const entries: TallyEntry[] = published
    for (const chunk of chunks) for (const entry of countGroups(chunk, whole, meant)) entries.push(entry)
    entries.sort((a, b) => a.slot - b.slot || a.group - b.group)
    // Two published tallies of one group in one ballot say nothing that can be relied on.
    const unlike = entries.filter(({ slot, group }, i) => {
      const same = (other: TallyEntry | undefined) => other?.slot === slot && other.group === group
      return !same(entries[i - 1]) && !same(entries[i + 1])
    })
    const start = shared(Int32Array, slots + 1)
    const groups = shared(Int32Array, unlike.length)
    const numbers = shared(Int32Array, unlike.length * 3)
    unlike.forEach((entry, i) => {
      start[entry.slot + 1] = (start[entry.slot + 1] as number) + 1
      groups[i] = entry.group
      numbers.set(entry.numbers, i * 3)
    })
    for (let slot = 0; slot < slots; slot += 1) start[slot + 1] = (start[slot + 1] as number) + (start[slot] as number)
    return { start, groups, numbers }
  }
}

/** The place of an option in `CAST`; -1 of an absence. */
const placeOfOption = (option: unknown): number => CAST.indexOf(option as (typeof CAST)[number])

const compare = (a: readonly string[], b: readonly string[]): number => {
  for (let i = 0; i < a.length; i += 1) {
    if ((a[i] as string) < (b[i] as string)) return -1
    if ((a[i] as string) > (b[i] as string)) return 1
  }
  return 0
}
