import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as ids from '../../src/model/ids.js'
import { normaliseId, normaliseReference } from '../../src/model/ids.js'

const data = new URL('../../../shared/data/', import.meta.url)
const withoutData = existsSync(data) ? false : 'no ../shared/data beside the checkout'
if (withoutData) console.warn(`SKIPPED: the spellings of the real data are not tested, ${withoutData}.`)

describe('an official reference', () => {
  it.each([
    // The minutes.
    ['RC-B9-0065/2022', 'RC-B9-0065/2022'],
    ['B9-0065/2022', 'B9-0065/2022'],
    ['A9-0163/2024', 'A9-0163/2024'],
    ['C9-0120/2024', 'C9-0120/2024'],
    ['P9_TA(2022)0012', 'P9_TA(2022)0012'],
    ['2022/2505(RSP)', '2022/2505(RSP)'],
    ['2019/0001A(COD)', '2019/0001A(COD)'],
    // The open data, and the names and addresses of files.
    ['RC-9-2022-0065', 'RC-B9-0065/2022'],
    ['B-9-2022-0065', 'B9-0065/2022'],
    ['A-9-2024-0163', 'A9-0163/2024'],
    ['C-9-2024-0120', 'C9-0120/2024'],
    ['TA-9-2022-0012', 'P9_TA(2022)0012'],
    ['TA-10-2025-0096_EN.html', 'P10_TA(2025)0096'],
    ['RC-10-2025-0249_EN', 'RC-B10-0249/2025'],
    ['eli/dl/doc/RC-9-2021-0068/en/xhtml', 'RC-B9-0068/2021'],
    ['https://www.europarl.europa.eu/doceo/document/TA-9-2022-0012_EN.html', 'P9_TA(2022)0012'],
    // Other hyphens, spaces, case, missing noughts.
    ['B10‑0249/2025', 'B10-0249/2025'],
    ['RC–B9–0065/2022', 'RC-B9-0065/2022'],
    [' b9-65/2022\u00a0', 'B9-0065/2022'],
    ['rc-b9-0065/2022', 'RC-B9-0065/2022'],
    ['A-9-0163/2024', 'A9-0163/2024'],
    ['p9_ta(2022)0012', 'P9_TA(2022)0012'],
    ['2022/2505(rsp)', '2022/2505(RSP)'],
    // Editions of the same text.
    ['P9_TA-PROV(2022)0012', 'P9_TA(2022)0012'],
    ['B9-0373/2020/rev', 'B9-0373/2020'],
    ['RC-B10-0146/2025/REV1', 'RC-B10-0146/2025'],
  ])('%s is %s', (written, reference) => {
    expect(normaliseReference(written)).toBe(reference)
  })

  it.each(['', ' ', 'Situation in Kazakhstan', 'RC-9-2021-0068-AM-001-003', 'B9-0065', 'PV-9-2022-01-20', '2022/2505'])(
    '"%s" stays as it is',
    (text) => {
      expect(normaliseReference(text)).toBe(text)
    },
  )

  it('gives the same again when it is normalised again, whatever it was', () => {
    fc.assert(fc.property(anyText, (text) => normaliseReference(normaliseReference(text)) === normaliseReference(text)))
  })

  it.skipIf(withoutData)('is recognised and kept in every vote of the export, but for the edition', () => {
    const rows: readonly { readonly reference: string; readonly procedure_reference: string }[] = parse(
      gunzipSync(readFileSync(new URL('howtheyvote/votes.csv.gz', data))),
      { columns: true },
    )
    const references = new Set(rows.map(({ reference }) => reference).filter(Boolean))
    expect(references.size).toBeGreaterThan(2000)
    const changed = [...references].filter(
      (reference) => normaliseReference(reference) !== reference.replace(/\/rev\d*$/i, ''),
    )
    expect(changed).toEqual([])
    expect([...references].filter((reference) => !normaliseId(reference).startsWith('ep-doc:'))).toEqual([])
    const lowered = [...references].filter(
      (reference) =>
        normaliseReference(` ${reference.toLowerCase().replaceAll('-', '‑')}`) !== normaliseReference(reference),
    )
    expect(lowered).toEqual([])
    expect(new Set([...references].map(normaliseReference)).size).toBe(references.size)
    const procedures = new Set(rows.map((row) => row.procedure_reference).filter(Boolean))
    expect([...procedures].filter((reference) => normaliseId(reference) !== `ep-proc:${reference}`)).toEqual([])
  })

  it.skipIf(withoutData)('is recognised wherever the open data writes one', () => {
    const folder = new URL('europarl/opendata/', data)
    const texts = readdirSync(folder).map((name) => {
      const bytes = readFileSync(new URL(name, folder))
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    })
    const found = new Set(
      texts.flatMap((text) => text.match(/eli\/dl\/doc\/(?:RC|TA|[ABC])-\d+-\d{4}-\d{4}(?![-\d])/g) ?? []),
    )
    expect(found.size).toBeGreaterThan(10)
    expect([...found].filter((address) => normaliseReference(address) === address)).toEqual([])
  })
})

