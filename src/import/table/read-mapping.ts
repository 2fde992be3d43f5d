import { Ajv2020, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { RapporteurError } from '../../errors.js'
import type { GraphShape } from '../../model/graph-shape.js'
import { schemaProblem, stepsOf, telling, whatElse } from '../read/schema-problem.js'
import { badFile, readBytes, type SourceFile } from '../read/source-file.js'
import { type Fault, readYaml, type Step, type YamlDocument } from '../read/yaml-document.js'
import type { Mapping } from './mapping.js'
import { mappingSchema } from './mapping-schema.js'

/** A mapping as it was written, by which what is wrong with it can be told with its line. */
export interface MappingFile {
  readonly name: string
  readonly mapping: Mapping
  /** The line on which the value at a path begins. */
  lineOf(path: readonly Step[]): number
  /** @throws RapporteurError `BAD_INPUT` with the line of what stands at a path */
  fault(path: readonly Step[], sentence: string): never
}

/** The largest mapping in bytes. */
const LARGEST = 1_000_000

/**
 * Reads a mapping and checks it against its JSON Schema.
 * @throws RapporteurError `BAD_INPUT` with a sentence and a line for each thing that is wrong
 */
export const readMapping = async (file: SourceFile, shape: GraphShape): Promise<MappingFile> => {
  const { name } = file
  if (file.size > LARGEST) throw badFile(name, `a mapping is not larger than ${LARGEST.toLocaleString('en')} bytes`)
  const chunks: Uint8Array[] = []
  for await (const chunk of readBytes(file, () => {})) chunks.push(chunk)
  const document = readYaml(Buffer.concat(chunks))
  if (!('lineOf' in document)) throw badMapping(name, document)
  const validate = validatorOf(shape)
  if (!validate(document.value)) throw badMapping(name, explain(document, validate.errors ?? []))
  return {
    name,
    mapping: document.value as Mapping,
    lineOf: (path) => document.lineOf(path),
    fault: (path, reason) => {
      throw badMapping(name, [{ line: document.lineOf(path), reason }])
    },
  }
}

const MAX_SHOWN = 10

/** The error for a mapping that cannot be used. */
export const badMapping = (file: string, faults: readonly Fault[]): RapporteurError => {
  const shown = faults.slice(0, MAX_SHOWN).map(({ line, reason }) => `${file}, line ${line}: ${reason}`)
  const more = faults.length > MAX_SHOWN ? [`And ${faults.length - MAX_SHOWN} more.`] : []
  return new RapporteurError(
    'BAD_INPUT',
    [...shown, ...more, 'Nothing was loaded; mend the mapping and run again.'].join('\n'),
  )
}

const validators = new WeakMap<GraphShape, ValidateFunction>()

const validatorOf = (shape: GraphShape): ValidateFunction => {
  const known = validators.get(shape)
  if (known) return known
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: true })
  formats.default(ajv)
  const validator = ajv.compile(mappingSchema(shape) as AnySchema)
  validators.set(shape, validator)
  return validator
}

/** Says in sentences, with lines, what the check found; of a choice of keys one sentence says what is wrong. */
const explain = (document: YamlDocument, errors: readonly ErrorObject[]): readonly Fault[] => {
  const faults = telling(errors.filter(({ schemaPath }) => !/\/oneOf\/\d/.test(schemaPath))).map((error) =>
    explainError(document, error),
  )
  const isFirst = ({ line, reason }: Fault, at: number) =>
    faults.findIndex((each) => each.line === line && each.reason === reason) === at
  return faults.filter(isFirst).sort((a, b) => a.line - b.line)
}

const explainError = (document: YamlDocument, error: ErrorObject): Fault => {
  const path = stepsOf(error)
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty'])
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as Record<string, unknown>)
    const where = path.length === 0 ? 'of a mapping' : `of ${nameOf(path)}`
    return {
      line: document.lineOf([...path, key], true),
      reason: `"${key}" is not a key ${where}; ${whatElse(key, known)}`,
    }
  }
  return {
    line: document.lineOf(path),
    reason: `${path.length === 0 ? 'The mapping' : nameOf(path)} ${problemOf(error)}.`,
  }
}

const nameOf = (path: readonly string[]): string => `"${path.join('.')}"`

const problemOf = (error: ErrorObject): string => {
  const { keyword, data, params } = error
  if (keyword === 'oneOf') return waysProblem(error)
  if (keyword === 'maxProperties') return 'says something beside "constant" or "from", which stand by themselves'
  if (keyword === 'minProperties') return 'is empty; write something into it, or leave the key out'
  if (keyword === 'const') return `must be ${JSON.stringify(params['allowedValue'])}`
  if (keyword !== 'pattern') return schemaProblem(error)
  const pattern = String(params['pattern'])
  const shown = `is ${JSON.stringify(data)}`
  if (pattern.startsWith('^source:')) return `${shown}; the id of a source begins with "source:" and has no spaces`
  if (pattern.includes('{value') && pattern.includes('\\s'))
    return `${shown}, which is no id with {value} in it; an id has no spaces`
  if (pattern.includes('{value')) return `${shown}, and has to have {value} in it once, and nothing else in braces`
  if (pattern.startsWith('^[^\\s{}]*'))
    return String(data).includes('{')
      ? `${shown}, which is no id; it has columns in braces and no spaces beside: "council-vote:{number}"`
      : `${shown}, which would be the same id in every row; put the columns that tell rows apart in braces: "council-vote:{number}"`
  if (pattern.startsWith('^(?='))
    return `${shown}, which is no way to write days; it has YYYY, MM and DD once each, as DD.MM.YYYY`
  if (pattern.startsWith('^[^/')) return `${shown}, and is the name of a table without its folder`
  if (pattern.startsWith('^[A-Za-z]')) return `${shown}, which is no BCP 47 tag of a language, such as de or pt-BR`
  if (pattern.startsWith('^[^"')) return `${shown}; one character stands between cells, and it is no quotation mark`
  if (pattern.startsWith('^[A-Z]')) return `${shown}, which is not two capitals`
  if (pattern.startsWith('\\{')) return `${shown}, which has no column in braces`
  return schemaProblem(error)
}

/** A field comes from one place. */
const waysProblem = ({ data, schema }: ErrorObject): string => {
  const ways = (schema as readonly { readonly required: readonly string[] }[]).flatMap(({ required }) => required)
  const given = ways.filter((way) => Object.hasOwn(data as object, way)).map((way) => `"${way}"`)
  if (given.length > 1)
    return `is mapped ${given.length === 2 ? 'twice' : 'several times'}, by ${given.join(' and ')}; keep one of them`
  return `does not say where it comes from; give it one of ${ways.map((way) => `"${way}"`).join(', ')}`
}
