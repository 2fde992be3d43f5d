import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, SocketAddress } from 'node:net'
import { LRUCache } from 'lru-cache'

/** Addresses remembered, with what is known of them. */
const MAX_ADDRESSES = 10_000
/** Proxies behind each other that are followed. */
const MAX_HOPS = 20
/** What a proxy says of a request. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'] as const

/** What is known of an address: by which name its clients are told apart, and whether it is a proxy that is believed. */
interface Known {
  readonly client: string
  readonly isProxy: boolean
}

/** Tells whose request it is: who is connected, or for whom a trusted proxy asks. */
export class Callers {
  readonly #proxies = new BlockList()
  readonly #known = new LRUCache<string, Known>({ max: MAX_ADDRESSES })

  /** @param proxies networks whose word is taken for whom they ask, as `10.0.0.0/8` */
  constructor(proxies: readonly string[] = []) {
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/')
      this.#proxies.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
    }
  }

  /** What is known of who is connected. */
  of(address = ''): Known {
    const known = this.#known.get(address)
    if (known) return known
    const family = isIP(address)
    const made = {
      client: family === 6 ? networkOf(address) : address,
      isProxy: family !== 0 && this.#proxies.check(address, family === 6 ? 'ipv6' : 'ipv4'),
    }
    this.#known.set(address, made)
    return made
  }

  /**
   * Whose request it is. `X-Forwarded-For` is read from its end, as far as those who say so are trusted. What a trusted
   * proxy says of the name and scheme it was asked by is put in their place; what others say of it is taken away.
   */
  read({ socket, headers }: IncomingMessage): string {
    let { client, isProxy } = this.of(socket.remoteAddress)
    if (!isProxy) {
      for (const name of FORWARDED) if (headers[name] !== undefined) delete headers[name]
      return client
    }
    const host = firstOf(headers['x-forwarded-host'])
    if (host) headers.host = host
    let rest = String(headers['x-forwarded-for'] ?? '')
    for (let hops = 0; isProxy && rest !== '' && hops < MAX_HOPS; hops += 1) {
      const comma = rest.lastIndexOf(',')
      const address = addressIn(rest.slice(comma + 1).trim())
      // "unknown", or a name that a proxy made up: it is asked for by that proxy, and no more is known.
      if (!address) break
      rest = comma < 0 ? '' : rest.slice(0, comma)
      ;({ client, isProxy } = this.of(address))
    }
    return client
  }
}

const firstOf = (header: string | readonly string[] | undefined): string | undefined =>
  header === undefined ? undefined : String(header).split(',')[0]?.trim()

/** The address in what a proxy wrote, which may have a port; nothing where there is none. */
const addressIn = (text: string): string | undefined => {
  const address = /^\[(.*)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return isIP(address) === 0 ? undefined : address
}

/** The network of an IPv6 address that one customer has, a /64; an IPv4 address that is written as one. */
const networkOf = (address: string): string => {
  const [plain = ''] = address.split('%')
  const { address: short } = new SocketAddress({ address: plain, family: 'ipv6' })
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(short)?.[1]
  if (mapped) return mapped
  const [head = [], tail] = short.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array<string>(8 - head.length - (tail?.length ?? 0)).fill('0')
  return `${[...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(':')}::/64`
}
