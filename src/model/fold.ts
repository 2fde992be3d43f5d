/** Letters that do not come apart into a base letter and a mark. */
const SINGLE_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
  ς: 'σ',
}

/** Text without case, accents, needless spaces and the printer's marks, the same on every engine: `Łódź  Ć’s` → `lodz c's`. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłħıŋŧĸς]/g, (letter) => SINGLE_LETTERS[letter] ?? letter)
    .replace(/[‘’‛ʼ′]/g, "'")
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
