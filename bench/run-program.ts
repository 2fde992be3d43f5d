import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

export interface Run {
  readonly code: number | null
  readonly output: string
  readonly seconds: number
  /** The most memory that the process had at any time, in MB; null where the system does not tell. */
  readonly megabytes: number | null
}

export interface RunOptions {
  /** What `RAPPORTEUR_STORE` says. */
  readonly store: string
  /** Kills the process so many milliseconds after it wrote the text; the text may be empty for its start. */
  readonly kill?: { readonly after: string; readonly milliseconds: number }
}

/** Runs the built program in a process of its own, as a user does. */
export const runProgram = (args: readonly string[], { store, kill }: RunOptions): Promise<Run> =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, RAPPORTEUR_STORE: store } })
    let output = ''
    let megabytes: number | null = null
    let killing: NodeJS.Timeout | undefined
    const arm = (): void => {
      if (kill && output.includes(kill.after)) killing ??= setTimeout(() => child.kill('SIGKILL'), kill.milliseconds)
    }
    const watch = setInterval(() => {
      megabytes = peakOf(child.pid) ?? megabytes
    }, 50)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        arm()
      })
    }
    arm()
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(watch)
      clearTimeout(killing)
      resolve({ code, output, seconds: (performance.now() - started) / 1000, megabytes })
    })
  })

/** Runs the program and expects one of these exit codes. */
export const expectRun = async (
  args: readonly string[],
  options: RunOptions,
  codes: readonly number[] = [0],
): Promise<Run> => {
  const run = await runProgram(args, options)
  if (run.code === null || !codes.includes(run.code))
    throw new Error(`"rapporteur ${args.join(' ')}" ended with ${run.code}:\n${run.output.slice(-2000)}`)
  return run
}

/** The peak of a process's resident memory, as Linux tells it. */
const peakOf = (pid: number | undefined): number | null => {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return peak ? Math.round(Number(peak) / 1024) : null
  } catch {
    return null
  }
}
