import {
  amendmentId,
  epMemberId,
  eurovocId,
  normaliseId,
  normaliseReference,
  placeId,
  procedureId,
} from '../../model/ids.js'
import type { Citation, GraphRecord, LinkRecord, Value } from '../../model/records.js'
import { COUNTRIES } from '../draft-demands/draft-demands-countries.js'
import type { Pass } from '../importer.js'
import { groupIdOf, groupRecords, link, motionRecord, node, PARLIAMENT } from './minutes.js'
import { eventName, lastOf, lastWord, localDay } from './opendata-names.js'
import type { Statements, Term } from './opendata-triples.js'

const MEMBER = /^https:\/\/data\.europarl\.europa\.eu\/person\/(\d{1,9})$/
const GROUP = /\/corporate-body\/EP_GROUP_([A-Z0-9_]{1,40})$/
const EUROVOC = /^http:\/\/eurovoc\.europa\.eu\/(\d{1,9})$/
const LOCALITY = /\/authority\/place\/([A-Z]{3})_([A-Z0-9]{3})$/
const AMENDMENTS = /\/eli\/dl\/doc\/(.+)-AM-(\d{3,4})-(\d{3,4})$/

/** The groups as the open data write them, where the minutes write them otherwise. */
const GROUPS: Readonly<Record<string, string>> = {
  EPP: 'PPE',
  SD: 'S&D',
  GREEN_EFA: 'Verts/ALE',
  LEFT: 'The Left',
  GUE_NGL: 'GUE/NGL',
}
/** The seats of the Parliament, where a file gives their codes only. */
const SEATS: Readonly<Record<string, string>> = { FRA_SXB: 'Strasbourg', BEL_BRU: 'Brussels', LUX_LUX: 'Luxembourg' }
/** Work types of a text put to the vote, and the kinds that they are. */
const KINDS: Readonly<Record<string, string>> = {
  RESOLUTION_MOTION_JOINT: 'JOINT_MOTION',
  RESOLUTION_MOTION: 'MOTION',
  REPORT_PLENARY: 'REPORT',
  RECOMMENDATION_PLENARY: 'RECOMMENDATION',
}
/** Most amendments in one list. */
const LONGEST_LIST = 5000

/** Turns the statements of one file into records, each node once in an edition of a document. */
export class OpenDataReader {
  readonly records: GraphRecord[] = []
  readonly #links = new Set<string>()
  readonly #leftOut = new Map<string, number>()
  readonly #done = new Set<string>()
  #rows = 0

  constructor(
    readonly file: string,
    readonly statements: Statements,
    readonly citations: readonly Citation[],
    readonly given: Set<string>,
    /** The texts that some file of the edition describes, so that none is given by its reference alone. */
    readonly whole: ReadonlySet<string>,
    readonly pass: Pass,
  ) {}

  /** Reads every subject of a known type; what has no place in the graph is told. */
  read(): readonly GraphRecord[] {
    const subjects = [...this.statements.subjects()]
    for (const subject of subjects) {
      const types = new Set(this.statements.types(subject).map(lastWord))
      const before = this.records.length
      if (types.has('Process')) this.#process(subject)
      else if (types.has('ForeseenActivity')) this.#skip('planned on an agenda, which is nothing that happened')
      else if (types.has('Activity') || types.has('Decision')) this.#activity(subject)
      else if (types.has('Work')) this.#work(subject)
      else if (types.has('Person')) this.#person(subject)
      else continue
      if (this.records.length > before) this.#rows++
    }
    this.pass.rows(this.file, this.#rows)
    for (const [why, count] of this.#leftOut) this.pass.leftOut(this.file, why, count)
    return this.records
  }

  #skip(why: string): void {
    this.#leftOut.set(why, (this.#leftOut.get(why) ?? 0) + 1)
    this.#rows++
  }

  #problem(subject: string, reason: string, lost: readonly string[] = []): void {
    this.pass.problem({ file: this.file, line: this.statements.lineOf(subject), reason, lost })
    this.#rows++
  }

