import { describe, expect, it } from 'vitest'
import { ballotWords, referencesIn } from '../../src/import/europarl/minutes.js'

describe('the references in a text', () => {
  it.each([
    'RC-B9-0065/2022',
    'RC‑B9‑0065/2022',
    'RC B9-0065/2022',
    'RC\u00a0B9\u20110065/2022',
    'RC/B9-0065/2022',
    'RC – B9-0065/2022',
    'RCB9-0065/2022',
    'RC1-B9-0065/2022',
    'RC-9-2022-0065',
    'P9_TA(2022)0012RC-B9-0065/2022',
    'Texts tabled :RC-B9-0065/2022',
    'TabledRC-B9-0065/2022',
  ])('are those of a joint motion, and of no other motion, in "%s"', (written) => {
    expect(referencesIn(written)).toEqual(['RC-B9-0065/2022'])
  })

  it('are those of motions and reports beside it, also without a space', () => {
    expect(referencesIn('RC B9-0010/2024, B9-0010/2024, B9‑0011/2024')).toEqual([
      'RC-B9-0010/2024',
      'B9-0010/2024',
      'B9-0011/2024',
    ])
    expect(referencesIn('B9-0065/2022B9-0072/2022')).toEqual(['B9-0065/2022', 'B9-0072/2022'])
    expect(referencesIn('A9-0163/2024 - § 7')).toEqual(['A9-0163/2024'])
    expect(referencesIn('B9-0065/20223, AB9-0065/2022')).toEqual([])
  })
})

it('a joint motion keeps its beginning where the description is split at its dashes', () => {
  expect(ballotWords('Situation in Utopia – RC – B9‑0001/2024 – § 3')).toEqual({
    reference: 'RC-B9-0001/2024',
    title: 'Situation in Utopia',
    description: '§ 3',
  })
})
