import { readFileSync } from 'node:fs'

/** @param {string} path from the root of the repository */
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/**
 * The commands of a page, block by block: `kind` is empty for what any shell runs.
 * @param {string} path
 * @returns {readonly { readonly section: string, readonly kind: string, readonly commands: string }[]}
 */
export const readCommands = (path) =>
  read(path)
    .split(/^## /m)
    .flatMap((text) =>
      [...text.matchAll(/^```sh ?(\w*)\n(.*?)^```$/gms)].map(([, kind = '', commands = '']) => ({
        section: text.slice(0, text.indexOf('\n')),
        kind,
        commands,
      })),
    )

/**
 * What a unit says of its service.
 * @param {string} path
 * @returns {ReadonlyMap<string, string>}
 */
export const readUnit = (path) =>
  new Map([...read(path).matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))

/**
 * What the last stage of a Containerfile does and how its image is run.
 * @param {string} path
 */
export const readContainerfile = (path) => {
  const stage = read(path)
    .replace(/\\\n/g, ' ')
    .split(/^FROM /m)
    .at(-1)
  const lines = [...String(stage).matchAll(/^([A-Z]+) (.*)$/gm)].map(([, name = '', value = '']) => ({ name, value }))
  /** @param {string} name */
  const all = (name) => lines.filter((line) => line.name === name).map(({ value }) => value)
  /** @param {string} name @returns {readonly string[]} */
  const list = (name) => JSON.parse(/\[.*\]$/.exec(String(all(name)[0]))?.[0] ?? '[]')
  return {
    runs: all('RUN'),
    environment: all('ENV').flatMap((value) => value.trim().split(/\s+/)),
    user: String(all('USER')[0]),
    volume: String(all('VOLUME')[0]),
    health: list('HEALTHCHECK'),
    command: [...list('ENTRYPOINT'), ...list('CMD')],
  }
}
