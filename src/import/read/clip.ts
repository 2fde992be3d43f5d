/** A text as a message or a field shows it: whole where it has at most so many characters, or else what fits of it, and `…`. */
export const clip = (text: string, most = 60): string =>
  text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
