import { availableParallelism, freemem, totalmem } from 'node:os'
import { getHeapStatistics } from 'node:v8'
import { mostOpenFiles } from '../serve/front/open-files.js'
import { type Environment, PROGRAM_VERSION, unknownSettings } from '../settings.js'
import { type Finding, findingsAbout, inMegabytes } from './finding.js'

/** Versions of Node that the program is tested with. */
const TESTED = [20, 22, 24]
/** Open files below which a public server is soon without any for a new connection. */
const FEW_FILES = 4096
/** Bytes of memory below which figures of votes and several large answers do not fit together. */
const LITTLE_MEMORY = 400e6

/** Looks at the program itself and at what the system lets it have. */
export const lookAtProgram = (environment?: Environment): readonly Finding[] => [
  ...version(),
  ...unknownSettings(environment).map((name) =>
    findingsAbout('settings').warning(
      `${name} is set, and is no setting of this program. Correct its name; docs/operating.md lists all.`,
    ),
  ),
  ...files(),
  ...memory(),
]

/** A Node that is too old does not come so far. */
const version = (): readonly Finding[] => {
  const { ok, warning } = findingsAbout('program')
  const { node } = process.versions
  const runs = `Rapporteur ${PROGRAM_VERSION} runs on Node ${node}`
  return TESTED.includes(Number(node.split('.')[0]))
    ? [ok(`${runs}, which is supported.`)]
    : [warning(`${runs}, which it is not tested with; it is with ${TESTED.join(', ')}.`)]
}

const files = (): readonly Finding[] => {
  const { ok, warning } = findingsAbout('limits')
  const most = mostOpenFiles()
  if (most === null) return [ok('There is no limit of open files.')]
  const may = `${most.toLocaleString('en')} files may be open at once, connections among them`
  return most >= FEW_FILES
    ? [ok(`${may}.`)]
    : [warning(`${may}; a public server should have ${FEW_FILES} ("ulimit -n", or LimitNOFILE of systemd).`)]
}

const memory = (): readonly Finding[] => {
  const { ok, warning } = findingsAbout('limits')
  const constrained = process.constrainedMemory?.() ?? 0
  const all = constrained > 0 && constrained < totalmem() ? constrained : totalmem()
  const heap = getHeapStatistics().heap_size_limit
  const sentence = `The machine has ${availableParallelism()} processors and lets the program have ${inMegabytes(all)} of memory, of which ${inMegabytes(Math.min(freemem(), all))} are free; the heap of Node grows to ${inMegabytes(heap)} at most`
  return all < LITTLE_MEMORY
    ? [warning(`${sentence}. That is little: large answers and figures of votes may not fit.`)]
    : [ok(`${sentence}.`)]
}
