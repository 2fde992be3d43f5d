import { readFileSync } from 'node:fs'

/** The memory of processes and all their children, with their part of what they share, in MB. */
export const memoryOf = (pids: readonly number[]): number =>
  sum(withChildren(pids), (pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1]) / 1024)

/** The time that processes and all their children have had a processor, in milliseconds. */
export const processorOf = (pids: readonly number[]): number =>
  sum(withChildren(pids), (pid) => {
    // After the name, which may have spaces in it: the 12th and 13th are ticks of a hundredth of a second.
    const fields = read(pid, 'stat').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  })

const withChildren = (pids: readonly number[]): readonly number[] =>
  pids.flatMap((pid) => [
    pid,
    ...withChildren(read(pid, `task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number)),
  ])

const read = (pid: number, name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8')

const sum = (pids: readonly number[], of: (pid: number) => number): number =>
  pids.reduce((total, pid) => total + of(pid), 0)
