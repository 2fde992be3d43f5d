import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { europarlTexts } from '../../src/import/europarl/europarl-texts.js'
import { folderWith, weakOf } from '../support/read-europarl.js'
import { fileWith, readSource, readSources, refusalOf } from '../support/read-source.js'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const FIXTURES = pathOf('../fixtures/europarl-texts')
const REAL = pathOf('../../../shared/data/europarl/texts/rc-10-2025-0249-en.html.gz')
const ADOPTED = readFileSync(`${FIXTURES}/ta-9-2031-0007-en.html`, 'utf8')
const TABLED = readFileSync(`${FIXTURES}/rc-9-2031-0041-en.html`, 'utf8')

describe('an adopted text', async () => {
  const text = await readSource(europarlTexts, `${FIXTURES}/ta-9-2031-0007-en.html`)
  const id = 'ta:P9_TA(2031)0007'

  it('is a resolution with its day, procedure and the motion it was adopted from', () => {
    expect(text.problems).toEqual([])
    expect([text.source, text.date]).toEqual(['source:ep-text-ta-9-2031-0007-en', '2031-03-06'])
    expect(text.values(id)).toEqual({
      reference: 'P9_TA(2031)0007',
      title: 'The river ferries',
      titles: [{ text: 'The river ferries', language: 'en' }],
      adoptedOn: '2031-03-06',
      url: 'https://www.europarl.europa.eu/doceo/document/TA-9-2031-0007_EN.html',
      procedure: '2031/2107(RSP)',
    })
    expect(text.to('AdoptedFrom', id)).toEqual(['ep-doc:RC-B9-0041/2031'])
    expect(text.to('Dossier', id)).toEqual(['ep-proc:2031/2107(RSP)'])
  })

  it('has its recitals and paragraphs in their order, with anchors where there are some', () => {
    const numbered = text.records.filter((record) => 'type' in record && record.type === 'Paragraph')
    expect(
      numbered.map(
        (record) =>
          'id' in record && [
            record.id.slice(id.length),
            record.values['text'],
            record.values['position'],
            record.values['anchor'],
          ],
      ),
    ).toEqual([
      ['#recital-A', 'whereas a ferry sank & forty people were saved;', 1, null],
      ['#recital-B', 'whereas the second ferry was old;', 2, null],
      ['#p1', 'Welcomes the rescue;', 3, 'def_1_1'],
      ['#p2', 'Calls on the Commission to: (a) count the ferries; (b) publish the count;', 4, 'def_1_2'],
      ['#p4', 'Urges all shipyards in Norway to inspect the hulls;', 5, null],
    ])
    expect(text.notes).toContain('ta-9-2031-0007-en.html, line 25: paragraph 4 follows paragraph 2.')
    expect(text.leftOut).toEqual([
      '2 × lines among and after the paragraphs that are not paragraphs: headings, footnotes, the page’s foot',
    ])
  })

  it('has a draft demand where it calls on somebody', () => {
    expect(text.values(`${id}#draft-p2`)).toEqual({
      text: '(a) count the ferries; (b) publish the count',
      action: 'REQUEST',
      position: 1,
      status: 'DRAFT',
    })
    expect(text.to('DemandAt', `${id}#draft-p2`)).toEqual([`${id}#p2`])
    expect(text.concerned(`${id}#draft-p2`, 'ADDRESSEE')).toEqual(['org:european-commission'])
    expect(text.counts['Demand']).toBe(2)
  })
})

it.each([
  ['in the next span', '<span>P9_TA(2031)0007</span><span>RC-B9-0041/2031</span>'],
  ['with a space', '<p>RC B9-0041/2031</p>'],
  ['with a slash', '<p>RC/B9-0041/2031</p>'],
])('an adopted text was adopted from the joint motion, however it is written: %s', async (_how, written) => {
  const page = ADOPTED.replace('<a href="/doceo/document/RC-9-2031-0041_EN.html">RC-B9-0041/2031</a>', written)
  const text = await readSource(europarlTexts, fileWith('a.html', page))
  expect(text.to('AdoptedFrom', 'ta:P9_TA(2031)0007')).toEqual(['ep-doc:RC-B9-0041/2031'])
})

