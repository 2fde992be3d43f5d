import { countries } from 'country-code-lookup'
import { foldText } from '../../model/fold.js'
import { COUNTRIES } from '../read/countries.js'

/** A country or territory of ISO 3166-1; Kosovo is XK, as is common. */
export interface CodedCountry {
  readonly alpha2: string
  readonly alpha3: string
  readonly name: string
}

/** Codes of FIPS 10-4 that country-code-lookup 0.1 lacks or has otherwise. */
const MORE_FIPS: Readonly<Record<string, string>> = {
  AE: 'AE',
  FK: 'FK',
  FM: 'FM',
  VM: 'VN',
  // Serbia until 2008.
  RB: 'RS',
  // The Gaza Strip, which FIPS tells from the West Bank, and ISO does not.
  GZ: 'PS',
  // Jan Mayen, which ISO has with Svalbard.
  JN: 'SJ',
  // Islands that ISO has with their country, and FIPS by themselves: of Australia, France and the United States.
  AT: 'AU',
  CR: 'AU',
  ...Object.fromEntries('BS EU GO JU TE'.split(' ').map((code) => [code, 'TF'])),
  ...Object.fromEntries('BQ DQ FQ HQ JQ KQ LQ MQ WQ'.split(' ').map((code) => [code, 'UM'])),
}
/** Codes that it gives as those of FIPS and that are others there, or none. */
const NO_FIPS: ReadonlySet<string> = new Set(['AX', 'BQ', 'FA', 'VN'])
/** ISO 3166-1 has withdrawn it. */
const WITHDRAWN: ReadonlySet<string> = new Set(['AN'])

/** Codes of countries that are not ISO alpha-3: of CAMEO, and those that ISO had before a country took another name. */
const MORE_ALPHA_3: Readonly<Record<string, string>> = {
  GZS: 'PS',
  KSV: 'XK',
  MTN: 'ME',
  ROM: 'RO',
  TMP: 'TL',
  WSB: 'PS',
  BUR: 'MM',
  BYS: 'BY',
  DHY: 'BJ',
  HVO: 'BF',
  RHO: 'ZW',
  ZAR: 'CD',
}

/** Names beside those of country-code-lookup: short names of ISO 3166-1 now and before, and those in common use. */
const MORE_NAMES = `
BF|Upper Volta
BN|Brunei Darussalam
BO|Plurinational State of Bolivia
BQ|Bonaire, Sint Eustatius and Saba;Caribbean Netherlands
BY|Byelorussia
CC|Keeling Islands
CD|Democratic Republic of Congo;Congo-Kinshasa;DR Congo;DRC;Zaire
CF|Central African Rep.
CG|Congo;Congo-Brazzaville
CI|Ivory Coast
CN|People's Republic of China
CV|Cabo Verde
CZ|Czech Republic
FK|Falkland Islands (Malvinas);Falkland Islands
FM|Micronesia
FO|Faeroe Islands
GB|United Kingdom of Great Britain and Northern Ireland;Great Britain;Britain;UK;U.K.
GM|Gambia
GN|Guinea-Conakry
GS|South Georgia
GW|Guinea Bissau
HK|Hong Kong SAR;China, Hong Kong Special Administrative Region
HM|Heard and McDonald Islands
IL|State of Israel
IR|Islamic Republic of Iran
KG|Kyrgyz Republic
KM|Comoro Islands
KP|Democratic People's Republic of Korea;Korea, North
KR|Republic of Korea;Korea, South
KW|State of Kuwait
LA|Lao People's Democratic Republic;Lao PDR
LY|Libyan Arab Jamahiriya;State of Libya
MF|Saint Martin (French part)
MK|Macedonia;former Yugoslav Republic of Macedonia;FYROM;Macedonia (FYROM);Republic of North Macedonia
MM|Myanmar;Burma;Myanmar/Burma
MO|Macao;Macao SAR;China, Macao Special Administrative Region
PN|Pitcairn
PS|Palestine;State of Palestine;Occupied Palestinian Territory;Palestinian Territories;West Bank;Gaza;Gaza Strip;West Bank and Gaza
QA|State of Qatar
RU|Russian Federation
SH|Saint Helena, Ascension and Tristan da Cunha
SJ|Svalbard and Jan Mayen
SK|Slovak Republic
SX|Sint Maarten (Dutch part)
SY|Syrian Arab Republic
SZ|Swaziland
TF|French Southern Territories
TL|East Timor
TR|Turkey
TW|Taiwan, Province of China;Republic of China;Chinese Taipei
TZ|United Republic of Tanzania;Tanganyika
US|United States of America;USA;U.S.A.;US;U.S.
VA|Holy See;Holy See (Vatican City State);Vatican;Vatican City;Vatican City State
VC|Saint Vincent
VE|Bolivarian Republic of Venezuela
VG|Virgin Islands (British)
VI|Virgin Islands (U.S.);US Virgin Islands;United States Virgin Islands
VN|Viet Nam;Socialist Republic of Vietnam
WS|Samoa
XK|Kosovo
`

