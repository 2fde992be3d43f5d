import type { PlainBallot, PlainVote, VotesOnRecord } from './random-votes.js'

/** A question for figures, with what its filters ask for worked out already. */
export interface FiguresAsked {
  readonly field: string
  readonly by: 'ALL' | 'GROUP' | 'COUNTRY' | 'MEMBER'
  /** The index, what is reckoned, or what becomes of abstentions. */
  readonly variant: string
  readonly of: string | null
  readonly groups: readonly string[] | null
  readonly margin: number
  readonly from: string | null
  readonly to: string | null
  readonly body: string | null
  readonly every: 'YEAR' | 'MONTH' | 'SITTING' | null
  /** Whether a ballot is asked for; null where that is not known. */
  isAsked(ballot: PlainBallot): boolean | null
  readonly group: string | null
  readonly country: string | null
  readonly memberOf: string | null
  /** Whether a member is asked for; null where that is not known. */
  isVoter: ((member: { readonly familyName: string | null }) => boolean | null) | null
  readonly atLeast: number
  readonly order: 'HIGHEST_FIRST' | 'LOWEST_FIRST'
}

/** A figure as the schema gives it, all of its ballots with it. */
export interface PlainFigure {
  readonly of: string | null
  readonly with: string | null
  readonly period: string | null
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number
  readonly excluded: Readonly<Record<string, number>>
  readonly asMeant: { readonly value: number | null; readonly numerator: number; readonly denominator: number } | null
  readonly fromMembers: number
  readonly fromTallies: number
  /** The latest first, and whether each counts for it. */
  readonly ballots: readonly { readonly id: string; readonly isHit: boolean }[]
}

export interface PlainFigures {
  readonly rows: readonly PlainFigure[]
  readonly ballotCount: number
  readonly undecidedCount: number
  readonly undatedCount: number
  readonly undecidedVoterCount: number
}

/** What a ballot does for a figure: it is left out, or it counts, with a part of what it could count. */
type Part = { readonly out: string } | { readonly counts: number; readonly hits: number; readonly isHit: boolean }

/** What a figure is of, and with whom. */
type Key = readonly [of: string | null, other: string | null]

const counted = (isHit: boolean): Part => ({ counts: 1, hits: isHit ? 1 : 0, isHit })
const isCast = (vote: { readonly option: string } | undefined): boolean => !!vote && vote.option !== 'DID_NOT_VOTE'
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const LENGTHS = { YEAR: 4, MONTH: 7, SITTING: 10 }
const OPTIONS = ['FOR', 'AGAINST', 'ABSTENTION']
const NON_ATTACHED = 'ep-group:NI'

/**
 * Works figures of votes out from what is on record, one ballot after the other, by the definitions of the schema: slow, and
 * with nothing of the code that it tests.
 */
export class PlainVotes {
  /** In the order of body, day and id; ballots without a day come last. */
  readonly ballots: readonly PlainBallot[]
  readonly #cast = new Map<string, readonly PlainVote[]>()
  readonly #meant = new Map<string, readonly PlainVote[]>()
  readonly #corrected = new Set<string>()

