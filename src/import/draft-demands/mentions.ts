import { COUNTRIES, type Country } from '../read/countries.js'
import { BODIES, type Body, STATE_PARTS, type StatePart } from './bodies.js'

/** A place in a text where bodies are named; "the Russian and Belarusian authorities" names two at once. */
export interface Mention {
  readonly start: number
  readonly end: number
  readonly bodies: readonly Body[]
  /** The bodies where they are named without being asked: a country by its bare name is a place then, a capital nobody. */
  readonly named: readonly Body[]
  readonly isCountry: boolean
  /** Whether the name can stand before a noun as its modifier: "EU sanctions". */
  readonly canModify: boolean
}

const either = (words: readonly string[]): string =>
  [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.]/g, '\\.'))
    .join('|')
const whole = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}-])(?:${pattern})(?![\\p{L}\\p{N}]|-\\p{L})`, 'gu')

/** Names so general that another word before them, or an "of" after them, makes them the name of something else. */
const GENERAL = new Set([
  'Council',
  'Council of Ministers',
  'Commission',
  'Union',
  'Member States',
  'Security Council',
  'Human Rights Council',
  'High Representative',
  'Red Cross',
  'Court of Justice',
  'Court of Auditors',
])
/** Each spelling is looked for by itself, or "Council" would be found where "Council Presidency" stands. */
const bodyPatterns = BODIES.flatMap(({ body, written }) =>
  (written.match(/(?:\((?:[^()]|\([^()]*\))*\)|[^|])+/g) ?? []).map((spelling) => ({ body, pattern: whole(spelling) })),
)

const byName = new Map<string, Country>()
const bySeat = new Map<string, Country>()
const byDemonym = new Map<string, Country>()
const put = (map: Map<string, Country>, key: string, country: Country): void => {
  if (!map.has(key)) map.set(key, country)
}
for (const country of COUNTRIES) {
  put(byName, country.name, country)
  put(byName, `Republic of ${country.name}`, country)
  for (const alias of country.aliases) put(alias.startsWith('@') ? bySeat : byName, alias.replace('@', ''), country)
  for (const demonym of country.demonyms) put(byDemonym, demonym, country)
}
const NAME = `(?:${either([...byName.keys()])})`
const SEAT = `(?:${either([...bySeat.keys()])})`
const DEMONYM = `(?:${either([...byDemonym.keys()])})`
const PART = `(?:${STATE_PARTS.map(({ words }) => words).join('|')})`
const AND = '(?:, and |, | and | or |, or )(?:the )?'
/** Up to five words in small letters that stand between "Russian" and "authorities", none of which begins another phrase. */
const BETWEEN =
  '(?:(?!(?:the|an?|authorities|[Gg]overnment|regime|junta|leadership|[Pp]arliament|its|their|to|of|in|by|from|with|for|on|at|who|that|which|as)\\b)\\p{Ll}[\\p{L}-]*,? ){0,5}'

const PARTS = `${PART}(?:${AND}${PART}(?! (?:of|in)\\b)){0,3}`
/** "The Niger junta", "the US Administration": a name before a part of its state, with nothing between. */
const BY_NAME = whole(`(${NAME}) (${PARTS})`)
const BY_DEMONYM = whole(`(${DEMONYM}(?:${AND}${DEMONYM}){0,5}) ${BETWEEN}(${PARTS})`)
const BY_OWNER = whole(`(${NAME})’s? ${BETWEEN}(${PARTS})`)
/** "The authorities of Mali"; in "the Chinese authorities and the Government of Mali" the first are China's. */
const BY_OF = whole(
  `(?<!${DEMONYM} )(${PART}(?:${AND}${PART}){0,3}) (?:of|in) (?:the )?(${NAME}(?:${AND}${NAME}){0,5})`,
)
const BARE = whole(NAME)
const BY_SEAT = whole(SEAT)
const ONE_PART = STATE_PARTS.map((part) => ({ part, pattern: whole(part.words) }))

const slugOf = (country: Country): string =>
  `${country.article ? 'the-' : ''}${country.name}`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')

/** The body of a state: its government, parliament, forces, courts, president or prime minister. */
const stateBody = (country: Country, part: StatePart): Body => {
  const { alpha2, alpha3, name, article } = country
  const office = part.kind === 'OFFICE'
  return {
    id: `${office ? 'office' : 'org'}:${part.slug}-${slugOf(country)}`,
    type: office ? 'Office' : 'Organization',
    name: `${part.name} ${article ? 'the ' : ''}${name}`,
    ...(!office && { kind: part.kind }),
    country: { alpha2, alpha3, name },
  }
}

const GOVERNMENT = STATE_PARTS[0] as StatePart
const placeOf = ({ alpha2, alpha3, name }: Country): Body => ({
  id: `iso:${alpha2}`,
  type: 'Place',
  name,
  country: { alpha2, alpha3, name },
})

const allIn = <T>(text: string, pattern: RegExp, map: ReadonlyMap<string, T>): readonly T[] =>
  [...text.matchAll(pattern)].flatMap(([word]) => map.get(word) ?? [])
const DEMONYMS = whole(DEMONYM)

const partsIn = (text: string): readonly StatePart[] =>
  ONE_PART.flatMap(({ part, pattern }) => (text.match(pattern) ? [part] : []))

const ofState = (match: RegExpMatchArray, countries: readonly Country[], parts: readonly StatePart[]): Mention[] => {
  const bodies = [...new Set(countries)].flatMap((country) => parts.map((part) => stateBody(country, part)))
  const start = match.index ?? 0
  const end = start + match[0].length
  const isOffice = parts.some(({ kind }) => kind === 'OFFICE')
  return bodies.length === 0
    ? []
    : [
        {
          start,
          end: end + (isOffice ? holderLength(match.input ?? '', end) : 0),
          bodies,
          named: bodies,
          isCountry: false,
          canModify: false,
        },
      ]
}

const HOLDER =
  /^(?: (?:M[rs]|Mrs|Dr)\.?)?(?: (?:(?:von|van|de|der|den|da|di|dos|du|la|al|bin) ){0,2}(?:\p{Ll}{2}-)?\p{Lu}[\p{L}’-]+){1,3}/u
/** How long the name after an office is: "the Kazakh President Jane Doe", "High Representative Jane van Doe". */
const holderLength = (text: string, end: number): number => HOLDER.exec(text.slice(end))?.[0].length ?? 0

const OTHER_PART =
  /(?<!\p{L})(?:New|North|South|East|West|Northern|Southern|Eastern|Western|Central|Equatorial|Latin) $/u
/** "Central American" is not an American, "Northern Ireland" not Ireland, and "the National Council" not the Council. */
const isPartOfOther = (text: string, start: number, word: string, end: number): boolean =>
  OTHER_PART.test(text.slice(Math.max(0, start - 40), start)) ||
  (GENERAL.has(word) &&
    (/\p{L}[^\p{L}]+\p{Lu}[\p{L}’-]+ $/u.test(text.slice(Math.max(0, start - 40), start)) ||
      /^ (?:of (?:the )?\p{Lu}|(?:on|for) (?:the )?\p{Lu}\p{Ll})/u.test(text.slice(end, end + 40))))

/** Finds who is named in a text; of several readings of one place the longest holds. */
export const findMentions = (text: string): readonly Mention[] => {
  const found: Mention[] = []
  for (const { body, pattern } of bodyPatterns) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (isPartOfOther(text, start, match[0], end)) continue
      const named = body.type === 'Office' ? holderLength(text, end) : 0
      found.push({ start, end: end + named, bodies: [body], named: [body], isCountry: false, canModify: true })
    }
  }
  for (const match of text.matchAll(BY_DEMONYM)) {
    if (isPartOfOther(text, match.index, (match[1] ?? '').split(' ')[0] ?? '', 0)) continue
    found.push(...ofState(match, allIn(match[1] ?? '', DEMONYMS, byDemonym), partsIn(match[2] ?? '')))
  }
  for (const match of text.matchAll(BY_NAME))
    found.push(...ofState(match, allIn(match[1] ?? '', BARE, byName), partsIn(match[2] ?? '')))
  for (const match of text.matchAll(BY_OWNER))
    found.push(...ofState(match, allIn(match[1] ?? '', BARE, byName), partsIn(match[2] ?? '')))
  for (const match of text.matchAll(BY_OF))
    found.push(...ofState(match, allIn(match[2] ?? '', BARE, byName), partsIn(match[1] ?? '')))
  for (const [pattern, map] of [
    [BARE, byName],
    [BY_SEAT, bySeat],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const country = map.get(match[0])
      if (!country || isPartOfOther(text, match.index, match[0], 0)) continue
      const [start, end] = [match.index, match.index + match[0].length]
      const named = map === byName ? [placeOf(country)] : []
      found.push({ start, end, bodies: [stateBody(country, GOVERNMENT)], named, isCountry: true, canModify: false })
    }
  }
  const chosen: Mention[] = []
  for (const mention of found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (chosen.every(({ start, end }) => mention.end <= start || mention.start >= end)) chosen.push(mention)
  }
  return chosen.sort((a, b) => a.start - b.start)
}

/** The countries that a title names, by name or as "Kazakh". */
export const countriesIn = (title: string): readonly Country[] => {
  const text = title.replace(/'/g, '’')
  return [...new Set([...allIn(text, BARE, byName), ...allIn(text, DEMONYMS, byDemonym)])]
}

/** The Parliament that speaks: "Parliament", without an article. */
export const parliamentItself = BODIES.find(({ body }) => body.id === 'org:european-parliament')?.body as Body

const ALONE = new Map<string, StatePart>(
  [
    ['authorities|governments?|regime|junta|leadership|administration', 0],
    ['parliament', 1],
    ['military|army|armed forces|security forces|police', 2],
    ['judiciary|courts', 3],
    ['president', 4],
    ['prime minister', 5],
  ].flatMap(([words, part]) => [[`^(?:${words})$`, STATE_PARTS[part as number] as StatePart]] as const),
)

/** The body that "the authorities" are in a text about one country; null where the words name no part of a state. */
export const partOfState = (words: string, country: Country): Body | null => {
  for (const [pattern, part] of ALONE) if (new RegExp(pattern, 'i').test(words)) return stateBody(country, part)
  return null
}
