import { join } from 'node:path'
import { expect, it } from 'vitest'
import { europarlRollcalls } from '../../src/import/europarl/europarl-rollcalls.js'
import { RefusedImport } from '../../src/import/import-report.js'
import { runImports } from '../../src/import/run-import.js'
import { engines, NOW, shape } from '../support/engines.js'
import { folderWith } from '../support/read-europarl.js'

const ballot = (number: number) =>
  `<RollCallVote.Result Identifier="${number}" Date="2031-02-03 12:00:00"><RollCallVote.Description.Text>B11-0001/2031 - § ${number}</RollCallVote.Description.Text><Result.For Number="0"/><Result.Against Number="0"/><Result.Abstention Number="0"/></RollCallVote.Result>`
const list = (...numbers: readonly number[]) =>
  `<PV.RollCallVoteResults EP.Reference="P11_PV(2031)02-03" Sitting.Date="2031-02-03">${numbers.map(ballot).join('')}</PV.RollCallVoteResults>`

it.each(engines)(
  'a list that lacks a ballot of the one before under the same name is refused, on $name',
  async (engine) => {
    const graph = await engine.empty()
    const load = async (numbers: readonly number[], allowFewer = false) => {
      const path = join(folderWith({ 'list.xml': list(...numbers) }), 'list.xml')
      return runImports({ store: graph.store, shape, importer: europarlRollcalls, path, allowFewer, now: () => NOW })
    }
    const ballots = async () => {
      const { data } = await graph.ask('{ voteEvents { nodes { id } } }')
      return (data as { voteEvents: { nodes: readonly { id: string }[] } }).voteEvents.nodes.map(({ id }) => id)
    }
    await load([990001, 990002])
    const evening = load([990002, 990003])
    await expect(evening).rejects.toThrow(RefusedImport)
    await expect(evening).rejects.toThrow(/would take back \d+: .*1 of VoteEvent.*Nothing was loaded;.*--allow-fewer\./)
    expect(await ballots()).toEqual(['ep-vote:990001', 'ep-vote:990002'])
    await load([990001, 990002, 990003])
    expect(await ballots()).toEqual(['ep-vote:990001', 'ep-vote:990002', 'ep-vote:990003'])
    await load([990003], true)
    expect(await ballots()).toEqual(['ep-vote:990003'])
    await graph.close()
  },
)