  #node(type: string, id: string, values: Readonly<Record<string, Value | null>>, weak: readonly string[] = []): void {
    if (this.given.has(id)) return
    this.given.add(id)
    this.records.push(node(type, id, values, this.citations, weak))
  }

  #link(
    name: string,
    from: string,
    to: string,
    values: Readonly<Record<string, Value | null>> = {},
    key?: string,
  ): void {
    const known = `${name} ${from} ${to} ${key ?? ''}`
    if (this.#links.has(known)) return
    this.#links.add(known)
    const made: LinkRecord = link(name, from, to, this.citations, values)
    this.records.push(key === undefined ? made : { ...made, key })
  }

  /** A day of a subject: null where there is none, undefined where it is no day, which is told. */
  #day(subject: string, property: string, lost?: string): string | null | undefined {
    const written = this.statements.first(subject, property)
    if (written === null) return null
    const day = localDay(written)
    if (day !== null) return day
    this.#problem(
      subject,
      `The property "${property}" of "${lastOf(subject)}" is "${written.slice(0, 60)}", which is no day or moment that exists.`,
      lost ? [lost] : [],
    )
    return undefined
  }

  /** Names or titles in all languages, and the one shown: in English where there is one. */
  #named(terms: readonly Term[]): {
    readonly shown: string | null
    readonly all: readonly { text: string; language: string }[]
  } {
    const all = terms
      .filter(({ value }) => value.trim() !== '')
      .map(({ value, language }) => ({ text: value.replace(/\s+/g, ' ').trim(), language: language ?? '' }))
      .sort((a, b) => (a.language < b.language ? -1 : a.language > b.language ? 1 : 0))
    const shown = all.find(({ language }) => language === 'en') ?? all[0]
    return { shown: shown?.text ?? null, all: all.filter(({ language }) => language !== '') }
  }

  #work(subject: string): void {
    const list = AMENDMENTS.exec(subject)
    if (list) {
      this.#amendments(subject, list)
      return
    }
    const id = normaliseId(subject)
    if (!/^(?:ep-doc|ta):/.test(id)) {
      this.#skip('a document that is neither tabled nor adopted, or whose reference is not known')
      return
    }
    if (this.given.has(id)) {
      this.#skip('a document that another file of the edition gave before')
      return
    }
    const { statements } = this
    const reference = id.slice(id.indexOf(':') + 1)
    const date = this.#day(subject, 'eli:document_date', id)
    if (date === undefined) return
    const { shown: title, all: titles } = this.#named(statements.all(subject, 'dcterms:title'))
    const values = { reference, title, titles, url: this.#page(subject) }
    statements.all(subject, 'dcterms:identifier')
    const kind =
      KINDS[lastOf(statements.first(subject, 'eli:work_type') ?? '')] ??
      motionRecord(reference, this.citations).values['kind'] ??
      null
    if (id.startsWith('ta:')) {
      if (!date) {
        this.#problem(subject, `The adopted text "${reference}" has no day on which it was adopted.`, [id])
        return
      }
      this.#parliament()
      this.#node('Resolution', id, { ...values, adoptedOn: date })
      this.#link('AdoptedBy', id, PARLIAMENT)
    } else this.#node('Motion', id, { kind: kind as Value, ...values, tabledOn: date })
    for (const { value } of statements.all(subject, 'eli:is_about')) this.#subject(id, value)
    if (id.startsWith('ta:')) return
    this.#tabledBy(id, subject)
    for (const { value } of statements.all(subject, 'eli:is_derivative_of')) {
      const replaced = normaliseId(value)
      if (!replaced.startsWith('ep-doc:')) continue
      this.#motion(replaced)
      this.#link('Replacement', id, replaced)
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

  #subject(document: string, address: string): void {
    const number = EUROVOC.exec(address)?.[1]
    if (!number) {
      this.#skip('filed under something that is no concept of EuroVoc')
      return
    }
    this.#node('Subject', eurovocId(number), { scheme: 'EUROVOC', code: number, name: `EuroVoc ${number}` }, ['name'])
    this.#link('Filing', document, eurovocId(number), { scheme: 'EUROVOC' })
  }

  #motion(id: string, procedure: string | null = null): void {
    if (this.given.has(id) || this.whole.has(id)) return
    this.given.add(id)
    const motion = motionRecord(id.slice('ep-doc:'.length), this.citations)
    this.records.push({ ...motion, values: { ...motion.values, procedure } })
  }

  #tabledBy(document: string, subject: string): void {
    const { statements } = this
    const authors = [...statements.all(subject, 'dcterms:creator')]
    for (const { value: participation } of statements.all(subject, 'epvoc:workHadParticipation')) {
      if (lastOf(statements.first(participation, 'eli-dl:participation_role') ?? '') !== 'AUTHOR') continue
      authors.push(...statements.all(participation, 'eli-dl:had_participant_person'))
    }
    for (const { value } of authors) {
      const group = GROUP.exec(value)?.[1]
      const member = MEMBER.exec(value)?.[1]
      if (group) {
        this.#parliament()
        const written = GROUPS[group] ?? group
        const id = groupIdOf(written)
        if (!this.given.has(id)) {
          this.given.add(id)
          this.records.push(...groupRecords(written, this.citations))
        }
        this.#link('TabledBy', document, id)
      } else if (member) {
        this.#member(member)
        this.#link('TabledBy', document, epMemberId(member))
      } else this.#skip('an author who is neither a member nor a group')
    }
  }

  #member(number: string): void {
    const id = epMemberId(number)
    // A file gives numbers of members without names: the number stands for the name until a source tells it.
    this.#node('Person', id, { name: id, sortName: id }, ['name', 'sortName'])
  }

  #parliament(): void {
    this.#node('Organization', PARLIAMENT, { kind: 'PARLIAMENT', name: 'European Parliament' })
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
      this.#problem(
        subject,
        `The list of amendments "${lastOf(subject)}" is to "${motion.slice(0, 60)}" and has the numbers ${from} to ${to}, which cannot be.`,
      )
      return
    }
    this.#motion(motion)
    const { shown, all } = this.#named(statements.all(subject, 'dcterms:title'))
    const url = this.#page(subject)
    for (let number = from; number <= to; number++) {
      const id = amendmentId(motion, number)
      // A list's title names its first amendment only.
      const titles = number === from ? { title: shown, titles: all } : {}
      this.#node('Amendment', id, { number: String(number), url, ...titles })
      this.#link('AmendmentOf', id, motion)
      this.#tabledBy(id, subject)
    }
  }

  #process(subject: string): void {
    const { statements } = this
    const label = statements.first(subject, 'rdfs:label') ?? ''
    const id = normaliseId(label)
    if (!id.startsWith('ep-proc:')) {
      this.#problem(
        subject,
        `The procedure "${lastOf(subject)}" has the label "${label.slice(0, 60)}", which is no reference such as 2022/2505(RSP).`,
      )
      return
    }
    statements.all(subject, 'eli-dl:process_id')
    const { shown: title, all: titles } = this.#named(statements.all(subject, 'eli-dl:process_title'))
    const type = lastOf(statements.first(subject, 'eli-dl:process_type') ?? '') || null
    const reference = normaliseReference(label)
    this.#node('Procedure', procedureId(reference), { reference, title, titles, type })
    const decisions = this.#decisions(subject)
    for (const { value } of statements.all(subject, 'eli-dl:created_a_realization_of')) {
      const document = normaliseId(value)
      if (document.startsWith('ep-doc:')) this.#motion(document, reference)
      else if (document.startsWith('ta:')) {
        const adoptedOn = decisions.get(document) ?? decisions.get('only')
        if (!adoptedOn) {
          this.pass.note(
            `${this.file}: the procedure ${reference} names the adopted text ${document} without the day of its adoption, so it was left out.`,
          )
          continue
        }
        this.#parliament()
        if (!this.whole.has(document))
          this.#node('Resolution', document, { reference: document.slice(3), adoptedOn, procedure: reference })
        this.#link('AdoptedBy', document, PARLIAMENT)
      } else {
        this.#skip('a document of a procedure that is neither tabled nor adopted')
        continue
      }
      this.#link('Dossier', document, procedureId(reference))
    }
    for (const { value: activity } of statements.all(subject, 'eli-dl:consists_of')) {
      if (statements.types(activity).length > 0) this.#activity(activity, title ?? reference)
      else this.#skip('an activity of which the file gives the name only')
    }
  }

  /** The days on which texts were adopted; under `only`, that of a procedure's only decision, where it does not name its text. */
  #decisions(process: string): ReadonlyMap<string, string> {
    const days = new Map<string, string>()
    const { statements } = this
    const decisions = statements
      .all(process, 'eli-dl:consists_of')
      .filter(({ value }) => statements.types(value).some((type) => lastWord(type) === 'Decision'))
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
    if (this.given.has(id)) {
      this.#skip('an activity that another file of the edition gave before')
      return
    }
    if (!/^[\w.()-]{1,150}$/.test(name)) {
      this.#problem(subject, `The activity "${name.slice(0, 60)}" has no name that can be an id.`)
      return
    }
    const type = lastOf(statements.first(subject, 'eli-dl:had_activity_type') ?? '')
    const days = ['activity_date', 'activity_start_date', 'activity_end_date'].map((each) =>
      this.#day(subject, `eli-dl:${each}`),
    )
    if (days.includes(undefined)) return
    const [day, start, end] = days
    const first = day ?? start
    if (!first) {
      this.#skip('an activity without a date')
      return
    }
    const { shown: label, all: names } = this.#named(statements.all(subject, 'eli-dl:activity_label'))
    // Only a part-session lasts for days; the ends of other activities may be the midnight after them.
    const last = type === 'EP_PLENARY_PART_SESSION' && end && end > first ? end : first
    const edtf = last === first ? first : `${first}/${last}`
    this.#node('Event', id, {
      name: eventName(
        type,
        edtf,
        label,
        about,
        statements.types(subject).some((each) => lastWord(each) === 'Decision'),
      ),
      names,
      dateEdtf: edtf,
      dateEarliest: first,
      dateLatest: last,
    })
    this.#parliament()
    this.#link('Participation', PARLIAMENT, id, { role: 'ORGANIZER' }, 'ORGANIZER')
    for (const { value } of statements.all(subject, 'vcard:hasLocality')) this.#place(id, value)
    for (const { value } of statements.all(subject, 'eli-dl:had_participant_person')) {
      const member = MEMBER.exec(value)?.[1]
      if (!member) {
        this.#skip('a participant who is no member')
        continue
      }
      this.#member(member)
      this.#link('Participation', epMemberId(member), id, { role: 'PARTICIPANT' }, 'PARTICIPANT')
    }
  }

  #place(event: string, address: string): void {
    const [, alpha3 = '', place = ''] = LOCALITY.exec(address) ?? []
    if (!alpha3) {
      this.#skip('a place that is none of the Publications Office')
      return
    }
    const id = `op-place:${alpha3}_${place}`
    const { shown, all } = this.#named(this.statements.all(address, 'skos:prefLabel'))
    this.statements.all(address, 'geosparql:sfWithin')
    const country = COUNTRIES.find((each) => each.alpha3 === alpha3)
    this.#node(
      'Place',
      id,
      { kind: 'CITY', name: shown ?? SEATS[`${alpha3}_${place}`] ?? id, names: all },
      shown ? [] : ['name'],
    )
    if (country) {
      const { alpha2, name } = country
      this.#node('Place', placeId(alpha2), { kind: 'COUNTRY', name, isoAlpha2: alpha2, isoAlpha3: alpha3 }, ['name'])
      this.#link('PlacePart', id, placeId(alpha2))
    }
    this.#link('EventPlace', event, id)
  }

  #person(subject: string): void {
    const number = MEMBER.exec(subject)?.[1]
    const { statements } = this
    const [givenName, familyName] = [
      statements.first(subject, 'foaf:givenName'),
      statements.first(subject, 'foaf:familyName'),
    ]
    const name = statements.first(subject, 'rdfs:label') ?? ([givenName, familyName].filter(Boolean).join(' ') || null)
    statements.all(subject, 'dcterms:identifier')
    if (!number || !name) {
      this.#problem(subject, `The person "${lastOf(subject)}" has no number of a member, or no name.`)
      return
    }
    const born = this.#day(subject, 'vcard:bday')
    if (born === undefined) return
    const birth = born ? { birthDateEdtf: born, birthDateEarliest: born, birthDateLatest: born } : {}
    this.#node('Person', epMemberId(number), { name, givenName, familyName, ...birth })
  }
}

/** The ids of the texts that a file describes. */
export const wholeTexts = (statements: Statements): readonly string[] =>
  [...statements.subjects()]
    .filter((subject) => statements.types(subject).some((type) => lastWord(type) === 'Work'))
    .map(normaliseId)
    .filter((id) => /^(?:ep-doc|ta):/.test(id))