describe('footnotes at the end', () => {
  const page = (inside: string) =>
    fileWith('a.html', ADOPTED.replace('<p>1. A numbered line', `${inside}<p>1. A numbered line`))
  const words = (text: Awaited<ReturnType<typeof readSource>>) => text.values('ta:P9_TA(2031)0007#p4')?.['text']
  const usual = 'Urges all shipyards in Norway to inspect the hulls;'

  it('belong to no paragraph', async () => {
    const end = '<p>5. Instructs its President to forward this text to the shipyards.</p>'
    const notes =
      '<p>(1) OJ C 465, 17.11.2031, p. 95.</p><p><a href="#ref_1_2" name="def_1_2">(2)</a> Texts adopted, P9_TA(2031)0001.</p><p>see also the first one.</p>'
    const text = await readSource(europarlTexts, page(`${end}${notes}`))
    expect(text.values('ta:P9_TA(2031)0007#p5')?.['text']).toBe(
      'Instructs its President to forward this text to the shipyards.',
    )
    expect(text.leftOut).toEqual([
      '5 × lines among and after the paragraphs that are not paragraphs: headings, footnotes, the page’s foot',
    ])
  })

  it('are told from numbered items of a paragraph, which stay in it', async () => {
    const listed = await readSource(
      europarlTexts,
      page('<p>(1) the keels;</p><p>(2) the masts.</p><p>(3) the sails.</p>'),
    )
    expect(words(listed)).toBe(`${usual} (1) the keels; (2) the masts. (3) the sails.`)
    const both = await readSource(
      europarlTexts,
      page('<p>(1) the keels;</p><p>(2) the masts.</p><p>(1) OJ C 465.</p><p>(2) OJ C 466.</p>'),
    )
    expect(words(both)).toBe(`${usual} (1) the keels; (2) the masts.`)
    const linked = await readSource(europarlTexts, page('<p><a href="#ref_1_1">(1)</a> OJ C 465.</p>'))
    expect(words(linked)).toBe(usual)
  })
})

describe('a joint motion', async () => {
  const text = await readSource(europarlTexts, `${FIXTURES}/rc-9-2031-0041-en.html`)
  const id = 'ep-doc:RC-B9-0041/2031'

  it('replaces motions of groups, and was tabled by groups and by members whose number is told', () => {
    expect(text.problems).toEqual([])
    expect(text.values(id)).toMatchObject({ kind: 'JOINT_MOTION', tabledOn: '2031-03-05', procedure: '2031/2107(RSP)' })
    expect(text.to('Replacement', id)).toEqual(['ep-doc:B9-0041/2031', 'ep-doc:B9-0044/2031', 'ep-doc:B9-0045/2031'])
    expect(text.to('TabledBy', id)).toEqual(['ep-group:GREEN_EFA', 'ep-group:RENEW', 'ep-mep:900001'])
    expect(text.to('TabledBy', 'ep-doc:B9-0044/2031')).toEqual(['ep-group:RENEW'])
    expect(text.values('ep-mep:900001')).toMatchObject({ name: 'Ada Example' })
  })

  it('tells what it leaves out', () => {
    expect(text.leftOut).toEqual(['3 × signatories whom the page names without their number'])
    expect(text.notes).toEqual([
      'rc-9-2031-0041-en.html, line 14: "The Rowers" is not a group that this importer knows; it was left out as one that tabled ep-doc:B9-0045/2031.',
    ])
  })
})

it('a folder of texts has a source for each, of the day of its text', async () => {
  const both = await readSources(europarlTexts, FIXTURES)
  expect(both.map(({ source, date, problems }) => [source, date, problems])).toEqual([
    ['source:ep-text-rc-9-2031-0041-en', '2031-03-05', []],
    ['source:ep-text-ta-9-2031-0007-en', '2031-03-06', []],
  ])
  expect(both[1]?.to('AdoptedFrom', 'ta:P9_TA(2031)0007')).toEqual(['ep-doc:RC-B9-0041/2031'])
})

it('a page that is there twice is one source, read once; another language gives its words in passing', async () => {
  const french = ADOPTED.replace('lang="en"', 'lang="fr"')
  const [english, other] = await readSources(
    europarlTexts,
    folderWith({ 'a.html': ADOPTED, 'b.html': ADOPTED, 'c.html': french }),
  )
  expect(english?.leftOut).toContain('5 × the text ta:P9_TA(2031)0007 stands in a.html too, in the same language')
  expect(other?.source).toBe('source:ep-text-ta-9-2031-0007-fr')
  const weak = (id: string) => weakOf(other?.records ?? [], id)
  expect(weak('ta:P9_TA(2031)0007')).toEqual(['title', 'titles', 'url'])
  expect(weak('ta:P9_TA(2031)0007#p1')).toEqual(['text', 'language', 'anchor'])
  expect(weakOf(english?.records ?? [], 'ta:P9_TA(2031)0007')).toBeUndefined()
})

