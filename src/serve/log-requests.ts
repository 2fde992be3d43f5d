import { isIPv4, isIPv6 } from 'node:net'
import type { LogSettings } from '../settings.js'
import { keyNameOf } from './front/know-keys.js'
import { hashOf, type OnRequest, operationOf } from './front/tell-requests.js'
import type { Log, LogFields } from './log.js'

/** Writes a line for each request: what was asked for is told by a name and a hash, and never by its text. */
export const logRequests =
  (log: Log, { requests, addresses }: Pick<LogSettings, 'requests' | 'addresses'>): OnRequest =>
  ({ id, client, method, path, front, status, milliseconds, bytes, isCut, noted }) => {
    if (requests === 'failed' && status < 400 && noted.code === undefined) return
    const { document, code, cost } = noted
    const ms = Math.round(milliseconds * 1000) / 1000
    const operation = operationOf(noted)
    log(`${method} ${path} ${isCut ? 'was given up' : status} after ${ms} ms`, {
      request: id,
      method,
      path,
      front,
      status,
      ms,
      bytes,
      ...(isCut && { cut: true }),
      ...whose(client, addresses),
      ...(operation !== undefined && { operation }),
      ...(document && { document: hashOf(document) }),
      ...(cost !== undefined && { cost: Math.round(cost * 100) / 100 }),
      ...(code !== undefined && { code }),
    })
  }

const whose = (client: string, addresses: LogSettings['addresses']): LogFields => {
  const key = keyNameOf(client)
  if (key !== undefined) return { key }
  if (addresses === 'off') return {}
  return { client: addresses === 'full' ? client : shortened(client) }
}

/** An address, or a network, without what tells the machines of one network apart: 24 bits of IPv4 stay, 48 of IPv6. */
export const shortened = (address: string): string => {
  const [plain = ''] = address.split(/[%/]/, 1)
  const four = plain.replace(/^::ffff:/i, '')
  if (isIPv4(four)) return `${four.split('.').slice(0, 3).join('.')}.0`
  if (!isIPv6(plain)) return address
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8
  const first = [...groups, ...Array<string>(missing).fill('0')].slice(0, 3)
  return `${first.join(':')}::`
}
