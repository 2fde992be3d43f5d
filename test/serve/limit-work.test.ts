import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../src/serve/listen.js'
import { sendRaw } from './raw-requests.js'
import { type Roots, smallServer } from './small-server.js'

let listening: Listening | undefined
const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  await listening?.stop(0)
})

const serving = async (roots: Roots, limits: { readonly inFlight?: number; readonly waitingBytes?: number } = {}) => {
  const front = { hosts: [], inFlight: 64, waitingBytes: 32_000_000, ...limits }
  const { server, logged } = smallServer(roots, { front })
  listening = await listen(server.listener, '127.0.0.1', 0)
  return { port: listening.port, logged }
}

const connected = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

const post = (query: string, headers = ''): string => {
  const body = JSON.stringify({ query })
  return `POST /graphql HTTP/1.1\r\nHost: x\r\n${headers}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}
const askRaw = (port: number, query: string, from?: string) => {
  const [head = '', body = ''] = post(query).split('\r\n\r\n')
  return sendRaw(port, head.split('\r\n'), { body, ...(from && { from }) })
}
const never = () => new Promise(() => undefined)

describe('requests on one connection', () => {
  it('are worked on one after the other, and answered in their order', async () => {
    let [working, most] = [0, 0]
    const echo = async ({ text: said }: Record<string, unknown>) => {
      working += 1
      most = Math.max(most, working)
      await wait(5)
      working -= 1
      return said
    }
    const { port } = await serving({ echo })
    const socket = await connected(port)
    const names = Array.from({ length: 20 }, (_, i) => `n${i}`)
    socket.write(names.map((name) => post(`{ echo(text: "${name}") }`)).join(''))
    let answers = ''
    socket.on('data', (chunk) => {
      answers += chunk
    })
    await expect.poll(() => [...answers.matchAll(/"echo":"(n\d+)"/g)].map(([, name]) => name)).toEqual(names)
    expect(most).toBe(1)
  })

  it('may not be sent far ahead', async () => {
    const { port } = await serving({ hello: never })
    const socket = await connected(port)
    socket.write(post('{ hello }').repeat(500))
    await expect.poll(() => socket.destroyed).toBe(true)
    await expect.poll(() => listening?.traffic()).toMatchObject({ inFlight: 0 })
  })
})

describe('more requests than may be under way', () => {
  it('are refused with 429 and 503, in JSON, for every site, with the second after which to ask again', async () => {
    const { port, logged } = await serving({ hello: never, number: () => 1 }, { inFlight: 2 })
    for (const from of ['127.0.0.2', '127.0.0.3']) void askRaw(port, '{ hello }', from).catch(() => undefined)
    await expect.poll(() => listening?.traffic()).toMatchObject({ inFlight: 2 })
    const begun = performance.now()
    const [own, others] = await Promise.all([
      askRaw(port, '{ number }', '127.0.0.2'),
      askRaw(port, '{ number }', '127.0.0.4'),
    ])
    expect(own).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n[\s\S]*"code":"TOO_MANY_REQUESTS"/)
    expect(others).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n[\s\S]*"code":"OVERLOADED"/)
    for (const answer of [own, others]) {
      expect(answer).toMatch(/\r\nretry-after: 1\r\n/)
      expect(answer).toMatch(/\r\naccess-control-allow-origin: \*\r\n/)
      expect(answer).toMatch(/\r\nx-request-id: /)
    }
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990)
    expect(logged).toEqual([expect.stringMatching(/^Requests were refused .*At most 2 are worked on at once/)])
    expect(await sendRaw(port, ['GET /livez HTTP/1.1', 'Host: x'], { from: '127.0.0.2' })).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('are none that send their body slowly: these hold no place', async () => {
    const { port } = await serving({ hello: () => 'world' }, { inFlight: 2 })
    for (let each = 0; each < 8; each += 1) (await connected(port)).write(post('{ hello }').slice(0, -3))
    expect(await askRaw(port, '{ hello }')).toContain('"hello":"world"')
  })

  it('are those whose large bodies arrive while many of the same client do', async () => {
    const { port } = await serving({ hello: () => 'world' })
    const head =
      post('{ hello }')
        .split('\r\n\r\n')[0]
        ?.replace(/Length: \d+/, 'Length: 260000') ?? ''
    for (let each = 0; each < 61; each += 1) (await connected(port)).write(`${head}\r\n\r\n{`)
    const socket = await connected(port)
    socket.write(`${head}\r\n\r\n{`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 [\s\S]*"code":"OVERLOADED"/)
    expect(await askRaw(port, '{ hello }')).toContain('"hello":"world"')
  })

  it('take no more memory than their bytes, in however small pieces they come', async () => {
    const { port } = await serving({ hello: () => 'world' })
    const collect = () => {
      setFlagsFromString('--expose-gc')
      runInNewContext('gc')()
      return process.memoryUsage().heapUsed / 1e6
    }
    const head = ['POST /graphql HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Transfer-Encoding: chunked']
    const before = collect()
    for (let each = 0; each < 3; each += 1)
      (await connected(port)).write(`${[...head, '', ''].join('\r\n')}${'1\r\nx\r\n'.repeat(200_000)}`)
    await wait(2000)
    expect(collect() - before).toBeLessThan(30)
    const pieces = [...'{"query":"{ hello }"}'].map((letter) => `1\r\n${letter}\r\n`)
    const chunked = `${[...pieces, '0'].join('')}\r\n\r\n`
    expect(await sendRaw(port, head, { body: chunked })).toContain('"hello":"world"')
  })

  it('are none whose client does not take its answer: these hold no place', async () => {
    const { port } = await serving({ echo: () => 'a'.repeat(8_000_000), hello: () => 'world' }, { inFlight: 2 })
    for (let each = 0; each < 2; each += 1) {
      const socket = await connected(port)
      socket.pause()
      socket.write(post('{ echo }'))
    }
    await expect.poll(async () => (await listening?.traffic())?.waitingBytes).toBeGreaterThan(4_000_000)
    expect(await askRaw(port, '{ hello }', '127.0.0.2')).toContain('"hello":"world"')
  })
})

describe('answers that are not taken', () => {
  it('are cut off where there is no room for those of others, and a client may have a quarter', async () => {
    const { port, logged } = await serving({ echo: () => 'a'.repeat(8_000_000) }, { waitingBytes: 20_000_000 })
    const stalled: Socket[] = []
    for (let each = 0; each < 4; each += 1) {
      const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + each}` })
      socket.on('error', () => undefined)
      open.push(socket)
      await once(socket, 'connect')
      socket.pause()
      socket.write(post('{ echo }'))
      stalled.push(socket)
      await expect.poll(async () => (await listening?.traffic())?.inFlight).toBeGreaterThan(0)
      await wait(400)
    }
    const answer = await askRaw(port, '{ echo }', '127.0.0.9')
    expect(answer.length).toBeGreaterThan(8_000_000)
    expect((await listening?.traffic())?.waitingBytes).toBeLessThan(20_000_000)
    expect(logged).toEqual([expect.stringMatching(/^Answers were cut off whose clients do not take them: 1 since/)])
    const owners = stalled.map((socket) => socket.localAddress).filter((address) => address !== undefined)
    const answers = await Promise.all(owners.map((from) => askRaw(port, '{ hello }', from)))
    expect(answers.map((each) => each.slice(9, 12))).toContain('429')
  })

  it('leave nothing behind when they are taken after all', async () => {
    const { port } = await serving({ echo: () => 'a'.repeat(8_000_000) })
    const socket = await connected(port)
    socket.pause()
    socket.write(post('{ echo }', 'Connection: close\r\n'))
    await expect.poll(async () => (await listening?.traffic())?.waitingBytes).toBeGreaterThan(1_000_000)
    expect((await text(socket)).length).toBeGreaterThan(8_000_000)
    await expect.poll(() => listening?.traffic()).toMatchObject({ inFlight: 0, waitingBytes: 0 })
  })
})
