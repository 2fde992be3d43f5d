import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between a program and a server, and cuts, stalls or answers in its place. */
export interface CuttingProxy {
  readonly port: number
  /** Cuts all connections once so many more bytes have come from the server, and lets new ones through. */
  cutAfter(bytes: number): void
  cut(): void
  /** Keeps all bytes back, or lets them go on. */
  stall(isStalled: boolean): void
  /** Loses all bytes on the connections there are and on new ones, or lets new ones through again. */
  lose(isLost: boolean): void
  /** What answers new connections in the server's place; null for the server. */
  pretend(other: ((socket: Socket) => void) | null): void
  close(): Promise<void>
}

export const cuttingProxy = async (target: number): Promise<CuttingProxy> => {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  let [left, isStalled, isLost] = [Number.POSITIVE_INFINITY, false, false]
  let other: ((socket: Socket) => void) | null = null
  const cut = (): void => {
    left = Number.POSITIVE_INFINITY
    for (const socket of sockets) socket.destroy()
  }
  const pass = (from: Socket, to: Socket, isFromServer: boolean): void => {
    let isDead = isLost
    from.on('data', (bytes: Buffer) => {
      isDead ||= isLost
      if (isDead) return
      const send = (): void => {
        if (!isFromServer || bytes.length <= left) {
          left -= isFromServer ? bytes.length : 0
          to.write(bytes)
          return
        }
        const rest = left
        left = Number.POSITIVE_INFINITY
        to.write(bytes.subarray(0, rest), cut)
      }
      if (isStalled || waiting.length > 0) waiting.push(send)
      else send()
    })
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    if (other) {
      other(socket)
      return
    }
    const onward = connect(target, '127.0.0.1')
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    pass(socket, onward, false)
    pass(onward, socket, true)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfter: (bytes) => {
      left = bytes
    },
    stall: (stalled) => {
      isStalled = stalled
      if (!stalled) for (const send of waiting.splice(0)) send()
    },
    lose: (lost) => {
      isLost = lost
    },
    pretend: (instead) => {
      other = instead
      cut()
    },
    async close() {
      cut()
      server.close()
    },
  }
}
