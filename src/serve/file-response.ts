import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { GraphQLError } from 'graphql'
import type { FetchAPI } from 'graphql-yoga'

/** How a file is sent. */
export interface Sending {
  readonly fetchAPI: FetchAPI
  /** Node's own response, where it goes to a socket. */
  readonly response: ServerResponse | undefined
  /** Told of what ends a file before its end, so that a fault is in the log. */
  readonly mask: (error: unknown) => GraphQLError
}

/** A file to download, written while it is made. */
export interface SentFile {
  /** What it is called, with dots for what lies within; the rest of the name follows it. */
  readonly name: string
  readonly ending: string
  readonly type: string
  readonly chunks: AsyncIterable<string | Buffer>
  readonly headers: Readonly<Record<string, string>>
}

/** A response that gives a file while it is made. An error after its beginning ends it without its end. */
export const fileResponse = (
  { name, ending, type, chunks, headers }: SentFile,
  { fetchAPI, response, mask }: Sending,
): Response => {
  const body = Readable.from(chunks, { objectMode: false, highWaterMark: 65_536 })
  // An answer that was begun can only be cut off, by which a client knows that it is not whole.
  body.once('error', (error) => {
    mask(error)
    response?.destroy(error)
  })
  const file = `${name.replaceAll('.', '-').replace(/[^\w-]/g, '') || 'answer'}${ending}`
  return new fetchAPI.Response(body as unknown as BodyInit, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${file}"`,
      // For the pages of other sites to read, too.
      'access-control-expose-headers': ['content-disposition', ...Object.keys(headers)].join(', '),
      ...headers,
    },
  })
}
