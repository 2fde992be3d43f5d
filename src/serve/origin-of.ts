/** How the client reaches this server; one that does so by TLS before it says so, and is told its own word again. */
export const originOf = (request: Request, { host, protocol }: URL): string => {
  const isSecure = protocol === 'https:' || request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
  return `${isSecure ? 'https' : 'http'}://${host}`
}
