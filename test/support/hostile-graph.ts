import type { GraphRecord } from '../../src/model/records.js'

/** Names that a format or what reads it is apt to change, run or break at; they mean nothing. */
export const HOSTILE = [
  ...['=HYPERLINK("http://example.org/","x")', '+1', '-1', '@SUM(1,2)', '\t=1', '%00', '{{x}}', '$ref', '@id'],
  ...[
    '<script>alert(1)</script>',
    '<!-- --',
    ']]>',
    '&amp;',
    '&#0;',
    '"',
    "'",
    '\\',
    '\\n',
    ',',
    ';',
    '_:b0',
    '#',
    'a:b',
  ],
  ...[
    'line\nfeed',
    'carriage\rreturn',
    'both\r\n',
    '\n',
    ' leading',
    'trailing ',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufeff',
  ],
  ...['\u0001\u0008\u000b\u001f', '\u007f\u0090', '\ufffe\uffff', '\u202egnp.exe', '\u200f\u200b', 'é', 'é', '😀', 'Ω'],
  ...['null', '_x0041_', 'NULL', 'NaN', 'true', '1e5', '0x1F', '2022-01-20', 'Қазақстан', 'عربى', '𝒳'],
]

const citations = [{ source: 'source:synthetic-1', locator: 'p "1", <2>\n=3' }]
/** Persons and memberships with these names, and what is empty or long; they need the sources and organisations of `syntheticGraph`. */
export const hostileGraph: readonly GraphRecord[] = [
  { type: 'Claim', id: 'hostile:empty', values: { property: 'DEATHS', unit: '', low: 0, status: 'OPEN' }, citations },
  { type: 'Office', id: 'hostile:long', values: { name: '𝒳'.repeat(300) }, citations },
  { type: 'Office', id: `hostile:${'é'.repeat(190)}`, values: { name: 'é' }, citations },
  ...HOSTILE.flatMap((name, i): readonly GraphRecord[] => [
    {
      type: 'Person',
      id: `hostile:"<${i}>&\\'`,
      values: { name, sortName: name, names: [{ text: name, language: 'und' }] },
      citations,
    },
    {
      link: 'Membership',
      from: `hostile:"<${i}>&\\'`,
      to: 'synthetic:Organization-1',
      key: name,
      values: { role: name, startDate: '2022-01-20' },
      citations,
    },
  ]),
]
