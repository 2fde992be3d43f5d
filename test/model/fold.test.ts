import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../src/model/fold.js'

const text = fc.string({ unit: 'grapheme' })

describe('folded text', () => {
  it.each([
    ['Łódź  Ć', 'lodz c'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Æsir Œuvre Øre Đorđe', 'aesir oeuvre ore dorde'],
    ['İstanbul Iğdır', 'istanbul igdir'],
    ['Ñandú', 'nandu'],
    ['Ελλάς', 'ελλασ'],
    ['ΕΛΛΆΣ', 'ελλασ'],
    ['Қазақстан', 'қазақстан'],
    ['Ёлка', 'елка'],
    ['ﬁ ﬀ Ⅳ ①', 'fi ff iv 1'],
    [' \t a \n\u00a0b\u2028 ', 'a b'],
    ['', ''],
    ['😀', '😀'],
  ])('%j is %j', (written, folded) => {
    expect(foldText(written)).toBe(folded)
  })

  it('is folded already', () => {
    fc.assert(fc.property(text, (written) => foldText(foldText(written)) === foldText(written)))
  })

  it('does not depend on case, nor on how accents are encoded', () => {
    const latin = fc.string({ unit: fc.constantFrom(...'abcxyzäéñłøÅÇĞ '.split('')) })
    fc.assert(
      fc.property(latin, (written) => {
        const folded = foldText(written)
        return [written.toUpperCase(), written.toLowerCase(), written.normalize('NFD'), written.normalize('NFC')].every(
          (each) => foldText(each) === folded,
        )
      }),
    )
  })

  it('has no marks, no capitals, no space at its ends and no two in a row', () => {
    fc.assert(
      fc.property(text, (written) => {
        const folded = foldText(written)
        expect(folded).not.toMatch(/\p{Mark}|\s\s|^\s|\s$/u)
        expect(folded).toBe(folded.toLowerCase())
      }),
    )
  })
})
