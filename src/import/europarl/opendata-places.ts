import { lastOf } from './opendata-names.js'
import type { OpenDataOutput } from './opendata-output.js'

const LOCALITY = /^([A-Z]{3})_([A-Z0-9]{3})$/
/** The seats of the Parliament, where a file gives their codes only. */
const SEATS: Readonly<Record<string, string>> = { FRA_SXB: 'Strasbourg', BEL_BRU: 'Brussels', LUX_LUX: 'Luxembourg' }

/** Gives the place of an event, and its country. */
export const givePlace = (out: OpenDataOutput, event: string, address: string): void => {
  const [code, alpha3 = ''] = (/\/authority\/place\//.test(address) && LOCALITY.exec(lastOf(address))) || []
  if (code === undefined) {
    out.skip('a place that the Publications Office does not list')
    return
  }
  const id = `op-place:${code}`
  const { shown, all } = out.named(out.statements.all(address, 'skos:prefLabel'))
  out.statements.all(address, 'geosparql:sfWithin')
  const values = { kind: 'CITY', name: shown ?? SEATS[code] ?? id, names: all }
  out.node('Place', id, values, shown ? [] : ['name'])
  const country = out.country(alpha3)
  if (country) out.link('PlacePart', id, country)
  out.link('EventPlace', event, id)
}
