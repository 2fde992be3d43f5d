import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder with these documents, by the names of their files; it is gone when the test is. */
export const documentFolder = (
  files: Readonly<Record<string, string>>,
  finished: (remove: () => void) => void = onTestFinished,
): string => {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  finished(() => rmSync(folder, { recursive: true }))
  return folder
}
