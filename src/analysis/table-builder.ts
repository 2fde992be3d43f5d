import {
  CAST,
  CHUNK_WORDS,
  type Chunk,
  type GroupTallies,
  OUTCOMES,
  optionAt,
  type VoteTable,
  WORD,
} from './vote-table.js'

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

interface TallyEntry {
  readonly slot: number
  group: number
  readonly numbers: readonly number[]
}

/** Puts sums of members' votes where those for and against were not published, of whole ballots. */
const fillTotals = (
  { word, words, members, planes }: Chunk,
  whole: Uint32Array,
  totals: Int32Array,
  summed: Uint32Array,
): void => {
  for (let slot = word * WORD; slot < (word + words) * WORD; slot += 1) {
    const at = slot * 3
    const isPublished = totals.subarray(at, at + 2).every((number) => number >= 0)
    if (isPublished || !isMarked(whole, slot)) continue
    mark(summed, slot)
    totals.fill(0, at, at + 3)
    for (let row = 0; row < members.length; row += 1) {
      const from = row * words * 3 + (slot >>> 5) - word
      const [p, q] = [0, words].map((plane) => ((planes[from + plane] as number) >>> (slot & 31)) & 1)
      const option = p && q ? 2 : p ? 0 : q ? 1 : null
      if (option !== null) totals[at + option] = (totals[at + option] as number) + 1
    }
  }
}

/** How the groups of a chunk voted in its whole ballots, by their members' votes. */
const countGroups = (chunk: Chunk, whole: Uint32Array, meant: boolean): readonly TallyEntry[] => {
  const { words, word, planes } = chunk
  const counts = new Map<number, Uint16Array>()
  const entries: TallyEntry[] = []
  chunk.groups.forEach((group, row) => {
    if (group < 0) return
    const of = counts.get(group) ?? new Uint16Array(words * WORD * 4)
    counts.set(group, of)
    const at = (meant ? (chunk.meant[row] as number) : row) * words * 3
    for (let w = 0; w < words; w += 1) {
      const m = whole[word + w] as number
      const p = (planes[at + w] as number) & m
      const q = (planes[at + words + w] as number) & m
      const d = (planes[at + 2 * words + w] as number) & m
      for (let any = p | q | d; any !== 0; any &= any - 1) {
        const bit = any & -any
        const at = (w * WORD + 31 - Math.clz32(bit)) * 4 + optionAt(p, q, d, bit)
        of[at] = (of[at] as number) + 1
      }
    }
  })
  for (const [group, of] of counts) {
    for (let i = 0; i < words * WORD; i += 1) {
      const [yes = 0, no = 0, abstained = 0, absent = 0] = of.subarray(i * 4, i * 4 + 4)
      if (yes + no + abstained + absent > 0)
        entries.push({ slot: word * WORD + i, group, numbers: [yes, no, abstained] })
    }
  }
  return entries
}

type RowKey = readonly [member: number, group: number, country: number]

/** The rows of a chunk while it is filled. */
class ChunkBuilder {
  length = 0
  /** By member: the rows of each, mostly one. */
  readonly #byMember: number[][] = []
  readonly #keys: RowKey[] = []
  #planes = new Uint32Array(0)
  /** Rows whose planes tell what was meant, by the row that they are of. */
  readonly #meant = new Map<number, Uint32Array>()

  constructor(readonly word: number) {}

  get words(): number {
    return Math.ceil(this.length / WORD)
  }

  /** @returns the slot */
  add(): number {
    this.length += 1
    return this.word * WORD + this.length - 1
  }

