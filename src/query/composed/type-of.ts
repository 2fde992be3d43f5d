import type { Layout } from '../../store/plan.js'
import { constant } from '../../store/values.js'
import { readJson } from '../written-result.js'
import type { Composing } from './composer.js'

/** The type of a record, of whatever type it is; null where there is none. */
export const typeOf = async (id: string, { store, shape, options }: Composing): Promise<string | null> => {
  const types = [...shape.nodes.keys()].sort()
  const layout: Layout = new Map(types.map((type) => [type, [{ as: 'type', value: { kind: 'constant', text: type } }]]))
  const find = { column: 'id', isId: true, value: constant(id) }
  const { json } = await store.answer({ kind: 'one', find, shape: { types, slots: [] }, layout }, options)
  return (readJson(json) as { readonly type: string } | null)?.type ?? null
}
