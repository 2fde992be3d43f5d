import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFuzzyDate } from '../../src/model/fuzzy-date.js'

describe('a date in EDTF', () => {
  it.each([
    ['2022', '2022-01-01', '2022-12-31'],
    ['2022-01', '2022-01-01', '2022-01-31'],
    ['2022-01-20', '2022-01-20', '2022-01-20'],
    ['2022~', '2022-01-01', '2022-12-31'],
    ['2022-02?', '2022-02-01', '2022-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['202X', '2020-01-01', '2029-12-31'],
    ['2022-01-XX', '2022-01-01', '2022-01-31'],
    ['2022-34', '2022-04-01', '2022-06-30'],
    ['2022-01-02/2022-01-11', '2022-01-02', '2022-01-11'],
    ['[2021,2022]', '2021-01-01', '2022-12-31'],
    ['0000', '0000-01-01', '0000-12-31'],
  ])('%s can mean %s at the earliest, %s at the latest', (text, earliest, latest) => {
    expect(parseFuzzyDate(text)).toEqual({ edtf: text, earliest, latest })
  })

  it.each([
    ['2022-01-02/..', { earliest: '2022-01-02' }],
    ['2022-01-02/', { earliest: '2022-01-02' }],
    ['../2022', { latest: '2022-12-31' }],
    ['/2022', { latest: '2022-12-31' }],
    ['[..2022]', { latest: '2022-12-31' }],
    ['[2022..]', { earliest: '2022-01-01' }],
  ])('%s leaves out the bound that is open', (text, bounds) => {
    expect(parseFuzzyDate(text)).toEqual({ edtf: text, ...bounds })
  })

  it.each([
    ['2022-02-30', 'is "2022-02-30", and there is no day "2022-02-30"'],
    ['2021-02-29', 'is "2021-02-29", and there is no day "2021-02-29"'],
    ['1900-02-29', 'is "1900-02-29", and there is no day "1900-02-29"'],
    ['2022-01-01/2022-04-31', 'is "2022-01-01/2022-04-31", and there is no day "2022-04-31"'],
    ['2021-02-29~/..', 'is "2021-02-29~/..", and there is no day "2021-02-29"'],
    [
      '2022-13',
      'is "2022-13", which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11',
    ],
    [
      'January 2022',
      'is "January 2022", which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11',
    ],
    ['2022-01-11/2022-01-02', 'is "2022-01-11/2022-01-02", which ends before it begins'],
    [
      '../..',
      'is "../..", which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11',
    ],
    [
      '2022-01-20T10:15:00Z',
      'is "2022-01-20T10:15:00Z", which is not a date in EDTF, such as 2022, 2022-01, 2022-01-20, 2022~ or 2022-01-02/2022-01-11',
    ],
    [
      '2022-21',
      'is "2022-21", a season, whose months differ from place to place; write its months, such as 2022-03/2022-05',
    ],
    ['-0044', 'is "-0044", which is not between the years 0 and 9999'],
    ['Y12000', 'is "Y12000", which is not between the years 0 and 9999'],
  ])('%s is refused with a reason', (text, reason) => {
    expect(parseFuzzyDate(text)).toBe(reason)
  })

  it('never throws, and never ends before it begins', () => {
    const piece = fc.constantFrom(
      '2022',
      '2021',
      '-',
      '01',
      '02',
      '29',
      '31',
      'X',
      '~',
      '?',
      '/',
      '..',
      '[',
      ']',
      '{',
      '}',
      ',',
      'T',
      'Y',
      '21',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(text, (each) => {
        const date = parseFuzzyDate(each)
        return typeof date === 'string' || (date.earliest ?? '') <= (date.latest ?? '9999-12-31')
      }),
    )
  })

  it('of a day has that day as both bounds', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (each) => {
        const day = each.toISOString().slice(0, 10)
        expect(parseFuzzyDate(day)).toEqual({ edtf: day, earliest: day, latest: day })
      }),
    )
  })
})
