import { execFileSync } from 'node:child_process'

/**
 * Where a program is that a test needs and a user does not.
 * @returns nothing where it is not installed, which is said; in CI that is a failure
 */
export const installed = (program: string, what: string): string | undefined => {
  try {
    execFileSync(program, ['--version'], { stdio: 'pipe' })
    return program
  } catch {
    if (process.env['CI']) throw new Error(`"${program}" is not installed; CI needs it.`)
    console.warn(`NOT TESTED: "${program}" is not installed, so that ${what}.`)
    return undefined
  }
}
