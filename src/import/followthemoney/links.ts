import { placeId } from '../../model/ids.js'
import { type Citation, isDay, type LinkRecord } from '../../model/records.js'
import { clip } from '../read/clip.js'
import { link } from '../read/make-records.js'
import { dayOf } from './dates.js'
import { type FtmEntity, nodeId, type Said } from './entity.js'
import { isPublic } from './nodes.js'
import { EVENT_PLACES, type LinkSchema } from './schemata.js'
import { staysOf } from './stays.js'
import type { FtmSurvey } from './survey.js'

type CitationsOf = (datasets: readonly string[]) => readonly Citation[]

/** A link, and the line that says it. */
interface LinkOnLine {
  readonly line: number
  readonly record: LinkRecord
}

/** A value of a property, with the line and the data sets that say it first. */
interface Stated {
  readonly text: string
  readonly line: number
  readonly datasets: readonly string[]
}

/** The id of the place that a country's code stands for; null for what is not a place: `zz`, unknown, and `eu`, a union. */
export const countryId = (code: string): string | null => {
  const tidy = code.trim().toLowerCase()
  if (!/^[a-z]{2,4}([-_][a-z0-9]{2,4})?$/.test(tidy) || tidy === 'zz' || tidy === 'eu') return null
  return tidy.length === 2 ? placeId(tidy) : `ftm-place:${tidy}`
}

/** Makes links of entities; tells what has no place in the graph through `leaveOut`. */
export class FtmLinks {
  constructor(
    readonly survey: FtmSurvey,
    readonly citationsOf: CitationsOf,
    readonly leaveOut: (why: string) => void,
  ) {}

  /** The countries that the links of an entity lead to. */
  countries(entity: FtmEntity, type: string, schema: string): readonly Stated[] {
    if (type === 'Organization') {
      if (!isPublic(entity, schema)) return []
      const jurisdictions = stated(entity, 'jurisdiction')
      const [found, ...others] = jurisdictions.length > 0 ? jurisdictions : stated(entity, 'country')
      if (others.length > 0) this.leaveOut('the countries of a public body that has several')
      return found && others.length === 0 ? [found] : []
    }
    if (type === 'Event') return stated(entity, 'country')
    const [country, ...others] = type === 'Place' ? stated(entity, 'country') : []
    return country && others.length === 0 && !this.#partOf(entity) ? [country] : []
  }