  row(member: number, group: number, country: number): number {
    const rows = this.#byMember[member] ?? []
    for (const row of rows) {
      const key = this.#keys[row] as RowKey
      if (key[1] === group && key[2] === country) return row
    }
    const row = this.#keys.push([member, group, country]) - 1
    rows.push(row)
    this.#byMember[member] = rows
    const needed = (row + 1) * this.#perRow
    if (needed > this.#planes.length) {
      const grown = new Uint32Array(Math.max(needed, this.#planes.length * 2))
      grown.set(this.#planes)
      this.#planes = grown
    }
    return row
  }

  set(row: number, slot: number, option: number): void {
    setOption(this.#planes, row * this.#perRow, this.words, slot - this.word * WORD, option)
  }

  /** The row with which a member stands on the list of a ballot. */
  rowOf(member: number, slot: number): number | undefined {
    const place = slot - this.word * WORD
    return this.#byMember[member]?.find((row) => {
      const from = row * this.#perRow + (place >>> 5)
      const [p = 0, q = 0, d = 0] = [0, 1, 2].map((plane) => this.#planes[from + plane * this.words] as number)
      return (((p | q | d) >>> (place & 31)) & 1) === 1
    })
  }

  /** The member, group and country of a row. */
  keyOf(row: number): RowKey {
    return this.#keys[row] as RowKey
  }

  /** Says what was meant in a ballot, beside what was cast. */
  correct(row: number, slot: number, option: number): void {
    const planes = this.#meant.get(row) ?? this.#planes.slice(row * this.#perRow, (row + 1) * this.#perRow)
    this.#meant.set(row, planes)
    setOption(planes, 0, this.words, slot - this.word * WORD, option)
  }

  /** @param places of members, groups and countries in the order of ids, by the numbers they were given */
  build(places: readonly [Int32Array, Int32Array, Int32Array]): Chunk {
    const rows = this.#keys.length
    const column = (part: 0 | 1 | 2) => {
      const values = shared(Int32Array, rows)
      this.#keys.forEach((key, i) => {
        values[i] = key[part] < 0 ? -1 : (places[part][key[part]] as number)
      })
      return values
    }
    const planes = shared(Uint32Array, (rows + this.#meant.size) * this.#perRow)
    planes.set(this.#planes.subarray(0, rows * this.#perRow))
    const meant = shared(Int32Array, rows)
    for (let row = 0; row < rows; row += 1) meant[row] = row
    ;[...this.#meant].forEach(([row, corrected], i) => {
      meant[row] = rows + i
      planes.set(corrected, (rows + i) * this.#perRow)
    })
    const { word, words } = this
    return { word, words, members: column(0), groups: column(1), countries: column(2), planes, meant }
  }

  get #perRow(): number {
    return this.words * 3
  }
}

/** The place of an option in `CAST`; -1 of an absence. */
const placeOfOption = (option: unknown): number => CAST.indexOf(option as (typeof CAST)[number])

/** Sets the three bits of a slot in the planes of a row. */
const setOption = (planes: Uint32Array, at: number, words: number, place: number, option: number): void => {
  const bit = 1 << (place & 31)
  const p = at + (place >>> 5)
  const q = p + words
  const d = q + words
  planes[p] = option === 0 || option === 2 ? (planes[p] as number) | bit : (planes[p] as number) & ~bit
  planes[q] = option === 1 || option === 2 ? (planes[q] as number) | bit : (planes[q] as number) & ~bit
  planes[d] = option < 0 ? (planes[d] as number) | bit : (planes[d] as number) & ~bit
}

/** Numbers texts in the order in which they come. */
class Numbered {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  of(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.names.push(name) - 1
    this.#numbers.set(name, number)
    return number
  }

  sorted(): Sorted {
    const order = [...this.names.keys()].sort((a, b) =>
      (this.names[a] as string) < (this.names[b] as string) ? -1 : 1,
    )
    const places = new Int32Array(order.length)
    order.forEach((number, place) => {
      places[number] = place
    })
    return { names: order.map((number) => this.names[number] as string), places }
  }
}

/** Names in order, and the place of each by its number. */
interface Sorted {
  readonly names: readonly string[]
  readonly places: Int32Array
}

const mark = (set: Uint32Array, slot: number): void => {
  set[slot >>> 5] = (set[slot >>> 5] as number) | (1 << (slot & 31))
}

const isMarked = (set: Uint32Array, slot: number): boolean => (((set[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1

const compare = (a: readonly string[], b: readonly string[]): number => {
  for (let i = 0; i < a.length; i += 1) {
    if ((a[i] as string) < (b[i] as string)) return -1
    if ((a[i] as string) > (b[i] as string)) return 1
  }
  return 0
}

interface ArrayType<T> {
  new (buffer: SharedArrayBuffer): T
  readonly BYTES_PER_ELEMENT: number
}

/** An array that threads share. */
const shared = <T>(type: ArrayType<T>, length: number): T =>
  new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT))
