import { normaliseReference } from '../../model/ids.js'

/** What stands between the parts of a reference: hyphens of all kinds, spaces, a slash. */
const BETWEEN = String.raw`[\p{Pd}\u2212\s\u00ad\u200b/_]{0,3}`
/** A joint motion in any spelling: `RC-B9-0065/2022`, `RC B9-0065/2022`, `RC/B9-0065/2022`, `RC-9-2022-0065`. */
const JOINT = new RegExp(
  String.raw`RC\d?${BETWEEN}B?${BETWEEN}(\d{1,2}[\p{Pd}\u2212](?:\d{4}\/\d{4}|(?:19|20)\d{2}[\p{Pd}\u2212]\d{4}))(?!\d)`,
  'giu',
)
const REFERENCE = /(?:RC-B|(?<!\p{L})[ABC])\d{1,2}[\p{Pd}\u2212]\d{4}\/\d{4}(?!\d)/giu

/** A text in which every joint motion has the spelling of the minutes: its end alone would be another motion. */
export const withJointMotions = (text: string): string =>
  text.replace(JOINT, (_whole, number: string) => normaliseReference(`RC-B${number}`))

/** The references of texts in a text, in the spelling of the minutes, each once. */
export const referencesIn = (text: string): readonly string[] => [
  ...new Set([...withJointMotions(text).matchAll(REFERENCE)].map(([reference]) => normaliseReference(reference))),
]

/** A text without the references of texts in it: `Motion for a resolution B10-0196/2024` is `Motion for a resolution`. */
export const withoutReferences = (text: string): string =>
  withJointMotions(text).replace(REFERENCE, '').replace(/\s+/g, ' ').trim()
