import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'

/*
 * What the Reconciliation Service API 0.2 asks of an answer, written from its text. No package brings the specification's
 * own JSON Schemas; where these differ from them they ask for more: what the text says in words only (ids that are not
 * empty, features that are there once), and nothing that the text does not know, except `error` beside a result.
 */

const id = { type: 'string', minLength: 1 } as const
const list = (items: object) => ({ type: 'array', items, uniqueItems: true })
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const mapOf = (values: object) => ({ type: 'object', additionalProperties: values })

const reference = closed({ id, name: id }, ['id', 'name'])
const typeOfRecords = closed({ id, name: id, description: { type: 'string' }, broader: list(reference) }, [
  'id',
  'name',
])
const template = { type: 'string', pattern: '^https?://[^{]*\\{\\{id\\}\\}[^{]*$' }
const address = { type: 'string', pattern: '^https?://' }

const suggestService = closed(
  {
    service_url: address,
    service_path: { type: 'string', pattern: '^/' },
    flyout_service_url: address,
    flyout_service_path: { type: 'string', pattern: '^/[^$]*\\$\\{id\\}$' },
  },
  ['service_url', 'service_path'],
)

const setting = closed(
  { name: id, label: id, type: { const: 'number' }, default: { type: 'number' }, help_text: { type: 'string' } },
  ['name', 'label', 'type'],
)

const manifest = closed(
  {
    versions: { type: 'array', items: { type: 'string' }, contains: { const: '0.2' } },
    name: id,
    identifierSpace: { type: 'string', pattern: '^[a-z]+:' },
    schemaSpace: { type: 'string', pattern: '^[a-z]+:' },
    defaultTypes: list(typeOfRecords),
    documentation: address,
    serviceVersion: { type: 'string' },
    view: closed({ url: template }, ['url']),
    feature_view: closed({ url: template }, ['url']),
    preview: closed({ url: template, width: { type: 'integer' }, height: { type: 'integer' } }, [
      'url',
      'width',
      'height',
    ]),
    suggest: closed({ entity: suggestService, property: suggestService, type: suggestService }, []),
    extend: closed(
      {
        propose_properties: closed({ service_url: address, service_path: { type: 'string', pattern: '^/' } }, [
          'service_url',
          'service_path',
        ]),
        property_settings: list(setting),
      },
      [],
    ),
    batchSize: { type: 'integer', minimum: 1 },
  },
  ['versions', 'name', 'identifierSpace', 'schemaSpace'],
)

const feature = closed({ id, value: { type: ['boolean', 'number'] } }, ['id', 'value'])
const candidate = closed(
  {
    id,
    name: id,
    description: { type: 'string' },
    type: list(reference),
    score: { type: 'number', minimum: 0, maximum: 100 },
    features: list(feature),
    match: { type: 'boolean' },
  },
  ['id', 'name', 'type', 'score', 'match'],
)
const results = mapOf(
  closed({ result: list(candidate), error: closed({ code: id, message: id }, ['code', 'message']) }, ['result']),
)

const suggestions = (item: object) => closed({ result: list(item) }, ['result'])
const suggestedEntities = suggestions(
  closed({ id, name: id, description: { type: 'string' }, notable: list(reference) }, ['id', 'name']),
)
const suggestedProperties = suggestions(closed({ id, name: id, description: { type: 'string' } }, ['id', 'name']))
const suggestedTypes = suggestions(typeOfRecords)

const proposals = closed({ type: id, limit: { type: 'integer' }, properties: list(reference) }, ['properties'])

const MOMENT = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})?$'
const value = {
  oneOf: [
    reference,
    closed({ str: { type: 'string' } }, ['str']),
    closed({ int: { type: 'integer' } }, ['int']),
    closed({ float: { type: 'number' } }, ['float']),
    closed({ date: { type: 'string', pattern: MOMENT } }, ['date']),
  ],
}
const extension = closed(
  {
    meta: list(closed({ id, name: id, type: reference }, ['id', 'name'])),
    rows: mapOf(mapOf({ type: 'array', items: value })),
  },
  ['meta', 'rows'],
)

const flyout = closed({ id, html: id }, ['id', 'html'])

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
const VALIDATORS = Object.fromEntries(
  Object.entries({
    manifest,
    results,
    suggestedEntities,
    suggestedProperties,
    suggestedTypes,
    proposals,
    extension,
    flyout,
  }).map(([name, schema]) => [name, ajv.compile(schema)]),
)

/** What is not as the API asks of such an answer. */
export const faultsOf = (
  answer:
    | 'manifest'
    | 'results'
    | 'suggestedEntities'
    | 'suggestedProperties'
    | 'suggestedTypes'
    | 'proposals'
    | 'extension'
    | 'flyout',
  body: unknown,
): readonly ErrorObject[] => {
  const validate = VALIDATORS[answer]
  validate?.(body)
  return validate?.errors ?? []
}
