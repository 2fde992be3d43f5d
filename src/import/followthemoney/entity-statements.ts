import { clip } from '../read/clip.js'
import { BadCell } from '../read/read-cells.js'
import { isObject, type Json, type JsonObject, shown } from '../read/read-json-lines.js'
import { type FtmEntity, readHead, readStatement } from './entity.js'
import { commonSchema } from './schemata.js'
import { StatementGroups } from './statement-groups.js'

/**
 * Reads an entity that has its values as statements, so that what each data set says is kept apart.
 * @param leaveOut is told of each statement that is a candidate only
 * @throws BadCell
 */
export const readWithStatements = (value: JsonObject, line: number, leaveOut: () => void): FtmEntity => {
  const head = readHead(value)
  const { id, schema } = head
  const groups = new StatementGroups(() => schema)
  const referents = new Set(head.referents)
  for (const each of statementsOf(value)) {
    const statement = readStatement({ ...each, canonical_id: id }, line)
    if (commonSchema(schema, statement.schema) === null)
      throw new BadCell(
        `The entity "${id}" is of the schema "${clip(schema)}", and a statement of it of "${clip(statement.schema)}".`,
      )
    if (statement.external) leaveOut()
    else {
      groups.add(statement)
      referents.add(statement.entityId)
    }
  }
  const said = groups.take().flatMap((entity) => entity.said)
  // An entity of candidates alone is none, whatever name is shown for it.
  const caption = said.length > 0 ? head.caption : null
  return { ...head, caption, referents: [...referents], nested: 0, said }
}

/** The statements of an entity. @throws BadCell */
const statementsOf = ({ statements }: JsonObject): readonly JsonObject[] => {
  if (!Array.isArray(statements)) throw new BadCell(`"statements" is ${shown(statements)}, which is not a list.`)
  const wrong = (statements as readonly Json[]).find((each) => !isObject(each))
  if (wrong !== undefined) throw new BadCell(`"statements" has ${shown(wrong)}, which is not an object.`)
  return statements as readonly JsonObject[]
}
