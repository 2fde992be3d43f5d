import { countries } from 'country-code-lookup'
import { foldText } from '../../model/fold.js'

/** A country or territory of ISO 3166-1; Kosovo is XK, as is common. */
export interface CodedCountry {
  readonly alpha2: string
  readonly alpha3: string
  readonly name: string
}

/** Codes of FIPS 10-4 that country-code-lookup 0.1 lacks. */
const MORE_FIPS: Readonly<Record<string, string>> = {
  FM: 'FM',
  // The Gaza Strip, which FIPS tells from the West Bank, and ISO does not.
  GZ: 'PS',
  // Jan Mayen, which ISO has with Svalbard.
  JN: 'SJ',
}
/** Codes that it gives as those of FIPS and that are others there: Akrotiri, Navassa Island. */
const NO_FIPS: ReadonlySet<string> = new Set(['AX', 'BQ'])
/** ISO 3166-1 has withdrawn it. */
const WITHDRAWN: ReadonlySet<string> = new Set(['AN'])

/** Codes of countries in CAMEO that are not ISO alpha-3. */
const MORE_ALPHA_3: Readonly<Record<string, string>> = { GZS: 'PS', ROM: 'RO', TMP: 'TL', WSB: 'PS' }

/** Names that country-code-lookup writes otherwise. */
const MORE_NAMES: Readonly<Record<string, string>> = {
  'bosnia-herzegovina': 'BA',
  burma: 'MM',
  'cabo verde': 'CV',
  congo: 'CG',
  'czech republic': 'CZ',
  'democratic republic of congo': 'CD',
  'east timor': 'TL',
  gambia: 'GM',
  'guinea bissau': 'GW',
  'holy see': 'VA',
  'ivory coast': 'CI',
  kosovo: 'XK',
  macao: 'MO',
  macedonia: 'MK',
  micronesia: 'FM',
  myanmar: 'MM',
  'occupied palestinian territory': 'PS',
  palestine: 'PS',
  'republic of congo': 'CG',
  'republic of korea': 'KR',
  'russian federation': 'RU',
  samoa: 'WS',
  swaziland: 'SZ',
  bahamas: 'BS',
  turkey: 'TR',
  'united states of america': 'US',
  vatican: 'VA',
  'viet nam': 'VN',
}

const BY_ALPHA_2 = new Map(
  countries
    .filter(({ iso2 }) => !WITHDRAWN.has(iso2))
    .map(({ iso2, iso3, country }): [string, CodedCountry] => [iso2, { alpha2: iso2, alpha3: iso3, name: country }]),
)
/** Case, accents and the form of an apostrophe play no part. */
const keyOf = (text: string): string => foldText(text).replaceAll('’', "'")

const tableOf = (
  pairs: readonly (readonly [key: string, alpha2: string])[],
  more: Readonly<Record<string, string>>,
): ReadonlyMap<string, CodedCountry> => {
  const table = new Map<string, CodedCountry>()
  for (const [key, alpha2] of [...pairs, ...Object.entries(more)]) {
    const country = BY_ALPHA_2.get(alpha2)
    if (key && country) table.set(keyOf(key), country)
  }
  return table
}

const BY_FIPS = tableOf(
  countries.filter(({ fips }) => !NO_FIPS.has(fips)).map(({ fips, iso2 }) => [fips, iso2]),
  MORE_FIPS,
)
const BY_ALPHA_3 = tableOf(
  countries.map(({ iso3, iso2 }) => [iso3, iso2]),
  MORE_ALPHA_3,
)
const BY_NAME = tableOf(
  countries.map(({ country, iso2 }) => [country, iso2]),
  MORE_NAMES,
)

/** The country of a code of FIPS 10-4, `GM` for Germany; null where ISO has none. */
export const countryOfFips = (code: string): CodedCountry | null => BY_FIPS.get(code.toLowerCase()) ?? null

/** The country of a code of three letters, of ISO or CAMEO; null for a region, an organisation, a state that is no more. */
export const countryOfAlpha3 = (code: string): CodedCountry | null => BY_ALPHA_3.get(code.toLowerCase()) ?? null

/** The country of an English name; null where none is known by it. */
export const countryOfName = (name: string): CodedCountry | null => BY_NAME.get(keyOf(name)) ?? null