describe('bad pages are refused, or read as far as they can be', () => {
  it.each<[string, string, string | Uint8Array, string]>([
    ['a truncated gzip', 'a.html.gz', gzipSync(ADOPTED).subarray(0, 200), 'a.html.gz: the gzip file is truncated'],
    ['no gzip', 'a.html.gz', ADOPTED, 'a.html.gz: the gzip file is damaged, or is not a gzip file'],
    [
      'another encoding',
      'a.html',
      Buffer.from(ADOPTED.replace('sank', 'sänk'), 'latin1'),
      'a.html, line 19: the text is not in UTF-8',
    ],
    ['an empty file', 'a.html', '', 'a.html: the page names no reference of a text'],
    [
      'a page without paragraphs',
      'a.html',
      ADOPTED.replace(/<p.*<\/main>/s, ''),
      'a.html: the page of ta:P9_TA(2031)0007 has no numbered paragraph',
    ],
    [
      'an adopted text without a day',
      'a.html',
      ADOPTED.replace('Thursday, 6 March 2031 - Strasbourg', '').replaceAll('6 March 2031', 'that day'),
      'does not say when it was adopted',
    ],
    [
      'a line of 100 MB',
      'a.html',
      `<p>${'x'.repeat(100_000_000)}`,
      'a.html, line 1: the page is larger than 16,000,000 characters',
    ],
  ])('%s', async (_what, name, content, message) => {
    const refusal = await refusalOf(europarlTexts, fileWith(name, content))
    expect(refusal).toContain(message)
    expect(refusal).toMatch(/^BAD_INPUT: .*Nothing was loaded/s)
  })

  it('a day that does not exist is left out and told', async () => {
    const text = await readSource(europarlTexts, fileWith('a.html', TABLED.replace('5.3.2031', '31.2.2031')))
    expect(text.values('ep-doc:RC-B9-0041/2031')?.['tabledOn']).toBeNull()
    expect(text.notes).toContain('a.html, line 9: there is no day "31.2.2031", so it was left out.')
  })

  it('unclosed tags lose no paragraph', async () => {
    const text = await readSource(europarlTexts, fileWith('a.html', ADOPTED.replaceAll(/<\/(p|td|tr|li)>/g, '')))
    expect(text.counts['Paragraph']).toBe(5)
  })

  it('a million numeric entities are one paragraph', async () => {
    const text = await readSource(
      europarlTexts,
      fileWith('a.html', TABLED.replace('the rescue', '&#120;'.repeat(1_000_000))),
    )
    expect(String(text.values('ep-doc:RC-B9-0041/2031#p1')?.['text'])).toHaveLength('Welcomes ;'.length + 1_000_000)
  })

  it('a hundred thousand open tags are no danger', async () => {
    const text = await readSource(
      europarlTexts,
      fileWith('a.html', TABLED.replace('<p>1.', `${'<div>'.repeat(100_000)}<p>1.`)),
    )
    expect(text.counts['Paragraph']).toBe(1)
  })

  it('a text in another language has its paragraphs and no drafts', async () => {
    const text = await readSource(europarlTexts, fileWith('a.html', ADOPTED.replace('lang="en"', 'lang="fr"')))
    expect(text.counts).toMatchObject({ Paragraph: 5 })
    expect(text.counts['Demand']).toBeUndefined()
    expect(text.notes).toContain('a.html: the text is in "fr"; demands are drafted of texts in English only.')
  })
})

const there = existsSync(REAL)
if (!there && process.env['CI']) throw new Error('The real joint motion RC-10-2025-0249 is not in ../shared/data.')
if (!there) console.warn('NOT TESTED: the real joint motion RC-10-2025-0249, which is not in ../shared/data.')

