import { badRecord, type GraphRecord } from '../model/records.js'
import type { SourceStatement } from '../model/voices.js'
import { oneEach } from './source-sets.js'

/** One edition speaks of a record twice: the later word counts, and what only the earlier one said is kept. */
export const overlay = (record: GraphRecord, earlier: SourceStatement, later: SourceStatement): SourceStatement => {
  if (earlier.values['to'] !== undefined && earlier.values['to'] !== later.values['to']) {
    throw badRecord(record, `it already leads to "${earlier.values['to']}", and can lead to one record only`, 'import')
  }
  const firm = (name: string) => earlier.values[name] !== undefined && !earlier.weak.includes(name)
  const said = Object.entries(later.values).filter(([name]) => !(later.weak.includes(name) && firm(name)))
  const names = new Set(said.map(([name]) => name))
  const { languages: told, ...rest } = later
  const languages = {
    ...Object.fromEntries(Object.entries(earlier.languages ?? {}).filter(([name]) => !names.has(name))),
    ...Object.fromEntries(Object.entries(told ?? {}).filter(([name]) => names.has(name))),
  }
  return {
    ...rest,
    ...(Object.keys(languages).length > 0 && { languages }),
    citations: oneEach([...earlier.citations, ...later.citations]),
    values: { ...earlier.values, ...Object.fromEntries(said) },
    weak: [...earlier.weak.filter((name) => !names.has(name)), ...later.weak.filter((name) => names.has(name))].sort(),
  }
}