  /** The links of an entity that is a node. */
  ofNode(entity: FtmEntity, type: string, schema: string): readonly LinkOnLine[] {
    const places = this.countries(entity, type, schema)
    switch (type) {
      case 'Organization':
        return [
          ...this.#one(entity, 'parent', 'OrganizationPart', 'Organization'),
          ...this.#toPlaces(entity, 'Jurisdiction', places),
        ]
      case 'Office':
        return this.#one(entity, 'organization', 'OfficeOf', 'Organization')
      case 'Place':
        return [...this.#one(entity, 'partOf', 'PlacePart', 'Place'), ...this.#toPlaces(entity, 'PlacePart', places)]
      case 'Event':
        return [...this.#toPlaces(entity, 'EventPlace', places), ...this.#ofEvent(entity)]
      default:
        return []
    }
  }

  /** The links that an entity of a link's schema is, one for each data set that names an end of it. */
  ofLink(entity: FtmEntity, { link: name, from, to, types, role }: LinkSchema): readonly LinkOnLine[] {
    const ends = [stated(entity, from), stated(entity, to)] as const
    if (ends[0].length === 0 || ends[1].length === 0) {
      this.leaveOut(`that names only one end of the link (${entity.schema})`)
      return []
    }
    const texts = (property: string) => stated(entity, property).map(({ text }) => text)
    const stays = staysOf(texts('startDate'), texts('endDate'))
    const [fromIds, toIds] = [this.#ends(ends[0], types[0], from), this.#ends(ends[1], types[1], to)]
    const isBound = hasBounds(entity)
    return fromIds.flatMap((fromId) =>
      toIds.flatMap((toId) =>
        entity.said
          .filter((said) => this.#names(said, from, fromId) || this.#names(said, to, toId))
          .flatMap(({ line, datasets, values }) => {
            const texts = (property: string) => values.get(property)?.map(({ text }) => text.trim()) ?? []
            return staysOf(texts('startDate'), texts('endDate')).map(({ first, startDate, endDate }) => {
              const bounds = { startDate, endDate }
              const own =
                name === 'Membership'
                  ? { role: texts('role').filter(Boolean).join('; ') || role, ...bounds }
                  : { ...bounds, attestedOn: this.#attestedOn(texts('date'), startDate, isBound), inferred: false }
              // What a data set says of a stay is of the same stay that the others tell of.
              const stay = stays.findLast((each) => each.first <= first) ?? stays[0]
              const key = `${stay?.first ?? '0000-00-00'}/${entity.id}`
              return { line, record: { ...link(name, fromId, toId, this.citationsOf(datasets), own), key } }
            })
          }),
      ),
    )
  }

  /** The nodes at an end of a link, each once. */
  #ends(values: readonly Stated[], type: string, property: string): readonly string[] {
    return [...new Set(values.map(({ text }) => this.#end(text, type, property)))].filter((id) => id !== null)
  }

  #names({ values }: Said, property: string, id: string): boolean {
    return values.get(property)?.some(({ text }) => nodeId(this.survey.idOf(text)) === id) ?? false
  }

  /** The last day that attests an occupancy without known bounds, or else the day on which it began. */
  #attestedOn(dates: readonly string[], startDate: string | null, isBound: boolean): string | null {
    if (isBound) {
      if (dates.length > 0) this.leaveOut('the "date" of an occupancy that has bounds')
      return null
    }
    const day = dates.map(dayOf).sort().at(-1)
    if (day === undefined || isDay(day)) return day ?? startDate
    this.leaveOut('a day that is known to the month or year only')
    return startDate
  }

  #partOf(entity: FtmEntity): boolean {
    return stated(entity, 'partOf').length > 0
  }

  #ofEvent(entity: FtmEntity): readonly LinkOnLine[] {
    const at = stated(entity, ...EVENT_PLACES).flatMap(({ text, line, datasets }) => {
      const place = this.#endOf(entity, text, 'Place', 'addressEntity')
      return place === null
        ? []
        : [{ line, record: link('EventPlace', nodeId(entity.id), place, this.citationsOf(datasets)) }]
    })
    const roles = [
      ['organizer', 'ORGANIZER'],
      ['involved', 'INVOLVED'],
    ] as const
    const parts = roles.flatMap(([property, role]) =>
      stated(entity, property).flatMap(({ text, line, datasets }) => {
        const type = this.survey.typeOf(this.survey.idOf(text)) === 'Person' ? 'Person' : 'Organization'
        const who = this.#endOf(entity, text, type, property)
        if (who === null) return []
        const made = link('Participation', who, nodeId(entity.id), this.citationsOf(datasets), { role })
        return [{ line, record: { ...made, key: role } }]
      }),
    )
    return [...at, ...parts]
  }

  /** A link of which a node has one at most: where the data sets name several ends, none is taken. */
  #one(entity: FtmEntity, property: string, name: string, type: string): readonly LinkOnLine[] {
    const [found, ...others] = stated(entity, property)
    if (others.length > 0) this.leaveOut(`"${property}" of an entity for which several are named`)
    const to = found && others.length === 0 ? this.#endOf(entity, found.text, type, property) : null
    if (!found || to === null) return []
    return [{ line: found.line, record: link(name, nodeId(entity.id), to, this.citationsOf(found.datasets)) }]
  }

  #toPlaces(entity: FtmEntity, name: string, places: readonly Stated[]): readonly LinkOnLine[] {
    return places.flatMap(({ text, line, datasets }) => {
      const place = countryId(text)
      if (place === null) this.leaveOut(`the country "${clip(text, 20)}", which is not a country`)
      return place === null ? [] : [{ line, record: link(name, nodeId(entity.id), place, this.citationsOf(datasets)) }]
    })
  }

  /** The node that a link leads to; null where the entity becomes none of the type. What the file does not have may be in the store. */
  #end(written: string, type: string, property: string): string | null {
    const id = this.survey.idOf(written)
    const found = this.survey.typeOf(id)
    if (found === undefined || found === type) return nodeId(id)
    const schema = this.survey.schemaOf(id) ?? ''
    this.leaveOut(
      found === null
        ? `that lead to an entity of the schema ${clip(schema)}, which is left out`
        : `whose "${property}" is of the schema ${clip(schema)}, which the graph has no such link to`,
    )
    return null
  }

  /** The same for a node's own links: nesting ends at nodes, so that a nested one names some that the file does not have. */
  #endOf({ nested }: FtmEntity, written: string, type: string, property: string): string | null {
    if (nested === 0 || this.survey.typeOf(this.survey.idOf(written)) !== undefined)
      return this.#end(written, type, property)
    this.leaveOut(`that lead from a nested entity to one that the file does not have ("${property}")`)
    return null
  }
}

/** Whether it is known when an occupancy began or ended; of one that has ended, when it did. */
const hasBounds = (entity: FtmEntity): boolean => {
  if (stated(entity, 'endDate').length > 0) return true
  const hasEnded = stated(entity, 'status').some(({ text }) => text.trim().toLowerCase() === 'ended')
  return !hasEnded && stated(entity, 'startDate').length > 0
}

/** The values of properties over all data sets, each once, with all data sets that say it. */
const stated = ({ said }: FtmEntity, ...properties: readonly string[]): readonly Stated[] => {
  const found = new Map<string, Stated>()
  for (const { line, datasets, values } of said)
    for (const { text } of properties.flatMap((property) => values.get(property) ?? [])) {
      const known = found.get(text)
      if (text.trim() === '' || (known && datasets.every((each) => known.datasets.includes(each)))) continue
      found.set(text, known ? { ...known, datasets: [...known.datasets, ...datasets] } : { text, line, datasets })
    }
  return [...found.values()]
}
