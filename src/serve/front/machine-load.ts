import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'

/**
 * How busy this machine was since it was last asked, from 0 to 1: its processors, or the one thread that answers.
 * Where a container may use a part of the processors only, the thread alone tells.
 */
export const machineLoad = (): (() => number) => {
  let loop = performance.eventLoopUtilization()
  let times = timesOf()
  return () => {
    const { utilization } = performance.eventLoopUtilization(loop)
    loop = performance.eventLoopUtilization()
    const [now, before] = [timesOf(), times]
    times = now
    const all = now.all - before.all
    return Math.max(utilization, all > 0 ? 1 - (now.idle - before.idle) / all : 0)
  }
}

const timesOf = () => {
  let [idle, all] = [0, 0]
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.user + times.nice + times.sys + times.irq + times.idle
  }
  return { idle, all }
}
