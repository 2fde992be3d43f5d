import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql'
import { argument, directive } from './schema-document.js'

/** What questions about votes have in common, by what a field says that it takes. */
const ARGUMENTS = {
  BALLOTS: `
    "Of which ballots."
    where: VoteEventWhere
    "Only ballots of this day or after."
    from: Date
    "Only ballots of this day or before."
    to: Date
    "Only ballots held in this body, by its id."
    body: ID`,
  VOTERS: `
    "Of whose votes; without it, of all members'."
    voters: Voters`,
  PERIODS: `
    "For each year, month or day by itself."
    every: Every`,
  FIGURES: `
    "A figure with a smaller denominator has no value."
    atLeast: Int = 1
    "In which order, within a period."
    order: FigureOrder = HIGHEST_FIRST`,
  ROWS: `
    "How many rows at most, from 1 to 1000."
    first: Int = 100
    "How many rows are passed over."
    skip: Int = 0`,
} as const

type Asked = keyof typeof ARGUMENTS

/** Gives the fields that ask about votes the arguments that these have in common, after their own. */
export const spellVotes = (document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.map((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition
    return { ...definition, fields: definition.fields?.map(spellField) ?? [] }
  }),
})

const spellField = (field: FieldDefinitionNode): FieldDefinitionNode => {
  const ofVotes = directive(field, 'ofVotes')
  if (!ofVotes) return field
  const asked = [...(argument<readonly Asked[]>(ofVotes, 'asked') ?? []), 'ROWS' as const]
  return { ...field, arguments: [...(field.arguments ?? []), ...asked.flatMap(argumentsOf)] }
}

const argumentsOf = (asked: Asked): readonly InputValueDefinitionNode[] => {
  const [type] = parse(`type Query { field(${ARGUMENTS[asked]}): Int }`, { noLocation: true }).definitions
  return (type as ObjectTypeDefinitionNode).fields?.[0]?.arguments ?? []
}
