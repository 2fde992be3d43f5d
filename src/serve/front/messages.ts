import { IncomingMessage, ServerResponse } from 'node:http'

/** A request of `node:http`, with the body that was read of it. */
export class FrontRequest extends IncomingMessage {
  bytes: Buffer | undefined
}

/** An answer of `node:http`, which tells when it is made. */
export class FrontResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  /** Called when an answer is made, or as much of it as its client has room for. */
  onMade: (() => void) | undefined

  override write(...given: unknown[]): boolean {
    const hasRoom = super.write(...(given as Parameters<ServerResponse['write']>))
    if (!hasRoom) this.onMade?.()
    return hasRoom
  }

  override end(...given: unknown[]): this {
    super.end(...(given as Parameters<ServerResponse['end']>))
    this.onMade?.()
    return this
  }
}
