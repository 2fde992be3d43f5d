/** What sounds alike over the languages of Europe, whichever spells it; each rule sees what the one before it has made. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch/g, 'k'],
  [/dsch|dzh|dj|j/g, 'i'],
  [/sch|sh|zh/g, 's'],
  [/ph/g, 'f'],
  [/ch|kh|ck|q/g, 'k'],
  [/^x/g, 'k'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/z/g, 's'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/(?!^)h/g, ''],
  [/ou/g, 'u'],
  [/(?<=[aeou])i(?=[aeou])/g, ''],
  [/(.)\1+/g, '$1'],
]

/** One key for all words that sound alike: `Kasachstan` and `Kazakhstan`, `Nazarbayev` and `Nasarbajew`. */
export const phoneticKey = (word: string): string =>
  RULES.reduce((key, [pattern, sound]) => key.replace(pattern, sound), word)