describe.skipIf(!there)('the real joint motion RC-B10-0249/2025', () => {
  const id = 'ep-doc:RC-B10-0249/2025'
  const read = () => readSource(europarlTexts, REAL)

  it('has recitals A to C and paragraphs 1 to 9', async () => {
    const text = await read()
    expect(text.problems).toEqual([])
    expect(text.notes).toEqual([])
    const names = ['recital-A', 'recital-B', 'recital-C', ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `p${number}`)]
    expect(
      text.records.flatMap((record) => ('type' in record && record.type === 'Paragraph' ? [record.id] : [])),
    ).toEqual(names.map((name) => `${id}#${name}`))
    expect(text.to('TabledBy', id)).toEqual([
      'ep-group:EPP',
      'ep-group:SD',
      'ep-group:ECR',
      'ep-group:RENEW',
      'ep-group:GREEN_EFA',
    ])
    expect(text.to('Replacement', id)).toEqual(
      ['0249', '0250', '0252', '0255', '0258'].map((number) => `ep-doc:B10-${number}/2025`),
    )
    expect(text.values(id)).toMatchObject({ tabledOn: '2025-05-07', procedure: '2025/2691(RSP)' })
    expect(text.leftOut[0]).toBe('85 × signatories whom the page names without their number')
  })

  it('has draft demands in paragraphs 2, 3, 4, 6 and 8, with exactly their addressees', async () => {
    const text = await read()
    const drafts = text.records.flatMap((record) => ('type' in record && record.type === 'Demand' ? [record.id] : []))
    expect(
      Object.fromEntries(drafts.map((draft) => [draft.slice(id.length), text.concerned(draft, 'ADDRESSEE').sort()])),
    ).toEqual({
      '#draft-p2': ['org:european-union'],
      '#draft-p3': ['org:government-of-russia'],
      '#draft-p4': ['org:government-of-russia'],
      '#draft-p6': ['org:european-union', 'org:government-of-the-united-states', 'org:international-community'],
      '#draft-p8': ['org:international-community'],
    })
    expect(text.concerned(`${id}#draft-p4`, 'INVOLVED')).toEqual(['org:icrc', 'org:ohchr', 'org:unicef'])
  })

  it('is read the same unpacked', async () => {
    const plain = fileWith('rc-10-2025-0249-en.html', gunzipSync(readFileSync(REAL)))
    expect((await readSource(europarlTexts, plain)).counts).toEqual((await read()).counts)
  })
})

describe('a motion that changes another text, with a table', () => {
  const page = (inside: string) => `<!DOCTYPE html><html lang="en"><body>
<p>B9-0201/2031</p><h1>MOTION FOR A RESOLUTION on the lamps</h1><p>4.3.2031</p><p>(2031/2201(RSP))</p>
<p>Ada Example</p><p>on behalf of the Renew Group</p><p>The European Parliament,</p>
<p>1. Decides to amend the rules as shown below;</p><p>2. Calls on the Commission to light the lamps;</p>
<p>3. Instructs its President to forward this resolution.</p>${inside}</body></html>`
  const numbersOf = async (html: string) =>
    (await readSource(europarlTexts, fileWith('a.html', html))).records.flatMap((each) =>
      'type' in each && each.type === 'Paragraph' ? [each.values['number']] : [],
    )
  const cells = '<table><tr><td><p>4. Lamps burn.</p></td><td><p>4. Lamps burn bright.</p></td></tr></table>'

  it('has its own paragraphs only', async () => {
    expect(await numbersOf(page(cells))).toEqual(['1', '2', '3'])
    expect(await numbersOf(page('').replace('<p>2.', `${cells}<p>2.`))).toEqual(['1', '2', '3'])
    expect(await numbersOf(page('<p>Amendment 5</p><p>4. Lamps burn.</p>'))).toEqual(['1', '2', '3'])
  })

  it('is read where tables only lay it out', async () => {
    const laidOut = page('').replace('<body>', '<body><table><tr><td>').replace('</body>', '</td></tr></table></body>')
    expect(await numbersOf(laidOut)).toEqual(['1', '2', '3'])
    const margin = '<table><tr><td>4.</td><td>Thanks the keepers.</td></tr></table>'
    expect(await numbersOf(page(margin))).toEqual(['1', '2', '3', '4'])
  })
})

describe('the page of an older motion', () => {
  const hidden = (text: string) => `<span style="display:none">${text}</span>`
  const page = (behalf: string) => `<!DOCTYPE html><html lang="en"><body>
<p>B9-0202/2031</p><h1>MOTION FOR A RESOLUTION on the lamps</h1><p>4.3.2031</p>
<p>Ada Example</p><p>${behalf}</p><p>See also joint motion for a resolution <a href="#">RC-B9-0202/2031</a></p>
<p>The European Parliament,</p><p>1. Thanks the keepers.</p></body></html>`
  const id = 'ep-doc:B9-0202/2031'

  it.each([
    ['hidden', `${hidden('&lt;Commission&gt;')}${hidden('{Verts/ALE}')}on behalf of the Verts/ALE Group`],
    ['written out', '&lt;Commission&gt;{Verts/ALE}on behalf of the Verts/ALE Group&lt;/Commission&gt;'],
    ['after the names', 'Ada Example, on behalf of the Verts/ALE Group'],
  ])('has its group and its joint motion, markup %s', async (_how, behalf) => {
    const text = await readSource(europarlTexts, fileWith('a.html', page(behalf)))
    expect(text.problems).toEqual([])
    expect(text.to('TabledBy', id)).toEqual(['ep-group:GREEN_EFA'])
    expect(text.to('Replacement', 'ep-doc:RC-B9-0202/2031')).toEqual([id])
  })
})
