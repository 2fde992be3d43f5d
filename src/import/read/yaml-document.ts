import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml'

/** A step into a document: a key of a mapping or a position in a list. */
export type Step = string | number

/** What is wrong in a file, and on which line. */
export interface Fault {
  readonly line: number
  /** A full sentence, the culprit quoted. */
  readonly reason: string
}

/** A YAML file as plain data, with the lines that its parts stand on. */
export interface YamlDocument {
  readonly value: unknown
  /** The line, from 1, on which the value at a path begins; of its key, where `key` is asked for. */
  lineOf(path: readonly Step[], key?: boolean): number
}

/**
 * Reads a YAML 1.2 file of one document.
 * @returns the document, or what is wrong with the file
 */
export const readYaml = (bytes: Uint8Array): YamlDocument | readonly Fault[] => {
  const text = decode(bytes)
  if (typeof text !== 'string') return [text]
  if (!text.trim()) return [{ line: 1, reason: 'The file is empty; write records into it, or remove it.' }]
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core', version: '1.2' })
  const lineAt = (offset: number) => lines.linePos(offset).line
  if (document.errors.length > 0) return document.errors.map((error) => explain(error, text, lineAt))
  if (document.contents === null)
    return [{ line: 1, reason: 'The file has only comments; write records into it, or remove it.' }]
  try {
    return {
      value: document.toJS({ maxAliasCount: 100 }),
      lineOf: (path, key) => lineAt(offsetOf(document, path, key ?? false)),
    }
  } catch {
    return [{ line: 1, reason: 'The file repeats parts of itself (with & and *) too often; write them out.' }]
  }
}

const decode = (bytes: Uint8Array): string | Fault => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    return {
      line: firstBadLine(bytes),
      reason: 'The line has bytes that are not UTF-8; save the file with the encoding UTF-8.',
    }
  }
}

const firstBadLine = (bytes: Uint8Array): number => {
  let line = 1
  for (let start = 0; start <= bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, start)
    const end = found < 0 ? bytes.length : found
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end))
    } catch {
      return line
    }
    start = end + 1
  }
  return 1
}

const explain = (error: YAMLError, text: string, lineAt: (offset: number) => number): Fault => {
  const [offset] = error.pos
  const line = lineAt(offset)
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { line, reason: 'The line is indented with a tab; indent with spaces.' }
    case 'DUPLICATE_KEY': {
      const key = /^("[^"]*"|'[^']*'|[^:\n]*)/.exec(text.slice(offset))?.[0].trim() ?? ''
      return {
        line,
        reason: `The key "${key.replace(/^["']|["']$/g, '')}" stands twice in the same mapping; keep one of them.`,
      }
    }
    case 'MULTIPLE_DOCS':
      return { line, reason: 'A second document begins here (with ---); write it into a file of its own.' }
    default:
      return { line, reason: `The file is not YAML: ${error.message.replace(/\s+/g, ' ').replace(/\.$/, '')}.` }
  }
}

/** Where the value at a path begins in the text; of the nearest part around it, where the path leads nowhere. */
const offsetOf = (document: Document, path: readonly Step[], key: boolean): number => {
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [at, step] of path.entries()) {
    const whole = resolved(node)
    const last = at === path.length - 1
    if (isMap(whole)) {
      const pair = whole.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) return offset
      node = pair.value
      const start =
        key && last ? startOf(pair.key) : isScalar(resolved(node)) || isAlias(node) ? startOf(node) : startOf(pair.key)
      offset = start ?? startOf(pair.key) ?? offset
    } else if (isSeq(whole)) {
      node = whole.items[Number(step)]
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0]
