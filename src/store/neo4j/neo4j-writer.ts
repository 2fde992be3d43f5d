import { setTimeout as sleep } from 'node:timers/promises'
import neo4j, {
  type Driver,
  type Integer,
  type ManagedTransaction,
  type Session,
  type SessionConfig,
  type Transaction,
} from 'neo4j-driver'
import { RapporteurError } from '../../errors.js'
import {
  fieldsWithIds,
  type GraphShape,
  isListedInChanges,
  isOwnLink,
  isStoreOwn,
  type LinkShape,
  STATE,
  STATEMENT,
} from '../../model/graph-shape.js'
import type { LinkName, StoredLink, StoredNode, Value } from '../../model/records.js'
import { isWordKey } from '../../model/search/search-keys.js'
import type { Changes, Stamp, StoreWriter } from '../graph-store.js'
import { groupedBy } from '../grouped-by.js'
import { NameSet } from '../name-set.js'
import { NODE_LABEL, quoted, relationshipType, TYPE_PROPERTY } from './names.js'
import { fromProperties, linkProperties, nodeProperties, searchProperties, toProperty } from './stored-values.js'
import { asSentence } from './translate-error.js'

type Row = Record<string, unknown>

/** Milliseconds after which it is asked whether another writer is waited for, and between two such questions. */
const LOCK_PATIENCE = 1500
/** Sets of sources whose numbers are kept at hand. */
const MAX_SETS = 10_000

/** The one session that writes to a database. */
export class Neo4jWriter implements StoreWriter {
  /** Nodes that this session made, and the links at them: what is not among those is not stored, and need not be asked for. */
  #madeNodes = new NameSet()
  #madeLinks = new NameSet()
  /** Words by which records are found that are surely stored. */
  #madeWords = new NameSet()
  readonly #setNumbers = new Map<number, Integer>()
  /** The batch under way; what is asked of the database waits for it. */
  #writing: Promise<void> = Promise.resolve()

  private constructor(
    readonly shape: GraphShape,
    readonly session: Session,
    readonly lock: { readonly session: Session; readonly transaction: Transaction },
    readonly location: string,
  ) {}

  /** @throws RapporteurError `STORE_LOCKED`, `UNAVAILABLE`, `STORE_ACCESS` */
  static async open(
    shape: GraphShape,
    driver: Driver,
    config: SessionConfig,
    location: string,
    /** By which the transaction that holds the lock is found. */
    metadata: Readonly<Record<string, string>>,
  ): Promise<Neo4jWriter> {
    const lockSession = driver.session({ ...config, defaultAccessMode: neo4j.session.WRITE })
    try {
      const transaction = await lockSession.beginTransaction({ metadata })
      await holdLock(transaction, () => waitsForOther(driver, config, metadata), location)
      return new Neo4jWriter(
        shape,
        driver.session({ ...config, defaultAccessMode: neo4j.session.WRITE }),
        { session: lockSession, transaction },
        location,
      )
    } catch (error) {
      await lockSession.close()
      throw asSentence(error, location)
    }
  }

