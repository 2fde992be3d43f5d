import { describe, expect, it } from 'vitest'
import { ballotWords, isMainBallot } from '../../src/import/europarl/ballot-words.js'
import { referencesIn } from '../../src/import/europarl/references.js'

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

describe('the names of rapporteurs', () => {
  it.each([
    'Ann Alpha',
    'Róża Thun und Hohenstein',
    "Sophia in 't Veld",
    'Sophia in ’t Veld',
    'Ella von und zu Synthetic',
    'Olle af Synthetic, Bo al Synthetic',
    'Ann Alpha & Bo Beta',
    'Ann Alpha/Bo Beta',
    'Ann Alpha (CULT), Bo Beta (LIBE)',
    'Óscar Synthetic',
    'O’Synthetic-Smith',
  ])('are no part of the description: "%s"', (names) => {
    const phrase = { reference: 'A9-0001/2031', title: null, description: 'Commission proposal' }
    expect(ballotWords(`A9-0001/2031 – ${names} – Commission proposal`)).toEqual(phrase)
    expect(ballotWords(`A9-0001/2031 - ${names} - Article 10 - Am 1`).description).toBe('Article 10 - Am 1')
    expect(ballotWords(`A9–0001/2031 – ${names}-Commission proposal`)).toEqual(phrase)
  })

  it.each([
    'Article 10 - Am 1',
    'Après le considérant B - Am 1',
    'After recital B - Am 1',
    'Considérant A - Am 2',
    'Annex - Am 2',
    'Provisional agreement - Am 8',
    'Rejet - Am 13= 23=',
    'Title - Am 3',
  ])('are not seen in what the ballot was on: "%s"', (description) => {
    expect(ballotWords(`A9-0001/2031 - ${description}`).description).toBe(description)
  })
})

describe('a main ballot', () => {
  const verdict = (text: string) => isMainBallot(ballotWords(text))

  it.each([
    'B9-0001/2031 - Résolution',
    'RC-B9-0001/2031 - Proposition de résolution (ensemble du texte)',
    'A9-0001/2031 – Ann Alpha – Proposition de resolution',
    'A9-0001/2031 – Ann Alpha – Proposition de décision',
    'A9-0001/2031 – Ann Alpha – Motion for a resolution (text as a whole)',
    'A9–0001/2031 – Ann Alpha-Commission proposal',
    'A9-0001/2031 – Ann Alpha – Draft Council decision',
    'A9-0001/2031 – Ann Alpha – Commission proposal and amendments',
    'A9-0001/2031 – Ann Alpha – Décision d’engager des négociations interinstitutionnelles',
    'A9-0001/2031 – Ann Alpha – Accord provisoire – Am 2',
    'A9-0001/2031 – Ann Alpha – Provisional agreement – Am 145',
  ])('is known by its words: "%s"', (text) => expect(verdict(text)).toBe(true))

  it.each([
    'B9-0001/2031 - Proposition de résolution de remplacement - Am 1',
    'B9-0001/2031 - Alternative motion for a resolution - Am 1',
    'A9-0001/2031 – Ann Alpha – Commission proposal - Am 3',
    'A9-0001/2031 – Ann Alpha – § 7/2',
    'A9-0001/2031 – Ann Alpha – Considérant A',
    'A9-0001/2031 – Ann Alpha – Vote unique',
    'A9-0001/2031 – Ann Alpha – Demande de renvoi',
    'Mardi - demande du groupe GUE/NGL',
  ])('is none where its words say so: "%s"', (text) => expect(verdict(text)).toBe(false))

  it.each([
    'A9-0001/2031',
    'A9-0001/2031 – Ann Alpha – Proposition de décision du Conseil',
    'A9-0001/2031 – Ann Alpha – Projet commun',
    'A9-0001/2031 – Ann Alpha – Vote final',
    'Election of the Commission',
  ])('may be one or not where they do not tell: "%s"', (text) => expect(verdict(text)).toBe(null))
})
