/** An address of a page, completed where its beginning was left out; null for what is none. */
export const addressOf = (written: string): string | null => {
  const text = written.trim()
  const address = /^https?:\/\//i.test(text) ? text : /^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : ''
  return URL.canParse(address) && !/\s/.test(address) ? address : null
}
