import { readText } from './read-text.js'
import { badFile, type SourceFile } from './source-file.js'

/** A line of a text, and its number from 1. */
export interface TextLine {
  readonly text: string
  readonly line: number
}

/** The longest line in characters. */
const MAX_LINE = 1_000_000

/**
 * Reads a text file line by line, in batches; lines of white space alone are left out.
 * @throws RapporteurError `BAD_INPUT` as `readText` does, and for a line that is longer than a million characters
 */
export async function* readLines(
  file: SourceFile,
  advance: (bytes: number) => void,
): AsyncIterable<readonly TextLine[]> {
  let line = 0
  let tail = ''
  const take = (text: string): readonly TextLine[] => (text.trim() === '' ? [] : [{ text, line }])
  const checkLength = (text: string): void => {
    if (text.length > MAX_LINE)
      throw badFile(
        `${file.name}, line ${line + 1}`,
        `the line is longer than ${MAX_LINE.toLocaleString('en')} characters`,
      )
  }
  for await (const chunk of readText(file, advance)) {
    const texts = (tail + chunk).split('\n')
    tail = texts.pop() ?? ''
    const lines: TextLine[] = []
    for (const text of texts) {
      checkLength(text)
      line++
      lines.push(...take(text))
    }
    checkLength(tail)
    yield lines
  }
  line++
  yield take(tail)
}
