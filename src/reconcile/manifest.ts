import type { Catalogue } from './catalogue.js'
import { DEFAULT_VALUES } from './extend.js'
import { BATCH_SIZE } from './reconcile-batch.js'

/** Ids are the same in every copy of the data, and so are types and properties. */
const SPACES = { identifierSpace: 'urn:rapporteur:record:', schemaSpace: 'urn:rapporteur:term:' }
/** Pixels of a preview. */
const PREVIEW = { width: 430, height: 300 }

/** What the service says of itself. @param base its absolute address */
export const makeManifest = (base: string, { types, searched }: Catalogue) => {
  const suggest = (what: string) => ({
    service_url: base,
    service_path: `/suggest/${what}`,
    flyout_service_url: base,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the specification's own placeholder
    flyout_service_path: `/flyout/${what}?id=${'${id}'}`,
  })
  return {
    versions: ['0.2'],
    name: 'Rapporteur',
    ...SPACES,
    defaultTypes: searched.flatMap((id) => {
      const type = types.get(id)
      return type
        ? [
            {
              id,
              name: type.name,
              broader: type.broader.map((each) => ({ id: each, name: types.get(each)?.name ?? each })),
            },
          ]
        : []
    }),
    view: { url: `${base}/preview?id={{id}}` },
    feature_view: { url: `${base}/feature?id={{id}}` },
    preview: { url: `${base}/preview?id={{id}}`, ...PREVIEW },
    suggest: { entity: suggest('entity'), property: suggest('property'), type: suggest('type') },
    extend: {
      propose_properties: { service_url: base, service_path: '/properties' },
      property_settings: [
        {
          name: 'limit',
          label: 'Values at most',
          type: 'number',
          default: DEFAULT_VALUES,
          help_text: 'How many values are given of a property that has several, such as memberships.',
        },
      ],
    },
    batchSize: BATCH_SIZE,
  }
}