  constructor(readonly on: VotesOnRecord) {
    const key = ({ body, date, id }: PlainBallot) => `${body ?? ''} ${date ?? '~'} ${id}`
    this.ballots = [...on.ballots].sort((a, b) => inOrder(key(a), key(b)))
    for (const { id } of on.ballots)
      this.#cast.set(
        id,
        on.votes.filter(({ ballot }) => ballot === id),
      )
    for (const ballot of this.ballots) this.#meant.set(ballot.id, this.#meantIn(ballot))
  }

  #meantIn(ballot: PlainBallot): readonly PlainVote[] {
    const votes = [...this.#votes(ballot, false)]
    for (const { member, option, kind } of this.on.corrections.filter((each) => each.ballot === ballot.id)) {
      const at = votes.findIndex((vote) => vote.member === member)
      if (at < 0 && kind !== 'INTENTION') continue
      this.#corrected.add(ballot.id)
      if (at >= 0) votes[at] = { ...(votes[at] as PlainVote), option }
      else votes.push({ ...this.#sideOf(member, ballot), member, ballot: ballot.id, option })
    }
    return votes
  }

  /** Group and country of the member's nearest vote of that body and day, the earlier one of two; else they are not known. */
  #sideOf(member: string, { id, body, date }: PlainBallot): Pick<PlainVote, 'group' | 'country'> {
    const held = this.ballots.filter((ballot) => ballot.body === body && ballot.date === date)
    const place = held.findIndex((ballot) => ballot.id === id)
    const found = held.flatMap((ballot, i) => {
      const vote = this.#cast.get(ballot.id)?.find((each) => each.member === member)
      return vote && date !== null ? [{ vote, away: Math.abs(i - place) }] : []
    })
    return found.sort((a, b) => a.away - b.away)[0]?.vote ?? { group: null, country: null }
  }

  #votes(ballot: PlainBallot, isMeant: boolean): readonly PlainVote[] {
    return (isMeant ? this.#meant : this.#cast).get(ballot.id) ?? []
  }

  isWhole(ballot: PlainBallot): boolean {
    return !ballot.isPartial && this.#votes(ballot, false).length > 0
  }

  figures(asked: FiguresAsked): PlainFigures {
    const isDated = asked.from !== null || asked.to !== null || asked.every !== null
    const held = this.ballots.filter(({ body }) => asked.body === null || body === asked.body)
    const isIn = ({ date }: PlainBallot) =>
      !isDated ||
      (date !== null && (asked.from === null || date >= asked.from) && (asked.to === null || date <= asked.to))
    const nameOf = ({ date }: PlainBallot) => (asked.every ? (date ?? '').slice(0, LENGTHS[asked.every]) : null)
    const known = held.filter((ballot) => asked.isAsked(ballot) === true && isIn(ballot))
    const open = held.filter((ballot) => asked.isAsked(ballot) === null && isIn(ballot))
    const undated = held.filter((ballot) => isDated && ballot.date === null && asked.isAsked(ballot) !== false)
    const names = [...new Set([...(asked.every ? [] : [null]), ...known.map(nameOf)])].sort((a, b) =>
      inOrder(a ?? '', b ?? ''),
    )
    const rows = names.flatMap((name) => {
      const ballots = known.filter((ballot) => nameOf(ballot) === name)
      const notKnown = open.filter((ballot) => nameOf(ballot) === name).length
      const figures = this.#keys(asked, ballots).map((key) => {
        const figure = this.#figure(asked, ballots, key, name)
        const more = {
          FILTER_NOT_KNOWN: notKnown,
          DATE_NOT_KNOWN: (figure.excluded['DATE_NOT_KNOWN'] ?? 0) + undated.length,
        }
        return { ...figure, excluded: withoutZeros({ ...figure.excluded, ...more }) }
      })
      return figures.sort((a, b) => this.#compare(a, b, asked))
    })
    return {
      rows,
      ballotCount: known.length,
      undecidedCount: open.length,
      undatedCount: undated.length,
      undecidedVoterCount: this.on.members.filter((member) => asked.isVoter?.(member) === null).length,
    }
  }

  #compare(a: PlainFigure, b: PlainFigure, { order }: FiguresAsked): number {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1
    } else if (a.value !== b.value) return (a.value < b.value ? -1 : 1) * (order === 'HIGHEST_FIRST' ? -1 : 1)
    return inOrder(a.of ?? '', b.of ?? '') || inOrder(a.with ?? '', b.with ?? '')
  }

  /** Of what there are figures. */
  #keys(asked: FiguresAsked, ballots: readonly PlainBallot[]): readonly Key[] {
    const { field, by, of, groups, group } = asked
    if (field === 'closeness' || by === 'ALL') return [[null, null]]
    const found = new Map<string, Key>()
    const add = (...key: Key) => found.set(JSON.stringify(key), key)
    if (by === 'GROUP' && group !== null && !field.endsWith('Agreement')) add(group, null)
    for (const ballot of ballots) {
      // Who says later how the vote was meant is on the list too, but took no part.
      const isMeant = field !== 'participation'
      const votes = this.#asked(asked, ballot, isMeant)
      const all = this.#votes(ballot, isMeant)
      const tallied = GROUPS_OF(this, ballot).filter(
        (each) => !groups || groups.includes(each) || (field === 'groupAgreement' && each === of),
      )
      if (field === 'memberAgreement') {
        const own = of === null ? votes : all.filter(({ member }) => member === of)
        for (const a of own)
          for (const b of votes)
            if (a.member !== b.member && (of !== null || a.member < b.member)) add(a.member, b.member)
      } else if (field === 'memberGroupAgreement') {
        // Of each group that is in some of the ballots.
        if (ballots.some((each) => this.#votes(each, true).some(({ member }) => member === of)))
          for (const each of tallied) add(of, each)
      } else if (field === 'groupAgreement') {
        for (const a of tallied) for (const b of tallied) if (a !== b && (of === null ? a < b : a === of)) add(a, b)
      } else if (by === 'MEMBER') {
        for (const { member } of votes) add(member, null)
        if (field === 'participation')
          for (const { id } of this.on.members) if (this.#isSeated(asked, ballot, id)) add(id, null)
      } else if (this.#isOfTallies(asked)) {
        for (const each of tallied) if (group === null || each === group) add(each, null)
      } else {
        for (const vote of votes) {
          const place = by === 'GROUP' ? vote.group : vote.country
          if (place !== null) add(place, null)
        }
      }
    }
    return [...found.values()]
  }

  /** Whether whole groups are asked, whose published tallies count where not all members' votes are known. */
  #isOfTallies({ field, by, group, country, memberOf, isVoter }: FiguresAsked): boolean {
    if (field === 'winningRate') return by === 'GROUP'
    const isAnybody = country === null && memberOf === null && isVoter === null
    return field === 'cohesion' && isAnybody && (by === 'GROUP' || (by === 'ALL' && group !== null))
  }

  /** The votes in a ballot that are asked. */
  #asked(asked: FiguresAsked, ballot: PlainBallot, isMeant: boolean): readonly PlainVote[] {
    const { group, country } = asked
    return this.#votes(ballot, isMeant).filter(
      (vote) =>
        (group === null || vote.group === group) &&
        (country === null || vote.country === country) &&
        this.#isVoter(asked, ballot, vote.member),
    )
  }

  #isVoter({ memberOf, isVoter }: FiguresAsked, { date }: PlainBallot, member: string): boolean {
    const person = this.on.members.find(({ id }) => id === member)
    if (isVoter && (!person || isVoter(person) !== true)) return false
    return memberOf === null || this.#isMember(member, memberOf, date)
  }

  #isMember(member: string, organization: string, date: string | null): boolean {
    return this.on.memberships.some(
      (each) =>
        each.member === member &&
        each.organization === organization &&
        date !== null &&
        each.start !== null &&
        each.start <= date &&
        (each.end === null || each.end >= date),
    )
  }

  /** Whether a membership tells that somebody could have voted where the list names only those who did. */
  #isSeated(asked: FiguresAsked, ballot: PlainBallot, member: string): boolean {
    if (asked.by === 'GROUP' || asked.by === 'COUNTRY' || asked.group !== null || asked.country !== null) return false
    if (!this.isWhole(ballot) || this.#tellsAbsences(ballot) || !this.#isVoter(asked, ballot, member)) return false
    const groups = this.#votes(ballot, false).map(({ group }) => group)
    return [ballot.body, ...groups].some((each) => each !== null && this.#isMember(member, each, ballot.date))
  }

  #tellsAbsences(ballot: PlainBallot): boolean {
    return this.#votes(ballot, false).some(({ option }) => option === 'DID_NOT_VOTE')
  }

  /** For, against and abstentions of a group; null where they are not known. */
  tally(ballot: PlainBallot, group: string, isMeant: boolean): readonly number[] | null {
    if (this.isWhole(ballot)) {
      const votes = this.#votes(ballot, isMeant).filter((vote) => vote.group === group)
      return votes.length > 0 ? countOptions(votes) : null
    }
    const published = this.on.tallies.flatMap(({ ballot: of, group: its, numbers }) =>
      of === ballot.id && its === group && !numbers.includes(null) ? [numbers as readonly number[]] : [],
    )
    return published.length === 1 ? (published[0] as readonly number[]) : null
  }

  #figure(asked: FiguresAsked, ballots: readonly PlainBallot[], key: Key, period: string | null): PlainFigure {
    const cast = this.#sum(asked, ballots, key, false)
    const isCorrected = ballots.some(({ id }) => this.#corrected.has(id))
    const meant = isCorrected ? this.#sum(asked, ballots, key, asked.field !== 'participation') : null
    const ratioOf = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
      denominator > 0 && denominator >= asked.atLeast ? numerator / denominator : null
    const those = cast.ballots.map(({ ballot }) => ballot)
    const isOfTotals = asked.field === 'closeness'
    const latest = [...cast.ballots].sort(
      (a, b) => inOrder(b.ballot.date ?? '', a.ballot.date ?? '') || inOrder(a.ballot.id, b.ballot.id),
    )
    const { numerator, denominator } = cast
    return {
      of: key[0],
      with: key[1],
      period,
      value: ratioOf(cast),
      numerator,
      denominator,
      excluded: cast.excluded,
      asMeant: meant && { value: ratioOf(meant), numerator: meant.numerator, denominator: meant.denominator },
      fromMembers: isOfTotals
        ? those.filter((ballot) => !hasTotals(ballot)).length
        : those.filter((ballot) => this.isWhole(ballot)).length,
      fromTallies: isOfTotals ? 0 : those.filter((ballot) => !this.isWhole(ballot)).length,
      ballots: latest.map(({ ballot: { id }, isHit }) => ({ id, isHit })),
    }
  }

  #sum(asked: FiguresAsked, ballots: readonly PlainBallot[], key: Key, isMeant: boolean) {
    let [numerator, denominator] = [0, 0]
    const excluded: Record<string, number> = {}
    const behind = new Map<PlainBallot, boolean>()
    const take = (ballot: PlainBallot, part: Part) => {
      if ('out' in part) {
        excluded[part.out] = (excluded[part.out] ?? 0) + 1
        return
      }
      denominator += part.counts
      numerator += part.hits
      behind.set(ballot, behind.get(ballot) || part.isHit)
    }
    if (asked.field === 'participation') {
      for (const { ballot, part } of this.#participation(asked, ballots, key)) take(ballot, part)
    } else for (const ballot of ballots) take(ballot, this.#part(asked, ballot, key, isMeant))
    return { numerator, denominator, excluded, ballots: [...behind].map(([ballot, isHit]) => ({ ballot, isHit })) }
  }

  /** What a ballot does where not all members' votes are known; null where they are. */
  #notWhole(ballot: PlainBallot): Part | null {
    if (this.isWhole(ballot)) return null
    return { out: this.#votes(ballot, false).length > 0 ? 'PARTIAL_LIST' : 'NO_VOTES' }
  }

  #part(asked: FiguresAsked, ballot: PlainBallot, [of, other]: Key, isMeant: boolean): Part {
    const { field, by, variant, group } = asked
    const most = (each: string) => plurality(this.tally(ballot, each, isMeant))
    if (field === 'closeness') return this.#closeness(asked, ballot, isMeant)
    if (field === 'groupAgreement') {
      const [a, b] = [this.tally(ballot, of as string, isMeant), this.tally(ballot, other as string, isMeant)]
      if (!a || !b) return this.#notWhole(ballot) ?? { out: 'NOT_PRESENT' }
      if (sum(a) === 0 || sum(b) === 0) return { out: 'NOBODY_CAST' }
      if (!plurality(a) || !plurality(b)) return { out: 'NO_PLURALITY' }
      return counted(plurality(a) === plurality(b))
    }
    if (this.#isOfTallies(asked)) {
      const tally = this.tally(ballot, of ?? (group as string), isMeant)
      if (!tally) return this.#notWhole(ballot) ?? { out: 'NOT_PRESENT' }
      if (field === 'cohesion') return indexOf(variant, tally)
      if (sum(tally) === 0) return { out: 'NOBODY_CAST' }
      return outcomeOf(ballot, plurality(tally))
    }
    const notWhole = this.#notWhole(ballot)
    if (notWhole) return notWhole
    const votes = this.#asked(asked, ballot, isMeant)
    if (field === 'cohesion') {
      const those = by === 'ALL' ? votes : votes.filter((vote) => (by === 'GROUP' ? vote.group : vote.country) === of)
      return those.length === 0 ? { out: 'NOT_PRESENT' } : indexOf(variant, countOptions(those))
    }
    const isOther = field === 'memberAgreement' && asked.of !== null
    const own = (isOther || field === 'memberGroupAgreement' ? this.#votes(ballot, isMeant) : votes).find(
      ({ member }) => member === of,
    )
    const compared = (vote: PlainVote | undefined) =>
      isCast(vote) && (variant !== 'LEFT_OUT' || vote?.option !== 'ABSTENTION')
    if (!own || !isCast(own)) return { out: 'NOT_CAST' }
    if (field === 'winningRate') return outcomeOf(ballot, own.option)
    if (field === 'loyalty') {
      if (own.group === null || own.group === NON_ATTACHED) return { out: 'NO_GROUP' }
      const option = most(own.group)
      return option ? counted((own.option === option) !== (variant === 'REBELLION')) : { out: 'NO_PLURALITY' }
    }
    if (!compared(own)) return { out: 'NOT_CAST' }
    if (field === 'memberAgreement') {
      const vote = votes.find(({ member }) => member === other)
      return compared(vote) ? counted(vote?.option === own.option) : { out: 'NOT_CAST' }
    }
    if (!this.tally(ballot, other as string, isMeant)) return { out: 'NOT_PRESENT' }
    const option = most(other as string)
    if (!option || (variant === 'LEFT_OUT' && option === 'ABSTENTION')) return { out: 'NO_PLURALITY' }
    return counted(own.option === option)
  }

  #closeness({ margin }: FiguresAsked, ballot: PlainBallot, isMeant: boolean): Part {
    let [yes, no] = [ballot.for, ballot.against]
    if (!hasTotals(ballot) && this.isWhole(ballot))
      [yes, no] = countOptions(this.#votes(ballot, false)) as [number, number]
    if (yes === null || no === null) return { out: 'TOTALS_NOT_KNOWN' }
    if (isMeant) {
      const [before, after] = [false, true].map((each) => countOptions(this.#votes(ballot, each)))
      yes += (after?.[0] as number) - (before?.[0] as number)
      no += (after?.[1] as number) - (before?.[1] as number)
    }
    return yes + no === 0 ? { out: 'NOBODY_CAST' } : counted(Math.abs(yes - no) <= margin * (yes + no))
  }

  /** Of each member whom the figure counts; of days, what counts is told with the first ballot of each. */
  #participation(asked: FiguresAsked, ballots: readonly PlainBallot[], [key]: Key) {
    const { by, variant } = asked
    const found: { ballot: PlainBallot; part: Part }[] = []
    for (const ballot of ballots) {
      const out = this.#notWhole(ballot)
      if (out) found.push({ ballot, part: out })
    }
    const whole = ballots.filter((ballot) => this.isWhole(ballot))
    for (const { id: member } of this.on.members) {
      if (by === 'MEMBER' && member !== key) continue
      const parts = whole.map((ballot) => ({ ballot, part: this.#partOf(asked, ballot, member, key) }))
      found.push(
        ...(variant === 'DAYS'
          ? daysOf(parts)
          : parts.flatMap(({ ballot, part }) => {
              if ('out' in part && by !== 'MEMBER' && part.out === 'NOT_A_MEMBER') return []
              return [{ ballot, part }]
            })),
      )
    }
    return found
  }

  #partOf(asked: FiguresAsked, ballot: PlainBallot, member: string, key: string | null): Part {
    const { by } = asked
    const vote = this.#asked(asked, ballot, false).find(
      (each) =>
        each.member === member &&
        (by === 'GROUP' ? each.group === key : by === 'COUNTRY' ? each.country === key : true),
    )
    if (this.#tellsAbsences(ballot)) return vote ? counted(isCast(vote)) : { out: 'NOT_A_MEMBER' }
    if (this.#isSeated(asked, ballot, member)) return counted(isCast(vote))
    return { out: vote ? 'ABSENCE_NOT_KNOWN' : 'NOT_A_MEMBER' }
  }
}

/** Days on which a member could vote, as parts: all of a day's ballots are behind it, and the first counts. */
const daysOf = (
  parts: readonly { readonly ballot: PlainBallot; readonly part: Part }[],
): readonly { readonly ballot: PlainBallot; readonly part: Part }[] => {
  const days = [...new Set(parts.map(({ ballot }) => ballot.date))]
  return days.flatMap((day) => {
    const those = parts.filter(({ ballot }) => ballot.date === day)
    const could = those.filter(({ part }) => 'counts' in part)
    const open = those.filter(({ part }) => 'out' in part && part.out === 'ABSENCE_NOT_KNOWN')
    if (day === null) return [...could, ...open].map(({ ballot }) => ({ ballot, part: { out: 'DATE_NOT_KNOWN' } }))
    if (could.length === 0) return open
    const isHit = open.length > 0 || could.some(({ part }) => 'counts' in part && part.isHit)
    return could.map(({ ballot }, i) => ({
      ballot,
      part: { counts: i === 0 ? 1 : 0, hits: i === 0 && isHit ? 1 : 0, isHit },
    }))
  })
}

const GROUPS_OF = (on: PlainVotes, ballot: PlainBallot): readonly string[] => {
  const named = [...on.on.votes, ...on.on.tallies].map(({ group }) => group)
  return [...new Set(named)].filter((group) => group !== null && on.tally(ballot, group, false) !== null) as string[]
}

const hasTotals = (ballot: PlainBallot): boolean => ballot.for !== null && ballot.against !== null

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

const countOptions = (votes: readonly PlainVote[]): readonly number[] =>
  OPTIONS.map((option) => votes.filter((vote) => vote.option === option).length)

/** The option with more votes than each other. */
const plurality = (tally: readonly number[] | null): string | null => {
  const most = Math.max(...(tally ?? []))
  const best = OPTIONS.filter((_, i) => tally?.[i] === most)
  return best.length === 1 ? (best[0] as string) : null
}

const indexOf = (variant: string, tally: readonly number[]): Part => {
  const [yes, no] = tally as [number, number]
  const all = sum(tally)
  if (all === 0) return { out: 'NOBODY_CAST' }
  if (variant === 'RICE') {
    if (yes + no === 0) return { out: 'ONLY_ABSTENTIONS' }
    return { counts: 1, hits: Math.abs(yes - no) / (yes + no), isHit: true }
  }
  const most = Math.max(...tally)
  return { counts: 1, hits: (most - (variant === 'ATTINA' ? 1 : 0.5) * (all - most)) / all, isHit: true }
}

const outcomeOf = ({ result }: PlainBallot, option: string | null): Part => {
  if (result !== 'ADOPTED' && result !== 'REJECTED') return { out: 'OUTCOME_NOT_KNOWN' }
  if (option === null) return { out: 'NO_PLURALITY' }
  return counted(option === (result === 'ADOPTED' ? 'FOR' : 'AGAINST'))
}

const withoutZeros = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