describe('an id', () => {
  it.each([
    ['ep-doc:RC-9-2022-0065', 'ep-doc:RC-B9-0065/2022'],
    ['RC-9-2022-0065', 'ep-doc:RC-B9-0065/2022'],
    ['ta:TA-9-2022-0012', 'ta:P9_TA(2022)0012'],
    ['TA-9-2022-0012', 'ta:P9_TA(2022)0012'],
    ['ep-doc:TA-9-2022-0012', 'ta:P9_TA(2022)0012'],
    ['ta:TA-9-2022-0012#demand-3', 'ta:P9_TA(2022)0012#demand-3'],
    ['ep-proc:2022/2505(rsp)', 'ep-proc:2022/2505(RSP)'],
    ['iso:kz', 'iso:KZ'],
    ['EP-Group:sd', 'ep-group:SD'],
    ['ep-committee:afet', 'ep-committee:AFET'],
    ['ep‑vote:139038', 'ep-vote:139038'],
    [' ep-vote:139038/ep-group:sd ', 'ep-vote:139038/ep-group:SD'],
    ['EP-MEP:840', 'ep-mep:840'],
    ['oeil:6.10.04', 'oeil:6.10.04'],
  ])('%s is %s', (written, id) => {
    expect(normaliseId(written)).toBe(id)
  })

  it.each(['org:osce', 'no-such:id', 'event:Some Thing', 'ep-doc:what', '', '#', ':'])('"%s" stays as it is', (id) => {
    expect(normaliseId(id)).toBe(id)
  })

  it('gives the same again when it is normalised again, whatever it was', () => {
    fc.assert(fc.property(anyText, (text) => normaliseId(normaliseId(text)) === normaliseId(text)))
  })

  it('made from a reference or number is already as the graph has it', () => {
    const made = [
      ids.epVoteId(139038),
      ids.epMemberId(840),
      ids.epGroupId('sd'),
      ids.epCommitteeId('AFET'),
      ids.documentId('RC-9-2022-0065'),
      ids.adoptedTextId('TA-9-2022-0012'),
      ids.procedureId('2022/2505(RSP)'),
      ids.placeId('kz'),
      ids.eurovocId(616),
      ids.oeilId('6.10.04'),
      ids.paragraphId(ids.documentId('RC-10-2025-0249'), 6),
      ids.recitalId(ids.documentId('RC-10-2025-0249'), 'A'),
      ids.amendmentId(ids.documentId('RC-9-2022-0065'), 2),
      ids.demandId(ids.adoptedTextId('TA-9-2022-0012'), 3),
      ids.voteCountId(ids.epVoteId(139038), ids.epGroupId('SD')),
    ]
    expect(made).toEqual([
      'ep-vote:139038',
      'ep-mep:840',
      'ep-group:SD',
      'ep-committee:AFET',
      'ep-doc:RC-B9-0065/2022',
      'ta:P9_TA(2022)0012',
      'ep-proc:2022/2505(RSP)',
      'iso:KZ',
      'eurovoc:616',
      'oeil:6.10.04',
      'ep-doc:RC-B10-0249/2025#p6',
      'ep-doc:RC-B10-0249/2025#recital-A',
      'ep-doc:RC-B9-0065/2022#am-2',
      'ta:P9_TA(2022)0012#demand-3',
      'ep-vote:139038/ep-group:SD',
    ])
    expect(made.map(normaliseId)).toEqual(made)
  })
})

/** Any text, and texts that are nearly references. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'RC',
        'TA',
        'A',
        'B',
        'C',
        'P9',
        '_TA',
        '-',
        '‑',
        '/',
        '(',
        ')',
        '9',
        '0065',
        '2022',
        'rev',
        '#p6',
        '#',
        ':',
        'ep-doc:',
        'ta:',
        'ep-vote:',
        'iso:',
        'kz',
        ' ',
        'RSP',
        '_EN.html',
        'eli/dl/doc/',
        '2022/2505(RSP)',
        'TA-9-2022-0012',
        'RC-9-2022-0065',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
)

it.each([
  ['https://data.europarl.europa.eu/eli/dl/proc/2025-2691', 'ep-proc:2025/2691'],
  ['eli/dl/proc/2019-0001A', 'ep-proc:2019/0001A'],
  ['ep-proc:2025-2691', 'ep-proc:2025/2691'],
  [
    'https://oeil.secure.europarl.europa.eu/oeil/popups/ficheprocedure.do?lang=en&reference=2025/2691(RSP)',
    'ep-proc:2025/2691(RSP)',
  ],
  ['https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2025%2F2691(RSP)', 'ep-proc:2025/2691(RSP)'],
  ['eurovoc:C_0000ABCD', 'eurovoc:c_0000abcd'],
  ['2025-2691', '2025-2691'],
])('the address %s is %s', (address, id) => {
  expect(normaliseId(address)).toBe(id)
})
