import { type Scope, scopes } from '../../ask/scope.js'
import type { Layer } from './layer.js'
import { sendRefusal } from './send-refusal.js'
import type { WaitingAnswers } from './waiting-answers.js'
import type { Refused, WorkQueue } from './work-queue.js'

/** What asks how the server is gets an answer however much else is asked. */
const PASSING = new Set(['/livez', '/readyz'])
const STATUS: Readonly<Record<Refused, number>> = { TOO_MANY_REQUESTS: 429, OVERLOADED: 503 }
const SENTENCES: Readonly<Record<Refused, string>> = {
  TOO_MANY_REQUESTS:
    'You have more requests under way than one client may, or answers waiting that you do not take. Nothing was asked; send this one again when others are answered.',
  OVERLOADED: 'The server has more to do than it can. Nothing was asked; send it again in a second.',
}

/**
 * Milliseconds after its arrival when a request is told that it is refused: who asks again at once, as no client should,
 * would otherwise keep the server busy with refusals.
 */
const TOLD_AFTER = 1000

/** What limits work. */
export interface WorkLimits {
  readonly queue: WorkQueue
  readonly answers: WaitingAnswers
  /** Told when a request was refused. */
  readonly onRefused?: () => void
}

/** Has requests wait for their turn, and refuses what is more than the server or one client may have under way. */
export const limitWork =
  ({ queue, answers, onRefused = () => undefined }: WorkLimits): Layer =>
  (next) =>
  (request, response) => {
    if (PASSING.has(request.url ?? '')) return next(request, response)
    const scope = scopes.getStore() as Scope
    const { client } = scope
    const arrived = performance.now()
    const tell = (why: Refused) => {
      if (!response.destroyed)
        scopes.run(scope, sendRefusal, response, STATUS[why], why, SENTENCES[why], { 'retry-after': '1' })
    }
    const refuse = (why: Refused) => {
      queue.refused[why] += 1
      onRefused()
      request.bytes = undefined
      const rest = TOLD_AFTER - (performance.now() - arrived)
      if (rest > 0) setTimeout(tell, rest, why)
      else tell(why)
    }
    if (answers.isFullFor(client)) return refuse('TOO_MANY_REQUESTS')
    if (answers.isFull()) return refuse('OVERLOADED')
    queue.enter({
      client,
      isGone: () => response.destroyed || request.socket.destroyed,
      begin(end) {
        const made = () => {
          answers.watch(response, client)
          end()
        }
        response.onMade = made
        response.once('close', made)
        scopes.run(scope, next, request, response)
      },
      refuse,
    })
  }
