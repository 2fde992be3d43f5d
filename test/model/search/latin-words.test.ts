import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latinPieces, latinWhole } from '../../../src/model/search/latin-words.js'
import { initialsOf, referenceKey } from '../../../src/model/search/search-keys.js'

const words = (text: string) => latinPieces(text).map((piece) => piece.map((word) => word.join('|')).join(' '))

describe('the words of a text in Latin letters', () => {
  it.each([
    ['Josep  Borrell', ['josep', 'borrell']],
    ['VP/HR', ['vp hr']],
    ['Łódź, Ærø', ['lodz', 'aero|aeroe']],
    ['Müller', ['muller|mueller']],
    ['Назарбаев', ['nazarbaev|nazarbayev']],
    ['Қазақстан', ['qazaqstan|kazakstan']],
    ['Таджикистан', ['tadzhikistan|tajikistan']],
    ['Жириновский', ['zhirinovskiy|zhirinovsky']],
    ['Μητσοτάκης', ['mitsotakis']],
    ['The Union’s', ['the', 'union s']],
    ['B10\u20110249/2025', ['b10 0249 2025']],
    ['***', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('are letters and digits alone, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const word of latinPieces(text).flat(2)) expect(word).toMatch(/^[a-z0-9]+$/)
      }),
    )
  })

  it('are the same without typographic quotes as with them', () => {
    expect(latinWhole(latinPieces('European People’s Party'))).toEqual(['europeanpeoplesparty'])
    expect(latinWhole(latinPieces("European People's Party"))).toEqual(['europeanpeoplesparty'])
  })
})

describe('the initials of a name', () => {
  it.each([
    ['Organization for Security and Co-operation in Europe', 'osce'],
    ['European Parliament', 'ep'],
    ['Renew', null],
    ['OSCE', null],
  ])('%s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

it('the key of a reference is the same for each of its spellings', () => {
  const spellings = ['RC-B9-0065/2022', 'RC-9-2022-0065', 'rc\u2011b9\u20110065/2022', 'RC-B9-0065/2022/rev']
  expect(new Set(spellings.map(referenceKey))).toEqual(new Set(['§rcb900652022']))
})
