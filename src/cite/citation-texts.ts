import { type CslItem, dayIn } from './csl.js'

/** A sentence for a footnote. */
export const citationSentence = (items: readonly CslItem[]): string => {
  const here = items.at(-1)
  const said = items.slice(0, -1).map(inSentence)
  const dates = [
    here?.issued ? ` of ${dayIn(here.issued)}` : '',
    ...(here?.accessed ? [`asked on ${dayIn(here.accessed)}`] : []),
  ]
  const version = [`data version ${here?.version}${dates[0] ?? ''}`, ...dates.slice(1)].join(', ')
  const passed = [`Rapporteur under “${plain(here?.title ?? '')}”`, version, here?.URL].filter(Boolean).join(', ')
  return said.length === 0 ? `${passed}.` : `${said.join('; ')}. As given by ${passed}.`
}

const inSentence = ({ title, author, issued, URL }: CslItem): string => {
  const day = dayIn(issued)
  return [author?.map(({ literal }) => plain(literal)).join(', '), `“${plain(title)}”`, day, URL]
    .filter(Boolean)
    .join(', ')
}

const BIBTEX_TYPES = { dataset: 'misc', webpage: 'misc', document: 'misc' } as const

/** Entries of BibTeX. */
export const bibtex = (items: readonly CslItem[]): string =>
  items
    .map((item) => {
      const [year, month] = item.issued?.['date-parts'][0] ?? []
      const fields = [
        ['title', `{${latex(item.title)}}`],
        ['author', item.author?.map(({ literal }) => `{${latex(literal)}}`).join(' and ')],
        ['year', year && String(year).padStart(4, '0')],
        ['month', month && String(month)],
        ['url', item.URL && address(item.URL)],
        ['urldate', dayIn(item.accessed)],
        ['howpublished', item.type === 'dataset' ? 'Data set' : null],
        ['version', item.version],
        ['note', item.note && latex(item.note)],
      ].flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []))
      return `@${BIBTEX_TYPES[item.type]}{${item.id},\n${fields.join(',\n')}\n}\n`
    })
    .join('\n')

/** Records of RIS. */
export const ris = (items: readonly CslItem[]): string =>
  items
    .map((item) => {
      const fields = [
        ['TY', item.type === 'dataset' ? 'DATA' : item.type === 'webpage' ? 'ELEC' : 'GEN'],
        ['ID', item.id],
        ['TI', plain(item.title)],
        ...(item.author ?? []).map(({ literal }) => ['AU', plain(literal)]),
        ['PB', item.publisher && plain(item.publisher)],
        ['PY', item.issued && dayIn(item.issued)?.slice(0, 4)],
        ['DA', dayIn(item.issued)?.replaceAll('-', '/')],
        ['Y2', dayIn(item.accessed)?.replaceAll('-', '/')],
        ['ET', item.version],
        ['UR', item.URL],
        ['N1', item.note && plain(item.note)],
      ].flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\r\n`] : []))
      return `${fields.join('')}ER  - \r\n`
    })
    .join('\r\n')

/** A text on one line, without control characters. */
const plain = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

/** A text in which nothing is a command of LaTeX. */
const latex = (text: string): string =>
  plain(text).replace(/[\\{}$&#^_~%]/g, (each) => SPECIAL.get(each) ?? `\\${each}`)

/** In an address of BibTeX, braces alone have to be kept out. */
const address = (url: string): string => plain(url).replace(/[{}]/g, encodeURIComponent)

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
])
