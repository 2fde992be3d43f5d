import { isObject, type Json, type JsonObject } from '../read/read-json-lines.js'
import { MIRRORS } from './schemata.js'

/** The properties whose ids are read. */
const REFERENCES: ReadonlySet<string> = new Set(MIRRORS.values())

/**
 * Takes entities that stand in an entity in the place of ids out of it, and those in them, so that each stands by itself:
 * first the outermost one. The ids are left where they are read.
 */
export const unnest = (outermost: JsonObject): readonly JsonObject[] => {
  const entities = [outermost]
  for (let at = 0; at < entities.length; at++) entities[at] = takeOut(entities[at] as JsonObject, entities)
  return entities
}

/** An entity without those that are nested in it, which are added to a list. */
const takeOut = (entity: JsonObject, entities: JsonObject[]): JsonObject => {
  const { id, properties } = entity
  if (!isObject(properties) || !Object.values(properties).some(isNesting)) return entity
  const flat = Object.entries(properties).map(([name, list]): [string, Json | undefined] => {
    if (!isNesting(list)) return [name, list]
    const items = list.flatMap((item) => {
      if (!isEntity(item)) return [item]
      entities.push(withReference(item, MIRRORS.get(name), id))
      return REFERENCES.has(name) && typeof item['id'] === 'string' ? [item['id']] : []
    })
    return [name, items]
  })
  return { ...entity, properties: Object.fromEntries(flat) }
}

const isEntity = (item: Json): item is JsonObject => isObject(item) && 'schema' in item
const isNesting = (list: Json | undefined): list is readonly Json[] => Array.isArray(list) && list.some(isEntity)

/** A nested entity that names the one it stands in, where it does not do so itself. */
const withReference = (entity: JsonObject, property: string | undefined, id: Json | undefined): JsonObject => {
  const { properties } = entity
  if (property === undefined || typeof id !== 'string' || !isObject(properties)) return entity
  const known = properties[property]
  if (Array.isArray(known) && known.length > 0) return entity
  return { ...entity, properties: { ...properties, [property]: [id] } }
}
