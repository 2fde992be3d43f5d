// Loaded into a server with `--import`: whenever it is sent a message, it tells how long its event loop was held at most
// since the last, and how much memory the process has had at most.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  process.on('message', () => {
    const [longest, often] = [delay.max / 1e6, delay.percentile(99.9) / 1e6]
    delay.reset()
    process.send?.({ longest, often, peak: process.resourceUsage().maxRSS / 1024 })
  })
  // It does not keep the server up.
  process.channel?.unref()
}
