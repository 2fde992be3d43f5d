import { graphHash } from '../store/graph-hash.js'
import { openForCommand, readShape } from './open-for-command.js'
import { type ExitCode, number, say, warn } from './terminal.js'

/** What the command line says besides. */
export interface CheckFlags {
  readonly seed: boolean
  readonly hash?: boolean
}

/** Says what is in the store, and whether it is as it should be. */
export const runCheck = async ({ seed, hash }: CheckFlags): Promise<ExitCode> => {
  const shape = readShape()
  const store = await openForCommand(shape, { seed, make: false, onUnverified: say })
  try {
    const counts = await store.count()
    const issues = new Map<string, number>()
    for await (const { values } of store.scanNodes('Issue')) {
      const rule = String(values['rule'])
      issues.set(rule, (issues.get(rule) ?? 0) + 1)
    }
    say(`${store.engine} at ${store.location}`)
    sayCounts(
      'Records:',
      [...shape.nodes.keys()].map((type) => [type, counts[type] ?? 0]),
    )
    sayCounts(
      'Links:',
      [...shape.links.keys()].map((link) => [link, counts[link] ?? 0]),
    )
    if (issues.size === 0) say('The integrity gate found nothing.')
    else sayCounts('Issues that the integrity gate found, by rule:', [...issues].sort())

    const editions = await store.editions()
    if (editions.length > 0) say('Editions:')
    for (const { source, date, importedAt, importer } of editions)
      say(`  ${source}${date ? ` of ${date}` : ''}, imported ${importedAt.slice(0, 10)} by ${importer}`)
    say(`Version of the graph: ${number((await store.state()).version)}`)
    const unfinished = editions.filter(({ state }) => state !== 'complete')
    const wrong = [
      ...(await store.check()),
      ...unfinished.map(
        ({ source, state }) =>
          `The ${state === 'removing' ? 'removal' : 'import'} of "${source}" was cut off, or is under way; run it again to complete it.`,
      ),
    ]
    if (hash) say(`Hash: ${await graphHash(store, shape)}`)
    for (const sentence of wrong) warn(sentence)
    if (wrong.length === 0) say('Schema, mapping and store agree.')
    return wrong.length === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

const sayCounts = (title: string, counts: readonly (readonly [string, number])[]): void => {
  say(title)
  for (const [name, count] of counts) if (count > 0) say(`${number(count).padStart(12)}  ${name}`)
}
