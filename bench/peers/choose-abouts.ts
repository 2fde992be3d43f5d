import type { PeerTable } from './peer-tables.js'
import type { About } from './question.js'

/** How many different things one shape is asked about, so that no arm answers from what it has just read. */
const MOST = 48

/** Years with as many main votes about countries as there are in most, and words of titles. */
const YEARS = [2021, 2022, 2023, 2024]
const WORDS = ['ukraine', 'turkey', 'belarus', 'women', 'fisheries', 'china', 'hungary', 'iran']

/** What the shapes are asked about: ballots with all members' votes, the places and members with the most votes. */
export const chooseAbouts = async (tables: readonly PeerTable[]): Promise<readonly About[]> => {
  const byName = new Map(tables.map((table) => [table.name, table]))
  const rowsOf = (name: string) => byName.get(name)?.rows() ?? []
  const mains = new Set<unknown>()
  const aboutPlaces = new Set<unknown>()
  const [votesByBallot, votesByMember, ballotsByPlace] = [new Tallies(), new Tallies(), new Tallies()]
  const isMain = byName.get('vote_event')?.columns.indexOf('is_main') ?? -1
  const groups: string[] = []
  for await (const [id] of rowsOf('organization')) if (String(id).startsWith('ep-group:')) groups.push(String(id))
  for await (const row of rowsOf('vote_event')) if (row[isMain]) mains.add(row[0])
  for await (const [ballot, place] of rowsOf('vote_event_place')) {
    aboutPlaces.add(ballot)
    if (mains.has(ballot)) ballotsByPlace.add(String(place))
  }
  for await (const [ballot, member] of rowsOf('member_vote')) {
    if (aboutPlaces.has(ballot)) votesByBallot.add(String(ballot))
    votesByMember.add(String(member))
  }
  const [ballots, places, members] = [votesByBallot, ballotsByPlace, votesByMember].map((each) => each.most(MOST))
  return Array.from({ length: MOST }, (_, i) => ({
    ballot: ballots?.[i % ballots.length] ?? '',
    place: places?.[i % places.length] ?? '',
    member: members?.[i % members.length] ?? '',
    year: YEARS[i % YEARS.length] ?? 0,
    word: WORDS[i % WORDS.length] ?? '',
    groups,
  }))
}

class Tallies {
  readonly #tallies = new Map<string, number>()

  add(key: string): void {
    this.#tallies.set(key, (this.#tallies.get(key) ?? 0) + 1)
  }

  /** The keys counted most often. */
  most(count: number): readonly string[] {
    return [...this.#tallies]
      .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
      .slice(0, count)
      .map(([key]) => key)
  }
}
