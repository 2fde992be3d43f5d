import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A folder of records with this name, which is that of the edition; it is deleted after the tests of the file. */
export const recordsFolder = (name: string, text: string, file = 'records.yaml'): string => {
  const folder = mkdtempSync(join(tmpdir(), 'records-'))
  folders.push(folder)
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, file), text)
  return join(folder, name)
}
