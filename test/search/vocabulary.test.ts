import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phoneticKey } from '../../src/search/phonetic-key.js'
import { spellingDistance } from '../../src/search/spelling-distance.js'
import { Vocabulary } from '../../src/search/vocabulary.js'

/** The same by its definition, without a bound. */
const plainDistance = (a: string, b: string): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from({ length: b.length }, () => 0)])
  const at = (i: number, j: number) => table[i]?.[j] as number
  for (let j = 0; j <= b.length; j++) (table[0] as number[])[j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      ;(table[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ...(swapped ? [at(i - 2, j - 2) + 1] : []),
      )
    }
  return at(a.length, b.length)
}

const word = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 12 })

describe('the distance of two spellings', () => {
  it('is the number of errors, up to a bound', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 2 }), (a, b, most) => {
        expect(spellingDistance(a, b, most)).toBe(Math.min(plainDistance(a, b), most + 1))
      }),
    )
  })
})

describe('a vocabulary', () => {
  it('gives the words with few enough errors: none under four letters, one under eight, else two', async () => {
    const vocabulary = await Vocabulary.read(
      'cat bat borrell borell borrelli kazakhstan kasakhstan uzbekistan p9ta2022',
    )
    expect([...vocabulary.spellings('bat')]).toEqual([])
    expect([...vocabulary.spellings('borrell')]).toEqual([
      ['borell', 1],
      ['borrelli', 1],
    ])
    expect([...vocabulary.spellings('kasakstan')]).toEqual([
      ['kasakhstan', 1],
      ['kazakhstan', 2],
    ])
    expect([...vocabulary.spellings('p9ta2023')]).toEqual([])
    expect([...(await Vocabulary.read('')).spellings('borrell')]).toEqual([])
  })

  it('gives words that sound alike after those that are spelt nearly alike', async () => {
    const vocabulary = await Vocabulary.read('lukashenko lukaschenko')
    expect([...vocabulary.spellings('lucachenco')]).toEqual([])
    expect([...vocabulary.spellings('lukaschenco')]).toEqual([
      ['lukaschenko', 1],
      ['lukashenko', 2],
    ])
    expect([...(await Vocabulary.read('nazarbayev')).spellings('nasarbajew')]).toEqual([['nazarbayev', 'sound']])
  })

  it('gives 32 words at most', async () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    const words = letters.flatMap((a) => [`borrel${a}`, `borre${a}l`, `borr${a}ll`])
    expect((await Vocabulary.read([...new Set(words)].join(' '))).spellings('borrell').size).toBe(32)
  })

  it('gives the same as comparing with each word', async () => {
    const many = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 4, maxLength: 9 }), {
      maxLength: 20,
    })
    await fc.assert(
      fc.asyncProperty(many, many, async (words, asked) => {
        const vocabulary = await Vocabulary.read(words.join(' '))
        for (const each of asked) {
          const most = each.length < 8 ? 1 : 2
          const near = words.filter((other) => {
            const distance = plainDistance(each, other)
            return distance > 0 && (distance <= most || phoneticKey(each) === phoneticKey(other))
          })
          expect(new Set(vocabulary.spellings(each).keys())).toEqual(new Set(near))
        }
      }),
    )
  })
})

it('words that sound alike have one phonetic key', () => {
  for (const words of [
    ['kazakhstan', 'kasachstan', 'kazachstan'],
    ['nazarbayev', 'nasarbajew', 'nazarbaev'],
    ['tajikistan', 'tadschikistan', 'tadzhikistan'],
    ['schwarz', 'shvars'],
    ['meier', 'meyer'],
  ])
    expect(new Set(words.map(phoneticKey)).size, words.join()).toBe(1)
})
