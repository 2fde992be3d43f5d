import { fromBufferPromise } from 'yauzl'

/** The files in a zip, as texts. */
export const openZip = async (data: Buffer): Promise<ReadonlyMap<string, string>> => {
  const zip = await fromBufferPromise(data)
  const parts = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    parts.set(entry.fileName, Buffer.concat(chunks).toString())
  }
  return parts
}
