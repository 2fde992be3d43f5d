import { epMemberId, epVoteId, normaliseId } from '../../model/ids.js'
import { clip } from '../read/clip.js'
import { BadCell } from '../read/read-cells.js'
import { ballotWords, isMainBallot } from './ballot-words.js'
import { decidersOf } from './opendata-deciders.js'
import { MEMBER } from './opendata-members.js'
import { lastOf, localDay } from './opendata-names.js'
import type { OpenDataOutput } from './opendata-output.js'
import type { Statements } from './opendata-triples.js'
import { votingMethod } from './voting-method.js'

/** How the open data call the options of a vote: `had_voter_favor`, `number_of_votes_favor`. */
const OPTIONS = { favor: 'FOR', against: 'AGAINST', abstention: 'ABSTENTION' } as const
const COLUMNS = { favor: 'tallyFor', against: 'tallyAgainst', abstention: 'tallyAbstention' } as const
const WORDS = Object.keys(OPTIONS) as readonly (keyof typeof OPTIONS)[]
const RESULTS = new Set(['ADOPTED', 'REJECTED', 'LAPSED', 'WITHDRAWN'])
const VOTING_ID = 'epvoc:notation_votingId'

/** Whether a decision is a ballot that was counted: it has a number of its own, and figures. */
export const isBallot = (statements: Statements, subject: string): boolean =>
  statements.has(subject, VOTING_ID) && WORDS.some((word) => statements.has(subject, `eli-dl:number_of_votes_${word}`))

/** Gives the ballot that a decision is, with the votes of members and what they said later that they had meant. */
export const readBallot = (out: OpenDataOutput, subject: string): void => {
  try {
    const number = wholeNumber(out.statements, subject, VOTING_ID)
    const id = epVoteId(number as number)
    if (out.given.has(id)) {
      out.skip('a ballot that was given before')
      return
    }
    const date = giveBallot(out, subject, id)
    if (date !== undefined) giveVotes(out, subject, id, date)
  } catch (error) {
    if (!(error instanceof BadCell)) throw error
    out.problem(subject, error.message)
  }
}

/** A whole number; null where there is none. @throws BadCell */
const wholeNumber = (statements: Statements, subject: string, property: string): number | null => {
  const written = statements.first(subject, property)
  if (written === null) return null
  if (!/^\d{1,9}$/.test(written))
    throw new BadCell(
      `The property "${property}" of "${lastOf(subject)}" is "${clip(written)}", which is not a whole number.`,
    )
  return Number(written)
}

/** Gives the ballot itself, and the text it is on; its day, null where it has none, undefined where it is left out. @throws BadCell */
const giveBallot = (out: OpenDataOutput, subject: string, id: string): string | null | undefined => {
  const { statements } = out
  const moment = statements.first(subject, 'eli-dl:activity_start_date')
  const day = out.day(subject, 'eli-dl:activity_date', id)
  if (day === undefined) return undefined
  const date = day ?? localDay(moment ?? '')
  statements.all(subject, 'eli-dl:activity_id')
  const { shown: label, all: labels } = out.named(statements.all(subject, 'eli-dl:activity_label'))
  const { reference, title, description } = ballotWords(label ?? '')
  const text = reference ? normaliseId(reference) : decidedOn(statements, subject)
  const { values: tally, isWhole } = tallyOf(statements, subject)
  const values = {
    title,
    titles: title === label ? labels : [],
    description,
    date,
    time: moment && /T.*[+-]\d{2}:\d{2}$/.test(moment) && localDay(moment) === date ? moment : null,
    isMain: isMainBallot({ reference: text, title, description: description ?? title }),
    ...methodOf(out, subject),
    result: resultOf(out, subject),
    ...tally,
  }
  const words = ['title', 'titles', 'description', 'time', 'isMain']
  out.node('VoteEvent', id, values, isWhole ? words : [...words, ...Object.keys(tally)])
  const [body] = decidersOf(out, subject)
  if (body !== undefined) out.link('HeldIn', id, body)
  if (text) {
    out.motion(text)
    out.link('BallotOn', id, text)
  }
  return date
}

/** The figures as published. One that is missing is no 0: then the total is not known either. */
const tallyOf = (statements: Statements, subject: string) => {
  const values: Record<string, number> = {}
  for (const word of WORDS) {
    const number = wholeNumber(statements, subject, `eli-dl:number_of_votes_${word}`)
    if (number !== null) values[COLUMNS[word]] = number
  }
  const numbers = Object.values(values)
  const isWhole = numbers.length === WORDS.length
  return { isWhole, values: isWhole ? { ...values, tallyVoting: numbers.reduce((a, b) => a + b, 0) } : values }
}

const methodOf = ({ statements, pass, file }: OpenDataOutput, subject: string) => {
  const written = statements.first(subject, 'eli-dl:decision_method')
  return votingMethod(written === null ? null : lastOf(written), (sentence) => pass.note(`${file}: ${sentence}`))
}

const resultOf = (out: OpenDataOutput, subject: string): string | null => {
  const { statements } = out
  const written =
    statements.first(subject, 'eli-dl:decision_outcome') ?? statements.first(subject, 'eli-dl:had_decision_outcome')
  if (written === null) return null
  const result = lastOf(written).toUpperCase()
  if (RESULTS.has(result)) return result
  out.pass.note(`${out.file}: the result "${clip(result)}" is not known to this importer and was left out.`)
  return null
}

/** The only text put to the vote that the decision names. */
const decidedOn = (statements: Statements, subject: string): string | null => {
  const texts = statements
    .all(subject, 'eli-dl:decided_on_a_realization_of')
    .map(({ value }) => normaliseId(value))
    .filter((id) => /^ep-doc:[^#]+$/.test(id))
  return texts.length === 1 ? (texts[0] ?? null) : null
}

/** Gives the votes and later statements of members, each once. */
const giveVotes = (out: OpenDataOutput, subject: string, ballot: string, date: string | null): void => {
  const voted = new Set<string>()
  eachVoter(out, subject, 'eli-dl:had_voter_', voted, (member, option) =>
    out.link('Vote', member, ballot, { option, date }),
  )
  eachVoter(out, subject, 'eli-dl:had_voter_intended_', new Set(), (member, option) =>
    out.link('Correction', member, ballot, { option, kind: voted.has(member) ? 'CORRECTION' : 'INTENTION' }),
  )
}

const eachVoter = (
  out: OpenDataOutput,
  subject: string,
  property: string,
  seen: Set<string>,
  give: (member: string, option: string) => void,
): void => {
  for (const word of WORDS) {
    for (const { value } of out.statements.all(subject, `${property}${word}`)) {
      const number = MEMBER.exec(value)?.[1]
      const member = epMemberId(number ?? '')
      if (number === undefined) out.problem(subject, `The voter "${clip(value, 80)}" is not a member.`)
      else if (seen.has(member))
        out.problem(subject, `The member "${member}" stands in two lists of voters of "${lastOf(subject)}".`)
      else {
        seen.add(member)
        out.member(number)
        out.count(1)
        give(member, OPTIONS[word])
      }
    }
  }
}
