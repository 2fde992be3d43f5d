/** Characters that no page has: control characters but for tab and line breaks, and halves of pairs. */
const UNSHOWN = /(?![\t\n\r])\p{Cc}|\p{Cs}/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as a page shows it, whatever markup it looks like. */
export const escapeHtml = (text: string): string =>
  text.replace(UNSHOWN, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** A text whose direction of writing ends where it ends. */
export const isolate = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`

const STYLE =
  'body{font:14px/1.4 system-ui,sans-serif;margin:8px;overflow-wrap:anywhere}h1{font-size:16px;margin:0}h2{font-size:14px;margin:8px 0 0}p{margin:4px 0}th{text-align:left;font-weight:normal;color:#555;padding-right:12px;vertical-align:top}ul{margin:0;padding-left:18px}code{color:#555}'

/** A whole page. */
export const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>\n<body>\n${body}\n</body>\n</html>\n`
