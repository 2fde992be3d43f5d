import type { GraphStore } from '../../src/store/graph-store.js'

/** A store that fails at one of its writes, as if its disk were gone. */
export const failing = (store: GraphStore, at: number): GraphStore => {
  let writes = 0
  const bound = <T extends object>(target: T, own: Partial<T>): T =>
    new Proxy(target, {
      get: (_, name) => {
        const value = own[name as keyof T] ?? Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  return bound(store, {
    writer: async () => {
      const writer = await store.writer()
      return bound(writer, {
        write: async (...batch) => {
          writes += 1
          if (writes === at) throw new Error('The disk is gone.')
          return writer.write(...batch)
        },
      })
    },
  })
}
