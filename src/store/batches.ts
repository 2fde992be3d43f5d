/** Records looked at in one transaction. */
const BATCH = 2000

/** Records in batches, of which none is empty. */
export async function* inBatches<T>(records: AsyncIterable<T>): AsyncIterable<readonly T[]> {
  let batch: T[] = []
  for await (const record of records) {
    batch.push(record)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