  async nodes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredNode>> {
    const rows = await this.#read(`UNWIND $ids AS id MATCH (n:${NODE_LABEL} {id: id}) RETURN properties(n) AS p`, {
      ids,
    })
    const nodes = rows.map(({ p }): [string, StoredNode] => {
      const properties = p as Row
      const [id, type] = [properties['id'] as string, properties[TYPE_PROPERTY] as string]
      const columns = this.shape.nodes.get(type)?.columns ?? new Map()
      return [
        id,
        { type, id, sourceSet: properties['sourceSet'] as number, values: fromProperties(columns, properties) },
      ]
    })
    return new Map(nodes)
  }

  async types(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const text = `UNWIND $ids AS id MATCH (n:${NODE_LABEL} {id: id}) RETURN id, n.${TYPE_PROPERTY} AS type`
    const rows = await this.#read(text, { ids })
    return new Map(rows.map(({ id, type }) => [id as string, type as string]))
  }

  async links(names: readonly LinkName[]): Promise<readonly (StoredLink | null)[]> {
    const found: (StoredLink | null)[] = names.map(() => null)
    const asked = names.flatMap((name, i) => (this.#isNew(name) ? [] : [{ ...name, i: neo4j.int(i) }]))
    for (const [link, places] of grouped(asked)) {
      const { columns, repeats, one } = this.#link(link)
      const ends = `MATCH (a:${NODE_LABEL} {id: l.from})${one ? '' : ` MATCH (b:${NODE_LABEL} {id: l.to})`}`
      const text = `UNWIND $places AS l ${ends}
        MATCH (a)-[e:${quoted(relationshipType(link))}]->(b)${repeats ? ' WHERE e.key = l.key' : ''} RETURN l.i AS i, b.id AS to, properties(e) AS p`
      for (const { i, to, p } of await this.#read(text, { places })) {
        const name = names[i as number] as LinkName
        const properties = p as Row
        found[i as number] = {
          link,
          from: name.from,
          to: to as string,
          key: name.key,
          sourceSet: properties['sourceSet'] as number,
          values: fromProperties(columns, properties),
        }
      }
    }
    return found
  }

  async linked(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const linked = new Set<string>()
    const own = [...this.shape.links.values()].filter((link) => isOwnLink(this.shape, link))
    const ofSources = `MATCH (n:${NODE_LABEL} {id: id}) WHERE EXISTS { (n)-[e]-() WHERE NOT type(e) IN $own AND coalesce(e.inferred, false) = false }`
    const parameters = { ids, own: ['INCLUDES', ...own.map(({ name }) => relationshipType(name))] }
    for (const { id } of await this.#read(`UNWIND $ids AS id ${ofSources} RETURN id`, parameters))
      linked.add(id as string)
    for (const { name, columns } of this.shape.links.values()) {
      for (const column of columns.values()) {
        if (column.kind !== 'reference' || column.name === 'via') continue
        const property = `e.${quoted(column.name)}`
        const text = `MATCH ()-[e:${quoted(relationshipType(name))}]->() WHERE ${property} IN $ids RETURN DISTINCT ${property} AS id`
        for (const { id } of await this.#read(text, { ids })) linked.add(id as string)
      }
    }
    const text = `MATCH (s:${quoted(STATEMENT)}) WHERE s.field IN $fields AND s.value IN $ids RETURN DISTINCT s.value AS id`
    for (const { id } of await this.#read(text, { ids, fields: fieldsWithIds(this.shape) })) linked.add(id as string)
    return linked
  }

  write(changes: Changes, stamp: Stamp): Promise<void> {
    // Only of a link of which a node has at most one must it be known whether another is there.
    const mayBeThere = new Set(changes.insertLinks.filter((link) => this.#link(link.link).one && !this.#isNew(link)))
    for (const { id } of changes.insertNodes) this.#madeNodes.add(id)
    for (const link of changes.insertLinks) if (this.#isAtNew(link)) this.#madeLinks.add(this.#nameOf(link))
    this.#writing = this.#writeNow(changes, stamp, mayBeThere)
    return this.#writing
  }

  async #writeNow(changes: Changes, stamp: Stamp, mayBeThere: ReadonlySet<StoredLink>): Promise<void> {
    try {
      const locked = this.#checkLock()
      locked.catch(() => undefined)
      await this.session.executeWrite(async (transaction) => {
        // Statements are sent one after the other and run in this order; none waits for the answer to the one before it.
        const running: Promise<unknown>[] = [locked]
        const run = (statement: Promise<unknown>): void => {
          statement.catch(() => undefined)
          running.push(statement)
        }
        for (const [link, rows] of grouped(changes.deleteLinks)) run(this.#deleteLinks(transaction, link, rows))
        run(this.#deleteNodes(transaction, changes))
        run(this.#writeNodes(transaction, changes, stamp))
        run(this.#writeSets(transaction, changes))
        for (const [link, rows] of grouped(changes.insertLinks)) {
          const asked = rows.filter((row) => mayBeThere.has(row))
          if (asked.length > 0) await this.#refuseSecond(transaction, link, asked)
          run(this.#insertLinks(transaction, link, rows))
        }
        for (const [link, rows] of grouped(changes.updateLinks)) run(this.#updateLinks(transaction, link, rows))
        for (const [link, rows] of grouped(changes.refreshLinks)) run(this.#refreshLinks(transaction, link, rows))
        run(this.#touch(transaction, changes, stamp))
        if (changes.derivedBy)
          run(
            transaction.run('MATCH (r:Rapporteur {name: "store"}) SET r.derivedBy = $derivedBy', {
              derivedBy: changes.derivedBy,
            }),
          )
        if (changes.edition)
          run(
            transaction.run('MERGE (e:Edition {source: $edition.source}) SET e = $edition', {
              edition: changes.edition,
            }),
          )
        if (changes.removeEdition)
          run(transaction.run('MATCH (e:Edition {source: $source}) DELETE e', { source: changes.removeEdition }))
        await Promise.all(running)
      })
    } catch (error) {
      // What was meant to be made is not there.
      this.#madeNodes = new NameSet()
      this.#madeLinks = new NameSet()
      this.#madeWords = new NameSet()
      throw asSentence(error, this.location)
    }
  }

  /** The server lets go of the lock where the connection was cut, and somebody else may have written since. */
  async #checkLock(): Promise<void> {
    await this.lock.transaction.run('RETURN 1').catch((cause: unknown) => {
      const sentence = `The connection to ${this.location} was cut while writing. The last batch was not written; run again to complete it.`
      throw new RapporteurError('UNAVAILABLE', sentence, { cause })
    })
  }

  /** Writes the keys by which these records are found, and nothing else of them. */
  async writeSearchKeys(nodes: readonly StoredNode[]): Promise<void> {
    const rows = nodes.map((node) => ({ id: node.id, keys: searchProperties(this.shape, node) }))
    await this.session.executeWrite(async (transaction) => {
      const text = `UNWIND $rows AS row MATCH (n:${NODE_LABEL} {id: row.id}) SET n += row.keys`
      await Promise.all([
        transaction.run(text, { rows }),
        this.#writeWords(
          transaction,
          rows.map(({ keys }) => keys),
        ),
      ])
    })
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.lock.transaction.rollback().catch(() => undefined)
    await this.lock.session.close()
    await this.session.close()
  }

  /** Whether a link cannot be stored, because an end of it is new and this session did not make the link. */
  #isNew(link: LinkName): boolean {
    return this.#isAtNew(link) && !this.#madeLinks.has(this.#nameOf(link))
  }

  /** What tells a link from all others of the store. */
  #nameOf({ link, from, to, key }: LinkName): string {
    return this.#link(link).one ? `${link}\n${from}` : `${link}\n${from}\n${to}\n${key}`
  }

  #isAtNew({ link, from, to }: LinkName): boolean {
    return this.#madeNodes.has(from) || (!this.#link(link).one && this.#madeNodes.has(to))
  }

  async #deleteNodes(transaction: ManagedTransaction, { deleteNodes }: Changes): Promise<void> {
    if (deleteNodes.length === 0) return
    const sources = deleteNodes.filter(({ type }) => type === 'Source').map(({ id }) => id)
    const ids = deleteNodes.map(({ id }) => id)
    await Promise.all([
      ...(sources.length > 0
        ? [
            transaction.run('MATCH (s:SourceSet)-[:INCLUDES]->(n:Source) WHERE n.id IN $sources DETACH DELETE s', {
              sources,
            }),
          ]
        : []),
      transaction.run(`MATCH (n:${NODE_LABEL}) WHERE n.id IN $ids DETACH DELETE n`, { ids }),
    ])
  }

  async #writeNodes(
    transaction: ManagedTransaction,
    { insertNodes, updateNodes, refreshNodes }: Changes,
    stamp: Stamp,
  ): Promise<void> {
    const changed = { updatedAt: stamp.at, version: neo4j.int(stamp.version) }
    const running: Promise<unknown>[] = []
    for (const [type, rows] of groupedBy(insertNodes, (node) => node.type)) {
      // What the store makes itself follows from records, and is not a change that anybody is told of.
      const version = isListedInChanges(this.shape, type) ? stamp.version : 0
      const made = { updatedAt: stamp.at, version: neo4j.int(version), createdIn: neo4j.int(version) }
      const text = `UNWIND $properties AS p CREATE (n:${NODE_LABEL}:${quoted(type)}) SET n = p, n += $made`
      const properties = this.#properties(rows)
      running.push(transaction.run(text, { properties, made }), this.#writeWords(transaction, properties))
    }
    // What is no longer said is null, which takes the property away; what the store alone knows stays.
    for (const [nodes, given] of [
      [updateNodes, changed],
      [refreshNodes, {}],
    ] as const) {
      for (const [type, rows] of groupedBy(nodes, (node) => node.type)) {
        const absent = Object.fromEntries([...this.#columns(type).keys()].map((name) => [name, null]))
        const text = `UNWIND $properties AS p MATCH (n:${NODE_LABEL} {id: p.id}) SET n += $absent, n += p, n += $given`
        const properties = this.#properties(rows)
        running.push(transaction.run(text, { properties, absent, given }), this.#writeWords(transaction, properties))
      }
    }
    await Promise.all(running)
  }

  async #touch(transaction: ManagedTransaction, { touched }: Changes, { at, version }: Stamp): Promise<void> {
    const parameters = { touched, at, version: neo4j.int(version) }
    const nodes = `UNWIND $touched AS id MATCH (n:${NODE_LABEL} {id: id}) SET n.updatedAt = $at, n.version = $version`
    const graph = `MATCH (g:${STATE.type} {id: '${STATE.id}'}) WHERE g.version <> $version SET g.version = $version, g.changedAt = $at`
    const statements = touched.length > 0 ? [nodes, graph] : [graph]
    await Promise.all(statements.map((text) => transaction.run(text, parameters)))
  }

  #columns(type: string) {
    return this.shape.nodes.get(type)?.columns ?? new Map()
  }

  #properties(nodes: readonly StoredNode[]): readonly Row[] {
    return nodes.map((node) => nodeProperties(this.shape, node))
  }

  /** Stores the words among the keys of these records that are not known to be stored. */
  async #writeWords(transaction: ManagedTransaction, properties: readonly Row[]): Promise<void> {
    const words: string[] = []
    for (const { searchKeys } of properties) {
      if (typeof searchKeys !== 'string' || searchKeys === '') continue
      for (const key of searchKeys.split(' ')) if (isWordKey(key) && this.#madeWords.add(key)) words.push(key)
    }
    if (words.length > 0) await transaction.run('UNWIND $words AS word MERGE (:SearchWord {word: word})', { words })
  }

  async #writeSets(transaction: ManagedTransaction, { sourceSets }: Changes): Promise<void> {
    if (sourceSets.length === 0) return
    const rows = sourceSets.flatMap(({ number, citations }) =>
      citations.map((citation) => ({ number: neo4j.int(number), ...citation })),
    )
    const sets = sourceSets.map(({ number, voices }) => ({ number: neo4j.int(number), voices: JSON.stringify(voices) }))
    const [, { records }] = await Promise.all([
      transaction.run('UNWIND $sets AS each CREATE (s:SourceSet) SET s = each', { sets }),
      transaction.run(
        'UNWIND $rows AS row MATCH (s:SourceSet {number: row.number}) MATCH (n:Source {id: row.source}) CREATE (s)-[e:INCLUDES]->(n) SET e.locator = row.locator RETURN count(*) AS n',
        { rows },
      ),
    ])
    if (records[0]?.get('n') !== rows.length)
      await this.#refuseNowhere(transaction, [...new Set(rows.map((row) => row.source))])
  }

  async #insertLinks(transaction: ManagedTransaction, link: string, links: readonly StoredLink[]): Promise<void> {
    const { one, columns, repeats } = this.#link(link)
    const twice = one ? sameFrom(links) : undefined
    if (twice) throw secondLink(link, twice)
    // Each end is looked up once, and rows come as lists that name ends by their place: three times as fast as maps with ids.
    const ids = [...new Set(links.flatMap(({ from, to }) => [from, to]))]
    const places = new Map(ids.map((id, i) => [id, neo4j.int(i)]))
    const names = ['sourceSet', ...(repeats ? ['key'] : []), ...columns.keys()]
    const rows = links.map((each) => {
      const row: unknown[] = [places.get(each.from), places.get(each.to), this.#setNumber(each.sourceSet)]
      if (repeats) row.push(each.key)
      for (const column of columns.values()) row.push(toProperty(column, each.values[column.name]) ?? null)
      return row
    })
    const given = names.map((name, i) => `${quoted(name)}: row[${i + 2}]`).join(', ')
    const text = `UNWIND range(0, size($ids) - 1) AS i MATCH (n:${NODE_LABEL} {id: $ids[i]})
      WITH i, n ORDER BY i WITH collect(n) AS nodes WHERE size(nodes) = size($ids)
      UNWIND $rows AS row WITH nodes[row[0]] AS a, nodes[row[1]] AS b, row
      CREATE (a)-[e:${quoted(relationshipType(link))} {${given}}]->(b) RETURN count(*) AS n`
    const [{ records }] = await Promise.all([
      transaction.run(text, { ids, rows }),
      this.#refuseMissing(transaction, link, links),
    ])
    if (records[0]?.get('n') !== links.length) await this.#refuseNowhere(transaction, ids)
  }

  /** A reference is a property, which Neo4j does not check. */
  async #refuseMissing(transaction: ManagedTransaction, link: string, links: readonly StoredLink[]): Promise<void> {
    const ids = new Set<Value | undefined>()
    for (const { name, kind } of this.#link(link).columns.values())
      if (kind === 'reference') for (const { values } of links) ids.add(values[name])
    ids.delete(undefined)
    if (ids.size === 0) return
    const { records } = await transaction.run(
      `UNWIND $ids AS id MATCH (n:${NODE_LABEL} {id: id}) RETURN count(n) AS n`,
      { ids: [...ids] },
    )
    if (records[0]?.get('n') !== ids.size) await this.#refuseNowhere(transaction, [...ids] as string[])
  }

  async #updateLinks(transaction: ManagedTransaction, link: string, links: readonly StoredLink[]): Promise<void> {
    await Promise.all([
      transaction.run(`${this.#matchLinks(link)} SET e = row.p`, { rows: this.#rows(link, links) }),
      this.#refuseMissing(transaction, link, links),
    ])
  }

  /** Writes what the store alone writes; what is null is taken away. */
  async #refreshLinks(transaction: ManagedTransaction, link: string, links: readonly StoredLink[]): Promise<void> {
    const own = [...this.#link(link).columns.values()].filter(isStoreOwn)
    const rows = links.map(({ from, to, key, values }) => {
      const p = Object.fromEntries(own.map((column) => [column.name, toProperty(column, values[column.name]) ?? null]))
      return { from, to, key, p }
    })
    await transaction.run(`${this.#matchLinks(link)} SET e += row.p`, { rows })
  }

  async #deleteLinks(transaction: ManagedTransaction, link: string, links: readonly LinkName[]): Promise<void> {
    const rows = links.map(({ from, to, key }) => ({ from, to, key }))
    await transaction.run(`${this.#matchLinks(link)} DELETE e`, { rows })
  }

  #matchLinks(link: string): string {
    return `UNWIND $rows AS row MATCH (a:${NODE_LABEL} {id: row.from}) MATCH (b:${NODE_LABEL} {id: row.to})
      MATCH (a)-[e:${quoted(relationshipType(link))}]->(b)${this.#link(link).repeats ? ' WHERE e.key = row.key' : ''}`
  }

  #rows(link: string, links: readonly StoredLink[]): readonly Row[] {
    const { columns, repeats } = this.#link(link)
    return links.map((link) => {
      const { from, to, key } = link
      return { from, to, key, p: linkProperties(columns, repeats, link) }
    })
  }

  /** A link of which a node has at most one must not get a second. */
  async #refuseSecond(transaction: ManagedTransaction, link: string, links: readonly StoredLink[]): Promise<void> {
    const text = `UNWIND $rows AS row MATCH (:${NODE_LABEL} {id: row.from})-[:${quoted(relationshipType(link))}]->(b) RETURN row.from AS from, b.id AS other, row.to AS to LIMIT 1`
    const { records } = await transaction.run(text, { rows: links.map(({ from, to }) => ({ from, to })) })
    const twice = records[0]?.toObject() as SecondLink | undefined
    if (twice) throw secondLink(link, twice)
  }

  async #refuseNowhere(transaction: ManagedTransaction, ids: readonly string[]): Promise<never> {
    const { records } = await transaction.run(
      `UNWIND $ids AS id OPTIONAL MATCH (n:${NODE_LABEL} {id: id}) WITH id WHERE n IS NULL RETURN id LIMIT 1`,
      { ids },
    )
    throw new RapporteurError(
      'BAD_INPUT',
      `A link leads to "${records[0]?.get('id') ?? ids[0]}", and there is no such record. The batch was not written; mend the source.`,
    )
  }

  #link(link: string): LinkShape {
    return this.shape.links.get(link) as LinkShape
  }

  /** The driver's integer of a set of sources: most links have one of a few. */
  #setNumber(number: number): Integer {
    const known = this.#setNumbers.get(number) ?? neo4j.int(number)
    if (this.#setNumbers.size < MAX_SETS) this.#setNumbers.set(number, known)
    return known
  }

  async #read(text: string, parameters: Row): Promise<readonly Row[]> {
    await this.#writing.catch(() => undefined)
    try {
      const { records } = await this.session.executeRead((transaction) => transaction.run(text, parameters))
      return records.map((record) => record.toObject())
    } catch (error) {
      throw asSentence(error, this.location)
    }
  }
}

/** Holds the lock on one node for as long as the session lives; it goes free with the process. */
const holdLock = async (transaction: Transaction, waits: () => Promise<boolean>, location: string): Promise<void> => {
  const held = transaction
    .run('MERGE (r:Rapporteur {name: "writer"}) SET r.since = timestamp() RETURN 1')
    .then(() => true)
  held.catch(() => undefined)
  // A server that was just started may take seconds for its first statement.
  for (;;) {
    const isHeld = await Promise.race([held, sleep(LOCK_PATIENCE, false)])
    if (isHeld) return
    if (!(await waits())) continue
    throw new RapporteurError(
      'STORE_LOCKED',
      `Another process is writing to ${location}. Nothing was changed; wait until it is done and run again.`,
    )
  }
}

/** Whether the server says that a transaction waits for another. */
const waitsForOther = async (
  driver: Driver,
  config: SessionConfig,
  metadata: Readonly<Record<string, string>>,
): Promise<boolean> => {
  const session = driver.session({ ...config, defaultAccessMode: neo4j.session.READ })
  const text =
    'SHOW TRANSACTIONS YIELD metaData, status WHERE metaData = $metadata AND status STARTS WITH "Blocked" RETURN status'
  try {
    return (await session.run(text, { metadata })).records.length > 0
  } finally {
    await session.close()
  }
}

interface SecondLink {
  readonly from: string
  readonly other: string
  readonly to: string
}

const secondLink = (link: string, { from, other, to }: SecondLink): RapporteurError =>
  new RapporteurError(
    'BAD_INPUT',
    `"${from}" already has the link ${link} to "${other}", and can have no second one to "${to}". The batch was not written; mend the source.`,
  )

const sameFrom = (links: readonly StoredLink[]): SecondLink | undefined => {
  const seen = new Map<string, string>()
  for (const { from, to } of links) {
    const other = seen.get(from)
    if (other !== undefined) return { from, other, to }
    seen.set(from, to)
  }
  return undefined
}

const grouped = <T extends LinkName>(links: readonly T[]): ReadonlyMap<string, readonly T[]> =>
  groupedBy(links, (link) => link.link)
