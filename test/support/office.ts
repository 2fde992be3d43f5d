import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { installed } from './installed.js'

/** LibreOffice, if it is installed. */
export const office = installed('soffice', 'no table is opened by LibreOffice')

/** Comma, quotes, UTF-8, from the first line; as shown; every sheet into a file of its own. */
const AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'

/** The cells of a sheet of a file, as LibreOffice shows them. */
export const openedByOffice = (file: string, folder: string, sheet: string): readonly (readonly string[])[] => {
  const profile = `-env:UserInstallation=file://${folder}/profile`
  const reading = file.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1'] : []
  execFileSync(
    office as string,
    ['--headless', profile, ...reading, '--convert-to', AS_CSV, '--outdir', join(folder, 'shown'), file],
    { stdio: 'pipe' },
  )
  const name = `${basename(file).replace(/\.\w+$/, '')}-${sheet}.csv`
  return parse(readFileSync(join(folder, 'shown', name), 'utf8')) as string[][]
}
