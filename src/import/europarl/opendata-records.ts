import { amendmentId, epMemberId, eurovocId, normaliseId, normaliseReference, procedureId } from '../../model/ids.js'
import type { GraphRecord, Value } from '../../model/records.js'
import { clip } from '../read/clip.js'
import { motionRecord, PARLIAMENT } from './minutes.js'
import { isBallot, readBallot } from './opendata-ballots.js'
import { decidersOf } from './opendata-deciders.js'
import { giveInvolvements, participantsOf } from './opendata-involvements.js'
import { groupNumbers, MEMBER, readMember } from './opendata-members.js'
import { eventName, lastOf, lastWord, localDay } from './opendata-names.js'
import type { OpenDataOutput } from './opendata-output.js'
import { givePlace } from './opendata-places.js'
import type { Statements } from './opendata-triples.js'

const EUROVOC = /^https?:\/\/eurovoc\.europa\.eu\/(?:concept\/)?(\d{1,9}|c_[0-9a-f]{1,32})\/?$/i
const AMENDMENTS = /\/eli\/dl\/doc\/(.+)-AM-(\d{3,4})-(\d{3,4})$/

/** Work types of a text put to the vote, and the kinds that they are. */
const KINDS: Readonly<Record<string, string>> = {
  RESOLUTION_MOTION_JOINT: 'JOINT_MOTION',
  RESOLUTION_MOTION: 'MOTION',
  REPORT_PLENARY: 'REPORT',
  RECOMMENDATION_PLENARY: 'RECOMMENDATION',
}
/** Most amendments in one list. */
const LONGEST_LIST = 5000

/** Turns the statements of one file into records. */
export class OpenDataReader {
  readonly #done = new Set<string>()
  readonly #deciders = new Map<string, readonly string[]>()

  constructor(readonly out: OpenDataOutput) {}

  get statements(): Statements {
    return this.out.statements
  }

  /** Reads every subject of a known type; what has no place in the graph is told. */
  read(): readonly GraphRecord[] {
    const { statements, out } = this
    const subjects = [...statements.subjects()].map((subject) => ({
      subject,
      types: new Set(statements.types(subject).map(lastWord)),
    }))
    // Persons come first: others name them by their number alone.
    const groups = groupNumbers(statements)
    for (const { subject, types } of subjects)
      if (types.has('Person')) this.#row(() => readMember(out, subject, groups))
    for (const { subject, types } of subjects) {
      if (types.has('Process')) this.#row(() => this.#process(subject))
      else if (types.has('ForeseenActivity')) out.skip('planned on an agenda, which is nothing that happened')
      else if (types.has('Activity') || types.has('Decision')) this.#row(() => this.#activity(subject))
      else if (types.has('Work')) this.#row(() => this.#work(subject))
    }
    out.finish()
    return out.records
  }