/** Full names of states that are no more. */
const NO_MORE = ['Republic of Vietnam', "People's Democratic Republic of Yemen", 'Democratic Republic of Yemen']

const BY_ALPHA_2 = new Map(
  countries
    .filter(({ iso2 }) => !WITHDRAWN.has(iso2))
    .map(({ iso2, iso3, country }): [string, CodedCountry] => [iso2, { alpha2: iso2, alpha3: iso3, name: country }]),
)

const tableOf = (
  pairs: readonly (readonly [key: string, alpha2: string])[],
  more: Readonly<Record<string, string>>,
): ReadonlyMap<string, CodedCountry> => {
  const table = new Map<string, CodedCountry>()
  for (const [key, alpha2] of [...pairs, ...Object.entries(more)]) {
    const country = BY_ALPHA_2.get(alpha2)
    if (key && country) table.set(foldText(key), country)
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
/** What a state is, as it stands in its full name, where it tells no country from another. "State of" tells Georgia from Georgia. */
const POLITY =
  /^(?:(?:(?:people's|federal|federative|democratic|socialist|islamic|arab|hashemite|oriental|co-?operative) )*(?:republic|kingdom)|principality|grand duchy|commonwealth|union|sultanate|independent state) of /

/**
 * A name without what is written now one way and now another: case, accents, articles, "St", "&", and the order of its
 * parts, of which ISO puts the first last ("Moldova, Republic of", "Moldova (the Republic of)").
 */
const nameKey = (name: string): string =>
  foldText(name)
    .replace(/[’'`.]/g, '')
    .replace(/&/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => !/^(|the|of|and)$/.test(word))
    .map((word) => (word === 'st' ? 'saint' : word === 'is' ? 'islands' : word))
    .sort()
    .join(' ')

const BY_NAME = new Map<string, CodedCountry | null>()
for (const { country, iso2 } of countries) nameCountry(country, iso2)
for (const { name, aliases, alpha2 } of COUNTRIES)
  for (const each of [name, ...aliases]) if (!each.startsWith('@')) nameCountry(each, alpha2)
for (const line of MORE_NAMES.trim().split('\n')) {
  const [alpha2 = '', names = ''] = line.split('|')
  for (const name of names.split(';')) nameCountry(name, alpha2)
}
for (const name of NO_MORE) BY_NAME.set(nameKey(name), null)

function nameCountry(name: string, alpha2: string): void {
  const country = BY_ALPHA_2.get(alpha2)
  if (country) BY_NAME.set(nameKey(name), country)
}

/** The country of a code of FIPS 10-4, `GM` for Germany; null where ISO has none. */
export const countryOfFips = (code: string): CodedCountry | null => BY_FIPS.get(code.toLowerCase()) ?? null

/** The country of a code of three letters, of ISO or CAMEO; null for a region, an organisation, a state that is no more. */
export const countryOfAlpha3 = (code: string): CodedCountry | null => BY_ALPHA_3.get(code.toLowerCase()) ?? null

/**
 * The country of an English name, short or, for a name with "Republic of" and the like, full; null where none is known by it.
 */
export const countryOfName = (name: string): CodedCountry | null => {
  const found = BY_NAME.get(nameKey(name))
  if (found !== undefined) return found
  const whole = foldText(name)
    .replace(/^(.+?),? ?[,([] ?([^)\]]*)[)\]]?$/, '$2 $1')
    .replace(/^the /, '')
  const short = whole.replace(POLITY, '')
  return short === whole ? null : (BY_NAME.get(nameKey(short)) ?? null)
}
