/** One series of figures, as its lines say. */
export interface Family {
  readonly type: string
  readonly help: string
  readonly samples: readonly Sample[]
}

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?[\d.]+(?:e[+-]?\d+)?|[+-]Inf|Nan|NaN)$/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

/**
 * Reads figures in the text format of Prometheus 0.0.4 as strictly as its own tools do: what is no line of the format is
 * thrown, and so is what `promtool check metrics` warns of.
 */
export const readPrometheusText = (text: string): ReadonlyMap<string, Family> => {
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>()
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  const seen = new Set<string>()
  let current = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line) ?? []
    if (word === 'HELP') {
      if (families.has(name)) throw new Error(`"${name}" has two families.`)
      families.set(name, { help: rest, type: '', samples: [] })
    } else if (word === 'TYPE') {
      const family = families.get(name)
      if (family?.type !== '') throw new Error(`The type of "${name}" has no help before it, or another type.`)
      if (!/^(counter|gauge|histogram|summary)$/.test(rest)) throw new Error(`"${name}" is a ${rest}.`)
      family.type = rest
      current = name
    } else if (line !== '') {
      const sample = readSample(line)
      if (seen.has(line.replace(/ \S+$/, ''))) throw new Error(`There is a second "${line}".`)
      seen.add(line.replace(/ \S+$/, ''))
      const suffix = sample.name.slice(current.length)
      const { type, samples } = families.get(current) ?? { type: '', samples: [] as Sample[] }
      const isOf = sample.name.startsWith(current) && SUFFIXES[type]?.includes(suffix)
      if (!isOf) throw new Error(`"${sample.name}" stands among those of "${current}".`)
      samples.push(sample)
    }
  }
  for (const [name, family] of families) check(name, family)
  return families
}

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
}

const readSample = (line: string): Sample => {
  const [, name, written = '', value] = SAMPLE.exec(line) ?? []
  if (!name) throw new Error(`"${line}" is no sample.`)
  const labels: Record<string, string> = {}
  let end = 0
  while (end < written.length) {
    LABEL.lastIndex = end
    const [whole, label = '', text = ''] = LABEL.exec(written) ?? []
    if (!whole || label in labels) throw new Error(`"${line}" has labels that cannot be read.`)
    labels[label] = text
    end += whole.length
  }
  return { name, labels, value: Number(value?.replace('Inf', 'Infinity')) }
}

const check = (name: string, { type, samples }: Family): void => {
  if (type === '') throw new Error(`"${name}" has no type.`)
  if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`"${name}" is a ${type}.`)
  if (/_(milliseconds|ms|minutes|kilobytes|kb|mb|percent)(_|$)/.test(name))
    throw new Error(`"${name}" has no base unit.`)
  if (type !== 'histogram') return
  const bySeries = new Map<string, Sample[]>()
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels
    const key = JSON.stringify(labels)
    bySeries.set(key, [...(bySeries.get(key) ?? []), sample])
  }
  for (const series of bySeries.values()) {
    const buckets = series.filter((each) => each.name.endsWith('_bucket'))
    const counted = buckets.map(({ value }) => value)
    const count = series.find((each) => each.name.endsWith('_count'))?.value
    const isCumulative = counted.every((value, i) => value >= (counted[i - 1] ?? 0))
    if (!isCumulative || buckets.at(-1)?.labels['le'] !== '+Inf' || counted.at(-1) !== count)
      throw new Error(`The buckets of "${name}" do not add up.`)
  }
}
