import type { MeasureAsk, Voters } from '../../analysis/measures/measure.js'
import { fillSlots, firstSlot } from '../../analysis/slots.js'
import { type VoteTable, WORD } from '../../analysis/vote-table.js'
import { readLinkColumns } from '../../store/link-columns.js'
import type { Composing, Given } from '../composed/composer.js'
import { textIn } from '../composed/composer.js'

/** Stands for a record of which the table has no votes. */
const NOT_THERE = -2

/** Where names stand in a table. */
export interface Places {
  readonly members: ReadonlyMap<string, number>
  readonly groups: ReadonlyMap<string, number>
  readonly countries: ReadonlyMap<string, number>
  /** By slot: a number for each day, in their order; -1 where it is not known. */
  readonly days: Int32Array
}

const known = new WeakMap<VoteTable, Places>()

export const placesIn = (table: VoteTable): Places => {
  const places = known.get(table) ?? findPlaces(table)
  known.set(table, places)
  return places
}

const findPlaces = ({ names }: VoteTable): Places => {
  const numbered = (all: readonly string[]) => new Map(all.map((name, place) => [name, place]))
  const days = new Map<string, number>()
  const dayOf = (day: string): number => {
    if (day === '') return -1
    const number = days.get(day) ?? days.size
    days.set(day, number)
    return number
  }
  return {
    members: numbered(names.members),
    groups: numbered(names.groups),
    countries: numbered(names.countries),
    days: Int32Array.from(names.days, dayOf),
  }
}

/** The place of what is asked; null where nothing is. */
export const placeIn = (places: ReadonlyMap<string, number>, id: string | null): number | null =>
  id === null ? null : (places.get(id) ?? NOT_THERE)

/** Whose votes are asked, and of how many persons that is not known. */
export const votersOf = async (
  table: VoteTable,
  given: Given,
  composing: Composing,
): Promise<{ readonly voters: Voters; readonly undecided: number }> => {
  const places = placesIn(table)
  const [persons, memberOf] = [await composing.ids('voters.where'), textIn(given, 'voters.memberOf')]
  const members = persons && new Uint8Array(table.names.members.length)
  for (const id of persons?.known ?? []) {
    const place = places.members.get(id)
    if (members && place !== undefined) members[place] = 1
  }
  return {
    voters: {
      group: placeIn(places.groups, textIn(given, 'voters.group')),
      country: placeIn(places.countries, textIn(given, 'voters.country')),
      members,
      during: memberOf === null ? null : ballotsDuring(table, await memberships([memberOf], composing), () => true),
    },
    undecided: persons?.undecided.length ?? 0,
  }
}

/** The ballots in which members held a seat: as members of the body that voted, or of a group of which somebody did. */
export const seatsIn = async (table: VoteTable, composing: Composing): Promise<MeasureAsk['seats']> => {
  const { names, bits } = table
  const bodies = new Set(names.bodies.filter((body) => body !== ''))
  const found = await memberships([...new Set([...bodies, ...names.groups])], composing)
  const ofBodies = found.filter(({ organization }) => bodies.has(organization))
  const seats = new Map(ballotsDuring(table, ofBodies, (organization, chunk) => names.bodies[chunk] === organization))
  for (const [group, ballots] of ballotsOfGroups(bits)) {
    const all = found.filter(({ organization }) => organization === names.groups[group])
    for (const [member, during] of ballotsDuring(table, all, () => true)) {
      const seat = seats.get(member) ?? new Uint32Array(bits.words)
      seats.set(member, seat)
      during.forEach((word, w) => {
        seat[w] = (seat[w] as number) | (word & (ballots[w] as number))
      })
    }
  }
  return seats
}

/** By place of the group: the ballots of which all votes are known, and some are its members'. */
const ballotsOfGroups = ({
  whole,
  words,
  tallies: { start, groups },
}: VoteTable['bits']): ReadonlyMap<number, Uint32Array> => {
  const found = new Map<number, Uint32Array>()
  for (let slot = 0; slot < words * WORD; slot += 1)
    for (let i = start[slot] as number; i < (start[slot + 1] as number); i += 1) {
      const ballots = found.get(groups[i] as number) ?? new Uint32Array(words)
      found.set(groups[i] as number, ballots)
      const word = slot >>> 5
      ballots[word] = (ballots[word] as number) | ((whole[word] as number) & (1 << (slot & 31)))
    }
  return found
}

interface Membership {
  readonly organization: string
  readonly member: string
  readonly start: string | null
  readonly end: string | null
}

/** The memberships of an organisation: its id, and in one order the members, first days and last days. */
type MembershipsOf = readonly [
  organization: string,
  members: readonly string[],
  starts: readonly (string | null)[],
  ends: readonly (string | null)[],
]

const memberships = async (
  organizations: readonly string[],
  { store, options }: Composing,
): Promise<readonly Membership[]> => {
  const query = { link: 'Membership', at: 'to' as const, ids: organizations, columns: ['startDate', 'endDate'] }
  const rows = readLinkColumns(
    (await store.linkColumns(query, options)).json,
  ) as readonly unknown[] as readonly MembershipsOf[]
  return rows.flatMap(([organization, members, starts, ends]) =>
    members.map((member, i) => ({ organization, member, start: starts[i] ?? null, end: ends[i] ?? null })),
  )
}

/** By member, the ballots on days on which one of its memberships is known to have begun and not to have ended before. */
const ballotsDuring = (
  table: VoteTable,
  all: readonly Membership[],
  isOf: (organization: string, chunk: number) => boolean,
): ReadonlyMap<number, Uint32Array> => {
  const { members } = placesIn(table)
  const { bits, names } = table
  const found = new Map<number, Uint32Array>()
  for (const { organization, member, start, end } of all) {
    const place = members.get(member)
    if (place === undefined || start === null) continue
    const ballots = found.get(place) ?? new Uint32Array(bits.words)
    found.set(place, ballots)
    bits.chunks.forEach(({ word, words }, chunk) => {
      if (!isOf(organization, chunk)) return
      const [first, last] = [word * WORD, (word + words) * WORD]
      const from = firstSlot(names.days, first, last, (day) => day >= start)
      const to =
        end === null
          ? firstSlot(names.days, first, last, () => false)
          : firstSlot(names.days, first, last, (day) => day > end)
      fillSlots(ballots, 0, from, to)
    })
  }
  return found
}
