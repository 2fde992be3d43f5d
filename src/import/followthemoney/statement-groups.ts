import type { FtmEntity, FtmStatement, FtmValue, Said } from './entity.js'

/** Statements, put together as entities: what each data set says is kept apart. */
export class StatementGroups {
  readonly #entities = new Map<string, { schema: string; lines: number; said: Map<string, Group> }>()

  constructor(readonly schemaOf: (id: string) => string) {}

  add({ line, id, property, value, dataset }: FtmStatement): void {
    const entity = this.#entities.get(id) ?? { schema: this.schemaOf(id), lines: 0, said: new Map<string, Group>() }
    this.#entities.set(id, entity)
    entity.lines++
    const said = entity.said.get(dataset) ?? { line, values: new Map<string, Map<string, FtmValue>>() }
    entity.said.set(dataset, said)
    // A statement of the property "id" says that the data set has the entity, and nothing else.
    if (property === 'id') return
    const values = said.values.get(property) ?? new Map<string, FtmValue>()
    said.values.set(property, values)
    values.set(`${value.language ?? ''} ${value.text}`, value)
  }

  /** The entities put together so far, but the one whose id is given; they are forgotten here. */
  take(but?: string): readonly FtmEntity[] {
    const taken: FtmEntity[] = []
    for (const [id, { schema, lines, said }] of this.#entities) {
      if (id === but) continue
      this.#entities.delete(id)
      const all = [...said].map(
        ([dataset, { line, values }]): Said => ({
          line,
          datasets: [dataset],
          values: new Map([...values].map(([property, texts]) => [property, [...texts.values()]])),
        }),
      )
      taken.push({ id, schema, lines, caption: null, referents: [], nested: 0, said: all })
    }
    return taken
  }
}

interface Group {
  readonly line: number
  readonly values: Map<string, Map<string, FtmValue>>
}