  /** Reads a subject, which counts as a row if it gives a record. */
  #row(read: () => void): void {
    const before = this.out.records.length
    read()
    if (this.out.records.length > before) this.out.count(1)
  }

  #work(subject: string): void {
    const list = AMENDMENTS.exec(subject)
    if (list) {
      this.#amendments(subject, list)
      return
    }
    const id = normaliseId(subject)
    if (!/^(?:ep-doc|ta):/.test(id)) {
      this.out.skip('a document that is neither tabled nor adopted, or whose reference is not known')
      return
    }
    if (this.out.given.has(id)) {
      this.out.skip('a document that another file of the edition gave before')
      return
    }
    const { statements } = this
    const reference = id.slice(id.indexOf(':') + 1)
    const date = this.out.day(subject, 'eli:document_date', id)
    if (date === undefined) return
    const { shown: title, all: titles } = this.out.named(statements.all(subject, 'dcterms:title'))
    const values = { reference, title, titles, url: this.#page(subject) }
    statements.all(subject, 'dcterms:identifier')
    const kind =
      KINDS[lastOf(statements.first(subject, 'eli:work_type') ?? '')] ??
      motionRecord(reference, this.out.citations).values['kind'] ??
      null
    if (id.startsWith('ta:')) {
      if (!date) {
        this.out.problem(subject, `The adopted text "${reference}" has no day on which it was adopted.`, [id])
        return
      }
      this.out.parliament()
      this.out.node('Resolution', id, { ...values, adoptedOn: date })
      this.out.link('AdoptedBy', id, PARLIAMENT)
    } else this.out.node('Motion', id, { kind: kind as Value, ...values, tabledOn: date })
    for (const { value } of statements.all(subject, 'eli:is_about')) this.#subject(id, value)
    this.#dossier(id, subject)
    if (id.startsWith('ta:')) return
    this.#tabledBy(id, subject)
    for (const { value } of statements.all(subject, 'eli:is_derivative_of')) {
      const replaced = normaliseId(value)
      if (!replaced.startsWith('ep-doc:')) continue
      this.out.motion(replaced)
      this.out.link('Replacement', id, replaced)
    }
  }

  /** Where a document can be read: its page in English, or else in the first language. */
  #page(subject: string): string | null {
    const { statements } = this
    const pages = statements.all(subject, 'eli:is_realized_by').flatMap(({ value: expression }) => {
      // The titles and languages of the expressions are those of the document.
      statements.all(expression, 'eli:title')
      const language = lastOf(statements.first(expression, 'eli:language') ?? '')
      return statements.all(expression, 'eli:is_embodied_by').flatMap(({ value }) => {
        const format = lastOf(statements.first(value, 'eli:format') ?? '')
        const page = statements.first(value, 'eli:is_exemplified_by')
        return page && format === 'XHTML' ? [{ page, language }] : []
      })
    })
    const found =
      pages.find(({ language }) => language === 'ENG') ?? pages.sort((a, b) => (a.language < b.language ? -1 : 1))[0]
    return found && /^https?:\/\//.test(found.page) ? found.page : null
  }

  /** The procedure that a document is of, by its address; the file of a procedure says which address is its own. */
  #dossier(document: string, subject: string): void {
    const { statements, out } = this
    const procedures = new Set<string>()
    for (const { value } of statements.all(subject, 'epvoc:inverse_created_a_realization_of')) {
      const label = statements.has(value, 'rdfs:label') ? statements.first(value, 'rdfs:label') : null
      const id = normaliseId(label ?? value)
      if (id.startsWith('ep-proc:')) procedures.add(id)
      else out.skip('a procedure whose address has no number')
    }
    const [only, ...others] = procedures
    if (only === undefined) return
    if (others.length > 0) {
      out.pass.note(
        `${out.file}: ${document} names several procedures, ${[...procedures].join(', ')}, and was left without one.`,
      )
      return
    }
    out.node('Procedure', only, { reference: only.slice('ep-proc:'.length) }, ['reference'])
    // The address does not tell the type of the procedure: whoever names it whole is shown.
    out.link('Dossier', document, only, {}, undefined, only.endsWith(')') ? undefined : ['to'])
    giveInvolvements(out, subject, 'epvoc:workHadParticipation', only)
  }

  #subject(document: string, address: string): void {
    const number = EUROVOC.exec(address)?.[1]?.toLowerCase()
    if (!number) {
      this.out.skip('filed under something that is not a concept of EuroVoc')
      return
    }
    this.out.node('Subject', eurovocId(number), { scheme: 'EUROVOC', code: number, name: `EuroVoc ${number}` }, [
      'name',
    ])
    this.out.link('Filing', document, eurovocId(number), { scheme: 'EUROVOC' })
  }

  #tabledBy(document: string, subject: string): void {
    const { statements } = this
    const authors = [...statements.all(subject, 'dcterms:creator')]
    for (const { value: participation } of statements.all(subject, 'epvoc:workHadParticipation')) {
      if (lastOf(statements.first(participation, 'eli-dl:participation_role') ?? '') === 'AUTHOR')
        authors.push(...participantsOf(statements, participation))
    }
    for (const { value } of authors) {
      const id = this.out.party(value)
      if (id !== null) this.out.link('TabledBy', document, id)
      else this.out.skip('an author whom this importer does not know: neither a member, nor a group, nor a committee')
    }
  }

  /** A list of amendments, tabled together: one record each. */
  #amendments(subject: string, [, document = '', first = '', last = '']: RegExpExecArray): void {
    const { statements } = this
    const motion = normaliseId(statements.first(subject, 'eli-dl:foresees_change_of') ?? document)
    const [from, to] = [
      Number(statements.first(subject, 'epvoc:itemNumberBegin') ?? first),
      Number(statements.first(subject, 'epvoc:itemNumberEnd') ?? last),
    ]
    statements.all(subject, 'dcterms:identifier')
    if (!motion.startsWith('ep-doc:') || !(from >= 1 && to >= from && to - from < LONGEST_LIST)) {
      this.out.problem(
        subject,
        `The list of amendments "${lastOf(subject)}" is to "${clip(motion)}" and has the numbers ${from} to ${to}, which cannot be.`,
      )
      return
    }
    this.out.motion(motion)
    const { shown, all } = this.out.named(statements.all(subject, 'dcterms:title'))
    const url = this.#page(subject)
    for (let number = from; number <= to; number++) {
      const id = amendmentId(motion, number)
      // A list's title names its first amendment only.
      const titles = number === from ? { title: shown, titles: all } : {}
      this.out.node('Amendment', id, { number: String(number), url, ...titles })
      this.out.link('AmendmentOf', id, motion)
      this.#tabledBy(id, subject)
    }
  }

  #process(subject: string): void {
    const { statements } = this
    const label = statements.first(subject, 'rdfs:label') ?? ''
    const id = normaliseId(label)
    if (!id.startsWith('ep-proc:')) {
      this.out.problem(
        subject,
        `The procedure "${lastOf(subject)}" has the label "${clip(label)}", which is not a reference such as 2022/2505(RSP).`,
      )
      return
    }
    statements.all(subject, 'eli-dl:process_id')
    const { shown: title, all: titles } = this.out.named(statements.all(subject, 'eli-dl:process_title'))
    const type = lastOf(statements.first(subject, 'eli-dl:process_type') ?? '') || null
    const reference = normaliseReference(label)
    const stage = lastOf(statements.first(subject, 'eli-dl:current_stage') ?? '') || null
    const inFull = procedureId(reference)
    this.out.node('Procedure', inFull, { reference, title, titles, type, stage })
    this.#address(subject, inFull)
    giveInvolvements(this.out, subject, 'eli-dl:had_participation', inFull)
    const decisions = this.#decisions(subject)
    for (const { value } of statements.all(subject, 'eli-dl:created_a_realization_of')) {
      const document = normaliseId(value)
      if (document.startsWith('ep-doc:')) this.out.motion(document, reference)
      else if (document.startsWith('ta:')) {
        const adoptedOn = decisions.get(document) ?? decisions.get('only')
        if (!adoptedOn) {
          this.out.pass.note(
            `${this.out.file}: the procedure ${reference} names the adopted text ${document} without the day of its adoption, so it was left out.`,
          )
          continue
        }
        this.out.parliament()
        if (!this.out.whole.has(document))
          this.out.node('Resolution', document, { reference: document.slice(3), adoptedOn, procedure: reference })
        this.out.link('AdoptedBy', document, PARLIAMENT)
      } else {
        this.out.skip('a document of a procedure that is neither tabled nor adopted')
        continue
      }
      this.out.link('Dossier', document, procedureId(reference))
    }
    for (const { value: activity } of statements.all(subject, 'eli-dl:consists_of')) {
      if (statements.types(activity).length > 0) this.#activity(activity, title ?? reference)
      else this.out.skip('an activity of which the file gives the name only')
    }
  }

  /** Says that the number in a procedure's address, by which documents name it, is the procedure. */
  #address(subject: string, procedure: string): void {
    const merged = normaliseId(subject)
    if (!merged.startsWith('ep-proc:') || merged === procedure) return
    const reason = 'The address of the procedure in the open data has no type.'
    this.out.node('Merge', `merge:${merged}`, { merged, reason })
    this.out.link('MergedInto', `merge:${merged}`, procedure)
  }

  /** Who decided or met; asked once of each, so that what is not known is told once. */
  #decidersOf(subject: string): readonly string[] {
    const known = this.#deciders.get(subject) ?? decidersOf(this.out, subject)
    this.#deciders.set(subject, known)
    return known
  }

  /** The days on which texts were adopted; under `only`, that of a procedure's only decision, where it does not name its text. */
  #decisions(process: string): ReadonlyMap<string, string> {
    const days = new Map<string, string>()
    const { statements } = this
    const decisions = statements
      .all(process, 'eli-dl:consists_of')
      .filter(({ value }) => statements.types(value).some((type) => lastWord(type) === 'Decision'))
      .filter(({ value }) => this.#decidersOf(value).includes(PARLIAMENT))
    for (const { value: decision } of decisions) {
      const day = localDay(statements.first(decision, 'eli-dl:activity_date') ?? '')
      if (!day) continue
      for (const { value: text } of statements.all(decision, 'eli-dl:decided_on_a_realization_of'))
        days.set(normaliseId(text), day)
      if (decisions.length === 1) days.set('only', day)
    }
    return days
  }

  #activity(subject: string, about: string | null = null): void {
    const { statements } = this
    const name = statements.first(subject, 'eli-dl:activity_id') ?? lastOf(subject)
    const id = `ep-event:${name}`
    if (this.#done.has(subject)) return
    this.#done.add(subject)
    if (isBallot(statements, subject)) {
      readBallot(this.out, subject)
      return
    }
    if (this.out.given.has(id)) {
      this.out.skip('an activity that another file of the edition gave before')
      return
    }
    if (!/^[\w.()-]{1,150}$/.test(name)) {
      this.out.problem(subject, `The activity "${clip(name)}" has no name that can be an id.`)
      return
    }
    const type = lastOf(statements.first(subject, 'eli-dl:had_activity_type') ?? '')
    const days = ['activity_date', 'activity_start_date', 'activity_end_date'].map((each) =>
      this.out.day(subject, `eli-dl:${each}`),
    )
    if (days.includes(undefined)) return
    const [day, start, end] = days
    const first = day ?? start
    if (!first) {
      this.out.skip('an activity without a date')
      return
    }
    const { shown: label, all: names } = this.out.named(statements.all(subject, 'eli-dl:activity_label'))
    // Only a part-session lasts for days; the ends of other activities may be the midnight after them.
    const last = type === 'EP_PLENARY_PART_SESSION' && end && end > first ? end : first
    const edtf = last === first ? first : `${first}/${last}`
    const deciders = this.#decidersOf(subject)
    this.out.node('Event', id, {
      name: eventName(
        type,
        edtf,
        label,
        about,
        statements.types(subject).some((each) => lastWord(each) === 'Decision'),
        deciders[0] ?? null,
      ),
      names,
      dateEdtf: edtf,
      dateEarliest: first,
      dateLatest: last,
    })
    for (const body of deciders) this.out.link('Participation', body, id, { role: 'ORGANIZER' }, 'ORGANIZER')
    for (const { value } of statements.all(subject, 'vcard:hasLocality')) givePlace(this.out, id, value)
    for (const { value } of statements.all(subject, 'eli-dl:had_participant_person')) {
      const member = MEMBER.exec(value)?.[1]
      if (!member) {
        this.out.skip('a participant who is not a member')
        continue
      }
      this.out.member(member)
      this.out.link('Participation', epMemberId(member), id, { role: 'PARTICIPANT' }, 'PARTICIPANT')
    }
  }
}

/** The ids of the texts that a file describes. */
export const wholeTexts = (statements: Statements): readonly string[] =>
  [...statements.subjects()]
    .filter((subject) => statements.types(subject).some((type) => lastWord(type) === 'Work'))
    .map(normaliseId)
    .filter((id) => /^(?:ep-doc|ta):/.test(id))
