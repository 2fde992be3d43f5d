import { describe, expect, it } from 'vitest'
import { localTimeReader } from '../../src/import/read/local-time.js'

describe('a local time of Brussels', () => {
  const read = localTimeReader('Europe/Brussels')

  it.each([
    ['2022-01-20 15:33:04', '2022-01-20T15:33:04+01:00'],
    ['2025-07-08 12:40:00', '2025-07-08T12:40:00+02:00'],
    ['2020-11-24 13:39:58.025000', '2020-11-24T13:39:58.025+01:00'],
    ['2022-03-27 01:59:59', '2022-03-27T01:59:59+01:00'],
    ['2022-03-27 03:00:00', '2022-03-27T03:00:00+02:00'],
    // The hour from two to three stands twice on this day; the first one is in summer time.
    ['2022-10-30 02:30:00', '2022-10-30T02:30:00+02:00'],
    ['2022-10-30 03:00:00', '2022-10-30T03:00:00+01:00'],
    ['2022-02-16 00:00:00', '2022-02-16T00:00:00+01:00'],
  ])('%s has its offset', (written, moment) => {
    expect(read(written)).toEqual({ day: moment.slice(0, 10), moment })
  })

  it.each(['2022-03-27 02:30:00', '2022-02-30 12:00:00', '2022-01-20 24:00:00', '2022-01-20', 'yesterday', ''])(
    '"%s" does not exist',
    (written) => {
      expect(read(written)).toBeNull()
    },
  )
})
