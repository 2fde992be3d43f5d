import { type GraphQLSchema, isEnumType } from 'graphql'
import type { Catalogue } from './catalogue.js'

/** What speaks for or against a candidate. */
export interface Feature {
  readonly id: string
  readonly value: number | boolean
}

/** By which rule a record is surely the one that is meant. */
export type MatchRule = 'id' | 'reference' | 'onlyName' | 'onlyNameThatAgrees'

const RULES: Readonly<Record<MatchRule, string>> = {
  id: 'The query is the id of the record, and no property disagrees. It is taken for a match.',
  reference:
    'The query is an official reference or code that this record alone has, and no property disagrees. It is taken for a match.',
  onlyName:
    'The query is the whole name of this record, of no other record of the types asked, and no property disagrees. It is taken for a match.',
  onlyNameThatAgrees:
    'Several records have this whole name; this one agrees with a property, and each other disagrees with one. It is taken for a match.',
}

/** What a feature means, in a sentence; null where there is no such feature. */
export const explainFeature = (id: string, { schema, properties }: Catalogue): string | null => {
  const dot = id.indexOf('.')
  const [kind, of] = dot < 0 ? [id, ''] : [id.slice(0, dot), id.slice(dot + 1)]
  switch (kind) {
    case 'how':
      return of === 'ID' ? 'The query is its id.' : describeMatch(schema, of)
    case 'field':
      return of === 'id' || properties.has(of) ? `The query matches its field \`${of}\`.` : null
    case 'searchScore':
      return dot < 0
        ? 'The score of the search, a whole number: the higher the better, to be compared within one query only. A tenth of it, and what properties add or take away, is the score of the candidate.'
        : null
    case 'alike':
      return dot < 0
        ? 'How many other records match the query in the same way. Where there is one, none is taken for a match by this alone.'
        : null
    case 'property':
      return properties.has(of)
        ? `True where the record has the value that is asked of \`${of}\`, false where it surely has another. Where that is not known, the feature is left out.`
        : null
    case 'rule':
      return Object.hasOwn(RULES, of) ? RULES[of as MatchRule] : null
    default:
      return null
  }
}

const describeMatch = (schema: GraphQLSchema, word: string): string | null => {
  const words = schema.getType('SearchMatch')
  const value = isEnumType(words) ? words.getValue(word) : undefined
  return value ? (value.description ?? word) : null
}
